"""Placements in every state on the last day: met, tried out, paused, waiting, agreed anew.

By dice of its own, so that the lives stay as they are; who waits and who is new somewhere are
people without a place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from meedoen.demo import moving_texts
from meedoen.demo.chance import dice, happens
from meedoen.demo.days import at_the_desk, midnight
from meedoen.demo.load import Written
from meedoen.demo.whereabouts import (
    PART_OF_THE_FREE,
    Guest,
    Room,
    Someone,
    guests_now,
    rooms,
    seats,
    without_place,
)
from meedoen.records.organisations import clock
from meedoen.records.placements.actions import NewPlacement, move_all, place_all
from meedoen.records.placements.correcting import Course, correct_courses
from meedoen.records.placements.moving import Change
from meedoen.records.placements.terms_actions import NewTerms, change_terms
from meedoen.records.waiting.actions import promote_at, promote_one, set_promotion_way
from meedoen.records.waiting.kind_actions import NewLine, wait_for_kinds
from meedoen.rules import half_days
from meedoen.rules.placement_course import CourseStep
from meedoen.rules.placement_states import REASONS_TO_PAUSE
from meedoen.rules.vocabulary import Guidance, PlaceKind, PlacementState, PromotionWay

NEAR_HOME = (PlaceKind.NEIGHBOURHOOD_ACTIVITY, PlaceKind.VOLUNTEER_WORK, PlaceKind.DAY_ACTIVITY)
HELD_FOR_28_DAYS = (PlaceKind.VOLUNTEER_WORK, PlaceKind.DAY_ACTIVITY, PlaceKind.LANGUAGE_POINT)
SCARCE = (*NEAR_HOME, PlaceKind.LANGUAGE_POINT, PlaceKind.TRAINING, PlaceKind.PARTICIPATION_JOB)
"""Of these kinds people wait at places that are full."""
SHELTERED = frozenset({PlaceKind.SHELTERED_WSW, PlaceKind.SHELTERED_NEW})
NEW_AT_A_PLACE: Sequence[tuple[PlacementState, int, int]] = (
    (PlacementState.INTRODUCED, 16, 4),
    (PlacementState.TRIAL, 30, 10),
    (PlacementState.PROPOSED, 26, 0),
    (PlacementState.PROPOSED, 30, 0),
    (PlacementState.PROPOSED, 5, 0),
    (PlacementState.INTRODUCED, 40, 12),
    (PlacementState.TRIAL, 45, 20),
)
"""How people stand who are new somewhere, and how many days ago it was proposed and came so far.

