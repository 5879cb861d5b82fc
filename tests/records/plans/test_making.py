"""Beginning, making many at once, and ending."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.history.models import STILL_OPEN, Change, Entry
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.plans.actions import draft_plan, end_plan, make_plans
from meedoen.records.plans.models import Plan, PlanEvaluation, PlanGoal
from meedoen.records.plans.new import (
    NewAction,
    NewAgreement,
    NewDuty,
    NewEnd,
    NewEvaluation,
    NewGoal,
    NewPlan,
)
from meedoen.records.plans.queries import partners, plan, plan_events_of, plans_of, running_plan
from meedoen.rules.vocabulary import ActionOwner, DutyKind, ObtainedHow, PlanState
from tests.records.plans.scenes import AGREED, BEGUN, SAID, agreed, card, drafted, with_actions
from tests.town import Town
from tests.web.coach.scenes import on, register_crowd


def entries(town: Town) -> list[tuple[date, date, bool]]:
    rows = Entry.objects.visible_to(town.connie).filter(kind="plan").order_by("pk")
    return [(row.starts_on, row.ends_on, row.replaces_id is not None) for row in rows]


def test_a_plan_begins_empty_and_as_a_draft(town: Town) -> None:
    begun = card(town, drafted(town))
    assert begun.state is PlanState.DRAFT
    assert begun.to_agree
    assert not begun.goals
    assert begun.evaluation_months == 6
    assert entries(town) == []


def test_a_plan_from_a_template_has_its_goals_and_days(town: Town) -> None:
    begun = card(town, drafted(town, template="first_steps"))
    assert [len(goal.actions) for goal in begun.goals] == [3, 1]
    first = begun.goals[0].actions[0]
    assert (first.owner, first.due_on) == (ActionOwner.RESIDENT, date(2026, 3, 16))


def test_there_is_one_plan_at_a_time(town: Town) -> None:
    drafted(town)
    with pytest.raises(ActionRefusedError, match="Er is al een plan"):
        drafted(town)
    assert len(plans_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)) == 1


def test_a_template_that_is_not_offered_is_refused(town: Town) -> None:
    with pytest.raises(ActionRefusedError, match="bestaat niet meer"):
        drafted(town, template="nothing")


@pytest.mark.parametrize("name", ["petra", "roos", "connie", "ab"])
def test_others_than_coaches_make_no_plans(town: Town, name: str) -> None:
    with pytest.raises(PermissionDenied):
        draft_plan(getattr(town, name), pseudonym_id=town.roos_file.pseudonym_id, template=None)


@pytest.mark.parametrize("name", ["carla", "vera"])
def test_a_coach_makes_no_plan_for_someone_elses_resident(town: Town, name: str) -> None:
    key = agreed(town)
    stranger = getattr(town, name)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        draft_plan(stranger, pseudonym_id=town.sam.pseudonym_id, template=None)
    assert plan(stranger, key=key) is None
    assert plans_of(stranger, pseudonym_id=town.roos_file.pseudonym_id) == []


def test_a_colleague_and_the_resident_see_the_plan_and_a_partner_does_not(town: Town) -> None:
    key = agreed(town)
    assert plan(town.bram, key=key) == plan(town.lea, key=key) == card(town, key)
    assert plan(town.roos, key=key) == card(town, key)
    assert plan(town.petra, key=key) is None
    assert partners(town.petra) == []
    assert [one.name for one in partners(town.anna)] == ["De Moestuin", "De Werkplaats"]


def test_an_ended_plan_stays_readable_and_makes_room_for_another(town: Town) -> None:
    first = agreed(town)
    with on(date(2026, 5, 1)):
        end_plan(town.anna, key=first, ended_on=date(2026, 4, 30), reason=" Doel bereikt. ")
    ended = card(town, first)
    assert (ended.state, ended.ended_on, ended.end_reason) == (
        PlanState.ENDED,
        date(2026, 4, 30),
        "Doel bereikt.",
    )
    assert entries(town) == [(AGREED, STILL_OPEN, False), (AGREED, date(2026, 5, 1), True)]
    second = draft_plan(town.anna, pseudonym_id=town.roos_file.pseudonym_id, template=None)
    both = plans_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert [one.key for one in both] == [second, first]
    found = running_plan(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert found is not None
    assert found.key == second


def test_a_draft_that_ends_was_never_in_force(town: Town) -> None:
    key = drafted(town)
    end_plan(town.anna, key=key, ended_on=BEGUN, reason="Verhuisd.")
    assert entries(town) == []


@pytest.mark.parametrize(
    ("ended_on", "reason", "sentence"),
    [
        (date(2999, 1, 1), "Klaar", "in de toekomst"),
        (date(2026, 3, 8), "Klaar", "09-03-2026"),
        (AGREED, "  ", "waarom het plan stopt"),
        (AGREED, "x" * 501, "te lang"),
    ],
)
def test_an_end_that_cannot_be_is_refused(
    town: Town, ended_on: date, reason: str, sentence: str
) -> None:
    key = agreed(town)
    with pytest.raises(ActionRefusedError, match=sentence):
        end_plan(town.anna, key=key, ended_on=ended_on, reason=reason)
    assert card(town, key).state is PlanState.AGREED


def test_a_plan_ends_once(town: Town) -> None:
    key = agreed(town)
    end_plan(town.anna, key=key, ended_on=AGREED, reason="Klaar.")
    with pytest.raises(ActionRefusedError, match="gestopt"):
        end_plan(town.anna, key=key, ended_on=AGREED, reason="Klaar.")


def test_a_fault_half_way_leaves_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_rest: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("meedoen.records.plans.actions.evaluation_rows", broken)
    with pytest.raises(RuntimeError):
        with_actions(town, 3)
    assert not Plan.objects.visible_to(town.system).exists()
    assert not PlanGoal.objects.visible_to(town.system).exists()
    assert entries(town) == []


def years(town: Town, pseudonym_id: int, recorded_at: datetime) -> NewPlan:
    """A plan of an earlier year with all that belongs to it."""
    return NewPlan(
        pseudonym_id=pseudonym_id,
        drafted_on=date(2024, 1, 8),
        evaluation_months=3,
        goals=(
            NewGoal(
                words="Ik wil vaker naar buiten.",
                actions=(
                    NewAction(
                        what="Meedoen in de tuin",
                        owner=ActionOwner.PARTNER,
                        organisation_id=town.petra.organisation_id,
                        due_on=date(2024, 3, 1),
                    ),
                ),
            ),
        ),
        agreement=NewAgreement(
            agreed_on=date(2024, 1, 15),
            how=ObtainedHow.WRITTEN,
            resident_said=SAID,
            recorded_at=recorded_at,
        ),
        evaluations=(
            NewEvaluation(
                planned_on=date(2024, 4, 15),
                held_on=date(2024, 4, 22),
                findings="Gaat goed.",
                resident_said="Fijn.",
                recorded_at=recorded_at,
            ),
        ),
        end=NewEnd(ended_on=date(2024, 12, 31), reason="Klaar.", recorded_at=recorded_at),
    )


def test_years_of_plans_are_loaded_at_once(town: Town) -> None:
    then = datetime(2025, 1, 2, 12, tzinfo=UTC)
    pseudonym_id = town.roos_file.pseudonym_id
    keys = make_plans(
        town.anna,
        plans=[
            years(town, pseudonym_id, then),
            NewPlan(
                pseudonym_id=pseudonym_id,
                drafted_on=BEGUN,
                goals=(NewGoal(words="Ik wil werken."),),
                duties=(
                    NewDuty(kind=DutyKind.SUPPORT, text="Hulp.", article="7(1)a", fixed_on=BEGUN),
                ),
                agreement=NewAgreement(agreed_on=AGREED, how=ObtainedHow.SPOKEN),
            ),
        ],
    )
    old, new = (card(town, key) for key in keys)
    assert (old.state, new.state) == (PlanState.ENDED, PlanState.AGREED)
    assert (old.next_evaluation, new.next_evaluation) == (None, date(2026, 9, 9))
    assert not new.to_agree
    assert [duty.text for duty in new.duties] == ["Hulp."]
    assert new.agreements[0].shown["duties"][0]["article"] == "7(1)a"
    assert old.agreements[0].shown["goals"][0]["actions"][0]["organisation"] == "De Moestuin"
    assert entries(town) == [
        (date(2024, 1, 15), STILL_OPEN, False),
        (AGREED, STILL_OPEN, False),
        (date(2024, 1, 15), date(2025, 1, 1), True),
    ]
    recorded = Entry.objects.visible_to(town.connie).filter(kind="plan", recorded_at=then)
    assert recorded.count() == 2
    days = [event.day for event in plan_events_of(town.anna, pseudonym_id=pseudonym_id)]
    assert days == sorted(days, reverse=True)
    assert [event.kind for event in plan_events_of(town.anna, pseudonym_id=pseudonym_id)] == [
        "agreed",
        "ended",
        "evaluated",
        "agreed",
    ]


def test_who_may_not_fix_duties_makes_no_plan_with_duties(town: Town) -> None:
    duty = NewDuty(kind=DutyKind.SUPPORT, text="Hulp.", article="7(1)a", fixed_on=BEGUN)
    new = NewPlan(pseudonym_id=town.roos_file.pseudonym_id, drafted_on=BEGUN, duties=(duty,))
    with pytest.raises(PermissionDenied):
        make_plans(town.system, plans=[new])
    assert not Plan.objects.visible_to(town.system).exists()


def test_one_wrong_plan_among_many_keeps_all_out(town: Town) -> None:
    good = NewPlan(pseudonym_id=town.sam.pseudonym_id, drafted_on=BEGUN)
    wrong = [
        NewPlan(pseudonym_id=town.wout.pseudonym_id, drafted_on=BEGUN),
        NewPlan(pseudonym_id=town.roos_file.pseudonym_id, drafted_on=date(2999, 1, 1)),
        NewPlan(pseudonym_id=town.roos_file.pseudonym_id, drafted_on=BEGUN, evaluation_months=25),
        NewPlan(
            pseudonym_id=town.roos_file.pseudonym_id,
            drafted_on=BEGUN,
            agreement=NewAgreement(agreed_on=AGREED, how=ObtainedHow.SPOKEN),
        ),
        NewPlan(
            pseudonym_id=town.roos_file.pseudonym_id,
            drafted_on=BEGUN,
            goals=(
                NewGoal(
                    words="Iets",
                    actions=(NewAction(what="Iets", owner=ActionOwner.PARTNER),),
                ),
            ),
        ),
    ]
    for one in wrong:
        with pytest.raises(ActionRefusedError):
            make_plans(town.anna, plans=[good, one])
    assert not Plan.objects.visible_to(town.system).exists()


def test_making_many_asks_as_much_as_making_few(town: Town) -> None:
    people = register_crowd(town, 24)
    then = datetime(2025, 1, 2, 12, tzinfo=UTC)

    def asked(group: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            make_plans(town.anna, plans=[years(town, one, then) for one in group])
        return len(queries)

    assert asked(people[:4]) == asked(people[4:])


def test_reading_a_plan_asks_the_same_at_3_and_60_actions(town: Town) -> None:
    counts = []
    for number in (3, 60):
        key = with_actions(town, number)
        with CaptureQueriesContext(connection) as queries:
            card(town, key)
        counts.append(len(queries))
        end_plan(town.anna, key=key, ended_on=AGREED, reason="Volgende.")
    assert counts[0] == counts[1]
    assert counts[0] <= 6


def test_everything_with_a_date_is_told_to_the_signals(town: Town) -> None:
    Change.objects.visible_to(town.system).delete()
    agreed(town)
    changed = Change.objects.visible_to(town.system).values_list("pseudonym_id", flat=True)
    assert set(changed) == {town.roos_file.pseudonym_id}


def test_at_most_one_evaluation_is_to_come(town: Town) -> None:
    agreed(town)
    to_come = PlanEvaluation.objects.visible_to(town.anna).filter(held_on__isnull=True)
    assert [row.planned_on for row in to_come] == [date(2026, 9, 9)]
