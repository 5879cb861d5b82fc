"""The number in the trade register (KVK-nummer): checking what was typed.

The number has no check digit, so a slip that leaves eight digits cannot be told.
"""

import re
from enum import StrEnum

LENGTH = 8
_SEPARATORS = re.compile(r"[\s.]+")
_DIGITS = re.compile(r"[0-9]+")


class KvkProblem(StrEnum):
    """What is wrong with what was typed."""

    NOT_DIGITS = "not_digits"
    WRONG_LENGTH = "wrong_length"
    ONLY_ZEROS = "only_zeros"


_SENTENCES = {
    KvkProblem.NOT_DIGITS: (
        "A KVK number has digits only, with spaces or dots between them if need be; "
        "take out the other characters."
    ),
    KvkProblem.WRONG_LENGTH: (
        "A KVK number has exactly eight digits; count them again, zeros in front too. "
        "Twelve digits are the number of a branch (vestigingsnummer)."
    ),
    KvkProblem.ONLY_ZEROS: "Eight zeros are no KVK number; leave it empty when there is none.",
}


class KvkError(ValueError):
    """What was typed is not a KVK number."""

    def __init__(self, problem: KvkProblem) -> None:
        """Say what is wrong and what to do."""
        super().__init__(_SENTENCES[problem])
        self.problem = problem


def check_kvk(text: str) -> str:
    """Return the eight digits of a KVK number written with or without spaces and dots.

    Zeros in front must be there: a shorter number is refused, never filled up. Raises KvkError.
    """
    digits = _SEPARATORS.sub("", text)
    if digits and not _DIGITS.fullmatch(digits):
        raise KvkError(KvkProblem.NOT_DIGITS)
    if len(digits) != LENGTH:
        raise KvkError(KvkProblem.WRONG_LENGTH)
    if not digits.strip("0"):
        raise KvkError(KvkProblem.ONLY_ZEROS)
    return digits
