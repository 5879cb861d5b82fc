"""What speaks for a place: one line for each soft criterion, each with its sentence.

All numbers are whole, so that the order is the same on every machine.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from meedoen.rules import half_days
from meedoen.rules.matching.facts import PersonFacts, PlaceFacts
from meedoen.rules.matching.rule_set import Criterion, RuleSet
from meedoen.rules.matching.suits import Fact
from meedoen.rules.vocabulary import Guidance

FULL = 100
"""A criterion that is met altogether."""
HALF = 50

INTERESTS_FOR_FULL = 3
"""More interests in common than this make no place better; long lists must not win."""
NEAR_METRES = 1_000
"""Nearer than this, in another district, makes no difference any more."""
FAR_METRES = 10_000
"""From here on nothing is near."""
ROOM_FOR_FULL = 2
"""With a second free place a talk can wait without the place being gone."""
HELP = (Guidance.NONE, Guidance.NOW_AND_THEN, Guidance.ALWAYS_NEAR)
"""From least to most."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one criterion adds: contribution = value (0 to 100) times weight (0 to 100).

    text_code names the sentence; facts hold what goes in it, by name.
    """

    criterion: Criterion
    value: int
    weight: int
    contribution: int
    text_code: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class _Finding:
    """How well one criterion is met, 0 to 100, and how to say so."""

    value: int
    text_code: str
    facts: Mapping[str, Fact]


def contributions(
    person: PersonFacts, place: PlaceFacts, rule_set: RuleSet
) -> tuple[Contribution, ...]:
    """Return a line for each criterion that counts, in the order of the rule set."""
    return tuple(
        _weigh(weighed.criterion, weighed.weight, _FINDERS[weighed.criterion](person, place))
        for weighed in rule_set.criteria
        if weighed.weight
    )


def _weigh(criterion: Criterion, weight: int, finding: _Finding) -> Contribution:
    return Contribution(
        criterion=criterion,
        value=finding.value,
        weight=weight,
        contribution=finding.value * weight,
        text_code=finding.text_code,
        facts=finding.facts,
    )


def _own_wish(person: PersonFacts, place: PlaceFacts) -> _Finding:
    if place.place in person.wished_places:
        wish = person.wished_places.index(place.place) + 1
        return _Finding(FULL, "own_wish_place", {"wish": wish})
    if place.kind in person.wished_kinds:
        return _Finding(HALF, "own_wish_kind", {"kind": place.kind.value})
    return _Finding(0, "own_wish_none", {})


def _shared_interests(person: PersonFacts, place: PlaceFacts) -> _Finding:
    shared = tuple(sorted(person.interests & place.interests))
    if not shared:
        return _Finding(0, "shared_interests_none", {})
    enough = min(INTERESTS_FOR_FULL, len(person.interests))
    value = FULL * min(len(shared), enough) // enough
    return _Finding(value, "shared_interests_some", {"interests": shared, "shared": len(shared)})


def _nearness(person: PersonFacts, place: PlaceFacts) -> _Finding:
    if place.district is None:
        return _Finding(HALF, "nearness_anywhere", {})
    if place.district == person.district:
        return _Finding(FULL, "nearness_own_district", {"district": place.district})
    if person.start is not None and place.spot is not None:
        metres = person.start.metres_to(place.spot)
        left = max(FAR_METRES - metres, 0)
        value = FULL * min(left, FAR_METRES - NEAR_METRES) // (FAR_METRES - NEAR_METRES)
        facts: dict[str, Fact] = {"district": place.district, "metres": metres}
        return _Finding(value, "nearness_metres", facts)
    if place.district in (person.reachable_districts or frozenset()):
        return _Finding(HALF, "nearness_reachable_district", {"district": place.district})
    if person.district is None:
        return _Finding(0, "nearness_unknown", {"district": place.district})
    return _Finding(0, "nearness_other_district", {"district": place.district})


def _times_that_suit(person: PersonFacts, place: PlaceFacts) -> _Finding:
    if place.half_days == half_days.NONE:
        return _Finding(FULL, "times_that_suit_free", {})
    if person.half_days is None:
        return _Finding(0, "times_that_suit_unknown", {})
    shared = half_days.common(person.half_days, place.half_days)
    offered = half_days.count(place.half_days)
    facts: dict[str, Fact] = {
        "half_days": half_days.codes(shared),
        "shared": half_days.count(shared),
        "offered": offered,
    }
    return _Finding(FULL * half_days.count(shared) // offered, "times_that_suit_share", facts)


def _room_left(_person: PersonFacts, place: PlaceFacts) -> _Finding:
    if place.capacity is None:
        return _Finding(FULL, "room_left_no_limit", {})
    free = max(place.capacity - place.taken, 0)
    value = FULL * min(free, ROOM_FOR_FULL) // ROOM_FOR_FULL
    return _Finding(value, "room_left_free", {"free": free, "capacity": place.capacity})


def _growth_step(person: PersonFacts, place: PlaceFacts) -> _Finding:
    if not person.step_kinds:
        return _Finding(0, "growth_step_unknown", {})
    if place.kind in person.step_kinds:
        return _Finding(FULL, "growth_step_fits", {"kind": place.kind.value})
    return _Finding(0, "growth_step_other", {"kind": place.kind.value})


def _guidance(person: PersonFacts, place: PlaceFacts) -> _Finding:
    if person.guidance_needed is None:
        return _Finding(0, "guidance_unknown", {})
    facts: dict[str, Fact] = {
        "guidance": place.guidance.value,
        "needed": person.guidance_needed.value,
    }
    short = HELP.index(person.guidance_needed) - HELP.index(place.guidance)
    if short <= 0:
        return _Finding(FULL, "guidance_enough", facts)
    return _Finding(HALF if short == 1 else 0, "guidance_less", facts)


def _variety(person: PersonFacts, place: PlaceFacts) -> _Finding:
    if place.kind in person.earlier_kinds:
        return _Finding(0, "variety_known", {"kind": place.kind.value})
    return _Finding(FULL, "variety_new", {"kind": place.kind.value})


_FINDERS: dict[Criterion, Callable[[PersonFacts, PlaceFacts], _Finding]] = {
    Criterion.OWN_WISH: _own_wish,
    Criterion.SHARED_INTERESTS: _shared_interests,
    Criterion.NEARNESS: _nearness,
    Criterion.TIMES_THAT_SUIT: _times_that_suit,
    Criterion.ROOM_LEFT: _room_left,
    Criterion.GROWTH_STEP: _growth_step,
    Criterion.GUIDANCE: _guidance,
    Criterion.VARIETY: _variety,
}
