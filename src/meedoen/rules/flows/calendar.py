"""The periods of the calendar over which is told how people move: months, quarters and years.

Free days would let somebody subtract two periods that differ by one day, and find one person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from meedoen.rules.periods import MONTHS_IN_YEAR, add_months

FIRST_YEAR, LAST_YEAR = 2000, 2999
YEAR_LETTERS = 4
QUARTER_SIGN = "K"
MONTHS_IN_QUARTER = 3


class Span(StrEnum):
    """How long a period is."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


MONTHS = {Span.YEAR: MONTHS_IN_YEAR, Span.QUARTER: MONTHS_IN_QUARTER, Span.MONTH: 1}


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a quarter or a month, by its first day."""

    span: Span
    first: date

    @property
    def last(self) -> date:
        """Return the last day."""
        return add_months(self.first, MONTHS[self.span]) - timedelta(days=1)

    @property
    def eve(self) -> date:
        """Return the day before the first: how it stood at the beginning."""
        return self.first - timedelta(days=1)

    @property
    def number(self) -> int:
        """Return which one of its kind it is in its year, from 1."""
        return (self.first.month - 1) // MONTHS[self.span] + 1

    @property
    def code(self) -> str:
        """Return how it is written in an address: "2026", "2026-K3" or "2026-09"."""
        match self.span:
            case Span.YEAR:
                return f"{self.first.year}"
            case Span.QUARTER:
                return f"{self.first.year}-{QUARTER_SIGN}{self.number}"
            case Span.MONTH:
                return f"{self.first.year}-{self.number:02}"


def period_of(code: str) -> Period:
    """Read a period as `Period.code` writes it. Raises ValueError for anything else."""
    year = code.partition("-")[0]
    if not (year.isascii() and year.isdecimal() and len(year) == YEAR_LETTERS):
        raise ValueError(f"{code!r} is no period")
    if FIRST_YEAR <= int(year) <= LAST_YEAR:
        for period in _within(int(year)):
            if period.code == code:
                return period
    raise ValueError(f"{code!r} is no period")


def recent_periods(on: date, years: int) -> Iterator[Period]:
    """Walk through the periods that have begun, the year of a day first and then back.

    After each year come its quarters and then its months, newest first.
    """
    for year in range(on.year, max(on.year - years, FIRST_YEAR - 1), -1):
        yield from (period for period in _within(year) if period.first <= on)


def _within(year: int) -> Iterator[Period]:
    for span, months in MONTHS.items():
        for month in range(MONTHS_IN_YEAR - months + 1, 0, -months):
            yield Period(span, date(year, month, 1))
