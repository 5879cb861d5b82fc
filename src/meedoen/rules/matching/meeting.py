"""People from one spot who meet all places: each hard rule and what speaks for a pair, on columns.

The same rules as suits.py and the same numbers as score.py; a test compares them pair by pair.
`rows` are positions in the group and `at` positions of places, as arrays that go together or as
a column and a row that span a block.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules import half_days
from meedoen.rules.matching import bits
from meedoen.rules.matching.people_columns import NOT_KNOWN, Met, PeopleColumns
from meedoen.rules.matching.place_columns import PlaceColumns
from meedoen.rules.matching.rule_set import Criterion, RuleSet
from meedoen.rules.matching.score import (
    FAR_METRES,
    FULL,
    HALF,
    HELP,
    INTERESTS_FOR_FULL,
    NEAR_METRES,
    ROOM_FOR_FULL,
)
from meedoen.rules.matching.suits import HardRule

Positions = NDArray[np.intp]
Flags = NDArray[np.bool_]
NEVER_FAR = -1
_SHARES = len(half_days.CODES) + 1
"""So many half-days can be shared, or offered, with none of them among it."""


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """What all who live in one district and start from one spot have in common, for each place."""

    square_metres: NDArray[np.int64]
    """How far, squared; NEVER_FAR in the own district and where a spot is not known."""
    nearness: NDArray[np.int64]
    """From 0 to 100; 0 where `by_district`."""
    by_district: Flags
    """Where only a district that can be reached makes a place near."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Some people of one origin, with all places."""

    places: PlaceColumns
    origin: Origin
    closed: NDArray[np.uint64]
    unwished: NDArray[np.uint64]
    wished_kinds: NDArray[np.uint64]
    half_days: NDArray[np.uint32]
    knows_times: Flags
    reachable: Flags
    """A row for each person, a column for each district and one for places bound to none."""
    within: Flags
    """Likewise, with the own district, and all of them for who was not asked."""
    too_far: NDArray[np.int64]
    interests: NDArray[np.uint64]
    enough: Positions
    kinds: NDArray[np.int64]
    """Points by person, kind of place and guidance."""


