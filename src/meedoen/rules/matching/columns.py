"""All pairs of many people and many places at once: who may go where, and what speaks for it.

Worked out on columns, a block of people from one spot at a time. It equals suits.py, score.py and
rank.py pair by pair; those give the sentences, this gives the numbers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.matching.best import Block, best_of_each, order_keys, together
from meedoen.rules.matching.meeting import (
    FALLS,
    Group,
    Origin,
    Positions,
    falls_for_all,
    group_of,
    origin_of,
    points,
    points_of_pick,
    times_do_not_overlap,
)
from meedoen.rules.matching.pairs import Pairs
from meedoen.rules.matching.people_columns import Marks, Met, PeopleColumns, meet
from meedoen.rules.matching.place_columns import PlaceColumns, TooFarAwayError
from meedoen.rules.matching.rank import FirmRuleError
from meedoen.rules.matching.rule_set import RuleSet
from meedoen.rules.matching.stretches import stretches
from meedoen.rules.matching.suits import FIRM_RULES, HardRule

__all__ = [
    "OrderForOne",
    "PeopleColumns",
    "PlaceColumns",
    "TooFarAwayError",
    "allowed_pairs",
    "fall_off",
    "order_for_one",
]

_PEOPLE_IN_BLOCK = 64
_RULES = tuple(HardRule)


@dataclass(frozen=True, slots=True, eq=False)
class OrderForOne:
    """The places for one person: as rank() would, but as numbers."""

    suitable: NDArray[np.intp]
    """Positions of the places that suit, best first."""
    fall_off: NDArray[np.uint16]
    """For each place the rules for which it falls off: bit i stands for the i-th HardRule."""


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What the people of a group said of single places: row in the group, place, value."""

    row: Positions
    at: Positions
    value: NDArray[np.int64]


