"""What the law fixes about sheltered work: how jobs are counted, and how many there must be.

New sheltered work: Participatiewet, article 10b. Old: Wet sociale werkvoorziening (Wsw). The
values stand in catalogue/law/sheltered_*.toml; what is not confirmed stands there as OWN.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from meedoen.rules.dated_tables import DatedTableError, Row, rows_of
from meedoen.rules.law.values import (
    LONGEST_ARTICLE,
    LONGEST_SENTENCE,
    Confidence,
    LawFile,
    Series,
    Value,
    months,
    shipped_law,
)

COUNTING = "sheltered_counting.toml"
WSW = "sheltered_wsw.toml"
MINIMUM = "sheltered_minimum.toml"
FULL_WEEK_AT_MOST = 60
HEAVIEST = Decimal(9)
MOST_JOBS = 100_000
_MUNICIPALITY = re.compile(r"GM[0-9]{4}")


class CountedBy(StrEnum):
    """By what the jobs of a municipality are counted against its yearly number."""

    PERSONS = "persons"
    """Everyone with a contract counts as one."""
    HOURS = "hours"
    """So many hours a week are one job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingLaw:
    """How new sheltered work is counted on one day."""

    counted_by: Value[CountedBy]
    """Which count says whether the yearly number is reached. OWN."""
    hours_norm: Value[int]
    """How many hours a week are one job. OWN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingTable:
    """How new sheltered work is counted through time."""

    counted_by: Series[CountedBy]
    hours_norm: Series[int]

    def on(self, day: date) -> CountingLaw:
        """Return the values on a day. Raises NoValueError for a day before the first."""
        return CountingLaw(counted_by=self.counted_by.on(day), hours_norm=self.hours_norm.on(day))


@dataclass(frozen=True, slots=True, kw_only=True)
class WswLaw:
    """How old sheltered work is counted on one day."""

    full_week_hours: Value[int]
    """How many hours a full week has. OWN."""
    moderate_weight: Value[Decimal]
    """How many standard units somebody with a moderate handicap counts as. OWN."""
    severe_weight: Value[Decimal]
    """The same for a severe handicap. OWN."""
    come_back_months: Value[int]
    """Until how many months after a job somebody may begin in another one. OWN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WswTable:
    """How old sheltered work is counted through time."""

    full_week_hours: Series[int]
    moderate_weight: Series[Decimal]
    severe_weight: Series[Decimal]
    come_back_months: Series[int]

    def on(self, day: date) -> WswLaw:
        """Return the values on a day. Raises NoValueError for a day before the first."""
        return WswLaw(
            full_week_hours=self.full_week_hours.on(day),
            moderate_weight=self.moderate_weight.on(day),
            severe_weight=self.severe_weight.on(day),
            come_back_months=self.come_back_months.on(day),
        )


