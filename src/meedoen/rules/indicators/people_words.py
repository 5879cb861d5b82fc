"""The words of the language that count people, and what happened to them, in the history.

Every stretch of days is half-open: its first day belongs to it, the day on which it ended does
not. Everything is counted in what was known at one moment: what was recorded later, replaced or
withdrawn by then plays no part. "The months up to the date" are days s with s <= date <
s + months by the calendar, so a year up to 31 December begins on 1 January.

To take part is a placement on trial, active or paused. Stretches of taking part of one person
that touch or overlap are one stretch: a pause, another seat or moving house is no end and no
beginning.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from meedoen.rules.indicators.forms import Form
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState


class GrowthClass(StrEnum):
    """The first against the last measurement of one person in one year."""

    GROWTH = "growth"
    DECLINE = "decline"
    EQUAL = "equal"
    MEASURED_ONCE = "measured_once"


class Which(StrEnum):
    """Which measurement of somebody in a year is looked at."""

    FIRST = "first"
    LAST = "last"


class SinceStart(StrEnum):
    """The measurement before somebody began to take part, against the last one after it."""

    GROWTH = "growth"
    DECLINE = "decline"
    EQUAL = "equal"
    NO_BASELINE = "no_baseline"
    """Not measured in the months up to the start."""
    NOT_MEASURED_AGAIN = "not_measured_again"
    """Not measured after the start in time, or only with another version of the ladder."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which statements count; a list that is empty is all of them.

    Kinds, who found it, organisations and legal tasks choose the placements that a word looks at.
    Districts choose the outcome: somebody counts when the word says that they count in that
    district, so a filter on one district gives what the breakdown says of it.

    Only a placement is at a place. Elsewhere the filters on placements choose the people: who takes
    part at such a place on the day of the event or of the measurement that counts, or where a
    stretch counts, such as a benefit or a plan, on the reference date.
    """

    place_kinds: tuple[PlaceKind, ...] = ()
    self_found: bool | None = None
    """None counts places found by the person and by somebody else."""
    districts: tuple[int, ...] = ()
    """Numbers of districts as in the history."""
    organisations: tuple[int, ...] = ()
    """Numbers of organisations as in the history."""
    legal_tasks: tuple[LegalTask, ...] = ()
    """Under which law the place is; only in placements, and only in what says so."""

    @property
    def about_places(self) -> bool:
        """Tell whether anything is asked of the placements."""
        chosen = bool(self.place_kinds or self.organisations or self.legal_tasks)
        return chosen or self.self_found is not None


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class PeopleInState:
    """Distinct people for whom a stretch of this kind holds on the reference date.

    The district and the kind of place are those of the statement. With `also` a stretch of one of
    those kinds is as good as one of the placements: of these the district alone is chosen, because
    they are at no place.
    """

    word: ClassVar[str] = "people_in_state"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ()

    kind: EntryKind
    """Benefit, placement, plan, training or being on the way to new sheltered work."""
    states: tuple[PlacementState, ...] = ()
    """Only with a placement, and then at least one."""
    where: Filters = EVERYTHING
    also: tuple[EntryKind, ...] = ()
    """Only with a placement: other kinds of stretches by which somebody counts too."""


@dataclass(frozen=True, slots=True)
class PeopleWithEvent:
    """Distinct people with an event in the months up to and including the reference date.

    An event on day s counts on day D when s <= D < s + months by the calendar.
    """

    word: ClassVar[str] = "people_with_event"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ()

    kind: EntryKind
    """Attempt, conversation, measurement or life domain."""
    outcomes: tuple[Outcome, ...] = ()
    """Empty is every outcome; only an attempt has outcomes."""
    months: int = 12
    where: Filters = EVERYTHING


@dataclass(frozen=True, slots=True)
class PeopleWithoutEvent:
    """People with a benefit on the reference date and no such event in the months up to it.

    An event counts as for `PeopleWithEvent`, in any district. The district is that of the benefit.
    """

    word: ClassVar[str] = "people_without_event"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ()

    kinds: tuple[EntryKind, ...]
    """Of which kinds there was none: attempt, conversation, measurement or life domain."""
    outcomes: tuple[Outcome, ...] = ()
    """Only with attempts alone: those with another outcome do not count as an event."""
    months: int = 12
    where: Filters = EVERYTHING


@dataclass(frozen=True, slots=True)
class Events:
    """Events in the months up to and including the reference date: events, not people.

    Two events of one person on one day are two. They are about people, so a small number of them
    is protected as one of people.
    """

    word: ClassVar[str] = "events"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ()

    kind: EntryKind
    outcomes: tuple[Outcome, ...] = ()
    months: int = 12
    where: Filters = EVERYTHING


@dataclass(frozen=True, slots=True)
class PeopleStarted:
    """Distinct people who began to take part in the months up to the reference date.

    Somebody begins on the first day of a stretch of taking part in the kinds, organisations and
    so on of the filters; what they did elsewhere plays no part. District and kind of place are
    those of the statement with which it began; of two on one day the first recorded.
    """

    word: ClassVar[str] = "people_started"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ()

    months: int = 12
    where: Filters = EVERYTHING


@dataclass(frozen=True, slots=True)
class PeopleEnded:
    """Distinct people whose taking part ended in the months up to the reference date.

    It ended on the first day on which they no longer took part in anything the filters name. The
    outcome, the district and the kind of place are those of the statement that ended on that day;
    of two the last recorded. To have moved on is one of the outcomes moved_on_to….
    """

    word: ClassVar[str] = "people_ended"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ()

    outcomes: tuple[Outcome, ...] = ()
    """Empty is every outcome, and none at all."""
    months: int = 12
    where: Filters = EVERYTHING


@dataclass(frozen=True, slots=True)
class PeopleByGrowth:
    """People by what became of their rung in the calendar year of the reference date.

    The last measurement up to and including that day is set against the first one of that
    year with the same ladder version. Measurements of one day stand in order of id. The
    headline is one of the classes; somebody with one measurement is in a class of their own. The
    district is that of the last measurement.
    """

    word: ClassVar[str] = "people_by_growth"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = tuple(GrowthClass)

    on_benefit: bool = False
    """Only people with a benefit on the day of their last measurement."""
    minimum_step: int = 1
    """So many rungs higher is growth, so many lower is a decline; less is equal."""
    where: Filters = EVERYTHING
    headline: GrowthClass = GrowthClass.GROWTH
    """The class that is the figure; the others are parts beside it."""


@dataclass(frozen=True, slots=True)
class PeopleBySteps:
    """People by what became of their steps in life domains in the calendar year of the date.

    In each domain the last step up to and including the day is set against the first one of that
    year in the same domain and with the same version of the instrument. The differences are
    added up: above 0 is growth, under 0 a decline. Somebody with no domain that was set twice is
    measured once. Steps of one day stand in order of id. The district is that of the last step.
    """

    word: ClassVar[str] = "people_by_steps"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = tuple(GrowthClass)

    same_rung: bool = False
    """Leave out who is under growth or decline of `PeopleByGrowth` on that day."""
    where: Filters = EVERYTHING
    headline: GrowthClass = GrowthClass.GROWTH
    """The class that is the figure; the others are parts beside it."""


@dataclass(frozen=True, slots=True)
class DaysInState:
    """Days that stretches in these states lasted, of those that ended in the months.

    It is the lower median: the smallest number of days within which at least half had ended. A
    stretch lasts from its first day up to the day on which it ended. Statements of one person
    with one kind of place and one organisation that touch or overlap are one stretch. District
    and kind of place are those of the statement that ended last. What did not end is not counted.
    """

    word: ClassVar[str] = "days_in_state"
    form: ClassVar[Form] = Form.MEDIAN
    parts: ClassVar[tuple[str, ...]] = ("ended",)

    states: tuple[PlacementState, ...]
    months: int = 12
    where: Filters = EVERYTHING


@dataclass(frozen=True, slots=True)
class PeopleOnRung:
    """Distinct people whose first or last measurement of the year is on one of these rungs.

    It is that of the calendar year of the reference date, up to and including that day, by any
    version of the ladder. Measurements of one day stand in order of id. The district is that of
    the measurement.
    """

    word: ClassVar[str] = "people_on_rung"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ()

    which: Which
    rungs: tuple[int, ...] = ()
    """Empty is every rung: everybody who was measured."""
    on_benefit: bool = False
    """Only people with a benefit on the day of that measurement."""
    where: Filters = EVERYTHING


SimpleWord = (
    PeopleInState
    | PeopleWithEvent
    | PeopleWithoutEvent
    | PeopleStarted
    | PeopleEnded
    | PeopleOnRung
)
"""Words without parts that count people: what a share or a ratio is made of."""


@dataclass(frozen=True, slots=True)
class Share:
    """Of the people of the whole, the per cent who are also in the part on the reference date.

    The district and the kind of place are those of the whole.
    """

    word: ClassVar[str] = "share"
    form: ClassVar[Form] = Form.SHARE
    parts: ClassVar[tuple[str, ...]] = ("part", "whole")

    part: SimpleWord
    whole: SimpleWord


@dataclass(frozen=True, slots=True)
class Ratio:
    """The people of the part for every so many people of the whole, halves up.

    The people of the part need not be in the whole. Each counts in the district and the kind of
    place of its own statement.
    """

    word: ClassVar[str] = "ratio"
    form: ClassVar[Form] = Form.RATIO
    parts: ClassVar[tuple[str, ...]] = ("part", "whole")

    part: SimpleWord
    whole: SimpleWord
    per: int
    """Per so many people of the whole: 1 to 10,000."""


@dataclass(frozen=True, slots=True)
class ShareStillThere:
    """Of the people who began to take part, the share that took part a number of months later.

    Those count whose start, with `after_months` added, fell in the `months` up to the reference
    date. Still there is who takes part on exactly that later day, in any place that the filters
    name. Who began more than once counts by the last of these starts. Districts and kinds are
    those of the start.
    """

    word: ClassVar[str] = "share_still_there"
    form: ClassVar[Form] = Form.SHARE
    parts: ClassVar[tuple[str, ...]] = ("still_there", "began")

    after_months: int
    months: int = 12
    where: Filters = EVERYTHING


@dataclass(frozen=True, slots=True)
class ShareFallenBack:
    """Of the placements that ended, the share after which somebody fell back in a window of days.

    Day 0 is the first day without the place. Those ends count whose window was over in the months
    up to the reference date: the day after its last day. Somebody fell back who on the last day
    of the window takes part nowhere and did not move on to work, training or volunteering without
    the municipality, or whose last rung in the window is lower than the last one before the end, in
    the same version of the ladder. Who moved away or died is left out: nobody can say how it went
    on. Statements of one person with one kind of place and one organisation that touch or overlap
    are one placement; district and kind of place are those of its beginning. It counts ends, not
    people: the same rule as the page about fall-back.
    """

    word: ClassVar[str] = "share_fallen_back"
    form: ClassVar[Form] = Form.SHARE
    parts: ClassVar[tuple[str, ...]] = ("fallen_back", "ended")

    from_days: int
    """First day of the window."""
    to_days: int
    """Last day of the window."""
    months: int = 12
    outcomes: tuple[Outcome, ...] = ()
    """With which outcome the placement ended; empty is every outcome, and none."""
    where: Filters = EVERYTHING


@dataclass(frozen=True, slots=True)
class GrowthAfterStart:
    """People who began to take part, by their rung before and after it.

    Those count whose start, with `follow_up_months` added, fell in the `months` up to the
    reference date. The baseline is their last measurement in the `baseline_months` up to and
    including the start. Against it stands the last one after the start, up to and including the
    start plus `follow_up_months`, with the same ladder version. Who began more than once counts
    by the last of these starts, so everybody is in one part. Districts and kinds are those of
    the start. The headline is one of the parts.
    """

    word: ClassVar[str] = "growth_after_start"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = tuple(SinceStart)

    baseline_months: int
    follow_up_months: int
    months: int = 12
    minimum_step: int = 1
    """So many rungs higher is growth, so many lower is a decline; less is equal."""
    where: Filters = EVERYTHING
    headline: SinceStart = SinceStart.GROWTH
    """The part that is the figure; the others stand beside it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure that is not counted here but stands in print, such as those of the BBV.

    Its values come from the pages that were imported.
    """

    word: ClassVar[str] = "printed"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ()


GrowthWord = PeopleByGrowth | PeopleBySteps | GrowthAfterStart
"""Words of which every part is a class of people, and nobody is in two."""
WindowWord = DaysInState | ShareStillThere | ShareFallenBack
"""Words that look at what became of somebody after some time."""
PeopleWord = SimpleWord | Events | GrowthWord | WindowWord | Share | Ratio
"""Words that count people in the history, or events and placements of theirs."""
KindWord = PeopleStarted | PeopleEnded | GrowthAfterStart | WindowWord
"""Words that are always about placements, and so about kinds of places."""


def knows_kinds(word: PeopleWord | Printed) -> bool:
    """Tell whether what a word counts is at a kind of place, so that it can be counted per kind."""
    match word:
        case PeopleInState():
            return word.kind is EntryKind.PLACEMENT and not word.also
        case Share():
            return knows_kinds(word.whole)
        case Ratio():
            return knows_kinds(word.part) and knows_kinds(word.whole)
        case _:
            return isinstance(word, KindWord)
