"""From a word of the language to the stretches of days on which each person counts.

Every word comes down to the same thing: this person counts, for this part of the figure, in this
district and at this kind of place, from one day until another. The counting itself is in
`evaluate`; a share, a median and a ratio are worked out from what is counted.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

import numpy as np

from meedoen.rules.indicators.cohort_spells import growth_after_start, still_there
from meedoen.rules.indicators.columns import KnownColumns, code_of, is_one_of
from meedoen.rules.indicators.end_spells import days_in_state, ended, fallen_back
from meedoen.rules.indicators.growth_spells import by_growth, by_steps, on_rung
from meedoen.rules.indicators.participating import at_places, passing, taking_part
from meedoen.rules.indicators.people_words import (
    DaysInState,
    Events,
    Filters,
    GrowthAfterStart,
    GrowthWord,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleEnded,
    PeopleInState,
    PeopleOnRung,
    PeopleStarted,
    PeopleWithEvent,
    PeopleWithoutEvent,
    PeopleWord,
    Ratio,
    Share,
    ShareFallenBack,
    ShareStillThere,
    SimpleWord,
    WindowWord,
)
from meedoen.rules.indicators.spell import Spells, in_districts, spells_about, together
from meedoen.rules.indicators.stretches import Rows, months_after, outside, runs_of, within
from meedoen.rules.vocabulary import EntryKind, Outcome


def spells_of(word: PeopleWord, columns: KnownColumns) -> Spells:
    """Find the stretches that a word counts; they may overlap and may hold no day at all."""
    if isinstance(word, Share):
        return _share(spells_of(word.part, columns), spells_of(word.whole, columns))
    if isinstance(word, Ratio):
        part, whole = spells_of(word.part, columns), spells_of(word.whole, columns)
        return together(part, whole.in_part(1))
    if isinstance(word, GrowthWord):
        found = _grown(word, columns)
    elif isinstance(word, WindowWord):
        found = _after_a_while(word, columns)
    else:
        found = _plain(word, columns)
    return in_districts(found, word.where.districts)


def _plain(word: SimpleWord | Events, columns: KnownColumns) -> Spells:
    match word:
        case PeopleInState():
            return _in_state(word, columns)
        case PeopleStarted():
            return _started(word, columns)
        case PeopleEnded():
            return ended(word, columns)
        case PeopleOnRung():
            return on_rung(word, columns)
        case _:
            return _by_events(word, columns)


def _by_events(
    word: PeopleWithEvent | PeopleWithoutEvent | Events, columns: KnownColumns
) -> Spells:
    match word:
        case PeopleWithEvent():
            rows = events(columns, (word.kind,), word.outcomes)
            return at_places(_with_event(columns, rows, word.months), columns, word.where)
        case PeopleWithoutEvent():
            return _without_event(word, columns)
        case Events():
            return _events(word, columns)
        case _:
            assert_never(word)


def _grown(word: GrowthWord, columns: KnownColumns) -> Spells:
    match word:
        case PeopleByGrowth():
            return by_growth(word, columns)
        case PeopleBySteps():
            return by_steps(word, columns)
        case GrowthAfterStart():
            return growth_after_start(word, columns)
        case _:
            assert_never(word)


def _after_a_while(word: WindowWord, columns: KnownColumns) -> Spells:
    match word:
        case DaysInState():
            return days_in_state(word, columns)
        case ShareStillThere():
            return still_there(word, columns)
        case ShareFallenBack():
            return fallen_back(word, columns)
        case _:
            assert_never(word)


def events(columns: KnownColumns, kinds: Sequence[EntryKind], outcomes: Sequence[Outcome]) -> Rows:
    """Return the statements about events of these kinds with these outcomes."""
    counted = is_one_of(columns.kind, kinds)
    if outcomes:
        counted &= is_one_of(columns.outcome, outcomes)
    return np.flatnonzero(counted)


def _in_state(word: PeopleInState, columns: KnownColumns) -> Spells:
    counted = columns.kind == code_of(word.kind)
    if word.states:
        counted &= is_one_of(columns.state, word.states)
    of_places = word.kind is EntryKind.PLACEMENT
    if of_places:
        counted &= passing(columns, word.where)
        counted |= is_one_of(columns.kind, word.also)
    rows = np.flatnonzero(counted)
    starts, ends = columns.starts[rows].astype(np.int64), columns.ends[rows].astype(np.int64)
    found = spells_about(columns, rows, starts, ends)
    return found if of_places else _who_is_there(found, columns, word.where)


def _who_is_there(found: Spells, columns: KnownColumns, where: Filters) -> Spells:
    """Keep the days on which people take part at a place that the filters name, if any is named."""
    if not where.about_places:
        return found
    at = taking_part(columns, where)
    return found.on_days(within(found.person, found.starts, found.ends, at))


def _with_event(columns: KnownColumns, rows: Rows, months: int) -> Spells:
    starts = columns.starts[rows].astype(np.int64)
    return spells_about(columns, rows, starts, months_after(starts, months))


def _events(word: Events, columns: KnownColumns) -> Spells:
    rows = events(columns, (word.kind,), word.outcomes)
    found = _with_event(columns, rows, word.months)
    found = replace(found, person=rows, about=found.person)
    return at_places(found, columns, word.where)


def _without_event(word: PeopleWithoutEvent, columns: KnownColumns) -> Spells:
    """Return the days of benefit on which no event counts."""
    on_benefit = _in_state(PeopleInState(EntryKind.BENEFIT), columns)
    rows = events(columns, word.kinds, word.outcomes)
    had = _with_event(columns, rows, word.months)
    runs = runs_of(had.person, had.starts, had.ends)
    left = on_benefit.on_days(outside(on_benefit.person, on_benefit.starts, on_benefit.ends, runs))
    return _who_is_there(left, columns, word.where)


def _started(word: PeopleStarted, columns: KnownColumns) -> Spells:
    runs = taking_part(columns, word.where)
    return spells_about(columns, runs.opened, runs.starts, months_after(runs.starts, word.months))


def _share(part: Spells, whole: Spells) -> Spells:
    """Count as part 0 the days on which who is in the whole is in the part too."""
    runs = runs_of(part.person, part.starts, part.ends)
    both = within(whole.person, whole.starts, whole.ends, runs)
    return together(whole.on_days(both), whole.in_part(1))
