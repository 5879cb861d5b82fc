"""Single moves, moves of many and a corrected course end in the same record.

Courses that together make every move of the table are walked in every run, and a few at random.

And on the second time axis: what was counted before a correction is counted the same after it.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoen.records.figures.queries import counted_now
from meedoen.records.history.models import Entry
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import NewPlacement, end, move_one, place_all
from meedoen.records.placements.bulk_actions import SameMove, move_many
from meedoen.records.placements.correcting import correct_course, take_back_start
from meedoen.records.placements.course_actions import (
    CourseChangedError,
    LatePlacement,
    correct_told_course,
    register_late,
)
from meedoen.records.placements.course_queries import told_course
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.placements.moving import Change, advance
from meedoen.records.places.models import Place
from meedoen.records.waiting.hold_actions import keep_hold
from meedoen.rules.placement_course import CourseStep
from meedoen.rules.placement_states import HOLDS_A_SEAT, MOVES
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState
from tests.examples import examples
from tests.rules.covering import covering_steps, moves_of
from tests.rules.test_placement_course import TODAY, walks
from tests.town import Person, Town
from tests.web.coach.scenes import on, proposed, register_crowd, started

A_DAY = timedelta(days=1)
FIRST_DAY = date(2026, 1, 5)
AS_TOLD = datetime(2026, 5, 1, 20, tzinfo=UTC)


@st.composite
def hasty_walks(draw: st.DrawFn) -> list[CourseStep]:
    """Draw a course of which several steps may fall on one day; who ended, came for a day."""
    day, hasty = date(2026, 1, 5), []
    for step in draw(walks()):
        day += timedelta(days=draw(st.integers(step.state is PlacementState.ENDED, 2)))
        hasty.append(replace(step, on=day))
    return hasty


def placed(town: Town, pseudonym_id: int, first: CourseStep) -> uuid.UUID:
    """Let a course begin; the coach of the whole cast writes it down."""
    new = NewPlacement(
        pseudonym_id=pseudonym_id,
        place_id=town.garden,
        proposed_on=first.on,
        waits=first.state is PlacementState.WAITING,
        # Whether others wait is not what is walked here.
        is_there=True,
    )
    [pk] = place_all(town.anna, placements=[new])
    return Placement.objects.visible_to(town.system).get(pk=pk).key


def on_day(step: CourseStep) -> date:
    """Return the day that a move names: of an end the last day."""
    return step.on - A_DAY if step.state is PlacementState.ENDED else step.on


def seat(town: Town, keys: Sequence[uuid.UUID], day: date) -> None:
    """Give people who wait their seat, as the waiting list does when it gives one."""
    rows = Placement.objects.visible_to(town.system).filter(key__in=keys)
    changes = [Change(placement_id=row.pk, on=day) for row in rows.order_by("pk")]
    advance(town.anna, changes, PlacementState.PROPOSED)


def by_single_moves(town: Town, pseudonym_id: int, steps: Sequence[CourseStep]) -> uuid.UUID:
    key = placed(town, pseudonym_id, steps[0])
    for step in steps[1:]:
        if step.state is PlacementState.PROPOSED:
            seat(town, [key], step.on)
            continue
        move_one(
            town.anna,
            key=key,
            to=step.state,
            on=on_day(step),
            outcome=step.outcome,
            reason=step.reason,
        )
    return key


def by_moves_of_many(
    town: Town, pseudonym_ids: Sequence[int], steps: Sequence[CourseStep]
) -> list[uuid.UUID]:
    keys = [placed(town, one, steps[0]) for one in pseudonym_ids]
    for step in steps[1:]:
        if step.state is PlacementState.PROPOSED:
            seat(town, keys, step.on)
            continue
        same = SameMove(to=step.state, on=on_day(step), outcome=step.outcome, reason=step.reason)
        move_many(town.anna, keys=keys, same=same)
    return keys


def by_correction(town: Town, pseudonym_id: int, steps: Sequence[CourseStep]) -> uuid.UUID:
    key = placed(town, pseudonym_id, steps[0])
    correct_course(town.anna, key=key, steps=steps)
    return key


def record(town: Town, key: uuid.UUID) -> tuple[Any, ...]:
    """Return all that is known of a placement, but for how it came to be known."""
    told = told_course(town.anna, key=key)
    [found] = records_of(town, [key])
    return (*found, told and list(told.steps))


def records_of(town: Town, keys: Sequence[uuid.UUID]) -> list[tuple[Any, ...]]:
    """Return how each placement stands, its stretches and what the history says of the person."""
    rows = list(Placement.objects.visible_to(town.system).filter(key__in=keys))
    stretches, entries = defaultdict(list), defaultdict(list)
    periods = StatePeriod.objects.visible_to(town.system).filter(
        placement__in=rows, withdrawn=False
    )
    for of, *line in periods.values_list(
        "placement__key", "state", "starts_on", "ends_on", "reason"
    ):
        stretches[of].append(tuple(line))
    said = Entry.objects.visible_to(town.connie).filter(
        kind="placement",
        pseudonym_id__in={row.pseudonym_id for row in rows},
        replaced_by=None,
        withdrawn=False,
    )
    for of, *line in said.values_list(
        "pseudonym_id", "state", "starts_on", "ends_on", "outcome", "reason"
    ):
        entries[of].append(tuple(line))
    found = {
        row.key: (
            (row.state, row.outcome, row.reason, row.held_until, row.ever_held),
            sorted(stretches[row.key]),
            sorted(entries[row.pseudonym_id]),
        )
        for row in rows
    }
    return [found[key] for key in keys]


def figures(town: Town, day: date, known_at: datetime) -> dict[str, int]:
    results = counted_now(town.connie, on=day, known_at=known_at)
    return {result.code: result.value for result in results}


def check_every_way(town: Town, steps: list[CourseStep]) -> None:
    """Walk a course by every way, compare what stands there, and forget it."""
    with transaction.atomic(), on(TODAY):
        Place.objects.filter(pk=town.garden).update(capacity=10)
        single, first, second, corrected = register_crowd(town, 4)
        key = by_single_moves(town, single, steps)
        others = [
            *by_moves_of_many(town, [first, second], steps),
            by_correction(town, corrected, steps),
        ]
        expected = record(town, key)
        assert expected[-1] == steps
        assert [record(town, other) for other in others] == [expected] * 3
        seats = 4 * (steps[-1].state in HOLDS_A_SEAT)
        assert Place.objects.get(pk=town.garden).taken == seats
        transaction.set_rollback(True)


# On days of their own, and three steps on a day.
@pytest.mark.parametrize("days_apart", [[3], [0, 0, 1]], ids=["slow", "hasty"])
def test_every_way_makes_every_move_and_ends_in_the_same_record(
    town: Town, days_apart: list[int]
) -> None:
    made = set()
    for steps in covering_steps(FIRST_DAY, *days_apart):
        check_every_way(town, steps)
        made |= moves_of(steps)
    assert made == set(MOVES)


@settings(
    max_examples=examples(4),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(steps=walks() | hasty_walks())
def test_every_way_to_walk_ends_in_the_same_record(town: Town, steps: list[CourseStep]) -> None:
    check_every_way(town, steps)


def check_correction(town: Town, before: list[CourseStep], after: list[CourseStep]) -> None:
    """Correct a course and then put it back; and only in between does the new course count."""
    days = [date(2026, month, 15) for month in (1, 3, 4)]
    with transaction.atomic():
        [pseudonym_id] = register_crowd(town, 1)
        with on(TODAY):
            key = by_single_moves(town, pseudonym_id, before)
            first = record(town, key)
        counted = [figures(town, day, AS_TOLD) for day in days]
        with on(TODAY + A_DAY):
            correct_course(town.anna, key=key, steps=after)
            assert [figures(town, day, AS_TOLD) for day in days] == counted
            told = told_course(town.anna, key=key)
            assert told is not None
            assert list(told.steps) == after
        with on(TODAY + 2 * A_DAY):
            correct_course(town.anna, key=key, steps=before)
            back = record(town, key)
        # Whom the organisation came to know in between, it knows.
        assert back[1:] == first[1:]
        # And a seat is held from the day on which that was written down again.
        assert back[0][:-2] == first[0][:-2]
        assert [figures(town, day, AS_TOLD) for day in days] == counted
        transaction.set_rollback(True)


def test_what_was_counted_before_stays_whichever_move_is_corrected_to_whichever(
    town: Town,
) -> None:
    courses = list(covering_steps(FIRST_DAY, 1))
    wrong, right = set(), set()
    # Each course is put right to the one after it, and the last to the first.
    for before, after in zip(courses, [*courses[1:], courses[0]], strict=True):
        check_correction(town, before, after)
        wrong |= moves_of(before)
        right |= moves_of(after)
    assert wrong == right == set(MOVES)


@settings(
    max_examples=examples(2),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(before=hasty_walks(), after=walks() | hasty_walks())
def test_what_was_counted_before_a_correction_stays(
    town: Town, before: list[CourseStep], after: list[CourseStep]
) -> None:
    check_correction(town, before, after)


def test_a_late_registration_is_what_single_moves_would_have_written(town: Town) -> None:
    steps = [
        CourseStep(state=PlacementState.PROPOSED, on=date(2026, 2, 2)),
        CourseStep(state=PlacementState.TRIAL, on=date(2026, 2, 9)),
        CourseStep(state=PlacementState.ACTIVE, on=date(2026, 3, 2)),
    ]
    with on(TODAY):
        single = by_single_moves(town, town.sam.pseudonym_id, steps)
        late = register_late(
            town.anna,
            new=LatePlacement(
                pseudonym_id=town.roos_file.pseudonym_id,
                place_key=Place.objects.get(pk=town.garden).key,
                proposed_on=date(2026, 2, 2),
                trial_on=date(2026, 2, 9),
                started_on=date(2026, 3, 2),
            ),
        )
    assert record(town, late) == record(town, single)
    # It was not known then: on the day it began, nobody counted it.
    assert (
        figures(town, date(2026, 3, 31), datetime(2026, 4, 1, tzinfo=UTC))["participation_jobs"]
        == 0
    )
    assert figures(town, date(2026, 3, 31), AS_TOLD)["participation_jobs"] == 2


def test_a_late_registration_says_everything_that_is_wrong_at_once(town: Town) -> None:
    new = LatePlacement(
        pseudonym_id=town.roos_file.pseudonym_id,
        place_key=uuid.uuid4(),
        proposed_on=date(2026, 4, 2),
        trial_on=date(2026, 4, 1),
        started_on=date(2026, 6, 2),
        planned_end_on=date(2026, 4, 3),
    )
    with on(TODAY):
        with pytest.raises(ActionRefusedError, match=r"toekomst.*volgorde.*laatste dag"):
            register_late(town.anna, new=new)
        with pytest.raises(ActionRefusedError, match="wanneer de inwoner begon"):
            register_late(
                town.anna,
                new=LatePlacement(
                    pseudonym_id=new.pseudonym_id,
                    place_key=new.place_key,
                    proposed_on=date(2026, 4, 2),
                ),
            )
    assert not Placement.objects.visible_to(town.system).exists()


def test_a_corrected_course_waits_for_who_did_not_see_what_happened(town: Town) -> None:
    key = proposed(town)
    told = told_course(town.anna, key=key)
    assert told is not None
    with on(TODAY):
        move_one(town.bram, key=key, to=PlacementState.INTRODUCED, on=TODAY)
        with pytest.raises(CourseChangedError, match="intussen veranderd"):
            correct_told_course(town.anna, key=key, steps=told.steps, seen=told.seen)
        again = told_course(town.anna, key=key)
        assert again is not None
        correct_told_course(town.anna, key=key, steps=told.steps, seen=again.seen)
    row = Placement.objects.visible_to(town.system).get(key=key)
    assert row.state == PlacementState.PROPOSED


def test_who_only_waited_and_was_proposed_for_a_while_is_known_to_the_organisation(
    town: Town,
) -> None:
    with on(TODAY):
        steps = [
            CourseStep(state=PlacementState.WAITING, on=date(2026, 2, 2)),
            CourseStep(state=PlacementState.PROPOSED, on=date(2026, 3, 2)),
            CourseStep(
                state=PlacementState.WITHDRAWN, on=date(2026, 4, 1), outcome=Outcome.MOVED_AWAY
            ),
        ]
        key = by_correction(town, town.sam.pseudonym_id, steps)
    assert Placement.objects.visible_to(town.petra).filter(key=key).exists()


@pytest.mark.parametrize("who", ["carla", "vera"])
def test_a_coach_of_others_corrects_and_registers_nothing(town: Town, who: str) -> None:
    stranger, key = getattr(town, who), started(town)
    assert told_course(stranger, key=key) is None
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        correct_told_course(stranger, key=key, steps=[], seen=1)
    new = LatePlacement(
        pseudonym_id=town.sam.pseudonym_id,
        place_key=Place.objects.get(pk=town.garden).key,
        proposed_on=date(2026, 2, 2),
        started_on=date(2026, 2, 2),
    )
    with pytest.raises(ActionRefusedError, match=r"niet voor u|bestaat niet"):
        register_late(stranger, new=new)


@pytest.mark.parametrize("who", ["petra", "connie", "roos"])
def test_only_coaches_correct_a_course(town: Town, who: str) -> None:
    key = started(town)
    assert told_course(getattr(town, who), key=key) is None
    with pytest.raises(PermissionDenied):
        correct_told_course(getattr(town, who), key=key, steps=[], seen=1)


# --- what a correction may not bring about -------------------------------------------------------


def a_course(*steps: tuple[PlacementState, date]) -> list[CourseStep]:
    return [CourseStep(state=state, on=day) for state, day in steps]


def waits(town: Town, person: Person) -> uuid.UUID:
    """Let somebody wait for the garden since the first of April; return the placement's key."""
    new = NewPlacement(
        pseudonym_id=person.pseudonym_id,
        place_id=town.garden,
        proposed_on=date(2026, 4, 1),
        waits=True,
    )
    [pk] = place_all(town.system, placements=[new])
    return Placement.objects.visible_to(town.system).get(pk=pk).key