def origin_of(people: PeopleColumns, met: Met, first: int, places: PlaceColumns) -> Origin:
    """Return how the places lie for a person and for everyone with the same origin."""
    own = places.district == met.district[first]
    bound = places.district != len(places.districts)
    known = places.has_spot & people.has_start[first] & ~own
    square = (places.east - people.east[first]) ** 2 + (places.north - people.north[first]) ** 2
    # Below 2**50, as these are, the root of a whole number rounds down right.
    metres = np.sqrt(square.astype(np.float64)).astype(np.int64)
    left = np.clip(FAR_METRES - metres, 0, FAR_METRES - NEAR_METRES)
    by_metres = np.where(known, FULL * left // (FAR_METRES - NEAR_METRES), 0)
    return Origin(
        square_metres=np.where(known, square, NEVER_FAR),
        nearness=np.where(bound, np.where(own, FULL, by_metres), HALF),
        by_district=bound & ~own & ~known,
    )


def group_of(
    people: PeopleColumns,
    met: Met,
    which: Positions,
    places: PlaceColumns,
    origin: Origin,
    rule_set: RuleSet,
) -> Group:
    """Return these people, who all have that origin, ready to meet the places."""
    return Group(
        places=places,
        origin=origin,
        closed=people.closed[which],
        unwished=people.unwished[which],
        wished_kinds=people.wished_kinds[which],
        half_days=people.half_days[which],
        knows_times=people.knows_times[which],
        reachable=met.reachable[people.reachable_set[which]],
        within=_within(people, met, which),
        too_far=people.too_far[which],
        interests=met.interests[:, which],
        enough=people.enough[which],
        kinds=_points_of_kinds(people, which, rule_set),
    )


def _within(people: PeopleColumns, met: Met, which: Positions) -> Flags:
    within = met.reachable[people.reachable_set[which]]
    within[people.reachable_set[which] == NOT_KNOWN] = True
    rows = np.flatnonzero(met.district[which] != NOT_KNOWN)
    within[rows, met.district[which[rows]]] = True
    within[:, -1] = True
    return within


def shared_half_days(group: Group, rows: Positions, at: Positions) -> NDArray[np.uint8]:
    """Return on how many half-days a person can and a place is open."""
    shared: NDArray[np.uint8] = np.bitwise_count(group.half_days[rows] & group.places.half_days[at])
    return shared


def times_do_not_overlap(group: Group, rows: Positions, at: Positions) -> Flags:
    """Say where too few half-days are shared."""
    short = shared_half_days(group, rows, at) < group.places.at_least[at]
    return short & group.knows_times[rows]


def out_of_reach(group: Group, rows: Positions, at: Positions) -> Flags:
    """Say where a place is in a district that the person does not get to."""
    return ~group.within[rows, group.places.district[at]]


def too_far(group: Group, rows: Positions, at: Positions) -> Flags:
    """Say where a place is further than the person gets."""
    return group.origin.square_metres[at] >= group.too_far[rows]


def falls_for_all(places: PlaceColumns, rule_set: RuleSet, on: date) -> dict[HardRule, Flags]:
    """Return for each rule that asks nothing of a person which places fall off."""
    closed = (places.opens > on.toordinal()) | (places.closes <= on.toordinal())
    return {
        HardRule.NO_FREE_PLACE: places.room <= 0,
        HardRule.NOT_OPEN: closed,
        HardRule.DISPLACEMENT_UNCHECKED: places.is_unchecked,
        HardRule.NOT_CONFIRMED: places.days_unconfirmed > rule_set.most_days_unconfirmed,
    }


def _closed_for(bits_of_rule: np.uint64) -> Callable[[Group, Positions, Positions], Flags]:
    def falls(group: Group, rows: Positions, at: Positions) -> Flags:
        closed = group.closed[rows] & group.places.asks[at] & bits_of_rule
        return closed.astype(np.bool_)

    return falls


def _kind_not_wished(group: Group, rows: Positions, at: Positions) -> Flags:
    return (group.unwished[rows] & group.places.asks[at]).astype(np.bool_)


FALLS = {
    HardRule.KIND_NOT_ALLOWED: _closed_for(bits.KIND),
    HardRule.KIND_NOT_WISHED: _kind_not_wished,
    HardRule.TIMES_DO_NOT_OVERLAP: times_do_not_overlap,
    HardRule.MORE_TIME_THAN_WISHED: _closed_for(bits.NEEDED),
    HardRule.OUT_OF_REACH: out_of_reach,
    HardRule.LANGUAGE_LEVEL_HIGHER: _closed_for(bits.LEVEL),
    HardRule.FUNCTIONAL_DEMAND: _closed_for(bits.DEMAND),
    HardRule.GROUND_NOT_ALLOWED: _closed_for(bits.TASK),
    HardRule.TOO_FAR: too_far,
}
"""The rules that ask something of a person, but for what is about a single place."""


def points(group: Group, rows: Positions, at: Positions, rule_set: RuleSet) -> NDArray[np.int64]:
    """Return what speaks for each pair, as if nobody had picked the place by name."""
    places = group.places
    found = _points_of_places(group, rule_set)[at]
    # Tables are read as one long row, which takes half the time of a row and a column.
    found += group.kinds.ravel()[rows * group.kinds.shape[1] + places.kind_and_help[at]]
    times = places.offered[at] * _SHARES + shared_half_days(group, rows, at)
    found += _points_of_times(rule_set).ravel()[times]
    shared = np.zeros(found.shape, np.uint8)
    for of_people, of_places in zip(group.interests, places.interests, strict=True):
        shared += np.bitwise_count(of_people[rows] & of_places[at])
    enough = group.enough[rows] * (INTERESTS_FOR_FULL + 1) + np.minimum(shared, INTERESTS_FOR_FULL)
    found += _points_of_interests(rule_set).ravel()[enough]
    if group.reachable.any() and group.origin.by_district.any():
        near = group.origin.by_district[at] & group.reachable[rows, places.district[at]]
        found += near * np.int64(HALF * rule_set.weight(Criterion.NEARNESS))
    return found


def points_of_pick(
    group: Group, rows: Positions, at: Positions, rule_set: RuleSet
) -> NDArray[np.int64]:
    """Return what is added for a place that was picked by name, above a wish for its kind."""
    kind_counts = group.wished_kinds[rows] & group.places.asks[at]
    value = np.where(kind_counts != 0, np.int64(FULL - HALF), np.int64(FULL))
    return value * np.int64(rule_set.weight(Criterion.OWN_WISH))


def _points_of_places(group: Group, rule_set: RuleSet) -> NDArray[np.int64]:
    """Return what speaks for each place whoever of the group comes: nearness and room."""
    room = FULL * np.clip(group.places.room, 0, ROOM_FOR_FULL) // ROOM_FOR_FULL
    return group.origin.nearness * rule_set.weight(Criterion.NEARNESS) + room * rule_set.weight(
        Criterion.ROOM_LEFT
    )


def _points_of_times(rule_set: RuleSet) -> NDArray[np.int64]:
    """Return points by the number of half-days offered, 0 when free, and the number shared."""
    offered, shared = np.ogrid[:_SHARES, :_SHARES]
    value = np.where(offered == 0, FULL, FULL * shared // np.maximum(offered, 1))
    return value * rule_set.weight(Criterion.TIMES_THAT_SUIT)


def _points_of_interests(rule_set: RuleSet) -> NDArray[np.int64]:
    """Return points by how many interests are enough and how many are shared."""
    enough, shared = np.ogrid[: INTERESTS_FOR_FULL + 1, : INTERESTS_FOR_FULL + 1]
    value = FULL * np.minimum(shared, enough) // np.maximum(enough, 1)
    return value * rule_set.weight(Criterion.SHARED_INTERESTS)


def _points_of_kinds(
    people: PeopleColumns, which: Positions, rule_set: RuleSet
) -> NDArray[np.int64]:
    """Return points by person, and by kind of place and guidance: wish, step, variety, help."""
    kinds = np.uint64(1) << np.arange(len(bits.KINDS), dtype=np.uint64)
    wished = (people.wished_kinds[which, np.newaxis] & kinds) != 0
    step = (people.step_kinds[which, np.newaxis] & kinds) != 0
    earlier = (people.earlier_kinds[which, np.newaxis] & kinds) != 0
    by_kind = (
        wished * np.int64(HALF * rule_set.weight(Criterion.OWN_WISH))
        + step * np.int64(FULL * rule_set.weight(Criterion.GROWTH_STEP))
        + ~earlier * np.int64(FULL * rule_set.weight(Criterion.VARIETY))
    )
    needed = people.help_needed[which, np.newaxis]
    short = needed - np.arange(len(HELP))
    enough = np.where(short <= 0, FULL, np.where(short == 1, HALF, 0))
    by_help = np.where(needed == NOT_KNOWN, 0, enough) * rule_set.weight(Criterion.GUIDANCE)
    both: NDArray[np.int64] = by_kind[:, :, np.newaxis] + by_help[:, np.newaxis, :]
    return both.reshape(len(which), len(bits.KINDS) * len(HELP))
