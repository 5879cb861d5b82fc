"""Planning when to look back on a plan, and looking back."""

import uuid
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.plans import checks
from meedoen.records.plans.keeping import held
from meedoen.records.plans.models import Plan, PlanEvaluation
from meedoen.records.plans.new import NewEvaluation
from meedoen.rules.plans.evaluations import next_evaluation


@action(Permission.MAKE_PLAN)
def plan_evaluations(viewer: Viewer, *, key: uuid.UUID, every_months: int, next_on: date) -> None:
    """Say how often this plan is looked at again, and when that is next.

    Raises ActionRefusedError for a plan that is not agreed on, or a day that is past.
    """
    checks.check_months(every_months)
    if next_on < clock.today():
        raise ActionRefusedError(_("Deze dag is al geweest. Kies vandaag of een latere dag."))
    plan = held(viewer, key)
    checks.check_evaluation(NewEvaluation(planned_on=next_on), agreed_on=plan.agreed_on)
    Plan.objects.visible_to(viewer).filter(pk=plan.pk).update(evaluation_months=every_months)
    _plan_next(viewer, plan, next_on)
    note_changes(viewer, [plan.pseudonym_id])


@action(Permission.MAKE_PLAN)
def hold_evaluation(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    held_on: date,
    with_resident: bool,
    findings: str,
    resident_said: str,
    next_on: date | None = None,
) -> None:
    """Record that the plan was looked at again, and plan the next time.

    `next_on` None plans it by the rhythm of the plan. The same evaluation sent twice is kept
    once. Raises ActionRefusedError, also for another one of the same day.
    """
    plan = held(viewer, key)
    new = NewEvaluation(
        planned_on=held_on,
        held_on=held_on,
        with_resident=with_resident,
        findings=findings,
        resident_said=resident_said,
    )
    checks.check_evaluation(new, agreed_on=plan.agreed_on)
    following = next_on or next_evaluation(held_on, plan.evaluation_months)
    if following <= held_on:
        raise ActionRefusedError(_("De volgende keer moet na deze keer zijn. Kies een latere dag."))
    if _was_sent_before(viewer, plan, new, following):
        return
    _keep(viewer, plan, new)
    _plan_next(viewer, plan, following)
    note_changes(viewer, [plan.pseudonym_id])


def _was_sent_before(viewer: Viewer, plan: Plan, new: NewEvaluation, following: date) -> bool:
    """Tell whether all of it is there already; raise ActionRefusedError when only the day is."""
    rows = PlanEvaluation.objects.visible_to(viewer).filter(plan=plan)
    there = rows.filter(held_on=new.held_on).first()
    if there is None:
        return False
    same = (there.findings, there.resident_said, there.with_resident) == (
        new.findings.strip(),
        new.resident_said.strip(),
        new.with_resident,
    )
    if not same or not rows.filter(held_on__isnull=True, planned_on=following).exists():
        raise ActionRefusedError(_("Van deze dag staat al een terugblik in het plan."))
    return True


def _keep(viewer: Viewer, plan: Plan, new: NewEvaluation) -> None:
    """Fill in the evaluation that was to come; make one when none was."""
    to_come = PlanEvaluation.objects.visible_to(viewer).filter(plan=plan, held_on__isnull=True)
    row = to_come.first() or PlanEvaluation(
        municipality_id=viewer.municipality_id, plan=plan, planned_on=new.planned_on
    )
    row.held_on = new.held_on
    row.with_resident = new.with_resident
    row.findings = new.findings.strip()
    row.resident_said = new.resident_said.strip()
    row.held_by_id = viewer.membership_id
    row.recorded_at = clock.now()
    row.save()


def _plan_next(viewer: Viewer, plan: Plan, day: date) -> None:
    to_come = PlanEvaluation.objects.visible_to(viewer).filter(plan=plan, held_on__isnull=True)
    if not to_come.update(planned_on=day):
        PlanEvaluation.objects.create(
            municipality_id=viewer.municipality_id, plan=plan, planned_on=day
        )
