"""Finding citizen service numbers in what somebody types where no person belongs."""

import re

from meedoen.rules.bsn import BsnError, check_bsn

_NUMBER = re.compile(r"(?<![\d])\d(?:[ .\-]?\d){8}(?![\d])")
_TOGETHER = re.compile(r"(?<!\d)\d{9}(?!\d)")
_IN_GROUPS = re.compile(
    r"(?<!\d)(?<!\d\.)(?<!€)(?<!€[ \xa0])"
    r"(?:\d{3}([ .\-])\d{3}\1\d{3}|\d{4}([ .\-])\d{2}\2\d{3})"
    r"(?!\d|[.,]\d|\s+euro\b)"
)
"""Three times three digits or 4, 2 and 3, as a number is printed on letters; not an amount."""


def holds_bsn(text: str) -> bool:
    """Return whether nine digits in a text, apart or together, pass the eleven test.

    A number of something else passes by chance one time in eleven; that is worth a question.
    """
    return any(_passes(found.group()) for found in _NUMBER.finditer(text))


def holds_bsn_among_figures(text: str) -> bool:
    """Return the same for a text that is full of years, days and amounts.

    Those stand behind each other too: "in 2024 12.500 people". So here digits count only together
    or in the groups in which this number is written, and an amount in euros does not.
    """
    found = [*_TOGETHER.finditer(text), *_IN_GROUPS.finditer(text)]
    return any(_passes(one.group()) for one in found)


def _passes(number: str) -> bool:
    try:
        check_bsn(number.replace("-", ""))
    except BsnError:
        return False
    return True
