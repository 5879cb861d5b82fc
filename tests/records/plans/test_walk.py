"""Random walks: whatever coaches and the resident do in whatever order, a plan stays whole."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.plans.actions import draft_plan, end_plan
from meedoen.records.plans.agreement_actions import agree, agree_own_plan
from meedoen.records.plans.cards import PlanCard
from meedoen.records.plans.duty_actions import end_duty, fix_duty
from meedoen.records.plans.evaluation_actions import hold_evaluation, plan_evaluations
from meedoen.records.plans.part_actions import (
    add_action,
    add_goal,
    change_goal,
    close_goal,
    mark_own_action,
    set_action_state,
)
from meedoen.records.plans.queries import plan_events_of, plans_of
from meedoen.rules.vocabulary import (
    ActionOwner,
    ActionState,
    DutyKind,
    GoalState,
    ObtainedHow,
    PlanState,
)
from tests.examples import examples
from tests.town import Town
from tests.web.coach.scenes import on

BEGIN = date(2026, 1, 5)
STEPS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=12),
        st.integers(min_value=0, max_value=5),
        # Most steps look at the plan as it is, some at how it was before.
        st.sampled_from([0, 0, 0, 1]),
    ),
    max_size=16,
)


class Walk:
    """One coach and one resident, a step a week."""

    def __init__(self, town: Town) -> None:
        self.town, self.day = town, BEGIN
        self.pseudonym_id = town.roos_file.pseudonym_id

    def cards(self) -> list[PlanCard]:
        return list(plans_of(self.town.anna, pseudonym_id=self.pseudonym_id))

    def step(self, kind: int, pick: int, behind: int) -> None:
        self.day += timedelta(days=7)
        found = self.cards()
        card = found[0] if found else None
        key = card.key if card else uuid.uuid4()
        version = card.version - behind if card else 1
        goals = [goal.goal_id for goal in card.goals] if card else []
        actions = [one.action_id for goal in card.goals for one in goal.actions] if card else []
        duties = [duty.duty_id for duty in card.duties] if card else []
        goal = goals[pick % len(goals)] if goals else 0
        one = actions[pick % len(actions)] if actions else 0
        anna, roos, day = self.town.anna, self.town.roos, self.day
        templates = ["first_steps", None]
        steps: list[Callable[[], object]] = [
            lambda: draft_plan(anna, pseudonym_id=self.pseudonym_id, template=templates[pick % 2]),
            lambda: add_goal(anna, key=key, version=version, words=f"Ik wil {pick}."),
            lambda: change_goal(anna, goal_id=goal, version=version, words=f"Ik wil {pick}."),
            lambda: close_goal(anna, goal_id=goal, state=list(GoalState)[pick % 3]),
            lambda: add_action(
                anna,
                goal_id=goal,
                version=version,
                what="Iets doen",
                owner=ActionOwner.RESIDENT,
                organisation_id=None,
                due_on=day,
            ),
            lambda: set_action_state(anna, action_id=one, state=list(ActionState)[pick % 4]),
            lambda: mark_own_action(roos, action_id=one, state=list(ActionState)[pick % 4]),
            lambda: agree(
                anna,
                key=key,
                version=version,
                agreed_on=day - timedelta(days=pick),
                how=ObtainedHow.SPOKEN,
                resident_said="Goed.",
            ),
            lambda: agree_own_plan(roos, key=key, version=version, said=""),
            lambda: hold_evaluation(
                anna,
                key=key,
                held_on=day - timedelta(days=pick),
                with_resident=True,
                findings="Gaat goed.",
                resident_said="Ja.",
            ),
            lambda: plan_evaluations(anna, key=key, every_months=pick, next_on=day),
            lambda: (
                end_duty(anna, duty_id=duties[0])
                if duties
                else fix_duty(
                    anna,
                    key=key,
                    version=version,
                    kind=DutyKind.SUPPORT,
                    text="Hulp.",
                    consequence="",
                    article="7(1)a",
                )
            ),
            lambda: end_plan(anna, key=key, ended_on=day - timedelta(days=pick), reason="Klaar."),
        ]
        with on(day):
            before = self.cards()
            try:
                steps[kind]()
            except ActionRefusedError:
                assert self.cards() == before

    def check(self) -> None:
        cards = self.cards()
        assert sum(card.state is not PlanState.ENDED for card in cards) <= 1
        for card in cards:
            self.check_plan(card)
        open_entries = Entry.objects.visible_to(self.town.connie).filter(
            kind="plan", ends_on=STILL_OPEN, replaced_by=None
        )
        in_force = [card for card in cards if card.state is PlanState.AGREED]
        assert [row.starts_on for row in open_entries] == [card.agreed_on for card in in_force]
        events = plan_events_of(self.town.anna, pseudonym_id=self.pseudonym_id)
        assert len(events) == sum(
            len(card.agreements) + len(card.held) + (card.ended_on is not None) for card in cards
        )

    def check_plan(self, card: PlanCard) -> None:
        assert (card.state is PlanState.ENDED) is (card.ended_on is not None)
        assert (card.agreed_on is None) is (not card.agreements)
        assert sum(one.held_on is None for one in card.evaluations) <= 1
        versions = [one.version for one in card.agreements]
        assert versions == sorted(set(versions), reverse=True)
        if card.state is PlanState.AGREED:
            assert card.next_evaluation is not None
        if card.state is not PlanState.ENDED and versions:
            assert card.to_agree is (versions[0] < card.version)
        for goal in card.goals:
            assert (goal.state is GoalState.OPEN) is (goal.closed_on is None)
            for one in goal.actions:
                assert (one.state is ActionState.DONE) is (one.done_on is not None)


@settings(
    max_examples=examples(8),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(steps=STEPS)
def test_a_plan_stays_whole_whatever_happens(town: Town, steps: list[tuple[int, int, int]]) -> None:
    with transaction.atomic():
        with on(BEGIN):
            walk = Walk(town)
        for kind, pick, behind in steps:
            walk.step(kind, pick, behind)
            walk.check()
        transaction.set_rollback(True)
