"""Dividing the free places over everyone of a team who waits: read, divide, check."""

import logging
from collections.abc import Callable, Sequence
from datetime import date

from meedoen.records.divisions.models import Division
from meedoen.records.divisions.shortage import Divided
from meedoen.records.divisions.waiting import Waits, who_waits
from meedoen.records.divisions.words import RunFault
from meedoen.records.organisations import clock
from meedoen.records.organisations.matching_queries import matching_is_on
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.places.queries import open_places
from meedoen.rules.matching.allocate import Division as Outcome
from meedoen.rules.matching.allocate import (
    NotOptimalError,
    Seats,
    Waiting,
    allocate,
    check,
)
from meedoen.rules.matching.columns import (
    PeopleColumns,
    PlaceColumns,
    TooFarAwayError,
    allowed_pairs,
)
from meedoen.rules.matching.facts import PersonFacts, PlaceFacts
from meedoen.rules.matching.flow import FlowError
from meedoen.rules.matching.pairs import Pairs
from meedoen.rules.matching.prices import NoPricesError
from meedoen.rules.matching.problem import UnusableInputError
from meedoen.rules.matching.rule_set import (
    NoRuleSetError,
    RuleSet,
    RuleSetError,
    rule_set_on,
    shipped_rule_sets,
)
from meedoen.rules.matching.suits import suits
from meedoen.rules.vocabulary import PlaceKind

Told = Callable[[int, int], None]
"""Hears of how many people out of all it is known where they can go."""

NOBODY = PersonFacts()
"""Of whom nothing is known, so that only what a place itself says can keep them away."""

log = logging.getLogger(__name__)


class ComesToNothingError(Exception):
    """There is nothing to keep; `fault` says why."""

    def __init__(self, fault: RunFault) -> None:
        """Keep why."""
        super().__init__(fault)
        self.fault = fault


def asker_of(row: Division) -> Viewer | None:
    """Return who asked, as they may act today; None when they may not divide any more."""
    if row.asked_by_id is None:
        return None
    member = Membership.objects.filter(
        pk=row.asked_by_id, team_id=row.team_id, ended_at__isnull=True, account__is_active=True
    ).first()
    if member is None:
        return None
    viewer = Viewer(
        municipality_id=member.municipality_id,
        role=Role(member.role),
        membership_id=member.pk,
        account_id=member.account_id,
        team_id=member.team_id,
    )
    return viewer if viewer.may(Permission.DIVIDE_PLACES) else None


def divide(row: Division, told: Told) -> Divided:
    """Return what a division comes to, from what is known today. Raises ComesToNothingError."""
    asker = asker_of(row)
    if asker is None:
        raise ComesToNothingError(RunFault.NOT_ALLOWED)
    if not matching_is_on(asker):
        raise ComesToNothingError(RunFault.SWITCHED_OFF)
    on = clock.today()
    rule_set = _rule_set(on)
    kinds = frozenset(map(PlaceKind, row.kinds))
    waits = who_waits(asker, kinds=kinds, district_id=row.district_id, rule_set=rule_set, on=on)
    if not waits:
        raise ComesToNothingError(RunFault.NO_PEOPLE)
    places = [place for place in open_places(asker) if not kinds or place.kind in kinds]
    places.sort(key=lambda place: place.place)
    free = tuple(seats_to_divide(place, len(waits), rule_set, on) for place in places)
    if not any(free):
        raise ComesToNothingError(RunFault.NO_PLACES)
    waiting = Waiting(
        people=tuple(one.pseudonym_id for one in waits),
        days=tuple((on - one.since).days for one in waits),
    )
    seats = Seats(places=tuple(place.place for place in places), free=free)
    pairs = _pairs(waits, places, rule_set, on, told)
    division = _checked(waiting, seats, pairs)
    room = sum(_room(place, len(waits), rule_set, on) for place in places)
    return Divided(waits, places, rule_set, on, waiting, seats, room, pairs, division)


def _rule_set(on: date) -> RuleSet:
    try:
        return rule_set_on(shipped_rule_sets(), on)
    except (NoRuleSetError, RuleSetError) as error:
        log.exception("No division of places: the rules for matching are missing or wrong")
        raise ComesToNothingError(RunFault.NO_RULE_SET) from error


def seats_to_divide(place: PlaceFacts, people: int, rule_set: RuleSet, on: date) -> int:
    """Return how many seats there are to divide; more seats than people make no difference."""
    return min(_room(place, people, rule_set, on), people)


def _room(place: PlaceFacts, people: int, rule_set: RuleSet, on: date) -> int:
    """Return how many seats are free: none where nobody can start now, whoever it is."""
    if suits(NOBODY, place, rule_set, on):
        return 0
    if place.capacity is None:
        return people
    return max(place.capacity - place.taken, 0)


def _pairs(
    waits: Sequence[Waits], places: Sequence[PlaceFacts], rule_set: RuleSet, on: date, told: Told
) -> Pairs:
    try:
        people = PeopleColumns.of([one.facts for one in waits])
        return allowed_pairs(people, PlaceColumns.of(places), rule_set, on, told=told)
    except TooFarAwayError as error:
        log.exception("A district or a place in a division lies nowhere on earth")
        raise ComesToNothingError(RunFault.UNFIT_POINTS) from error


def _checked(waiting: Waiting, seats: Seats, pairs: Pairs) -> Outcome:
    try:
        division = allocate(waiting, seats, pairs)
        check(waiting, seats, pairs, division)
    except UnusableInputError as error:
        log.exception("What went into a division cannot be divided")
        raise ComesToNothingError(RunFault.UNFIT_POINTS) from error
    except (NotOptimalError, NoPricesError, FlowError) as error:
        log.exception("A division does not pass its own check")
        raise ComesToNothingError(RunFault.NOT_OPTIMAL) from error
    return division
