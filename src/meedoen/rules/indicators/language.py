"""What a definition of an indicator may say: the words that count, and what surrounds them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from meedoen.rules.indicators.statements import Statement
from meedoen.rules.indicators.texts import Text
from meedoen.rules.periods import is_month_end, is_year_end
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState

STRETCH_KINDS = (EntryKind.BENEFIT, EntryKind.PLACEMENT, EntryKind.PLAN)
"""Kinds that hold during a stretch of days."""
EVENT_KINDS = (
    EntryKind.ATTEMPT,
    EntryKind.CONVERSATION,
    EntryKind.MEASUREMENT,
    EntryKind.LIFE_DOMAIN,
)
"""Kinds that happen on one day."""
MOST_MONTHS = 120


class Measures(StrEnum):
    """Whether a figure is a standing number or counts what happened in a period."""

    STOCK = "stock"
    FLOW = "flow"


class Level(StrEnum):
    """Whether an indicator shows the intended effect or the municipality's own output."""

    EFFECT = "effect"
    OUTPUT = "output"


class ReferenceDate(StrEnum):
    """The days for which a figure is meant; on another day it is an interim figure."""

    YEAR_END = "year_end"
    MONTH_END = "month_end"
    ANY = "any"

    def holds(self, day: date) -> bool:
        """Tell whether the figure is meant for this day."""
        if self is ReferenceDate.YEAR_END:
            return is_year_end(day)
        return self is ReferenceDate.ANY or is_month_end(day)


class Direction(StrEnum):
    """Which way a target points; `none` says that the number is explicitly no goal."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    QUALITATIVE = "qualitative"
    NONE = "none"


class GrowthClass(StrEnum):
    """The first against the last measurement of one person in one year."""

    GROWTH = "growth"
    DECLINE = "decline"
    EQUAL = "equal"
    MEASURED_ONCE = "measured_once"


@dataclass(frozen=True, slots=True)
class PeopleInState:
    """Distinct people for whom a stretch of this kind holds on the reference date."""

    word: ClassVar[str] = "people_in_state"
    parts: ClassVar[tuple[str, ...]] = ()

    kind: EntryKind
    """Benefit or placement."""
    states: tuple[PlacementState, ...] = ()
    """Only with a placement, and then at least one."""
    place_kinds: tuple[PlaceKind, ...] = ()
    """Empty is every kind of place."""
    self_found: bool | None = None
    """None counts places found by the person and by somebody else."""


@dataclass(frozen=True, slots=True)
class PeopleWithEvent:
    """Distinct people with an event in the months up to and including the reference date.

    An event on day s counts on day D when s <= D < s + months by the calendar.
    """

    word: ClassVar[str] = "people_with_event"
    parts: ClassVar[tuple[str, ...]] = ()

    kind: EntryKind
    """Attempt, conversation or measurement."""
    outcomes: tuple[Outcome, ...] = ()
    """Empty is every outcome; only an attempt has outcomes."""
    months: int = 12


@dataclass(frozen=True, slots=True)
class PeopleByGrowth:
    """People by what became of their rung in the calendar year of the reference date.

    The last measurement up to and including that day is set against the first one of that
    year with the same ladder version. Measurements of one day stand in order of id. The
    headline is growth; somebody with one measurement is in a class of their own.
    """

    word: ClassVar[str] = "people_by_growth"
    parts: ClassVar[tuple[str, ...]] = tuple(GrowthClass)


Word = PeopleInState | PeopleWithEvent | PeopleByGrowth


@dataclass(frozen=True, slots=True)
class Version:
    """The counting rule from one day on."""

    valid_from: date
    count: Word


@dataclass(frozen=True, slots=True)
class Source:
    """Where the promise stands that this indicator keeps."""

    document: str
    promise: Text
    address: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A small history and the figure that it gives: a test and a page of reference."""

    title: Text
    on: date
    known_at: datetime | None
    history: str
    """The table as written."""
    statements: tuple[Statement, ...]
    value: int
    parts: Mapping[str, int]


class NoVersionError(LookupError):
    """The indicator did not exist yet on that day."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator, as its file in the catalogue says it."""

    code: str
    name: Text
    question: Text
    definition: Text
    unit: Text
    measures: Measures
    level: Level
    reference_date: ReferenceDate
    direction: Direction
    source: Source
    part_of: str | None
    """The code of the indicator of which these people are a part."""
    versions: tuple[Version, ...]
    """In order of `valid_from`, no day twice."""
    examples: tuple[Example, ...]

    def version_on(self, day: date) -> Version:
        """Pick the version that is valid on a day. Raises NoVersionError before the first."""
        valid = [version for version in self.versions if version.valid_from <= day]
        if not valid:
            raise NoVersionError(
                f"{self.code} has no version that is valid on {day.isoformat()}; "
                f"the first is valid from {self.versions[0].valid_from.isoformat()}"
            )
        return valid[-1]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All indicators, by code."""

    definitions: Mapping[str, Definition]

    def __getitem__(self, code: str) -> Definition:
        return self.definitions[code]

    def __iter__(self) -> Iterator[Definition]:
        return iter(self.definitions.values())

    def __len__(self) -> int:
        return len(self.definitions)

    @property
    def relations(self) -> dict[str, str]:
        """Every code that is a part of another, with that other."""
        return {each.code: each.part_of for each in self if each.part_of is not None}
