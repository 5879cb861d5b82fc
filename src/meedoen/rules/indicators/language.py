"""What a definition of an indicator may say: the words that count, and what surrounds them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from meedoen.rules.indicators.referral_statements import DirectoryStatement, ReferralStatement
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.indicators.texts import Text
from meedoen.rules.periods import is_month_end, is_year_end
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState, Theme

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


class Form(StrEnum):
    """What the headline of a figure is."""

    COUNT = "count"
    """A number; of a word with parts the first part."""
    SHARE = "share"
    """A whole per cent, halves up: the first part of the second."""
    MEDIAN = "median"
    """A number of days within which at least half was done; the only part is of how many."""


@dataclass(frozen=True, slots=True)
class PeopleInState:
    """Distinct people for whom a stretch of this kind holds on the reference date."""

    word: ClassVar[str] = "people_in_state"
    form: ClassVar[Form] = Form.COUNT
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
    form: ClassVar[Form] = Form.COUNT
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
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = tuple(GrowthClass)


@dataclass(frozen=True, slots=True)
class ReferralPairs:
    """Pairs of who referred and to whom, each once, in the months up to the reference date.

    There and back again are two pairs. What residents ask for themselves makes no pair. What was
    sent on day s counts on day D when s <= D < s + months, as for an event.
    """

    word: ClassVar[str] = "referral_pairs"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ()

    months: int = 12
    themes: tuple[Theme, ...] = ()
    """Empty is every theme."""
    between_partners: bool = False
    """Leave out what goes from or to the municipality itself."""


@dataclass(frozen=True, slots=True)
class ReferralReciprocity:
    """Of the pairs between which anything went, the share in which it went both ways."""

    word: ClassVar[str] = "referral_reciprocity"
    form: ClassVar[Form] = Form.SHARE
    parts: ClassVar[tuple[str, ...]] = ("both_ways", "connected")

    months: int = 12
    themes: tuple[Theme, ...] = ()
    between_partners: bool = False


@dataclass(frozen=True, slots=True)
class ReferralsAnswered:
    """Of the asks whose answer fell due in the months up to the date, the share that got one.

    An answer is a yes, a no, or sending on, on or before the last day for it. What needed no
    answer any more by that day does not count: another one said yes, or it was taken back.
    """

    word: ClassVar[str] = "referrals_answered_in_time"
    form: ClassVar[Form] = Form.SHARE
    parts: ClassVar[tuple[str, ...]] = ("in_time", "due")

    months: int = 12
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralsWithFeedback:
    """Of the accepted asks whose feedback fell due in the months, the share that came back.

    Feedback is telling that it began, was done or stopped, on or before the last day for it. What
    was handed back, sent on or stopped by the sender by that day does not count.
    """

    word: ClassVar[str] = "referrals_with_feedback"
    form: ClassVar[Form] = Form.SHARE
    parts: ClassVar[tuple[str, ...]] = ("with_feedback", "feedback_due")

    months: int = 12
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class DaysToAnswer:
    """Days from being sent to the answer, for what was answered in the months up to the date.

    It is the lower median: the smallest number of days within which at least half was answered,
    so always a number of days that occurred. An answer noted for a day before the sending is 0.
    """

    word: ClassVar[str] = "days_to_answer"
    form: ClassVar[Form] = Form.MEDIAN
    parts: ClassVar[tuple[str, ...]] = ("answered",)

    months: int = 12
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnersNotConnected:
    """Organisations that take part on the date, and neither sent nor received in the months.

    What residents ask for themselves connects nobody. The parts say how many there are on both
    sides. Organisations belong to no district: they all count under 0.
    """

    word: ClassVar[str] = "partners_not_connected"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ("not_connected", "with_referrals")

    months: int = 12
    themes: tuple[Theme, ...] = ()


PeopleWord = PeopleInState | PeopleWithEvent | PeopleByGrowth
"""Words that count people in the history."""
AskWord = ReferralsAnswered | ReferralsWithFeedback | DaysToAnswer
"""Words that count asks, each about somebody: small numbers are protected as those of people."""
OrganisationWord = ReferralPairs | ReferralReciprocity | PartnersNotConnected
"""Words that count organisations and pairs of them, which says nothing about anybody."""
ReferralWord = AskWord | OrganisationWord
"""Words that count in the steps of referrals."""
Word = PeopleWord | ReferralWord


def headline_part(word: Word) -> str | None:
    """Return the part that is the headline itself; None where the headline is apart."""
    return word.parts[0] if word.form is Form.COUNT and word.parts else None


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
class Tables:
    """The small tables of an example, as written and as read; empty for one that is not there."""

    history: str = ""
    statements: tuple[Statement, ...] = ()
    referrals: str = ""
    steps: tuple[ReferralStatement, ...] = ()
    organisations: str = ""
    directory: tuple[DirectoryStatement, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A small history and the figure that it gives: a test and a page of reference."""

    title: Text
    on: date
    known_at: datetime | None
    tables: Tables
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
