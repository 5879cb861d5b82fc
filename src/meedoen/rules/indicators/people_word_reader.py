"""Reading the words that count people: each with its own keys and filters."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from meedoen.rules.indicators import mistakes as say
from meedoen.rules.indicators.language import EVENT_KINDS, MOST_MONTHS, STRETCH_KINDS
from meedoen.rules.indicators.people_words import (
    DaysInState,
    Events,
    GrowthAfterStart,
    GrowthClass,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleEnded,
    PeopleInState,
    PeopleOnRung,
    PeopleStarted,
    PeopleWithEvent,
    PeopleWithoutEvent,
    PeopleWord,
    Printed,
    Ratio,
    Share,
    ShareFallenBack,
    ShareStillThere,
    SimpleWord,
    SinceStart,
    Which,
)
from meedoen.rules.indicators.possible_outcomes import OF_A_PLACEMENT, OF_AN_ATTEMPT
from meedoen.rules.indicators.statements import HIGHEST_RUNG
from meedoen.rules.indicators.tables import Table
from meedoen.rules.indicators.texts import Text
from meedoen.rules.indicators.word_keys import (
    ONLY_PLACEMENT,
    read_filters,
    read_kind,
    read_months,
    read_outcomes,
    refuse,
)
from meedoen.rules.vocabulary import EntryKind, Outcome, PlacementState

Class = TypeVar("Class", GrowthClass, SinceStart)

LONGEST_WINDOW = 3_660
"""Days: ten years, as for the windows of the page about fall-back."""
MOST_PER = 10_000

NOT_A_STRETCH = Text('"{value}" gebeurt op één dag', '"{value}" happens on one day')
BESIDE_PLACEMENTS = tuple(kind for kind in STRETCH_KINDS if kind is not EntryKind.PLACEMENT)
NOT_BESIDE = Text(
    '"{value}" kan niet naast een plaatsing meetellen',
    '"{value}" cannot count beside a placement',
)
NOT_AN_EVENT = Text('"{value}" duurt langer dan één dag', '"{value}" lasts longer than one day')
STATES_NEEDED = Text(
    "bij een plaatsing hoort de stand van die plaatsing",
    "a placement needs the state of that placement",
)
ONLY_ATTEMPT = Text("dit kan alleen bij een poging", "this is only possible with an attempt")
KIND_OR_KINDS = Text(
    "kind staat er al: kies kind of kinds", "kind is there already: choose kind or kinds"
)
ENDS_BEFORE = Text(
    "deze dag ligt voor de eerste dag van het venster, {first}",
    "this day is before the first day of the window, {first}",
)
NOT_BEFORE = Text("een dag vanaf {first}", "a day from {first} on")


def _people_in_state(table: Table) -> PeopleInState:
    kind = read_kind(table, STRETCH_KINDS, NOT_A_STRETCH)
    if kind is EntryKind.PLACEMENT and not table.has("states"):
        table.wrong("states", STATES_NEEDED, say.one_of(tuple(PlacementState)))
    if kind is not None and kind is not EntryKind.PLACEMENT:
        refuse(table, ("states", "also"), ONLY_PLACEMENT)
    also = table.choices("also", EntryKind)
    for one in also:
        if one not in BESIDE_PLACEMENTS:
            table.wrong("also", NOT_BESIDE.filled(value=one), say.one_of(BESIDE_PLACEMENTS))
    return PeopleInState(
        kind=kind or EntryKind.BENEFIT,
        states=table.choices("states", PlacementState),
        where=read_filters(table),
        also=also,
    )


def _people_with_event(table: Table) -> PeopleWithEvent:
    return PeopleWithEvent(*_event(table), read_months(table), read_filters(table))


def _events(table: Table) -> Events:
    return Events(*_event(table), read_months(table), read_filters(table))


def _event(table: Table) -> tuple[EntryKind, tuple[Outcome, ...]]:
    kind = read_kind(table, EVENT_KINDS, NOT_AN_EVENT)
    if kind is not None and kind is not EntryKind.ATTEMPT:
        refuse(table, ("outcomes",), ONLY_ATTEMPT)
        return kind, ()
    return EntryKind.ATTEMPT, read_outcomes(table, OF_AN_ATTEMPT)


def _people_without_event(table: Table) -> PeopleWithoutEvent:
    if table.has("kinds"):
        kinds = table.choices("kinds", EntryKind)
        refuse(table, ("kind",), KIND_OR_KINDS)
        for kind in kinds:
            if kind not in EVENT_KINDS:
                table.wrong("kinds", NOT_AN_EVENT.filled(value=kind), say.one_of(EVENT_KINDS))
        outcomes: tuple[Outcome, ...] = ()
        if kinds != (EntryKind.ATTEMPT,):
            refuse(table, ("outcomes",), ONLY_ATTEMPT)
        else:
            outcomes = read_outcomes(table, OF_AN_ATTEMPT)
    else:
        kind, outcomes = _event(table)
        kinds = (kind,)
    return PeopleWithoutEvent(kinds, outcomes, read_months(table), read_filters(table))


def _people_started(table: Table) -> PeopleStarted:
    return PeopleStarted(read_months(table), read_filters(table))


def _people_ended(table: Table) -> PeopleEnded:
    outcomes = read_outcomes(table, OF_A_PLACEMENT)
    return PeopleEnded(outcomes, read_months(table), read_filters(table))


def _people_by_growth(table: Table) -> PeopleByGrowth:
    on_benefit = bool(table.truth("on_benefit"))
    headline = _headline(table, GrowthClass.GROWTH)
    return PeopleByGrowth(on_benefit, _minimum_step(table), read_filters(table), headline)


def _people_by_steps(table: Table) -> PeopleBySteps:
    headline = _headline(table, GrowthClass.GROWTH)
    return PeopleBySteps(bool(table.truth("same_rung")), read_filters(table), headline)


def _people_on_rung(table: Table) -> PeopleOnRung:
    return PeopleOnRung(
        which=table.choice("which", Which),
        rungs=table.numbers("rungs", 1, HIGHEST_RUNG),
        on_benefit=bool(table.truth("on_benefit")),
        where=read_filters(table),
    )


def _headline(table: Table, usual: Class) -> Class:
    """Read which class is the figure itself; the first where nothing is said."""
    return table.choice("headline", type(usual)) if table.has("headline") else usual


def _days_in_state(table: Table) -> DaysInState:
    if not table.has("states"):
        table.wrong("states", say.MISSING, say.one_of(tuple(PlacementState)))
    states = table.choices("states", PlacementState)
    return DaysInState(states, read_months(table), read_filters(table))


def _share(table: Table) -> Share | None:
    part, whole = _simple_word(table, "part"), _simple_word(table, "whole")
    return None if part is None or whole is None else Share(part, whole)


def _ratio(table: Table) -> Ratio | None:
    part, whole = _simple_word(table, "part"), _simple_word(table, "whole")
    per = table.number("per", 1, MOST_PER)
    return None if part is None or whole is None else Ratio(part, whole, per)


def _simple_word(table: Table, key: str) -> SimpleWord | None:
    """Read the word that a share or a ratio is made of; None where it is none, or has mistakes."""
    inner = table.table(key)
    word = inner.text("word") if inner else ""
    if inner is None or not word:
        return None
    if word not in SIMPLE_READERS:
        what = say.NOT_A_CHOICE.filled(value=f'"{word}"')
        inner.wrong("word", what, say.one_of(tuple(SIMPLE_READERS)))
        return None
    counted = SIMPLE_READERS[word](inner)
    inner.finish()
    return counted


def _share_still_there(table: Table) -> ShareStillThere:
    after_months = table.number("after_months", 1, MOST_MONTHS)
    return ShareStillThere(after_months, read_months(table), read_filters(table))


def _share_fallen_back(table: Table) -> ShareFallenBack:
    first = table.number("from_days", 0, LONGEST_WINDOW)
    last = table.number("to_days", 0, LONGEST_WINDOW)
    if last < first:
        what, possible = ENDS_BEFORE.filled(first=first), NOT_BEFORE.filled(first=first)
        table.wrong("to_days", what, possible)
    outcomes = read_outcomes(table, OF_A_PLACEMENT)
    return ShareFallenBack(first, last, read_months(table), outcomes, read_filters(table))


def _growth_after_start(table: Table) -> GrowthAfterStart:
    return GrowthAfterStart(
        baseline_months=table.number("baseline_months", 1, MOST_MONTHS),
        follow_up_months=table.number("follow_up_months", 1, MOST_MONTHS),
        months=read_months(table),
        minimum_step=_minimum_step(table),
        where=read_filters(table),
        headline=_headline(table, SinceStart.GROWTH),
    )


def _minimum_step(table: Table) -> int:
    if not table.has("minimum_step"):
        return 1
    return table.number("minimum_step", 1, HIGHEST_RUNG - 1)


def _printed(_: Table) -> Printed:
    return Printed()


SIMPLE_READERS: Mapping[str, Callable[[Table], SimpleWord]] = {
    PeopleInState.word: _people_in_state,
    PeopleWithEvent.word: _people_with_event,
    PeopleWithoutEvent.word: _people_without_event,
    PeopleStarted.word: _people_started,
    PeopleEnded.word: _people_ended,
    PeopleOnRung.word: _people_on_rung,
}
"""The words that a share or a ratio can be made of."""
PEOPLE_READERS: Mapping[str, Callable[[Table], PeopleWord | Printed | None]] = {
    **SIMPLE_READERS,
    Events.word: _events,
    PeopleByGrowth.word: _people_by_growth,
    PeopleBySteps.word: _people_by_steps,
    DaysInState.word: _days_in_state,
    Share.word: _share,
    Ratio.word: _ratio,
    ShareStillThere.word: _share_still_there,
    ShareFallenBack.word: _share_fallen_back,
    GrowthAfterStart.word: _growth_after_start,
    Printed.word: _printed,
}