def test_nobody_gets_a_place_twice_by_a_correction(town: Town) -> None:
    ended = started(town)
    with on(TODAY):
        end(town.anna, key=ended, last_day=date(2026, 4, 1), outcome=Outcome.GOAL_REACHED)
    again = proposed(town, day=date(2026, 4, 20))
    with on(TODAY):
        told = told_course(town.anna, key=ended)
        assert told is not None
        with pytest.raises(ActionRefusedError, match="heeft deze plek al"):
            correct_course(town.anna, key=ended, steps=told.steps[:-1])
    assert record(town, ended)[0][0] == PlacementState.ENDED
    assert record(town, again)[0][0] == PlacementState.PROPOSED


def test_steps_of_one_day_are_told_as_they_were_corrected(town: Town) -> None:
    day = date(2026, 4, 1)
    steps = [
        CourseStep(state=PlacementState.PROPOSED, on=day),
        CourseStep(state=PlacementState.WAITING, on=day, reason=MoveReason.HOLD_LAPSED),
        CourseStep(state=PlacementState.WITHDRAWN, on=day, outcome=Outcome.MOVED_AWAY),
    ]
    with on(TODAY):
        key = waits(town, town.sam)
        seat(town, [key], day)
        correct_course(town.anna, key=key, steps=steps)
        told = told_course(town.anna, key=key)
    assert told is not None
    assert list(told.steps) == steps


