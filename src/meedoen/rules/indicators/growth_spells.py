"""The days on which people count as grown or not, in a calendar year.

Each measurement holds until the person's next one, or until the year is over. While it holds it
is the last, so the class of the person is known for all those days.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import KnownColumns, code_of
from meedoen.rules.indicators.days import first_days_of_years, years_of
from meedoen.rules.indicators.participating import at_places
from meedoen.rules.indicators.people_words import (
    GrowthClass,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleOnRung,
    Which,
)
from meedoen.rules.indicators.shared import shared
from meedoen.rules.indicators.sorting import changes, in_order
from meedoen.rules.indicators.spell import Spells, spells_about
from meedoen.rules.indicators.stretches import Numbers, Rows, held, outside, runs_of
from meedoen.rules.vocabulary import EntryKind

CLASSES = tuple(GrowthClass)


def by_growth(word: PeopleByGrowth, columns: KnownColumns) -> Spells:
    """Return the days on which each measurement of a rung is the last of its year."""
    grown = _grown(columns)
    part = classes_of(grown.difference, grown.once, word.minimum_step)
    found = spells_about(columns, grown.rows, grown.starts, grown.ends, part)
    return _asked(word, columns, found)


def on_rung(word: PeopleOnRung, columns: KnownColumns) -> Spells:
    """Return the days on which a measurement on one of the rungs is the first or last of its year.

    The first one stays the first until the year is over.
    """
    grown = _grown(columns)
    person, years = columns.person[grown.rows], years_of(grown.starts)
    ends, wanted = grown.ends, np.ones(len(person), dtype=np.bool_)
    if word.which is Which.FIRST:
        wanted = changes(person, years)
        ends = first_days_of_years(years + 1)
    if word.rungs:
        wanted = wanted & np.isin(columns.rung[grown.rows], word.rungs)
    rows = np.flatnonzero(wanted)
    found = spells_about(columns, grown.rows[rows], grown.starts[rows], ends[rows])
    return _asked(word, columns, found)


def _asked(word: PeopleByGrowth | PeopleOnRung, columns: KnownColumns, found: Spells) -> Spells:
    """Keep the measurements on a day with a benefit and at a place, where that is asked."""
    found = at_places(found, columns, word.where)
    if not word.on_benefit:
        return found
    benefit = np.flatnonzero(columns.kind == code_of(EntryKind.BENEFIT))
    runs = runs_of(
        columns.person[benefit],
        columns.starts[benefit].astype(np.int64),
        columns.ends[benefit].astype(np.int64),
    )
    return found.kept(held(runs, found.person, found.starts))


@dataclass(frozen=True, slots=True, eq=False)
class _Grown:
    """Measurements in order, on which days each holds, and how it differs from the first."""

    rows: Rows
    starts: Numbers
    ends: Numbers
    difference: Numbers
    once: NDArray[np.bool_]
    """Whether there is no earlier one to compare it with."""


@shared
def _grown(columns: KnownColumns) -> _Grown:
    rows = _in_order(columns, (columns.kind == code_of(EntryKind.MEASUREMENT)) & (columns.rung > 0))
    starts, ends, years = _holding(columns, rows)
    first = _first_of((columns.person[rows], years, columns.ladder_version[rows]))
    rung = columns.rung[rows].astype(np.int64)
    return _Grown(rows, starts, ends, rung - rung[first], first == np.arange(len(first)))


def by_steps(word: PeopleBySteps, columns: KnownColumns) -> Spells:
    """Return the days on which each step in a life domain is the last of its year."""
    rows = _in_order(
        columns, (columns.kind == code_of(EntryKind.LIFE_DOMAIN)) & (columns.score > 0)
    )
    starts, ends, years = _holding(columns, rows)
    person, domain = columns.person[rows], columns.domain[rows]
    first = _first_of((person, years, domain, columns.ladder_version[rows]))
    score = columns.score[rows].astype(np.int64)
    again = first != np.arange(len(first))
    before = _previous_of((person, years, domain))
    growth, compared = score - score[first], again.astype(np.int64)
    summed = _so_far(growth, before, (person, years))
    once = _so_far(compared, before, (person, years)) == 0
    found = spells_about(columns, rows, starts, ends, classes_of(summed, once, 1))
    found = at_places(found, columns, word.where)
    if not word.same_rung:
        return found
    moved = by_growth(PeopleByGrowth(), columns)
    moved = moved.kept(
        np.isin(moved.part, [CLASSES.index(GrowthClass.GROWTH), CLASSES.index(GrowthClass.DECLINE)])
    )
    left = outside(
        found.person, found.starts, found.ends, runs_of(moved.person, moved.starts, moved.ends)
    )
    return found.on_days(left)


def classes_of(difference: Numbers, once: NDArray[np.bool_], minimum_step: int) -> Numbers:
    """Return the class of growth for differences, as places in GrowthClass."""
    classes = [
        (once, GrowthClass.MEASURED_ONCE),
        (difference >= minimum_step, GrowthClass.GROWTH),
        (difference <= -minimum_step, GrowthClass.DECLINE),
    ]
    return np.select(
        [mask for mask, _ in classes],
        [CLASSES.index(name) for _, name in classes],
        default=CLASSES.index(GrowthClass.EQUAL),
    ).astype(np.int64)


def _in_order(columns: KnownColumns, wanted: NDArray[np.bool_]) -> Rows:
    """Return the wanted statements in order of person, first day and id."""
    rows = np.flatnonzero(wanted)
    return rows[in_order(columns.person[rows], columns.starts[rows])]


def _holding(columns: KnownColumns, rows: Rows) -> tuple[Numbers, Numbers, Numbers]:
    """Return for rows in order the days on which each is the last of its year, and that year."""
    person, starts = columns.person[rows], columns.starts[rows].astype(np.int64)
    years = years_of(starts)
    ends = first_days_of_years(years + 1)
    same = (person[1:] == person[:-1]) & (years[1:] == years[:-1])
    ends[:-1][same] = starts[1:][same]
    return starts, ends, years


Keys = tuple[NDArray[np.integer], ...]


def _first_of(keys: Keys) -> Rows:
    """Find for every row the place of the first row with the same keys."""
    order = in_order(*keys)
    opens = changes(*(key[order] for key in keys))
    first = np.empty(len(order), dtype=np.intp)
    first[order] = order[np.flatnonzero(opens)][np.cumsum(opens) - 1]
    return first


def _previous_of(keys: Keys) -> Rows:
    """Find for every row the place of the row before it with the same keys; its own for none."""
    order = in_order(*keys)
    opens = changes(*(key[order] for key in keys))
    previous = np.empty(len(order), dtype=np.intp)
    previous[order] = np.where(opens, order, np.roll(order, 1))
    return previous


def _so_far(values: Numbers, before: Rows, keys: Keys) -> Numbers:
    """Add up the last value of each domain so far, for rows in order of the keys.

    `before` is the row with the value that each row takes the place of; its own for none.
    """
    change = np.where(before == np.arange(len(before)), values, values - values[before])
    running = np.cumsum(change)
    so_far: Numbers = running - (running - change)[_first_of(keys)]
    return so_far
