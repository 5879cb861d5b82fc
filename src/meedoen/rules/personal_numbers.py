"""Finding citizen service numbers in what somebody types where no person belongs."""

import re

from meedoen.rules.bsn import BsnError, check_bsn

_NUMBER = re.compile(r"(?<![\d])\d(?:[ .\-]?\d){8}(?![\d])")


def holds_bsn(text: str) -> bool:
    """Return whether nine digits in a text, apart or together, pass the eleven test.

    A number of something else passes by chance one time in eleven; that is worth a question.
    """
    return any(_passes(found.group()) for found in _NUMBER.finditer(text))


def _passes(number: str) -> bool:
    try:
        check_bsn(number.replace("-", ""))
    except BsnError:
        return False
    return True
