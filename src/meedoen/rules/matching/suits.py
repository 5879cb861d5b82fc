"""May this place be for this person? If not: every reason, each with its facts.

One function per hard rule. A rule speaks only when both sides are known: what was not asked
never makes a place fall off.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meedoen.rules import half_days
from meedoen.rules.matching.facts import PersonFacts, PlaceFacts
from meedoen.rules.matching.rule_set import RuleSet

Fact = str | int | tuple[str, ...] | None
"""A value in a sentence: a code, a number, or codes in a fixed order."""


class HardRule(StrEnum):
    """Why a place falls off; stored with what was offered. New ones come last: kept by place."""

    KIND_NOT_ALLOWED = "kind_not_allowed"
    KIND_NOT_WISHED = "kind_not_wished"
    TIMES_DO_NOT_OVERLAP = "times_do_not_overlap"
    MORE_TIME_THAN_WISHED = "more_time_than_wished"
    OUT_OF_REACH = "out_of_reach"
    LANGUAGE_LEVEL_HIGHER = "language_level_higher"
    FUNCTIONAL_DEMAND = "functional_demand"
    NO_FREE_PLACE = "no_free_place"
    NOT_OPEN = "not_open"
    GROUND_NOT_ALLOWED = "ground_not_allowed"
    TOO_FAR = "too_far"
    REFUSED_BEFORE = "refused_before"
    DISPLACEMENT_UNCHECKED = "displacement_unchecked"
    NOT_CONFIRMED = "not_confirmed"


FIRM_RULES = frozenset(
    {
        HardRule.KIND_NOT_ALLOWED,
        HardRule.GROUND_NOT_ALLOWED,
        HardRule.NO_FREE_PLACE,
        HardRule.NOT_OPEN,
        HardRule.DISPLACEMENT_UNCHECKED,
    }
)
"""Rules of law, and of what there is: nobody may set these aside."""


@dataclass(frozen=True, slots=True)
class FallsOff:
    """One reason why a place falls off, with the facts for its sentence by name."""

    rule: HardRule
    facts: Mapping[str, Fact]


def suits(
    person: PersonFacts, place: PlaceFacts, rule_set: RuleSet, on: date
) -> tuple[FallsOff, ...]:
    """Return every reason why the place falls off on that day; none when it suits."""
    by_rule = (rule(person, place) for rule in _RULES)
    reasons = (
        *by_rule,
        _not_open(place, on),
        _refused_before(person, place, on),
        _not_confirmed(place, rule_set),
    )
    return tuple(reason for reason in reasons if reason is not None)


def _kind_not_allowed(person: PersonFacts, place: PlaceFacts) -> FallsOff | None:
    if person.allowed_kinds is None or place.kind in person.allowed_kinds:
        return None
    return FallsOff(HardRule.KIND_NOT_ALLOWED, {"kind": place.kind.value})


def _kind_not_wished(person: PersonFacts, place: PlaceFacts) -> FallsOff | None:
    # Somebody who picks a place by name wants that place, whatever kind they had in mind.
    if place.place in person.wished_places:
        return None
    if not person.wished_kinds or place.kind in person.wished_kinds:
        return None
    wished = tuple(sorted(kind.value for kind in person.wished_kinds))
    return FallsOff(HardRule.KIND_NOT_WISHED, {"kind": place.kind.value, "kinds_wished": wished})


def _times_do_not_overlap(person: PersonFacts, place: PlaceFacts) -> FallsOff | None:
    if person.half_days is None:
        return None
    # Where times are agreed freely, any half-day on which the person can will do.
    offered = place.half_days or half_days.ALL
    shared = half_days.common(person.half_days, offered)
    # A place that fixes its times needs at least one of them, also when it asks no number.
    needed = max(place.half_days_needed, 1 if place.half_days else 0)
    if half_days.count(shared) >= needed:
        return None
    facts: dict[str, Fact] = {
        "half_days_shared": half_days.codes(shared),
        "shared": half_days.count(shared),
        "needed": needed,
        "half_days_offered": half_days.codes(place.half_days),
    }
    return FallsOff(HardRule.TIMES_DO_NOT_OVERLAP, facts)


def _more_time_than_wished(person: PersonFacts, place: PlaceFacts) -> FallsOff | None:
    if person.most_half_days is None or place.half_days_needed <= person.most_half_days:
        return None
    return FallsOff(
        HardRule.MORE_TIME_THAN_WISHED,
        {"needed": place.half_days_needed, "most": person.most_half_days},
    )


def _out_of_reach(person: PersonFacts, place: PlaceFacts) -> FallsOff | None:
    if place.district is None or person.reachable_districts is None:
        return None
    if place.district == person.district or place.district in person.reachable_districts:
        return None
    reach = person.reachable_districts | {person.district or ""} - {""}
    return FallsOff(
        HardRule.OUT_OF_REACH,
        {"district": place.district, "districts_in_reach": tuple(sorted(reach))},
    )


def _language_level_higher(person: PersonFacts, place: PlaceFacts) -> FallsOff | None:
    if person.language_level is None or place.language_level_asked <= person.language_level:
        return None
    return FallsOff(
        HardRule.LANGUAGE_LEVEL_HIGHER,
        {"level": person.language_level.name, "level_asked": place.language_level_asked.name},
    )


def _functional_demand(person: PersonFacts, place: PlaceFacts) -> FallsOff | None:
    both = person.functional_limits & place.functional_demands
    if not both:
        return None
    demands = tuple(sorted(demand.value for demand in both))
    return FallsOff(HardRule.FUNCTIONAL_DEMAND, {"demands": demands})


def _no_free_place(_person: PersonFacts, place: PlaceFacts) -> FallsOff | None:
    if place.capacity is None or place.taken < place.capacity:
        return None
    return FallsOff(HardRule.NO_FREE_PLACE, {"capacity": place.capacity, "taken": place.taken})


def _not_open(place: PlaceFacts, on: date) -> FallsOff | None:
    has_begun = place.open_from is None or place.open_from <= on
    has_ended = place.open_until is not None and place.open_until <= on
    if has_begun and not has_ended:
        return None
    facts: dict[str, Fact] = {
        "on": on.isoformat(),
        "open_from": place.open_from.isoformat() if place.open_from else None,
        "open_until": place.open_until.isoformat() if place.open_until else None,
    }
    return FallsOff(HardRule.NOT_OPEN, facts)


def _ground_not_allowed(person: PersonFacts, place: PlaceFacts) -> FallsOff | None:
    if person.legal_tasks is None or place.legal_task in person.legal_tasks:
        return None
    return FallsOff(HardRule.GROUND_NOT_ALLOWED, {"legal_task": place.legal_task.value})


def _too_far(person: PersonFacts, place: PlaceFacts) -> FallsOff | None:
    if person.reach_metres is None or person.start is None or place.spot is None:
        return None
    # Within the own district only its middle is known, which says nothing about how far.
    if place.district is not None and place.district == person.district:
        return None
    metres = person.start.metres_to(place.spot)
    if metres <= person.reach_metres:
        return None
    return FallsOff(HardRule.TOO_FAR, {"metres": metres, "reach": person.reach_metres})


def _displacement_unchecked(_person: PersonFacts, place: PlaceFacts) -> FallsOff | None:
    return FallsOff(HardRule.DISPLACEMENT_UNCHECKED, {}) if place.is_unchecked else None


def _refused_before(person: PersonFacts, place: PlaceFacts, on: date) -> FallsOff | None:
    until = person.paused_until.get(place.place)
    if until is None or until <= on:
        return None
    return FallsOff(HardRule.REFUSED_BEFORE, {"until": until.isoformat()})


def _not_confirmed(place: PlaceFacts, rule_set: RuleSet) -> FallsOff | None:
    # What was never stood for is new, and sinks only.
    if place.days_unconfirmed is None or place.days_unconfirmed <= rule_set.most_days_unconfirmed:
        return None
    return FallsOff(HardRule.NOT_CONFIRMED, {"days": place.days_unconfirmed})


_RULES: tuple[Callable[[PersonFacts, PlaceFacts], FallsOff | None], ...] = (
    _kind_not_allowed,
    _kind_not_wished,
    _times_do_not_overlap,
    _more_time_than_wished,
    _out_of_reach,
    _language_level_higher,
    _functional_demand,
    _no_free_place,
    _ground_not_allowed,
    _too_far,
    _displacement_unchecked,
)
