"""Looking for places for one person: what fits first in full, what nearly fits, and the rest.

All places are sorted out as columns; only what is shown is worked out with its sentences.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.records.places.now import PlacesNow
from meedoen.records.proposals.kept import Rest, Way, bit
from meedoen.rules.matching.columns import PeopleColumns, order_for_one
from meedoen.rules.matching.facts import PersonFacts, PlaceFacts
from meedoen.rules.matching.rank import FallenOff, Suggestion
from meedoen.rules.matching.rule_set import RuleSet
from meedoen.rules.matching.score import contributions
from meedoen.rules.matching.suits import FallsOff, HardRule, suits

SHOWN_IN_FULL = 25
"""So many places that fit are kept with their reasons; nobody talks through more."""
NEAREST_OF_A_RULE = 4
"""So many of the places that fall off for one rule are kept with their reasons."""

Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Found:
    """What came out: the first that fit, those that nearly fit, and numbers of all the others."""

    offers: Sequence[Suggestion]
    nearly: Sequence[FallenOff]
    rest: Rest


@dataclass(frozen=True, slots=True)
class Question:
    """For whom to look, by which rules, and which of them do not count this time."""

    person: PersonFacts
    rule_set: RuleSet
    on: date
    way: Way = Way.FIT
    set_aside: frozenset[HardRule] = frozenset()
    leave_out: Collection[int] = ()


def look(question: Question, places: PlacesNow) -> Found:
    """Sort out the places for one person, in the order of rank(). Raises FirmRuleError."""
    people = PeopleColumns.of([question.person])
    order = order_for_one(
        people, places.columns, question.rule_set, question.on, question.set_aside
    )
    aside = np.uint16(sum(bit(rule) for rule in question.set_aside))
    out = np.isin(places.columns.number, list(question.leave_out))
    suitable = order.suitable[~out[order.suitable]]
    if question.way is Way.NEUTRAL:
        suitable = _neutral(question.person, places.facts, suitable)
    # A rule that does not count is no reason, also for a place that falls off for another one.
    rules = order.fall_off & ~aside
    fallen = np.flatnonzero((rules != 0) & ~out)
    number = places.columns.number
    return Found(
        offers=[
            _suggestion(question, places.facts[at], place)
            for place, at in enumerate(suitable[:SHOWN_IN_FULL].tolist(), start=1)
        ],
        nearly=[
            FallenOff(one, _against(question, one))
            for one in (places.facts[at] for at in _nearly(fallen, rules, number))
        ],
        rest=Rest(
            fitting=number[suitable[SHOWN_IN_FULL:]],
            fallen=number[fallen],
            rules=rules[fallen],
        ),
    )


def _suggestion(question: Question, place: PlaceFacts, order: int) -> Suggestion:
    person, rule_set = question.person, question.rule_set
    # Without a rule set aside nothing can stand here in spite of one.
    spite = suits(person, place, rule_set, question.on) if question.set_aside else ()
    return Suggestion(order, place, contributions(person, place, rule_set), spite)


def _against(question: Question, place: PlaceFacts) -> tuple[FallsOff, ...]:
    reasons = suits(question.person, place, question.rule_set, question.on)
    return tuple(one for one in reasons if one.rule not in question.set_aside)


def _neutral(person: PersonFacts, facts: Sequence[PlaceFacts], suitable: Positions) -> Positions:
    """Put places in an order that judges nothing: own wishes, then how far, then the title."""
    in_order = sorted(suitable.tolist(), key=lambda at: neutral_key(person, facts[at]))
    return np.array(in_order, np.intp)


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


def _nearly(fallen: Positions, rules: NDArray[np.uint16], number: NDArray[np.int64]) -> list[int]:
    """Return for each rule the places that fall off for the fewest reasons, lowest number first."""
    reasons = np.bitwise_count(rules).astype(np.int64)
    # The number settles ties; no number is this high.
    key = (reasons << 48) + number
    kept: set[int] = set()
    for rule in HardRule:
        of_rule = fallen[(rules[fallen] & np.uint16(bit(rule))) != 0]
        if len(of_rule) > NEAREST_OF_A_RULE:
            first = np.argpartition(key[of_rule], NEAREST_OF_A_RULE)[:NEAREST_OF_A_RULE]
            of_rule = of_rule[first]
        kept |= set(of_rule.tolist())
    return sorted(kept, key=lambda at: int(key[at]))
