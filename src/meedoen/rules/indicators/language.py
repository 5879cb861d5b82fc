"""What a definition of an indicator may say: the words that count, and what surrounds them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.people_words import (
    EVERYTHING,
    Filters,
    GrowthWord,
    PeopleWord,
    Printed,
    knows_kinds,
)
from meedoen.rules.indicators.place_tables import NO_PLACES, PlaceTables
from meedoen.rules.indicators.place_words import DistrictsWithPlaces, PlaceWord
from meedoen.rules.indicators.referral_statements import DirectoryStatement, ReferralStatement
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.indicators.texts import Text
from meedoen.rules.periods import is_month_end, is_year_end
from meedoen.rules.vocabulary import EntryKind, Theme

STRETCH_KINDS = (
    EntryKind.BENEFIT,
    EntryKind.PLACEMENT,
    EntryKind.PLAN,
    EntryKind.TRAINING,
    EntryKind.SHELTERED_PROCESS,
)
"""Kinds that hold during a stretch of days."""
EVENT_KINDS = (
    EntryKind.ATTEMPT,
    EntryKind.CONVERSATION,
    EntryKind.MEASUREMENT,
    EntryKind.LIFE_DOMAIN,
)
"""Kinds that happen on one day."""
MOST_MONTHS = 120
OF_SOMETHING = (Form.SHARE, Form.RATIO)
"""Forms of a figure that is a share of something, or per so many."""


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


class Breakdown(StrEnum):
    """By what a figure may be broken down."""

    DISTRICT = "district"
    PLACE_KIND = "place_kind"
    ORGANISATION = "organisation"


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
    where: Filters = EVERYTHING
    """Only districts, and organisations: those that were asked."""


@dataclass(frozen=True, slots=True)
class ReferralReciprocity:
    """Of the pairs between which anything went, the share in which it went both ways."""

    word: ClassVar[str] = "referral_reciprocity"
    form: ClassVar[Form] = Form.SHARE
    parts: ClassVar[tuple[str, ...]] = ("both_ways", "connected")

    months: int = 12
    themes: tuple[Theme, ...] = ()
    between_partners: bool = False
    where: Filters = EVERYTHING
    """Only districts, and organisations: those that were asked."""


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
    where: Filters = EVERYTHING
    """Only districts, and organisations: those that were asked."""


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
    where: Filters = EVERYTHING
    """Only districts, and organisations: those that were asked."""


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
    where: Filters = EVERYTHING
    """Only districts, and organisations: those that were asked."""


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


AskWord = ReferralsAnswered | ReferralsWithFeedback | DaysToAnswer
"""Words that count asks, each about somebody: small numbers are protected as those of people."""
OrganisationWord = ReferralPairs | ReferralReciprocity | PartnersNotConnected
"""Words that count organisations and pairs of them, which says nothing about anybody."""
ReferralWord = AskWord | OrganisationWord
"""Words that count in the steps of referrals."""
PlainWord = OrganisationWord | PlaceWord | Printed
"""Words that say nothing about anybody, so that nothing of them is protected."""
Word = PeopleWord | ReferralWord | PlaceWord | Printed


def headline_part(word: Word) -> str | None:
    """Return the part that is the headline itself; None where the headline is apart."""
    if word.form is not Form.COUNT or not word.parts:
        return None
    return word.headline if isinstance(word, GrowthWord) else word.parts[0]


def breakdowns_of(word: Word) -> tuple[Breakdown, ...]:
    """Return by what the figures of a word could be broken down."""
    if isinstance(word, Printed | OrganisationWord):
        return ()
    if isinstance(word, PlaceWord):
        return (
            (Breakdown.PLACE_KIND,) if isinstance(word, DistrictsWithPlaces) else tuple(Breakdown)
        )
    if not isinstance(word, ReferralWord) and knows_kinds(word):
        return tuple(Breakdown)
    return (Breakdown.DISTRICT,)


@dataclass(frozen=True, slots=True)
class Version:
    """The counting rule from one day on."""

    valid_from: date
    count: Word
    name: Text | None = None
    """What it was called and what it meant: only where that differs from the newest version."""
    definition: Text | None = None
    denominator: Text | None = None
    unit: Text | None = None
    """Only where it differs from the unit of the definition."""


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
    places: PlaceTables = NO_PLACES


@dataclass(frozen=True, slots=True)
class Example:
    """A small history and the figure that it gives: a test and a page of reference."""

    title: Text
    on: date
    known_at: datetime | None
    tables: Tables
    value: int
    parts: Mapping[str, int]
    version: date | None = None
    """By which version it is counted; None is by that of its day."""


class NoVersionError(LookupError):
    """The indicator did not exist yet on that day."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator, as its file in the catalogue says it."""

    code: str
    name: Text
    """The words are those of the newest version; an older one has its own where they differ."""
    question: Text
    definition: Text
    unit: Text
    measures: Measures
    level: Level
    reference_date: ReferenceDate
    direction: Direction
    source: Source
    part_of: tuple[str, ...]
    """The codes of the indicators of which these people are a part, besides what the words say."""
    versions: tuple[Version, ...]
    """In order of `valid_from`, no day twice."""
    examples: tuple[Example, ...]
    breakdowns: tuple[Breakdown, ...] = ()
    """By what the figure may be broken down; empty is by nothing."""
    denominator: Text | None = None
    """Of what the figure is a share, or per how many; None for a plain number."""
    stopped_on: date | None = None
    """From this day on it is not counted any more; only the own ones of a municipality stop."""

    @property
    def breaks(self) -> tuple[date, ...]:
        """From which days it is counted otherwise than before."""
        pairs = zip(self.versions, self.versions[1:], strict=False)
        return tuple(one.valid_from for before, one in pairs if one.count != before.count)

    def version_of(self, example: Example) -> Version:
        """Return by which version a worked example is counted."""
        return self.version_on(example.version or example.on)

    def counts_on(self, day: date) -> bool:
        """Tell whether there is a figure of this day: begun, and not stopped."""
        begun = self.versions[0].valid_from <= day
        return begun and (self.stopped_on is None or day < self.stopped_on)

    def name_on(self, day: date | None) -> Text:
        """Return what it was called on a day; what it is called now for what was not counted."""
        if day is None or day < self.versions[0].valid_from:
            return self.name
        return self.version_on(day).name or self.name

    def definition_on(self, day: date) -> Text:
        """Return what it meant on a day. Raises NoVersionError before the first version."""
        return self.version_on(day).definition or self.definition

    def denominator_on(self, day: date) -> Text | None:
        """Return of what it was a share on a day; None where a plain number was counted.

        Raises NoVersionError before the first version.
        """
        version = self.version_on(day)
        is_share = isinstance(version.count, Printed) or version.count.form in OF_SOMETHING
        return (version.denominator or self.denominator) if is_share else None

    def unit_on(self, day: date) -> Text:
        """Return the unit that is valid on a day. Raises NoVersionError before the first."""
        return self.version_on(day).unit or self.unit

    def version_on(self, day: date) -> Version:
        """Pick the version that is valid on a day. Raises NoVersionError before the first."""
        valid = [version for version in self.versions if version.valid_from <= day]
        if not valid:
            raise NoVersionError(
                f"{self.code} has no version that is valid on {day.isoformat()}; "
                f"the first is valid from {self.versions[0].valid_from.isoformat()}"
            )
        return valid[-1]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Catalogue:
    """All indicators, by code; what follows from one is remembered for as long as it is there."""

    definitions: Mapping[str, Definition]

    def __getitem__(self, code: str) -> Definition:
        return self.definitions[code]

    def __iter__(self) -> Iterator[Definition]:
        return iter(self.definitions.values())

    def __len__(self) -> int:
        return len(self.definitions)

    @property
    def relations(self) -> dict[str, tuple[str, ...]]:
        """Every code of which its text says that it is a part of others, with those others."""
        return {each.code: each.part_of for each in self if each.part_of}
