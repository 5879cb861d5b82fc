"""What one more place would bring, per kind and district, and who has none within reach."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from meedoen.records.divisions.waiting import Waits
from meedoen.records.places.spots import DistrictSpot
from meedoen.rules.matching.allocate import Division, Seats, Waiting
from meedoen.rules.matching.columns import PeopleColumns, PlaceColumns, allowed_pairs, fall_off
from meedoen.rules.matching.facts import PersonFacts, PlaceFacts
from meedoen.rules.matching.pairs import Pairs
from meedoen.rules.matching.rule_set import RuleSet
from meedoen.rules.matching.shortage import worth_of_new_places
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.scarcity import Gain, Missing
from meedoen.rules.vocabulary import PlaceKind

REACH = (HardRule.TIMES_DO_NOT_OVERLAP, HardRule.OUT_OF_REACH, HardRule.TOO_FAR)
"""What keeps a place from being within reach on a half-day on which someone can."""
REACH_BITS = sum(1 << list(HardRule).index(rule) for rule in REACH)
SAID = ("half_days", "district", "reachable_districts", "start", "reach_metres")
"""The facts about a person that those rules look at."""


@dataclass(frozen=True, slots=True)
class Divided:
    """What a division went by and came to; places are all that are open, with a seat or without.

    `room` is how many seats they have free in all, also those that stay empty whoever gets what; a
    place without a limit counts for as many as there are people.
    """

    waits: Sequence[Waits]
    places: Sequence[PlaceFacts]
    rule_set: RuleSet
    on: date
    waiting: Waiting
    seats: Seats
    room: int
    pairs: Pairs
    division: Division


def gains(divided: Divided, districts: Mapping[int, DistrictSpot]) -> list[Gain]:
    """Return what one more seat would bring, of every kind in every district.

    That is the most of two things: one more seat at a place that is there, also at one that is
    full, and a new place. The new one asks nothing and agrees its times freely: so it says what
    lacks, and not which hours or demands would suit whom.
    """
    cells = [(kind, district_id) for kind in PlaceKind for district_id in districts]
    number = {
        (kind, districts[district_id].code): at for at, (kind, district_id) in enumerate(cells)
    }
    wider = [
        replace(place, capacity=place.taken + 1)
        for place in divided.places
        if (place.kind, place.district) in number
    ]
    new = [*_thought_up(divided, cells, districts), *wider]
    cell_of = np.array([number[place.kind, place.district or ""] for place in new], np.int64)
    people = PeopleColumns.of([one.facts for one in divided.waits])
    pairs = allowed_pairs(people, PlaceColumns.of(new), divided.rule_set, divided.on)
    worths = worth_of_new_places(
        divided.waiting, divided.seats, divided.pairs, divided.division, new, pairs
    )
    best = [(0, 0)] * len(cells)
    for cell, worth in zip(cell_of.tolist(), worths, strict=True):
        best[cell] = max(best[cell], (worth.first_wishes, worth.points))
    cell_of_pair = cell_of[pairs.place]
    once = np.unique(cell_of_pair * len(divided.waits) + pairs.person) // len(divided.waits)
    fits = np.bincount(once, minlength=len(cells)).tolist()
    wished = np.bincount(cell_of_pair[pairs.wish == 1], minlength=len(cells)).tolist()
    return [
        Gain(kind, district_id, *best[at], fits=fits[at], wished_by=wished[at])
        for at, (kind, district_id) in enumerate(cells)
    ]


def _thought_up(
    divided: Divided,
    cells: Sequence[tuple[PlaceKind, int]],
    districts: Mapping[int, DistrictSpot],
) -> list[PlaceFacts]:
    after = max((place.place for place in divided.places), default=0) + 1
    return [
        PlaceFacts(
            place=after + at,
            kind=kind,
            title="",
            district=districts[district_id].code,
            spot=districts[district_id].spot,
        )
        for at, (kind, district_id) in enumerate(cells)
    ]


def missing(divided: Divided) -> list[Missing]:
    """Return how many people wish a kind without any place of it within reach, per district.

    Whether a place has room plays no part: it is about where and when places are.
    """
    within = _Reach(divided)
    found: Counter[tuple[PlaceKind, int]] = Counter()
    for one in divided.waits:
        reached = within.kinds(one.facts)
        found.update((kind, one.district_id) for kind in one.facts.wished_kinds - reached)
    return [Missing(kind, district_id, number) for (kind, district_id), number in found.items()]


class _Reach:
    """Of which kinds there are places within reach; worked out once for people who say the same."""

    def __init__(self, divided: Divided) -> None:
        self._divided = divided
        self._places = PlaceColumns.of(divided.places)
        order = list(PlaceKind)
        self._kinds = np.array([order.index(place.kind) for place in divided.places], np.int64)
        self._known: dict[tuple[object, ...], frozenset[PlaceKind]] = {}

    def kinds(self, facts: PersonFacts) -> frozenset[PlaceKind]:
        """Return the kinds of which a place is where and when somebody can be."""
        key = tuple(getattr(facts, name) for name in SAID)
        if key not in self._known:
            self._known[key] = self._work_out(PersonFacts(**dict(zip(SAID, key, strict=True))))
        return self._known[key]

    def _work_out(self, facts: PersonFacts) -> frozenset[PlaceKind]:
        falls = fall_off(
            PeopleColumns.of([facts]), self._places, self._divided.rule_set, self._divided.on
        )
        order = list(PlaceKind)
        there = np.unique(self._kinds[(falls & REACH_BITS) == 0])
        return frozenset(order[at] for at in there.tolist())
