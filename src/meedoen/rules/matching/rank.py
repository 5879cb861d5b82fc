"""The places for one person: those that suit in order, and those that fall off with reasons.

What someone picked comes first, in the order of their own wishes. Then come the places that are
up to date, then those that nobody stood for lately; within each what speaks for a place decides,
and the number of the place settles ties. The total stays inside: a single number would
be read as a judgement, while the lines under each place can be talked about.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from meedoen.rules.matching.facts import PersonFacts, PlaceFacts
from meedoen.rules.matching.rule_set import RuleSet
from meedoen.rules.matching.score import Contribution, contributions
from meedoen.rules.matching.suits import FIRM_RULES, FallsOff, HardRule, suits


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that suits: order counts from 1; contributions in the order of the rule set.

    `in_spite_of` are the reasons for which it would have fallen off, had they not been set aside.
    """

    order: int
    place: PlaceFacts
    contributions: tuple[Contribution, ...]
    in_spite_of: tuple[FallsOff, ...] = ()


@dataclass(frozen=True, slots=True)
class FallenOff:
    """A place that does not suit, with every reason, at least one."""

    place: PlaceFacts
    reasons: tuple[FallsOff, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The whole answer for one person on one day; fallen_off is in order of place number."""

    rule_set_version: str
    on: date
    suitable: tuple[Suggestion, ...]
    fallen_off: tuple[FallenOff, ...]


class SamePlaceTwiceError(ValueError):
    """The same place was given more than once."""

    def __init__(self, places: tuple[int, ...]) -> None:
        """Name the places that came more than once."""
        numbers = ", ".join(str(place) for place in places)
        super().__init__(f"Given more than once: place {numbers}; give each place once.")
        self.places = places


class FirmRuleError(ValueError):
    """A rule of law, or of what there is, cannot be set aside."""

    def __init__(self, rules: Iterable[HardRule]) -> None:
        """Name the rules."""
        self.rules = tuple(sorted(rules))
        super().__init__(f"Cannot be set aside: {', '.join(self.rules)}.")


def rank(
    person: PersonFacts,
    places: Iterable[PlaceFacts],
    rule_set: RuleSet,
    on: date,
    set_aside: frozenset[HardRule] = frozenset(),
) -> Ranking:
    """Sort out the places for one person on a day, as if the rules set aside were not there.

    The order in which the places are given plays no part. Raises SamePlaceTwiceError and
    FirmRuleError.
    """
    if set_aside & FIRM_RULES:
        raise FirmRuleError(set_aside & FIRM_RULES)
    in_order = sorted(places, key=lambda place: place.place)
    _check_once_each(in_order)
    suitable: list[tuple[PlaceFacts, tuple[Contribution, ...], tuple[FallsOff, ...]]] = []
    fallen_off: list[FallenOff] = []
    for place in in_order:
        reasons = suits(person, place, rule_set, on)
        if any(reason.rule not in set_aside for reason in reasons):
            fallen_off.append(FallenOff(place, reasons))
        else:
            suitable.append((place, contributions(person, place, rule_set), reasons))
    # Sorting keeps the order by number among equals.
    # What was picked stays first, also when nobody stood for it lately; the rest of those sinks.
    suitable.sort(key=lambda found: (_wish(person, found[0]), found[0].is_stale, -_total(found[1])))
    return Ranking(
        rule_set_version=rule_set.version,
        on=on,
        suitable=tuple(
            Suggestion(order, place, lines, in_spite_of)
            for order, (place, lines, in_spite_of) in enumerate(suitable, start=1)
        ),
        fallen_off=tuple(fallen_off),
    )


def _wish(person: PersonFacts, place: PlaceFacts) -> int:
    """Return which wish the place is, from 0; beyond all wishes when it is none."""
    if place.place in person.wished_places:
        return person.wished_places.index(place.place)
    return len(person.wished_places)


def _total(lines: tuple[Contribution, ...]) -> int:
    return sum(line.contribution for line in lines)


def _check_once_each(places: list[PlaceFacts]) -> None:
    times = Counter(place.place for place in places)
    twice = tuple(sorted(number for number, count in times.items() if count > 1))
    if twice:
        raise SamePlaceTwiceError(twice)