def test_nobody_is_passed_over_by_a_correction(town: Town) -> None:
    with on(date(2026, 4, 1)):
        first, second = waits(town, town.roos_file), waits(town, town.sam)
    seated = a_course((PlacementState.WAITING, date(2026, 4, 1)), (PlacementState.PROPOSED, TODAY))
    with on(TODAY):
        with pytest.raises(ActionRefusedError, match="wachten al mensen"):
            correct_course(town.anna, key=second, steps=seated)
        with pytest.raises(ActionRefusedError, match="wachten al mensen"):
            correct_course(
                town.anna, key=second, steps=[*seated, *a_course((PlacementState.ACTIVE, TODAY))]
            )
        # Who takes part already passes nobody over: it is only written down.
        correct_course(
            town.anna,
            key=second,
            steps=a_course(
                (PlacementState.WAITING, date(2026, 4, 1)),
                (PlacementState.PROPOSED, date(2026, 4, 10)),
                (PlacementState.ACTIVE, date(2026, 4, 20)),
            ),
        )
        # And of who waits alone, nobody is passed over.
        correct_course(town.anna, key=first, steps=seated)


def test_nobody_is_passed_over_by_registering_who_begins_today(town: Town) -> None:
    with on(date(2026, 4, 1)):
        waits(town, town.sam)

    def late(day: date) -> LatePlacement:
        return LatePlacement(
            pseudonym_id=town.roos_file.pseudonym_id,
            place_key=Place.objects.get(pk=town.garden).key,
            proposed_on=day,
            started_on=day,
        )

    with on(TODAY):
        with pytest.raises(ActionRefusedError, match="wachten al mensen"):
            register_late(town.anna, new=late(TODAY))
        register_late(town.anna, new=late(TODAY - A_DAY))


