"""The citizen service number (BSN): checking what was typed, and showing it masked.

A number that fails is as personal as one that passes: no message here repeats it.
"""

import re
from enum import StrEnum

from stdnum.nl import bsn as standard

_LENGTH = 9
_SHOWN = 3
_SEPARATORS = re.compile(r"[\s.]+")
_DIGITS = re.compile(r"[0-9]+")


class BsnProblem(StrEnum):
    """What is wrong with what was typed."""

    NOT_DIGITS = "not_digits"
    WRONG_LENGTH = "wrong_length"
    FAILS_ELEVEN_TEST = "fails_eleven_test"


_SENTENCES = {
    BsnProblem.NOT_DIGITS: (
        "A BSN has digits only, with spaces or dots between them if need be; "
        "take out the other characters."
    ),
    BsnProblem.WRONG_LENGTH: "A BSN has exactly nine digits; count them again, zeros in front too.",
    BsnProblem.FAILS_ELEVEN_TEST: (
        "These nine digits are not a BSN: they fail the eleven test. "
        "Compare them with the person's document; often two digits have changed places."
    ),
}


class BsnError(ValueError):
    """What was typed is not a BSN; neither the message nor the error holds the number."""

    def __init__(self, problem: BsnProblem) -> None:
        """Say what is wrong without the number."""
        super().__init__(_SENTENCES[problem])
        self.problem = problem


def check_bsn(text: str) -> str:
    """Return the nine digits of a BSN written with or without spaces and dots.

    Zeros in front must be there: a shorter number is refused, never filled up. The eleven test:
    the digits times 9, 8, 7, 6, 5, 4, 3, 2 and -1 add up to a multiple of eleven. Nine zeros
    are refused too. Raises BsnError.
    """
    digits = _SEPARATORS.sub("", text)
    if digits and not _DIGITS.fullmatch(digits):
        raise BsnError(BsnProblem.NOT_DIGITS)
    if len(digits) != _LENGTH:
        raise BsnError(BsnProblem.WRONG_LENGTH)
    if not standard.is_valid(digits):
        raise BsnError(BsnProblem.FAILS_ELEVEN_TEST)
    return digits


def masked(bsn: str) -> str:
    """Return a checked BSN with only the last three digits to be seen: `••••••123`.

    Raises BsnError for anything but nine digits, so that nothing longer slips through.
    """
    if not _DIGITS.fullmatch(bsn):
        raise BsnError(BsnProblem.NOT_DIGITS)
    if len(bsn) != _LENGTH:
        raise BsnError(BsnProblem.WRONG_LENGTH)
    return "•" * (_LENGTH - _SHOWN) + bsn[-_SHOWN:]
