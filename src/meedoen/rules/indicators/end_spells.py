"""The days on which it counts that something ended: taking part, a state, a placement."""

from dataclasses import replace

import numpy as np

from meedoen.rules.indicators.after_ends import fell_back, rung_since, was_followed, where_on
from meedoen.rules.indicators.columns import KnownColumns, code_of
from meedoen.rules.indicators.days import FAR_FUTURE_DAY
from meedoen.rules.indicators.participating import (
    every_participation,
    passing,
    placement_rows,
    runs_at_one_place,
    taking_part,
)
from meedoen.rules.indicators.people_words import (
    DaysInState,
    PeopleEnded,
    ShareFallenBack,
)
from meedoen.rules.indicators.rungs import Rungs
from meedoen.rules.indicators.spell import Spells, spells_about, together
from meedoen.rules.indicators.stretches import months_after


def ended(word: PeopleEnded, columns: KnownColumns) -> Spells:
    """Return the days on which it counts that people stopped taking part."""
    runs = taking_part(columns, word.where)
    over = runs.ends < FAR_FUTURE_DAY
    if word.outcomes:
        over &= np.isin(columns.outcome[runs.closed], [code_of(one) for one in word.outcomes])
    ends = runs.ends[over]
    return spells_about(columns, runs.closed[over], ends, months_after(ends, word.months))


def days_in_state(word: DaysInState, columns: KnownColumns) -> Spells:
    """Return the days on which it counts that a stretch in a state ended, and how long it was."""
    rows = placement_rows(columns, frozenset(word.states), word.where)
    runs = runs_at_one_place(columns, rows)
    over = np.flatnonzero(runs.ends < FAR_FUTURE_DAY)
    ends = runs.ends[over]
    found = spells_about(columns, runs.closed[over], ends, months_after(ends, word.months))
    return replace(found, person=over, about=found.person, days=ends - runs.starts[over])


def fallen_back(word: ShareFallenBack, columns: KnownColumns) -> Spells:
    """Return the days on which ends count whose window is over: all, and those of who fell back."""
    runs, every = every_participation(columns)
    asked = (every.ends < FAR_FUTURE_DAY) & passing(columns, word.where)[runs.opened]
    if word.outcomes:
        asked &= np.isin(every.outcome, [code_of(outcome) for outcome in word.outcomes])
    rows = np.flatnonzero(asked)
    ends = every.ends[rows]
    where = where_on(every, rows, ends + word.to_days)
    rungs = Rungs.of(columns, every.person[rows], ends - 1)
    rung = rung_since(rungs, ends + word.from_days, ends + word.to_days)
    over = ends + word.to_days + 1
    found = spells_about(columns, runs.opened[rows], over, months_after(over, word.months))
    found = replace(found, person=rows, about=found.person)
    back = found.kept(fell_back(where, rung))
    return together(back, found.kept(was_followed(where)).in_part(1))
