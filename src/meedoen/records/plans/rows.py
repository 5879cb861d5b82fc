"""Rows of a plan and its parts from plain values; nothing is kept here."""

from collections.abc import Iterator, Mapping, Sequence

from django.core.exceptions import PermissionDenied

from meedoen.records.history.models import Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.plans.models import (
    Duty,
    Plan,
    PlanAction,
    PlanAgreement,
    PlanEvaluation,
    PlanGoal,
)
from meedoen.records.plans.new import NewAction, NewDuty, NewEvaluation, NewGoal, NewPlan
from meedoen.records.plans.wording import as_words
from meedoen.rules.plans.evaluations import months_on, next_evaluation, shipped_rhythms
from meedoen.rules.vocabulary import PlanState

Made = Sequence[tuple[Plan, NewPlan]]
"""Plans that are there, each with what it was made from."""


def plan_row(viewer: Viewer, plan: NewPlan, entry: Entry | None) -> Plan:
    """Return the row of a plan; `entry` is what the history says of it, None for a draft."""
    months = plan.evaluation_months or months_on(shipped_rhythms(), plan.drafted_on)
    state = PlanState.AGREED if plan.agreement else PlanState.DRAFT
    return Plan(
        municipality_id=viewer.municipality_id,
        pseudonym_id=plan.pseudonym_id,
        state=PlanState.ENDED if plan.end else state,
        template=plan.template,
        drafted_on=plan.drafted_on,
        made_by_id=viewer.membership_id,
        agreed_on=plan.agreement.agreed_on if plan.agreement else None,
        evaluation_months=months,
        ended_on=plan.end.ended_on if plan.end else None,
        end_reason=plan.end.reason.strip() if plan.end else "",
        entry=entry,
    )


def goal_rows(made: Made) -> list[PlanGoal]:
    """Return the rows of the goals, in the order of the plans."""
    return [
        PlanGoal(
            municipality_id=row.municipality_id,
            plan=row,
            order=order,
            words=goal.words.strip(),
            state=goal.state,
            closed_on=goal.closed_on,
        )
        for row, plan in made
        for order, goal in enumerate(plan.goals, start=1)
    ]


def action_rows(
    rows: Sequence[PlanGoal], goals: Sequence[NewGoal], known: Mapping[int, Organisation]
) -> Iterator[PlanAction]:
    """Give the rows of the actions of goals that are there; `known` has their organisations."""
    for row, goal in zip(rows, goals, strict=True):
        for order, one in enumerate(goal.actions, start=1):
            organisation = known[one.organisation_id] if one.organisation_id else None
            yield _action_row(row, one, order, organisation)


def _action_row(
    goal: PlanGoal, new: NewAction, order: int, organisation: Organisation | None
) -> PlanAction:
    return PlanAction(
        municipality_id=goal.municipality_id,
        plan_id=goal.plan_id,
        goal=goal,
        order=order,
        what=new.what.strip(),
        owner=new.owner,
        organisation=organisation,
        due_on=new.due_on,
        state=new.state,
        done_on=new.done_on,
    )


def _evaluation_row(viewer: Viewer, plan: Plan, new: NewEvaluation) -> PlanEvaluation:
    held_on = new.held_on
    return PlanEvaluation(
        municipality_id=plan.municipality_id,
        plan=plan,
        planned_on=new.planned_on,
        held_on=held_on,
        with_resident=new.with_resident,
        findings=new.findings.strip() if held_on else "",
        resident_said=new.resident_said.strip() if held_on else "",
        held_by_id=viewer.membership_id if held_on else None,
        recorded_at=(new.recorded_at or clock.now()) if held_on else None,
    )


def evaluation_rows(viewer: Viewer, made: Made) -> list[PlanEvaluation]:
    """Return the rows of the evaluations, the next one to come included."""
    return [
        _evaluation_row(viewer, row, evaluation)
        for row, plan in made
        for evaluation in _evaluations(row, plan)
    ]


def _evaluations(row: Plan, plan: NewPlan) -> Iterator[NewEvaluation]:
    """Give the evaluations, and the next one when the plan runs and none is to come."""
    yield from plan.evaluations
    to_come = [one for one in plan.evaluations if one.held_on is None]
    if row.state == PlanState.AGREED and row.agreed_on and not to_come:
        days = [one.held_on for one in plan.evaluations if one.held_on]
        last = max([row.agreed_on, *days])
        yield NewEvaluation(planned_on=next_evaluation(last, row.evaluation_months))


def duty_row(viewer: Viewer, plan: Plan, duty: NewDuty) -> Duty:
    """Return the row of a right or duty. Raises PermissionDenied for who may not fix it."""
    if viewer.membership_id is None or not viewer.may(Permission.FIX_DUTIES):
        raise PermissionDenied(f"{viewer.role} may not {Permission.FIX_DUTIES}")
    return Duty(
        municipality_id=plan.municipality_id,
        plan=plan,
        kind=duty.kind,
        text=duty.text.strip(),
        consequence=duty.consequence.strip(),
        article=duty.article,
        fixed_on=duty.fixed_on,
        fixed_by_id=viewer.membership_id,
    )


def agreement_rows(
    viewer: Viewer,
    made: Made,
    goals: Sequence[PlanGoal],
    actions: Sequence[PlanAction],
    duties: Sequence[Duty],
) -> list[PlanAgreement]:
    """Return the rows of the agreements, each with the words of its plan."""
    goals_of: dict[int, list[PlanGoal]] = {}
    for goal in goals:
        goals_of.setdefault(goal.plan_id, []).append(goal)
    actions_of: dict[int, list[PlanAction]] = {}
    for action in actions:
        actions_of.setdefault(action.plan_id, []).append(action)
    duties_of: dict[int, list[Duty]] = {}
    for duty in duties:
        duties_of.setdefault(duty.plan_id, []).append(duty)
    return [
        PlanAgreement(
            municipality_id=row.municipality_id,
            plan=row,
            version=row.version,
            agreed_on=plan.agreement.agreed_on,
            how=plan.agreement.how,
            resident_said=plan.agreement.resident_said.strip(),
            shown=as_words(
                goals_of.get(row.pk, []), actions_of.get(row.pk, []), duties_of.get(row.pk, [])
            ),
            noted_by_id=viewer.membership_id,
            recorded_at=plan.agreement.recorded_at or clock.now(),
        )
        for row, plan in made
        if plan.agreement
    ]
