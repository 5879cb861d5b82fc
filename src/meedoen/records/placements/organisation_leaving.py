"""An organisation that leaves, and the people who take part there."""

import uuid
from datetime import date

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.places.organisation_actions import leave
from meedoen.rules.placement_states import NOT_OVER


@action(Permission.MANAGE_ORGANISATIONS)
def let_leave(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    left_on: date | None = None,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Let an organisation leave on a day; see `leave`.

    The signals about who takes part or waits there are worked out anew, so that their coaches see
    it: the placements go on until a coach ends them. Raises ActionRefusedError.
    """
    leave(viewer, key=key, left_on=left_on, reason=reason, seen=seen)
    # Also those of coaches whom the viewer does not know.
    system = Viewer.system(viewer.municipality_id)
    rows = Placement.objects.visible_to(system).filter(
        place__organisation__key=key, state__in=NOT_OVER
    )
    note_changes(viewer, list(rows.order_by("pk").values_list("pseudonym_id", flat=True)))
