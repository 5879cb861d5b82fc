"""From a word of the language to the stretches of days on which each person counts.

Every word comes down to the same thing: this person counts, for this part of the figure and
in this district, from one day until another. The counting itself is in `evaluate`.
"""

from dataclasses import dataclass
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import KnownColumns, code_of
from meedoen.rules.indicators.days import first_days_of_years, plus_months, years_of
from meedoen.rules.indicators.people_words import (
    GrowthClass,
    PeopleByGrowth,
    PeopleInState,
    PeopleWithEvent,
    PeopleWord,
)
from meedoen.rules.vocabulary import EntryKind


@dataclass(frozen=True, slots=True, eq=False)
class Spells:
    """Half-open stretches of days on which people count; arrays of equal length."""

    person: NDArray[np.int64]
    """Who or what counts once: a person, or for referrals an ask, a pair or an organisation."""
    district: NDArray[np.int32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    part: NDArray[np.int64]
    """Place in the parts of the word; 0 where it has none."""


def spells_of(word: PeopleWord, columns: KnownColumns) -> Spells:
    """Find the stretches that a word counts; they may overlap and may hold no day at all."""
    match word:
        case PeopleInState():
            return _in_state(word, columns)
        case PeopleWithEvent():
            return _with_event(word, columns)
        case PeopleByGrowth():
            return _by_growth(columns)
        case _:
            assert_never(word)


def _in_state(word: PeopleInState, columns: KnownColumns) -> Spells:
    counted = columns.kind == code_of(word.kind)
    if word.states:
        counted &= np.isin(columns.state, [code_of(state) for state in word.states])
    if word.where.place_kinds:
        counted &= np.isin(columns.place_kind, [code_of(kind) for kind in word.where.place_kinds])
    if word.where.self_found is not None:
        counted &= columns.self_found == word.where.self_found
    rows = np.flatnonzero(counted)
    starts, ends = columns.starts[rows].astype(np.int64), columns.ends[rows].astype(np.int64)
    return _without_parts(columns, rows, starts, ends)


def _with_event(word: PeopleWithEvent, columns: KnownColumns) -> Spells:
    counted = columns.kind == code_of(word.kind)
    if word.outcomes:
        counted &= np.isin(columns.outcome, [code_of(outcome) for outcome in word.outcomes])
    rows = np.flatnonzero(counted)
    starts = columns.starts[rows].astype(np.int64)
    return _without_parts(columns, rows, starts, plus_months(starts, word.months))


def _without_parts(
    columns: KnownColumns,
    rows: NDArray[np.intp],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> Spells:
    parts = np.zeros(len(rows), dtype=np.int64)
    return Spells(columns.person[rows], columns.district[rows], starts, ends, parts)


def _by_growth(columns: KnownColumns) -> Spells:
    """Each measurement holds until the person's next one, or until the year is over.

    While it holds it is the last, so the class of the person is known for all those days.
    """
    measured = (columns.kind == code_of(EntryKind.MEASUREMENT)) & (columns.rung > 0)
    rows = np.flatnonzero(measured)
    rows = rows[np.lexsort((columns.starts[rows], columns.person[rows]))]
    person, starts = columns.person[rows], columns.starts[rows].astype(np.int64)
    years = years_of(starts)
    ends = first_days_of_years(years + 1)
    same = (person[1:] == person[:-1]) & (years[1:] == years[:-1])
    ends[:-1][same] = starts[1:][same]
    first = _first_of_version(person, years, columns.ladder_version[rows])
    part = _growth_class(columns.rung[rows], first)
    return Spells(person, columns.district[rows], starts, ends, part)


def _first_of_version(
    person: NDArray[np.int64], years: NDArray[np.int64], version: NDArray[np.int16]
) -> NDArray[np.intp]:
    """Find for every measurement the place of the first of that person, year and version.

    The measurements stand in order per person.
    """
    order = np.lexsort((version, years, person))
    opens = np.ones(len(order), dtype=np.bool_)
    opens[1:] = False
    for key in (person, years, version):
        opens[1:] |= key[order][1:] != key[order][:-1]
    first = np.empty(len(order), dtype=np.intp)
    first[order] = order[np.flatnonzero(opens)][np.cumsum(opens) - 1]
    return first


def _growth_class(rung: NDArray[np.int8], first: NDArray[np.intp]) -> NDArray[np.int64]:
    before = rung[first]
    classes = [
        (first == np.arange(len(first)), GrowthClass.MEASURED_ONCE),
        (rung > before, GrowthClass.GROWTH),
        (rung < before, GrowthClass.DECLINE),
    ]
    return np.select(
        [mask for mask, _ in classes],
        [PeopleByGrowth.parts.index(name) for _, name in classes],
        default=PeopleByGrowth.parts.index(GrowthClass.EQUAL),
    ).astype(np.int64)
