"""Fixing rights and duties; only by municipal roles (Participatiewet, article 7(4)).

What was fixed is never changed: it is ended, and something else is fixed beside it.
"""

import uuid
from collections.abc import Sequence

from django.db.models import F
from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.plans import checks
from meedoen.records.plans.keeping import claimed, held
from meedoen.records.plans.models import Duty, Plan
from meedoen.records.plans.new import NewDuty
from meedoen.records.plans.rows import duty_row
from meedoen.rules.vocabulary import DutyKind, PlanState


@action(Permission.FIX_DUTIES)
def fix_duties(viewer: Viewer, *, duties: Sequence[tuple[uuid.UUID, NewDuty]]) -> list[int]:
    """Fix rights and duties, each in the plan with its key, and return their ids, in order.

    Raises ActionRefusedError, all or none, when one does not rest on an article of its day.
    """
    for _key, duty in duties:
        checks.check_duty(duty)
    rows = Plan.objects.visible_to(viewer).exclude(state=PlanState.ENDED)
    keys = {key for key, _duty in duties}
    wanted = rows.filter(key__in=keys).order_by("pk").select_for_update(of=("self",))
    found = {plan.key: plan for plan in wanted}
    if keys - found.keys():
        raise ActionRefusedError(_("Dit plan bestaat niet, is gestopt of is niet voor u."))
    rows.filter(key__in=keys).update(version=F("version") + 1)
    return _insert(viewer, [(found[key], duty) for key, duty in duties])


@action(Permission.FIX_DUTIES)
def fix_duty(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    version: int,
    kind: DutyKind,
    text: str,
    consequence: str,
    article: str,
) -> int:
    """Fix a right or duty today and return its id; the plan is then to be agreed on again.

    Raises PlanChangedError when the plan changed since it was shown, else ActionRefusedError.
    """
    duty = NewDuty(
        kind=kind,
        text=text,
        consequence=consequence,
        article=article,
        fixed_on=clock.today(),
    )
    checks.check_duty(duty)
    [duty_id] = _insert(viewer, [(claimed(viewer, key, version), duty)])
    return duty_id


@action(Permission.FIX_DUTIES)
def end_duty(viewer: Viewer, *, duty_id: int) -> None:
    """End a right or duty from today; it stays readable.

    The plan is then to be agreed on again: nobody agrees with what was on the screen before. One
    that has ended stays as it is. Raises ActionRefusedError.
    """
    rows = Duty.objects.visible_to(viewer).filter(pk=duty_id)
    duty = rows.select_related("plan").first()
    if duty is None:
        raise ActionRefusedError(_("Dit bestaat niet of is niet voor u."))
    plan = held(viewer, duty.plan.key)
    if rows.filter(ended_on__isnull=True).update(ended_on=clock.today()):
        Plan.objects.visible_to(viewer).filter(pk=plan.pk).update(version=F("version") + 1)
        note_changes(viewer, [plan.pseudonym_id])


def _insert(viewer: Viewer, duties: Sequence[tuple[Plan, NewDuty]]) -> list[int]:
    rows = Duty.objects.bulk_create(
        [duty_row(viewer, plan, duty) for plan, duty in duties], batch_size=2_000
    )
    note_changes(viewer, [plan.pseudonym_id for plan, _duty in duties])
    return [row.pk for row in rows]
