"""A made-up town of people and places, for measuring how fast they are matched."""

import math
import random
from datetime import date

from meedoen.rules import half_days
from meedoen.rules.matching.facts import (
    FunctionalDemand,
    LanguageLevel,
    PersonFacts,
    PlaceFacts,
    Spot,
)
from meedoen.rules.matching.interests import shipped_interests
from meedoen.rules.vocabulary import Guidance, LegalTask, PlaceKind

DAY = date(2026, 12, 1)
WIDE, HIGH, DISTRICTS = 18_000, 12_000, 100
KINDS = tuple(PlaceKind)[:6]
REACH = ((1_500, 0.15), (5_000, 0.55), (10_000, 0.30))


def town(people: int, places: int, seed: int = 1) -> tuple[list[PersonFacts], list[PlaceFacts]]:
    """Return people, spread over a hundred districts, and places, more in the middle."""
    chance = random.Random(seed)  # noqa: S311
    middles = {
        f"D{at:03}": Spot(chance.randrange(WIDE), chance.randrange(HIGH)) for at in range(DISTRICTS)
    }
    codes = [interest.code for interest in shipped_interests()]
    common = [1 / math.sqrt(rank) for rank in range(1, len(codes) + 1)]
    chosen_places = [_place(chance, number, middles, codes) for number in range(1, places + 1)]
    return [_person(chance, middles, codes, common, places) for _ in range(people)], chosen_places


def _person(
    chance: random.Random,
    middles: dict[str, Spot],
    codes: list[str],
    common: list[float],
    places: int,
) -> PersonFacts:
    district = chance.choice(tuple(middles))
    able = chance.betavariate(4, 3)
    picks = (
        chance.sample(range(1, places + 1), chance.randint(1, 3)) if chance.random() < 0.15 else ()
    )
    certain = chance.choice(KINDS)
    return PersonFacts(
        wished_kinds=frozenset({certain} if chance.random() < 0.7 else ()),
        wished_places=tuple(picks),
        allowed_kinds=frozenset({certain, *(one for one in KINDS if chance.random() < 0.35)}),
        interests=frozenset(chance.choices(codes, common, k=chance.randint(3, 8))),
        half_days=half_days.from_codes(one for one in half_days.CODES if chance.random() < able),
        most_half_days=chance.randint(2, 8),
        district=district,
        start=middles[district],
        reach_metres=chance.choices(*zip(*REACH, strict=True))[0],
        language_level=chance.choice(tuple(LanguageLevel)),
        functional_limits=frozenset(one for one in FunctionalDemand if chance.random() < 0.15),
        legal_tasks=frozenset({LegalTask.PARTICIPATION, chance.choice(tuple(LegalTask))}),
        guidance_needed=chance.choice((None, *Guidance)),
        step_kinds=frozenset({chance.choice(KINDS)}),
        earlier_kinds=frozenset({chance.choice(KINDS)}),
    )


def _place(
    chance: random.Random, number: int, middles: dict[str, Spot], codes: list[str]
) -> PlaceFacts:
    if chance.random() < 0.4:
        wanted = Spot(int(chance.gauss(WIDE / 2, 1500)), int(chance.gauss(HIGH / 2, 1500)))
    else:
        wanted = Spot(chance.randrange(WIDE), chance.randrange(HIGH))
    district = min(middles, key=lambda one: middles[one].metres_to(wanted))
    offered = chance.sample(half_days.CODES, chance.randint(2, 6))
    return PlaceFacts(
        place=number,
        kind=chance.choice(KINDS),
        title=f"Proefplek {number}",
        district=district,
        half_days=half_days.from_codes(offered),
        half_days_needed=len(offered) // 2,
        language_level_asked=LanguageLevel(chance.randint(0, 4)),
        functional_demands=frozenset(one for one in FunctionalDemand if chance.random() < 0.2),
        interests=frozenset(chance.sample(codes, chance.randint(2, 5))),
        capacity=chance.randint(1, 12),
        spot=wanted,
        is_stale=chance.random() < 0.1,
        legal_task=LegalTask.PARTICIPATION,
        guidance=chance.choice(tuple(Guidance)),
    )