def held_until(town: Town, key: uuid.UUID) -> date | None:
    return Placement.objects.visible_to(town.system).get(key=key).held_until


FOUR_WEEKS = timedelta(days=28)


def test_a_seat_is_held_from_the_day_on_which_a_start_was_taken_back(town: Town) -> None:
    key = started(town)
    with on(TODAY):
        take_back_start(town.anna, key=key)
    assert held_until(town, key) == TODAY + FOUR_WEEKS


def test_a_seat_is_held_from_the_day_on_which_it_was_written_down(town: Town) -> None:
    long_ago = date(2026, 2, 2)
    first, loaded = register_crowd(town, 2)
    with on(TODAY):
        key = placed(town, first, *a_course((PlacementState.PROPOSED, long_ago)))
        new = NewPlacement(
            pseudonym_id=loaded,
            place_id=town.garden,
            proposed_on=long_ago,
            recorded_at=datetime(2026, 2, 3, 12, tzinfo=UTC),
        )
        [pk] = place_all(town.system, placements=[new])
    assert held_until(town, key) == TODAY + FOUR_WEEKS
    other = Placement.objects.visible_to(town.system).get(pk=pk)
    assert other.held_until == long_ago + A_DAY + FOUR_WEEKS


def test_a_correction_never_holds_a_seat_for_less_long(town: Town) -> None:
    key = proposed(town, day=date(2026, 4, 20))
    with on(TODAY):
        keep_hold(town.anna, key=key, until=date(2026, 6, 20), seen=date(2026, 5, 18))
        correct_course(
            town.anna, key=key, steps=a_course((PlacementState.PROPOSED, date(2026, 4, 21)))
        )
    assert held_until(town, key) == date(2026, 6, 20)