def allowed_pairs(
    people: PeopleColumns,
    places: PlaceColumns,
    rule_set: RuleSet,
    on: date,
    *,
    most_each: int | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Pairs:
    """Return every pair that suits on that day, or the best so many of each person.

    The best are the first of rank(). `told` hears now and then of how many people the pairs are
    known, and how many people there are.
    """
    if not len(people) or not len(places):
        return Pairs.none()
    met = meet(people, places)
    still = np.flatnonzero(~np.any(list(falls_for_all(places, rule_set, on).values()), axis=0))
    blocks, done = [], 0
    for which, origin in _groups(people, met, places):
        group = group_of(people, met, which, places, origin, rule_set)
        picks = _said(people.picks, which, places)
        pauses = _said(people.pauses, which, places, after=on.toordinal())
        row, at = _suitable(group, still, picks, pauses)
        wish, score = _weighed(group, row, at, picks, rule_set)
        many = np.bincount(row, minlength=len(which))
        if most_each is not None:
            keys = order_keys(wish, places.is_stale[at], score, places.rank[at])
            best = best_of_each(keys, many, most_each)
            at, wish, score = at[best], wish[best], score[best]
            many = np.minimum(many, most_each)
        blocks.append(Block(which, many, at.astype(np.int32), score.astype(np.int32), wish))
        done += len(which)
        if told is not None:
            told(done, len(people))
    return together(blocks, len(people))


def fall_off(
    person: PeopleColumns, places: PlaceColumns, rule_set: RuleSet, on: date
) -> NDArray[np.uint16]:
    """Return for each place for which rules it falls off for one person, the first of the columns.

    Bit i stands for the i-th HardRule.
    """
    return _for_one(person, places, rule_set, on)[0]


def order_for_one(
    person: PeopleColumns,
    places: PlaceColumns,
    rule_set: RuleSet,
    on: date,
    set_aside: frozenset[HardRule] = frozenset(),
) -> OrderForOne:
    """Return the places for one person, the first of the columns, in the order of rank().

    Raises FirmRuleError.
    """
    if set_aside & FIRM_RULES:
        raise FirmRuleError(set_aside & FIRM_RULES)
    falls, group, picks = _for_one(person, places, rule_set, on)
    aside = sum(1 << _RULES.index(rule) for rule in set_aside)
    at = np.flatnonzero((falls & ~np.uint16(aside)) == 0)
    row = np.zeros(len(at), np.intp)
    wish, score = _weighed(group, row, at, picks, rule_set)
    keys = order_keys(wish, places.is_stale[at], score, places.rank[at])
    return OrderForOne(at[np.argsort(keys)], falls)


def _for_one(
    person: PeopleColumns, places: PlaceColumns, rule_set: RuleSet, on: date
) -> tuple[NDArray[np.uint16], Group, _Said]:
    met, first = meet(person, places), np.zeros(1, np.intp)
    origin = origin_of(person, met, 0, places)
    group = group_of(person, met, first, places, origin, rule_set)
    picks = _said(person.picks, first, places)
    found = falls_for_all(places, rule_set, on)
    everywhere = np.arange(len(places))
    found |= {rule: falls(group, first, everywhere) for rule, falls in FALLS.items()}
    found[HardRule.KIND_NOT_WISHED][picks.at] = False
    found[HardRule.REFUSED_BEFORE] = np.zeros(len(places), np.bool_)
    pauses = _said(person.pauses, first, places, after=on.toordinal())
    found[HardRule.REFUSED_BEFORE][pauses.at] = True
    together = np.zeros(len(places), np.uint16)
    for bit, rule in enumerate(_RULES):
        together |= found[rule].astype(np.uint16) << np.uint16(bit)
    return together, group, picks


def _groups(
    people: PeopleColumns, met: Met, places: PlaceColumns
) -> Iterator[tuple[Positions, Origin]]:
    """Go through the people by origin, and by how far they get, a block at a time."""
    of_origin = (met.district, people.has_start, people.east, people.north)
    order = np.lexsort((people.too_far, *of_origin))
    differs = np.zeros(len(order), np.bool_)
    for column in of_origin:
        differs[1:] |= column[order[1:]] != column[order[:-1]]
    for which in np.split(order, np.flatnonzero(differs)):
        origin = origin_of(people, met, int(which[0]), places)
        for start in range(0, len(which), _PEOPLE_IN_BLOCK):
            yield which[start : start + _PEOPLE_IN_BLOCK], origin


def _said(marks: Marks, which: Positions, places: PlaceColumns, after: int = 0) -> _Said:
    """Return what these people said of the places, when that is above a value."""
    starts = np.searchsorted(marks.person, which)
    many = np.searchsorted(marks.person, which, side="right") - starts
    rows, marked = np.repeat(np.arange(len(which)), many), stretches(starts, many)
    at, there = places.positions(marks.number[marked])
    there &= marks.value[marked] > after
    return _Said(rows[there], at[there], marks.value[marked[there]])


def _suitable(
    group: Group, still: Positions, picks: _Said, pauses: _Said
) -> tuple[Positions, Positions]:
    """Return who may go where, by row and then by place, of places that are still there."""
    places = group.places
    near = still[group.origin.square_metres[still] < group.too_far.max()]
    asks = places.asks[near]
    may = ((group.closed | group.unwished)[:, np.newaxis] & asks) == 0
    row, column = _within(near, picks)
    may[row, column] = (group.closed[row] & asks[column]) == 0
    row, column = _within(near, pauses)
    may[row, column] = False
    if not group.within.all():
        may &= group.within[:, places.district[near]]
    may &= group.origin.square_metres[near] < group.too_far[:, np.newaxis]
    flat = np.flatnonzero(may)
    row = flat // max(len(near), 1)
    at = near[flat - row * len(near)]
    in_time = ~times_do_not_overlap(group, row, at)
    return row[in_time], at[in_time]


def _within(near: Positions, said: _Said) -> tuple[Positions, Positions]:
    """Return the rows and columns of what was said, among the places that are near."""
    column = np.searchsorted(near, said.at)
    there = column < len(near)
    there[there] = near[column[there]] == said.at[there]
    return said.row[there], column[there]


def _weighed(
    group: Group, row: Positions, at: Positions, picks: _Said, rule_set: RuleSet
) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
    """Return which wish each pair is, and its points."""
    wish = np.zeros(len(row), np.int16)
    score = points(group, row, at, rule_set)
    keys, picked = row * len(group.places) + at, picks.row * len(group.places) + picks.at
    found = np.searchsorted(keys, picked)
    there = found < len(keys)
    there[there] = keys[found[there]] == picked[there]
    pairs = found[there]
    wish[pairs] = np.minimum(picks.value[there], np.iinfo(np.int16).max)
    score[pairs] += points_of_pick(group, row[pairs], at[pairs], rule_set)
    return wish, score