A seat is held for 28 days: of one that is nearly over, of another just over.
"""
WAITED_DAYS = (9, 31, 64, 120, 205, 330)
FULL_PLACES = 3
YOUNGEST = 27
"""From this age people may wait for a participation job."""
KIND_DAYS = (14, 47, 98, 160)
PAUSED_SHARE, FEWEST_PAUSED = 0.05, 2
PAUSED_DAYS_AGO = (8, 34)
SECOND_PLACES, AGREED_ANEW = 3, 6
HOURS_MORE_AT_A_JOB = 12
COURSE_DAYS_AGO = 7


@dataclass(frozen=True, slots=True)
class _Step:
    """A move of somebody who is new at a place, so many days before the last one."""

    who: Someone
    place_id: int
    state: PlacementState
    proposed_ago: int
    moved_ago: int


def write_turns(written: Written, people: Sequence[Someone], host: int | None) -> None:
    """Write down who is new somewhere, who paused, and what was agreed anew.

    `host` is the organisation of which somebody can sign in: there people are new first.
    """
    before = guests_now(written, people)
    _write_new(written, people, before, host)
    _write_second_places(written, before)
    paused = _write_pauses(written, before)
    _write_course(written, [one for one in before if one.placement_id not in paused])
    _write_terms(written, before)


def write_waiting(written: Written, people: Sequence[Someone]) -> None:
    """Write down who waits, for a place or a kind, and who got a seat from a list and why."""
    town, system = written.town, written.system
    busy = guests_now(written, people)
    waiting = iter(_first_without(written, people, busy))
    full = [room for room in rooms(written, kinds=SCARCE) if not room.free]
    roomy = sorted(
        (room for room in rooms(written, kinds=NEAR_HOME) if room.free), key=lambda room: room.free
    )[:2]
    taken = {(one.who.pseudonym_id, one.place_id) for one in busy}
    lines = [*_lines(full[:FULL_PLACES], WAITED_DAYS), *_lines(roomy, WAITED_DAYS)]
    with clock.at(midnight(town.until)):
        _write_kind_lines(written, waiting, busy)
        place_all(
            system,
            placements=[
                NewPlacement(
                    pseudonym_id=who.pseudonym_id,
                    place_id=room.place_id,
                    proposed_on=day(written, ago),
                    waits=True,
                    recorded_at=midnight(day(written, ago - 1)),
                )
                for (room, ago), who in zip(lines, waiting, strict=False)
                if (who.pseudonym_id, room.place_id) not in taken
            ],
        )
    _write_promotions(written, roomy, people)


def day(written: Written, ago: int) -> date:
    """Return the day so many days before the last one."""
    return written.town.until - timedelta(days=ago)


def _first_without(
    written: Written, people: Sequence[Someone], busy: Sequence[Guest]
) -> list[Someone]:
    """Return who may wait for anything in the first team, those without a place first."""
    first = without_place(people, busy)
    numbers = {one.pseudonym_id for one in first}
    team = people[0].team
    others = [one for one in people if one.team == team and one.pseudonym_id not in numbers]
    found = [*first, *(one for one in others if one.life.person.benefit_ends_on is None)]
    return [one for one in found if one.is_of_age(YOUNGEST, written.town.until)]


def _lines(places: Sequence[Room], ages: Sequence[int]) -> Iterator[tuple[Room, int]]:
    """Yield a line on the list of each place for every other age, the longest first."""
    for number, room in enumerate(places):
        for ago in sorted(ages[number % 2 :: 2], reverse=True):
            yield room, ago


# --- new somewhere -------------------------------------------------------------------------------


def _write_new(
    written: Written, people: Sequence[Someone], before: Sequence[Guest], host: int | None
) -> None:
    new = seats(written, kinds=HELD_FOR_28_DAYS, first_at=host)
    free = without_place(people, before)
    steps = [
        _Step(who, place_id, *how)
        for who, place_id, how in zip(
            free[: len(free) // PART_OF_THE_FREE], new, NEW_AT_A_PLACE, strict=False
        )
    ]
    ids = _place(written, steps)
    for state in (PlacementState.INTRODUCED, PlacementState.TRIAL):
        changes = [
            Change(
                placement_id=ids[number],
                on=day(written, one.moved_ago),
                recorded_at=midnight(day(written, one.moved_ago - 1)),
            )
            for number, one in enumerate(steps)
            if one.state is state
        ]
        with clock.at(midnight(written.town.until)):
            if changes:
                move_all(written.system, changes=changes, to=state)


def _place(written: Written, steps: Sequence[_Step]) -> list[int]:
    with clock.at(midnight(written.town.until)):
        return place_all(
            written.system,
            placements=[
                NewPlacement(
                    pseudonym_id=one.who.pseudonym_id,
                    place_id=one.place_id,
                    proposed_on=day(written, one.proposed_ago),
                    recorded_at=midnight(day(written, one.proposed_ago - 1)),
                )
                for one in steps
            ],
        )


def _write_second_places(written: Written, before: Sequence[Guest]) -> None:
    """Let a few who do volunteer work also come to an activity in the neighbourhood."""
    volunteers = [
        one
        for one in before
        if one.kind is PlaceKind.VOLUNTEER_WORK and one.state is PlacementState.ACTIVE
    ]
    activities = seats(written, kinds=[PlaceKind.NEIGHBOURHOOD_ACTIVITY])
    steps = [
        _Step(one.who, place_id, PlacementState.ACTIVE, 60, 40)
        for one, place_id in zip(volunteers[:SECOND_PLACES], activities, strict=False)
        if not any(other.who == one.who and other.place_id == place_id for other in before)
    ]
    ids = _place(written, steps)
    if ids:
        with clock.at(midnight(written.town.until)):
            move_all(
                written.system,
                changes=[
                    Change(
                        placement_id=number,
                        on=day(written, 40),
                        recorded_at=midnight(day(written, 39)),
                    )
                    for number in ids
                ],
                to=PlacementState.ACTIVE,
            )


# --- what goes on --------------------------------------------------------------------------------


def _write_pauses(written: Written, before: Sequence[Guest]) -> set[int]:
    """Let some pause, and return the ids of their placements."""
    reasons = sorted(REASONS_TO_PAUSE)
    random = dice("pauses", written.town.sketch.code)
    changes: list[Change] = []
    for one in _long_enough(written, before):
        if one.kind in {*SHELTERED, PlaceKind.PARTICIPATION_JOB}:
            continue
        if len(changes) < FEWEST_PAUSED or happens(random, PAUSED_SHARE):
            on = day(written, random.randint(*PAUSED_DAYS_AGO))
            changes.append(
                Change(
                    placement_id=one.placement_id,
                    on=on,
                    reason=reasons[len(changes) % len(reasons)],
                    recorded_at=at_the_desk(random, on - timedelta(days=3)),
                )
            )
    with clock.at(midnight(written.town.until)):
        if changes:
            move_all(written.system, changes=changes, to=PlacementState.PAUSED)
    return {change.placement_id for change in changes}


def _long_enough(written: Written, before: Sequence[Guest]) -> list[Guest]:
    """Return who takes part for so long that all was written down in quieter weeks."""
    since = day(written, 160)
    return [
        one
        for one in before
        if one.state is PlacementState.ACTIVE and one.started_on and one.started_on < since
    ]


def _write_course(written: Written, before: Sequence[Guest]) -> None:
    """Put one course right: there was a trial before the start, which nobody had written down."""
    found = [
        one
        for one in _long_enough(written, before)
        if one.kind is PlaceKind.VOLUNTEER_WORK and one.who.team == before[0].who.team
    ]
    for one in found[-1:]:
        if one.started_on is None:
            continue
        weeks = timedelta(days=14)
        steps = [
            CourseStep(state=PlacementState.PROPOSED, on=one.started_on - weeks),
            CourseStep(state=PlacementState.TRIAL, on=one.started_on),
            CourseStep(state=PlacementState.ACTIVE, on=one.started_on + weeks),
        ]
        with clock.at(midnight(day(written, COURSE_DAYS_AGO))):
            correct_courses(
                one.who.coach, courses=[Course(placement_id=one.placement_id, steps=steps)]
            )


def _write_terms(written: Written, before: Sequence[Guest]) -> None:
    """Change hours or half-days within some placements; one after the other for the first."""
    found = [one for one in _long_enough(written, before) if one.kind not in SHELTERED]
    for number, one in enumerate(found[:AGREED_ANEW]):
        days = half_days.codes(one.half_days)
        more = HOURS_MORE_AT_A_JOB if one.kind is PlaceKind.PARTICIPATION_JOB else 0
        first, second = day(written, 150 - number), day(written, 45 - number)
        with clock.at(midnight(first)):
            change_terms(
                one.who.coach,
                key=one.key,
                terms=NewTerms(
                    starts_on=first,
                    hours_a_week=Decimal(4 + number + more),
                    half_days=half_days.from_codes(days[:2]),
                    guidance=Guidance.ALWAYS_NEAR if number % 2 else None,
                    why=moving_texts.OTHER_DAYS,
                ),
            )
        with clock.at(midnight(second)):
            change_terms(
                one.who.coach,
                key=one.key,
                terms=NewTerms(
                    starts_on=second,
                    hours_a_week=Decimal(8 + number + more),
                    half_days=half_days.from_codes(days[-3:]),
                    why=moving_texts.HOURS_UP,
                ),
            )


# --- lists ---------------------------------------------------------------------------------------


def _write_kind_lines(written: Written, people: Iterator[Someone], busy: Sequence[Guest]) -> None:
    has = {(one.who.pseudonym_id, one.kind) for one in busy}
    kinds = (PlaceKind.PARTICIPATION_JOB, PlaceKind.VOLUNTEER_WORK)
    lines = [
        NewLine(
            pseudonym_id=who.pseudonym_id,
            kind=kinds[number % 2],
            since=day(written, ago),
            district_id=written.districts[who.life.person.district] if number % 2 else None,
            own_wish_first=number == 1,
        )
        for number, (ago, who) in enumerate(zip(KIND_DAYS, people, strict=False))
        if (who.pseudonym_id, kinds[number % 2]) not in has
    ]
    wait_for_kinds(written.system, lines=lines)


def _write_promotions(written: Written, places: Sequence[Room], people: Sequence[Someone]) -> None:
    """Give seats from two lists: one by hand, also past somebody with why, one by the rule."""
    coach = written.coaches[0]
    waiting = [one for one in guests_now(written, people) if one.state is PlacementState.WAITING]
    with clock.at(midnight(written.town.until)):
        for number, room in enumerate(places):
            lines = [one for one in waiting if one.place_id == room.place_id]
            if number == 0 and len(lines) > 1:
                promote_one(coach, key=lines[1].key, reason=moving_texts.PASSED_OVER)
            elif lines:
                place_key = lines[0].place_key
                set_promotion_way(
                    coach,
                    place_key=place_key,
                    way=PromotionWay.AUTOMATIC,
                    starts_on=written.town.until,
                )
                promote_at(coach, place_id=room.place_id)
