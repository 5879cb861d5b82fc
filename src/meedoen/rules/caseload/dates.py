"""Dates as Dutch files write them: 31-12-2026, 31/12/2026, 2026-12-31, 20261231."""

import re
from datetime import date

from meedoen.rules.caseload.words import RowProblem

_FORMS = (
    re.compile(
        r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})", re.ASCII
    ),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII),
)
# What databases write behind a day that has no hour.
_MIDNIGHT = re.compile(r"[T ]+0{1,2}:00(:00(\.0+)?)?$")
_NO_DAY = re.compile(r"0+([-/.]0+([-/.]0+)?)?")
FAR_AWAY = 9999
"""The year with which files say that something has no end."""


class DateError(ValueError):
    """A text is not a date; `problem` says in which way."""

    def __init__(self, problem: RowProblem) -> None:
        """Keep the way, without the text."""
        super().__init__(problem.value)
        self.problem = problem


def parse_date(text: str) -> date:
    """Return the day that a text names. Raises DateError: two digits for a year are refused."""
    text = _MIDNIGHT.sub("", text.strip())
    for form in _FORMS:
        if found := form.fullmatch(text):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError as error:
                raise DateError(RowProblem.IMPOSSIBLE_DATE) from error
    raise DateError(RowProblem.NOT_A_DATE)


def parse_end(text: str) -> date | None:
    """Return a last day, or None for the ways in which files say that there is none.

    Those are an empty cell, noughts, and any day in the year 9999. Raises DateError.
    """
    text = text.strip()
    if not text or _NO_DAY.fullmatch(text):
        return None
    day = parse_date(text)
    return None if day.year == FAR_AWAY else day
