"""What one more place would bring, per kind and district, and who has none within reach."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from meedoen.records.divisions.waiting import Waits
from meedoen.records.places.spots import DistrictSpot
from meedoen.rules.matching.allocate import Division, Seats, Waiting
from meedoen.rules.matching.columns import PeopleColumns, PlaceColumns, allowed_pairs, fall_off
from meedoen.rules.matching.facts import PlaceFacts
from meedoen.rules.matching.pairs import Pairs
from meedoen.rules.matching.rule_set import RuleSet
from meedoen.rules.matching.shortage import worth_of_new_places
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.scarcity import Gain, Missing
from meedoen.rules.vocabulary import PlaceKind

REACH = (HardRule.TIMES_DO_NOT_OVERLAP, HardRule.OUT_OF_REACH, HardRule.TOO_FAR)
"""What keeps a place from being within reach on a half-day on which someone can."""


@dataclass(frozen=True, slots=True)
class Divided:
    """What a division went by and came to; places are all that are open, with a seat or without."""

    waits: Sequence[Waits]
    places: Sequence[PlaceFacts]
    rule_set: RuleSet
    on: date
    waiting: Waiting
    seats: Seats
    pairs: Pairs
    division: Division


def gains(divided: Divided, districts: Mapping[int, DistrictSpot]) -> Iterator[Gain]:
    """Go through what one more place would bring, of every kind in every district.

    The place that is thought up asks nothing and agrees its times freely: so it says what lacks
    of a kind in a district, and not which hours or demands would suit whom.
    """
    wanted = [(kind, district_id) for kind in PlaceKind for district_id in districts]
    after = max((place.place for place in divided.places), default=0) + 1
    new = [
        PlaceFacts(
            place=after + at,
            kind=kind,
            title="",
            district=districts[district_id].code,
            spot=districts[district_id].spot,
        )
        for at, (kind, district_id) in enumerate(wanted)
    ]
    people = PeopleColumns.of([one.facts for one in divided.waits])
    pairs = allowed_pairs(people, PlaceColumns.of(new), divided.rule_set, divided.on)
    fits = np.bincount(pairs.place, minlength=len(new))
    worths = worth_of_new_places(
        divided.waiting, divided.seats, divided.pairs, divided.division, new, pairs
    )
    for (kind, district_id), worth, count in zip(wanted, worths, fits.tolist(), strict=True):
        yield Gain(kind, district_id, worth.first_wishes, worth.points, count)


def missing(divided: Divided) -> list[Missing]:
    """Return how many people wish a kind without any place of it within reach, per district.

    Whether a place has room plays no part: it is about where and when places are.
    """
    places = PlaceColumns.of(divided.places)
    kinds = np.array([place.kind.value for place in divided.places])
    bits = sum(1 << list(HardRule).index(rule) for rule in REACH)
    found: Counter[tuple[PlaceKind, int]] = Counter()
    for one in divided.waits:
        falls = fall_off(PeopleColumns.of([one.facts]), places, divided.rule_set, divided.on)
        reached = set(kinds[(falls & bits) == 0].tolist()) if len(kinds) else set()
        found.update(
            (kind, one.district_id) for kind in one.facts.wished_kinds if kind.value not in reached
        )
    return [Missing(kind, district_id, number) for (kind, district_id), number in found.items()]
