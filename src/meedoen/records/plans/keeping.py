"""Taking hold of one plan for a change, so that no two changes undo each other."""

import uuid

from django.db.models import F
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.plans.models import Plan
from meedoen.rules.vocabulary import PlanState


class PlanChangedError(ActionRefusedError):
    """Somebody else changed the plan since it was shown; what was typed is not kept yet."""

    def __init__(self) -> None:
        """Say what happened and what to do."""
        super().__init__(
            _(
                "Iemand anders heeft dit plan intussen gewijzigd. Uw tekst staat er nog. Kijk hoe "
                "het plan nu is, en sla dan opnieuw op."
            )
        )


def held(viewer: Viewer, key: uuid.UUID) -> Plan:
    """Return the plan, held until the end of the transaction.

    Raises ActionRefusedError when it is not there, not for the viewer, or ended.
    """
    rows = Plan.objects.visible_to(viewer).filter(key=key)
    return _running(rows.select_for_update(of=("self",)).first())


def held_at(viewer: Viewer, key: uuid.UUID, version: int) -> Plan:
    """Return the plan, held, when its words are still those of this version.

    Raises PlanChangedError when they are not, and ActionRefusedError as `held` does.
    """
    plan = held(viewer, key)
    if plan.version != version:
        raise PlanChangedError
    return plan


def claimed(viewer: Viewer, key: uuid.UUID, version: int) -> Plan:
    """Return the plan, held and with its next version, for a change of its words.

    Of two who begin from the same version the first gets it. Raises PlanChangedError for the
    second, and ActionRefusedError as `held` does.
    """
    rows = Plan.objects.visible_to(viewer).filter(key=key)
    taken = (
        rows.filter(version=version).exclude(state=PlanState.ENDED).update(version=F("version") + 1)
    )
    plan = _running(rows.first())
    if not taken:
        raise PlanChangedError
    return plan


def _running(plan: Plan | None) -> Plan:
    if plan is None:
        raise ActionRefusedError(_("Dit plan bestaat niet of is niet voor u."))
    if plan.state == PlanState.ENDED:
        raise ActionRefusedError(_("Dit plan is gestopt. Maak een nieuw plan."))
    return plan
