"""Making plans, changing what stands in them, and ending them.

Making comes in a plural form that does many at once, with agreement, evaluations and end; the
singular is the plural of one.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.history.actions import Statement, note_changes, state_all
from meedoen.records.history.models import Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.plans import checks
from meedoen.records.plans.keeping import held
from meedoen.records.plans.models import (
    Duty,
    Plan,
    PlanAction,
    PlanAgreement,
    PlanEvaluation,
    PlanGoal,
)
from meedoen.records.plans.new import NewAction, NewGoal, NewPlan
from meedoen.records.plans.rows import (
    Made,
    action_rows,
    agreement_rows,
    duty_row,
    evaluation_rows,
    goal_rows,
    plan_row,
)
from meedoen.rules.plans.templates import PlanTemplate, shipped_templates, templates_on
from meedoen.rules.vocabulary import EntryKind, PlanState


@action(Permission.MAKE_PLAN)
def make_plans(viewer: Viewer, *, plans: Sequence[NewPlan]) -> list[uuid.UUID]:
    """Make plans with all that is known of them, and return their keys, in the same order.

    Raises ActionRefusedError, all or none, when someone is not for this viewer or already has a
    plan, or when the parts of a plan do not fit each other.
    """
    districts = districts_of_visible(viewer, pseudonym_ids=[plan.pseudonym_id for plan in plans])
    for plan in plans:
        if plan.pseudonym_id not in districts:
            raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
        checks.check_plan(plan)
    known = checks.check_actions(viewer, [one for plan in plans for one in _actions_of(plan)])
    entries = _state_stretches(viewer, plans, districts)
    rows = _insert([plan_row(viewer, plan, entries.get(at)) for at, plan in enumerate(plans)])
    _keep_parts(viewer, list(zip(rows, plans, strict=True)), known)
    note_changes(viewer, [plan.pseudonym_id for plan in plans])
    return [row.key for row in rows]


@action(Permission.MAKE_PLAN)
def draft_plan(viewer: Viewer, *, pseudonym_id: int, template: str | None) -> uuid.UUID:
    """Begin a plan, empty or from the template with this code, and return its key.

    Raises ActionRefusedError when there is a plan already, or no such template today.
    """
    begun_on = clock.today()
    chosen = _template(template, begun_on) if template else None
    [key] = make_plans(
        viewer,
        plans=[
            NewPlan(
                pseudonym_id=pseudonym_id,
                drafted_on=begun_on,
                template=chosen.code if chosen else "",
                goals=_goals_of(chosen, begun_on) if chosen else (),
            )
        ],
    )
    return key


@action(Permission.MAKE_PLAN)
def end_plan(viewer: Viewer, *, key: uuid.UUID, ended_on: date, reason: str) -> None:
    """End a plan; `ended_on` is its last day. Raises ActionRefusedError.

    An evaluation that was still to come stays as it is: the plan stopped before it.
    """
    plan = held(viewer, key)
    checks.check_end(ended_on, reason, begun_on=plan.agreed_on or plan.drafted_on)
    if plan.entry is not None:
        [plan.entry] = state_all(
            viewer,
            [
                Statement(
                    pseudonym_id=plan.pseudonym_id,
                    kind=EntryKind.PLAN,
                    starts_on=plan.entry.starts_on,
                    ends_on=ended_on + timedelta(days=1),
                    replaces_id=plan.entry_id,
                    district_id=plan.entry.district_id,
                )
            ],
        )
    Plan.objects.visible_to(viewer).filter(pk=plan.pk).update(
        state=PlanState.ENDED, ended_on=ended_on, end_reason=reason.strip(), entry=plan.entry
    )
    note_changes(viewer, [plan.pseudonym_id])


def _template(code: str, day: date) -> PlanTemplate:
    for template in templates_on(shipped_templates(), day):
        if template.code == code:
            return template
    raise ActionRefusedError(_("Dit voorbeeldplan bestaat niet meer. Kies een ander."))


def _goals_of(template: PlanTemplate, begun_on: date) -> tuple[NewGoal, ...]:
    return tuple(
        NewGoal(
            words=goal.words,
            actions=tuple(
                NewAction(what=one.what, owner=one.owner, due_on=one.due_on(begun_on))
                for one in goal.actions
            ),
        )
        for goal in template.goals
    )


def _actions_of(plan: NewPlan) -> Iterator[NewAction]:
    for goal in plan.goals:
        yield from goal.actions


def _state_stretches(
    viewer: Viewer, plans: Sequence[NewPlan], districts: Mapping[int, int]
) -> dict[int, Entry]:
    """State the plans that were agreed, then their ends; return the last entry of each place."""
    agreed = [at for at, plan in enumerate(plans) if plan.agreement]
    begun = state_all(
        viewer,
        [
            Statement(
                pseudonym_id=plan.pseudonym_id,
                kind=EntryKind.PLAN,
                starts_on=plan.agreement.agreed_on,
                district_id=districts[plan.pseudonym_id],
                recorded_at=plan.agreement.recorded_at,
            )
            for plan in plans
            if plan.agreement
        ],
    )
    entries = dict(zip(agreed, begun, strict=True))
    ended = [at for at in agreed if plans[at].end]
    over = state_all(
        viewer,
        [
            Statement(
                pseudonym_id=entries[at].pseudonym_id,
                kind=EntryKind.PLAN,
                starts_on=entries[at].starts_on,
                ends_on=end.ended_on + timedelta(days=1),
                replaces_id=entries[at].pk,
                district_id=entries[at].district_id,
                recorded_at=end.recorded_at,
            )
            for at in ended
            if (end := plans[at].end)
        ],
    )
    return entries | dict(zip(ended, over, strict=True))


def _insert(rows: list[Plan]) -> list[Plan]:
    try:
        with transaction.atomic():
            return Plan.objects.bulk_create(rows, batch_size=2_000)
    except IntegrityError as error:
        raise ActionRefusedError(
            _("Er is al een plan voor deze inwoner. Wijzig dat plan, of stop het eerst.")
        ) from error


def _keep_parts(viewer: Viewer, made: Made, known: Mapping[int, Organisation]) -> None:
    goals = PlanGoal.objects.bulk_create(goal_rows(made), batch_size=2_000)
    new_goals = [goal for _row, plan in made for goal in plan.goals]
    actions = PlanAction.objects.bulk_create(action_rows(goals, new_goals, known), batch_size=2_000)
    duties = Duty.objects.bulk_create(
        [duty_row(viewer, row, duty) for row, plan in made for duty in plan.duties],
        batch_size=2_000,
    )
    PlanEvaluation.objects.bulk_create(evaluation_rows(viewer, made), batch_size=2_000)
    PlanAgreement.objects.bulk_create(
        agreement_rows(viewer, made, goals, actions, duties), batch_size=2_000
    )
