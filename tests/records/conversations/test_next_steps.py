from datetime import UTC, date, datetime, timedelta

import pytest

from meedoen.records.conversations.models import NextStep
from meedoen.records.conversations.outreach_actions import NewNextStep, plan_next_steps
from meedoen.records.conversations.outreach_queries import first_steps, next_steps_with
from meedoen.records.history.models import Change
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.vocabulary import Outcome
from tests.records.conversations.scenes import (
    IN_APRIL,
    MONDAY,
    NEXT_MONDAY,
    TUESDAY,
    kept,
    talked,
    tried,
)
from tests.town import Person, Town
from tests.web.coach.scenes import on


def planned(town: Town, person: Person, *days: date, what: str = "Bellen") -> None:
    plan_next_steps(
        town.anna,
        steps=[
            NewNextStep(pseudonym_id=person.pseudonym_id, planned_on=day, what=what) for day in days
        ],
    )


def open_days(town: Town, person: Person) -> list[date]:
    steps = next_steps_with(town.anna, pseudonym_id=person.pseudonym_id)
    return [step.planned_on for step in steps]


def test_the_first_open_step_is_kept_with_the_person(town: Town) -> None:
    with on(MONDAY):
        planned(town, town.sam, IN_APRIL, NEXT_MONDAY)
        planned(town, town.roos_file, IN_APRIL)
    assert kept(town, town.sam).next_contact_on == NEXT_MONDAY
    assert open_days(town, town.sam) == [NEXT_MONDAY, IN_APRIL]
    steps = first_steps(
        town.bram, pseudonym_ids=[town.sam.pseudonym_id, town.roos_file.pseudonym_id]
    )
    assert {one: step.planned_on for one, step in steps.items()} == {
        town.sam.pseudonym_id: NEXT_MONDAY,
        town.roos_file.pseudonym_id: IN_APRIL,
    }
    assert steps[town.sam.pseudonym_id].planned_by == "Anna Testema"


@pytest.mark.parametrize("happened", [tried, talked])
def test_contact_or_a_try_from_the_day_of_planning_sees_the_step_done(town: Town, happened) -> None:
    with on(MONDAY):
        planned(town, town.sam, NEXT_MONDAY)
    with on(TUESDAY):
        happened(town.bram, town.sam, TUESDAY)
    assert open_days(town, town.sam) == []
    assert kept(town, town.sam).next_contact_on is None
    [step] = NextStep.objects.visible_to(town.system)
    assert step.done_on == TUESDAY


def test_what_happened_before_the_planning_and_is_written_down_later_changes_nothing(
    town: Town,
) -> None:
    with on(TUESDAY):
        planned(town, town.sam, NEXT_MONDAY)
        talked(town.anna, town.sam, MONDAY)
    assert open_days(town, town.sam) == [NEXT_MONDAY]


def test_somebody_elses_contact_changes_nothing(town: Town) -> None:
    with on(MONDAY):
        planned(town, town.sam, NEXT_MONDAY)
    with on(TUESDAY):
        talked(town.anna, town.roos_file, TUESDAY)
    assert kept(town, town.sam).next_contact_on == NEXT_MONDAY


def test_an_attempt_in_vain_plans_the_next_one_and_sees_the_last_one_done(town: Town) -> None:
    with on(MONDAY):
        tried(town.anna, town.sam, MONDAY, next_on=TUESDAY, next_what="Langsgaan")
    with on(TUESDAY):
        tried(town.anna, town.sam, TUESDAY, Outcome.NO_SHOW, next_on=NEXT_MONDAY)
    assert open_days(town, town.sam) == [NEXT_MONDAY]
    assert kept(town, town.sam).next_contact_on == NEXT_MONDAY


def test_a_step_that_cannot_be_is_refused_with_every_fault_and_nothing_is_kept(
    town: Town,
) -> None:
    steps = [
        NewNextStep(pseudonym_id=town.sam.pseudonym_id, planned_on=NEXT_MONDAY),
        NewNextStep(pseudonym_id=town.sam.pseudonym_id, planned_on=MONDAY, what="x" * 201),
        NewNextStep(pseudonym_id=town.sam.pseudonym_id, planned_on=date(2028, 3, 4)),
    ]
    with on(TUESDAY), pytest.raises(ActionRefusedError) as refused:
        plan_next_steps(town.anna, steps=steps)
    for words in ("in het verleden", "200 tekens", "twee jaar"):
        assert words in str(refused.value)
    assert not NextStep.objects.visible_to(town.system).exists()
    assert kept(town, town.sam).next_contact_on is None


@pytest.mark.parametrize("stranger", ["carla", "vera"])
def test_a_stranger_plans_nothing_and_sees_nothing(town: Town, stranger: str) -> None:
    with on(MONDAY):
        planned(town, town.sam, NEXT_MONDAY)
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            plan_next_steps(
                getattr(town, stranger),
                steps=[NewNextStep(pseudonym_id=town.sam.pseudonym_id, planned_on=TUESDAY)],
            )
    viewer = getattr(town, stranger)
    assert not next_steps_with(viewer, pseudonym_id=town.sam.pseudonym_id)
    assert not first_steps(viewer, pseudonym_ids=[town.sam.pseudonym_id])


def test_planning_lets_signals_be_worked_out_anew(town: Town) -> None:
    before = (
        Change.objects.visible_to(town.system).filter(pseudonym_id=town.sam.pseudonym_id).count()
    )
    with on(MONDAY):
        planned(town, town.sam, NEXT_MONDAY)
    assert (
        Change.objects.visible_to(town.system).filter(pseudonym_id=town.sam.pseudonym_id).count()
        > before
    )


def test_years_that_are_loaded_at_once_leave_open_what_nobody_did(town: Town) -> None:
    at = datetime(2020, 5, 4, 12, tzinfo=UTC)
    day = at.date()
    with on(MONDAY):
        tried(town.anna, town.sam, day, next_on=day + timedelta(days=7), recorded_at=at)
    assert open_days(town, town.sam) == [day + timedelta(days=7)]
    with on(MONDAY):
        talked(town.anna, town.sam, date(2020, 5, 20))
    assert open_days(town, town.sam) == []
