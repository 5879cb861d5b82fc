"""Placements of one person that do not go together are refused, wherever they would begin."""

import pytest

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import confirm_all, confirm_start, end, move_one
from meedoen.records.placements.correcting import correct_course, correct_start_day
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change
from meedoen.records.placements.overlapping import OverlapError
from meedoen.records.waiting.actions import promote_one
from meedoen.rules.placement_course import CourseStep
from meedoen.rules.vocabulary import Outcome, PlaceKind, PlacementState
from tests.at_once import at_once
from tests.records.waiting.scenes import (
    FIRST,
    again,
    day,
    place_of,
    propose,
    some_place,
    states,
)
from tests.town import Town
from tests.web.coach.scenes import on


@pytest.fixture
def job(town: Town) -> Placement:
    """Sam has a participation job in the garden since the first day."""
    with on(FIRST):
        found = propose(town, town.sam.pseudonym_id, town.garden, FIRST)
        confirm_start(town.petra, key=found.key, started_on=FIRST)
    return found


def second(town: Town, number: int = 10, kind: PlaceKind = PlaceKind.PARTICIPATION_JOB):
    with on(day(number)):
        place = some_place(town, kind=kind, title="Tweede plek")
        return propose(town, town.sam.pseudonym_id, place, day(number))


def test_somebody_can_be_introduced_at_the_next_job_but_not_begin_before_the_first_ends(town, job):
    other = second(town)
    with on(day(12)):
        move_one(town.anna, key=other.key, to=PlacementState.INTRODUCED, on=day(12))
        with pytest.raises(OverlapError) as error:
            move_one(town.anna, key=other.key, to=PlacementState.ACTIVE, on=day(12))
    assert "Vanaf 13-09-2026 gaan “Moestuin” en “Tweede plek” niet samen." in str(error.value)
    assert "één participatiebaan tegelijk" in str(error.value)
    with on(day(20)):
        end(town.anna, key=job.key, last_day=day(20), outcome=Outcome.GOAL_REACHED)
    with on(day(21)):
        with pytest.raises(OverlapError):
            # On the last day of the one the other cannot have begun.
            move_one(town.anna, key=other.key, to=PlacementState.ACTIVE, on=day(20))
        move_one(town.anna, key=other.key, to=PlacementState.ACTIVE, on=day(21))
    assert states(town, [job, other]) == ["ended", "active"]


def test_the_organisation_is_not_told_where_somebody_is_else(town, job):
    other = second(town)
    with on(day(12)), pytest.raises(OverlapError) as error:
        confirm_all(town.otto, changes=[Change(placement_id=other.pk, on=day(12))])
    assert "Moestuin" not in str(error.value)
    assert "Overleg met de gemeente" in str(error.value)
    assert states(town, [other]) == ["proposed"]


def test_other_kinds_go_together(town, job):
    other = second(town, kind=PlaceKind.VOLUNTEER_WORK)
    with on(day(12)):
        confirm_start(town.otto, key=other.key, started_on=day(12))
    assert states(town, [job, other]) == ["active", "active"]


def test_two_sheltered_jobs_are_refused_with_the_seat_already(town):
    second(town, kind=PlaceKind.SHELTERED_WSW)
    with on(day(12)):
        place = some_place(town, kind=PlaceKind.SHELTERED_NEW)
        with pytest.raises(OverlapError):
            propose(town, town.sam.pseudonym_id, place, day(12))
        waits = propose(town, town.sam.pseudonym_id, place, day(12), waits=True)
        with pytest.raises(OverlapError):
            promote_one(town.anna, key=waits.key)
    assert place_of(place).taken == 0
    assert states(town, [waits]) == ["waiting"]


def test_a_corrected_start_does_not_fall_in_another_job(town, job):
    with on(day(20)):
        end(town.anna, key=job.key, last_day=day(19), outcome=Outcome.GOAL_REACHED)
    other = second(town, 15)
    with on(day(22)):
        confirm_start(town.otto, key=other.key, started_on=day(22))
        with pytest.raises(OverlapError):
            correct_start_day(town.anna, key=other.key, started_on=day(18))
        correct_start_day(town.anna, key=other.key, started_on=day(20))


def test_a_course_that_is_over_may_not_overlap_either(town, job):
    other = second(town)
    steps = [
        CourseStep(state=PlacementState.PROPOSED, on=day(10)),
        CourseStep(state=PlacementState.ACTIVE, on=day(11)),
        CourseStep(state=PlacementState.ENDED, on=day(15), outcome=Outcome.GOAL_REACHED),
    ]
    with on(day(20)), pytest.raises(OverlapError):
        correct_course(town.anna, key=other.key, steps=steps)
    assert again(town, other.pk).state == "proposed"


def test_ending_is_never_held_up(town, job):
    other = second(town)
    with on(day(12)):
        move_one(
            town.anna,
            key=other.key,
            to=PlacementState.WITHDRAWN,
            on=day(12),
            outcome=Outcome.MOVED_AWAY,
        )
        end(town.anna, key=job.key, last_day=day(12), outcome=Outcome.MOVED_AWAY)
    assert states(town, [job, other]) == ["ended", "withdrawn"]


@pytest.mark.django_db(transaction=True)
def test_of_two_jobs_that_begin_at_the_same_moment_one_does(town):
    one, other = second(town), second(town)
    refused = []

    def begin(placement: Placement) -> None:
        with on(day(12)):
            try:
                confirm_start(town.otto, key=placement.key, started_on=day(12))
            except ActionRefusedError as error:
                refused.append(str(error))

    at_once(lambda: begin(one), lambda: begin(other))
    assert sorted(states(town, [one, other])) == ["active", "proposed"]
    assert len(refused) == 1
