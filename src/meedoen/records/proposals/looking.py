"""Looking for places for one person: what fits first in full, what nearly fits, and the rest."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from meedoen.records.proposals.kept import Rest, Way, bit
from meedoen.rules.matching.facts import PersonFacts, PlaceFacts
from meedoen.rules.matching.rank import FallenOff, Suggestion, rank
from meedoen.rules.matching.rule_set import RuleSet
from meedoen.rules.matching.suits import HardRule

SHOWN_IN_FULL = 60
"""So many places that fit are kept with their reasons; nobody talks through more."""
NEAREST_OF_A_RULE = 4
"""So many of the places that fall off for one rule are kept with their reasons."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came out: the first that fit, those that nearly fit, and numbers of all the others."""

    offers: Sequence[Suggestion]
    nearly: Sequence[FallenOff]
    rest: Rest


def look(
    person: PersonFacts,
    places: Collection[PlaceFacts],
    rule_set: RuleSet,
    on: date,
    *,
    way: Way,
    set_aside: frozenset[HardRule],
) -> Found:
    """Sort out the places for one person. Raises FirmRuleError."""
    ranking = rank(person, places, rule_set, on, set_aside)
    suitable = ranking.suitable if way is Way.FIT else _neutral(person, ranking.suitable)
    rules = [sum(bit(reason.rule) for reason in one.reasons) for one in ranking.fallen_off]
    return Found(
        offers=suitable[:SHOWN_IN_FULL],
        nearly=_nearly(ranking.fallen_off),
        rest=Rest(
            fitting=np.array([one.place.place for one in suitable[SHOWN_IN_FULL:]], np.int64),
            fallen=np.array([one.place.place for one in ranking.fallen_off], np.int64),
            rules=np.array(rules, np.uint16),
        ),
    )


def _neutral(person: PersonFacts, suitable: Sequence[Suggestion]) -> list[Suggestion]:
    """Put places in an order that judges nothing: own wishes, then how far, then the title."""
    in_order = sorted(suitable, key=lambda one: neutral_key(person, one.place))
    return [
        Suggestion(order, one.place, one.contributions, one.in_spite_of)
        for order, one in enumerate(in_order, start=1)
    ]


def neutral_key(person: PersonFacts, place: PlaceFacts) -> tuple[int, int, str, int]:
    """Return what puts a place in its neutral order; what is not known to be near comes later."""
    wishes = person.wished_places
    wish = wishes.index(place.place) if place.place in wishes else len(wishes)
    return (wish, _far(person, place), place.title.casefold(), place.place)


_UNKNOWN_FAR = 10**9


def _far(person: PersonFacts, place: PlaceFacts) -> int:
    if place.district == person.district:
        return 0
    if person.start is None or place.spot is None:
        return _UNKNOWN_FAR
    return person.start.metres_to(place.spot)


def _nearly(fallen: Sequence[FallenOff]) -> list[FallenOff]:
    """Return for each rule the places that fall off for the fewest reasons, by number."""
    kept: dict[int, FallenOff] = {}
    for rule in HardRule:
        of_rule = [one for one in fallen if any(reason.rule is rule for reason in one.reasons)]
        of_rule.sort(key=lambda one: (len(one.reasons), one.place.place))
        kept |= {one.place.place: one for one in of_rule[:NEAREST_OF_A_RULE]}
    return sorted(kept.values(), key=lambda one: (len(one.reasons), one.place.place))