class MinimumKind(StrEnum):
    """Who fixed a yearly number."""

    MINISTER = "minister"
    """The Minister, in a regulation in the Staatscourant."""
    COUNCIL = "council"
    """The council of the municipality, in a by-law: only higher than the Minister's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """How many sheltered jobs there must be at the end of a year; `says` is Dutch."""

    municipality: str
    """The code of CBS, such as GM0014."""
    year: int
    kind: MinimumKind
    number: int
    article: str
    address: str
    confidence: Confidence
    says: str


@dataclass(frozen=True, slots=True)
class YearlyNumber:
    """What is known of the number for a municipality at the end of a year.

    A number that nobody established is None, and never 0.
    """

    municipality: str
    year: int
    minister: Minimum | None = None
    council: Minimum | None = None

    @property
    def line(self) -> Minimum | None:
        """Return the line that decides: that of the council, when it set a number of its own."""
        return self.council or self.minister

    @property
    def number(self) -> int | None:
        """Return how many jobs there must be; None when that is not established."""
        return self.line.number if self.line else None

    @property
    def is_established(self) -> bool:
        """Say whether any number is known."""
        return self.line is not None


def yearly_number(
    municipality: str, year: int, minimums: Iterable[Minimum] | None = None
) -> YearlyNumber:
    """Return what is known for a municipality and year.

    `minimums` are the lines to look in; without them those that come with the package. Raises
    ValueError for a code that is not GM and four digits: a slip would look like a year that is
    not established.
    """
    if not _MUNICIPALITY.fullmatch(municipality):
        raise ValueError(f"{municipality!r} is no code of CBS; write GM and four digits: GM0014")
    known = {
        line.kind: line
        for line in (shipped_minimums() if minimums is None else minimums)
        if (line.municipality, line.year) == (municipality, year)
    }
    return YearlyNumber(
        municipality, year, known.get(MinimumKind.MINISTER), known.get(MinimumKind.COUNCIL)
    )


@cache
def shipped_counting() -> CountingTable:
    """Read how new sheltered work is counted, once. Raises DatedTableError."""
    return read_counting(shipped_law(COUNTING))


@cache
def shipped_wsw() -> WswTable:
    """Read how old sheltered work is counted, once. Raises DatedTableError."""
    return read_wsw(shipped_law(WSW))


@cache
def shipped_minimums() -> tuple[Minimum, ...]:
    """Read the yearly numbers that come with the package, once. Raises DatedTableError."""
    return read_minimums(shipped_law(MINIMUM))


def read_counting(text: str, file_name: str = COUNTING) -> CountingTable:
    """Read how new sheltered work is counted. Raises DatedTableError with every mistake."""
    file = LawFile(text, file_name)
    table = CountingTable(
        counted_by=file.series("counted_by", _counted_by),
        hours_norm=file.series("hours_norm", _week),
    )
    file.finish()
    return table


def read_wsw(text: str, file_name: str = WSW) -> WswTable:
    """Read how old sheltered work is counted. Raises DatedTableError with every mistake."""
    file = LawFile(text, file_name)
    table = WswTable(
        full_week_hours=file.series("full_week_hours", _week),
        moderate_weight=file.series("moderate_weight", _weight),
        severe_weight=file.series("severe_weight", _weight),
        come_back_months=file.series("come_back_months", months),
    )
    file.finish()
    return table


def read_minimums(text: str, file_name: str = MINIMUM) -> tuple[Minimum, ...]:
    """Read the yearly numbers, in the order of the file.

    Raises DatedTableError with every mistake at once: a line that is wrong, two lines for one
    municipality, year and kind, and a council that does not ask for more than the Minister.
    """
    problems: list[str] = []
    minimums = tuple(_minimum(row) for row in rows_of(text, file_name, "minimums", problems))
    if not problems:
        problems += [f"{file_name}: {what}." for what in _clashes(minimums)]
    if problems:
        raise DatedTableError(problems)
    return minimums


def _clashes(minimums: tuple[Minimum, ...]) -> Iterator[str]:
    times = Counter((line.municipality, line.year, line.kind) for line in minimums)
    for (municipality, year, kind), found in times.items():
        if found > 1:
            yield f"{municipality} has {found} lines of the {kind} for {year}; keep one"
    ministers = {
        (line.municipality, line.year): line.number
        for line in minimums
        if line.kind is MinimumKind.MINISTER
    }
    for line in minimums:
        at_least = ministers.get((line.municipality, line.year))
        if line.kind is MinimumKind.COUNCIL and at_least is not None and line.number <= at_least:
            yield (
                f"the council of {line.municipality} sets {line.number} for {line.year} and the "
                f"Minister {at_least}; a council may only set a higher number"
            )


def _minimum(row: Row) -> Minimum:
    row.refuse_unknown(field.name for field in fields(Minimum))
    municipality = row.text("municipality", 6)
    if municipality and not _MUNICIPALITY.fullmatch(municipality):
        row.wrong(f"municipality is {municipality!r}; write GM and four digits, such as GM0014")
    return Minimum(
        municipality=municipality,
        year=row.number("year", 9999),
        kind=MinimumKind(row.word("kind", MinimumKind)),
        number=row.whole("number", MOST_JOBS),
        article=row.text("article", LONGEST_ARTICLE),
        address=row.address("address"),
        confidence=Confidence(row.word("confidence", Confidence)),
        says=row.text("says", LONGEST_SENTENCE),
    )


def _counted_by(row: Row) -> CountedBy:
    return CountedBy(row.word("value", CountedBy))


def _week(row: Row) -> int:
    return row.number("value", FULL_WEEK_AT_MOST)


def _weight(row: Row) -> Decimal:
    return row.fraction("value", HEAVIEST)