def close_garden(town: Town, day: date) -> None:
    """Let the garden be closed from a day on."""
    Place.objects.filter(pk=town.garden).update(closes_on=day)


def test_nobody_begins_at_a_place_that_is_closed(town: Town) -> None:
    key = proposed(town)
    close_garden(town, date(2026, 3, 10))
    with on(TODAY):
        for to in (PlacementState.INTRODUCED, PlacementState.TRIAL, PlacementState.ACTIVE):
            with pytest.raises(ActionRefusedError, match="op 01-04-2026 niet open"):
                move_one(town.anna, key=key, to=to, on=date(2026, 4, 1))
        late = LatePlacement(
            pseudonym_id=town.sam.pseudonym_id,
            place_key=Place.objects.get(pk=town.garden).key,
            proposed_on=date(2026, 3, 4),
            started_on=date(2026, 4, 20),
        )
        with pytest.raises(ActionRefusedError, match="op 20-04-2026 niet open"):
            register_late(town.anna, new=late)
        move_one(town.anna, key=key, to=PlacementState.ACTIVE, on=date(2026, 3, 9))


def test_who_was_away_does_not_come_back_to_a_closed_place(town: Town) -> None:
    key = started(town)
    with on(TODAY):
        move_one(
            town.anna,
            key=key,
            to=PlacementState.PAUSED,
            on=date(2026, 3, 20),
            reason=MoveReason.AGREED_BREAK,
        )
        close_garden(town, date(2026, 4, 1))
        with pytest.raises(ActionRefusedError, match="niet open"):
            move_one(town.anna, key=key, to=PlacementState.ACTIVE, on=date(2026, 4, 2))


def test_a_course_is_corrected_to_days_on_which_the_place_was_open(town: Town) -> None:
    key = started(town)
    begun = [(PlacementState.PROPOSED, date(2026, 3, 2)), (PlacementState.ACTIVE, TODAY)]
    in_1950 = [(PlacementState.PROPOSED, date(1950, 1, 5)), (PlacementState.ACTIVE, TODAY)]
    Place.objects.filter(pk=town.garden).update(opens_on=date(2026, 3, 1))
    with on(TODAY):
        with pytest.raises(ActionRefusedError, match="op 05-01-1950 niet open"):
            correct_course(town.anna, key=key, steps=a_course(*in_1950))
        close_garden(town, date(2026, 4, 1))
        with pytest.raises(ActionRefusedError, match="niet open"):
            correct_course(town.anna, key=key, steps=a_course(*begun))
        # What was written down already may stay: only what is new has to be on a day it was open.
        Place.objects.filter(pk=town.garden).update(opens_on=date(2026, 3, 5))
        correct_course(
            town.anna,
            key=key,
            steps=a_course(begun[0], (PlacementState.ACTIVE, date(2026, 3, 16))),
        )
