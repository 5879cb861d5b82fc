"""A place that stopped, and the people who take part or wait there."""

import uuid

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.places.freshness_actions import answer_freshness
from meedoen.rules.placement_states import NOT_OVER
from meedoen.rules.vocabulary import FreshnessAnswer


@action(Permission.ANSWER_FRESHNESS)
def answer_about_place(
    viewer: Viewer,
    *,
    place_key: uuid.UUID,
    answer: FreshnessAnswer,
    note: str = "",
    has_room: bool = False,
) -> None:
    """Keep what somebody at the organisation says of a place; see `answer_freshness`.

    When it stopped, the signals about who takes part or waits there are worked out anew: their
    placements go on until a coach ends them. Raises ActionRefusedError.
    """
    place_id = answer_freshness(
        viewer, place_key=place_key, answer=answer, note=note, has_room=has_room
    )
    if answer is FreshnessAnswer.STOPPED:
        note_changes(viewer, _people_at(viewer, place_id))


def _people_at(viewer: Viewer, place_id: int) -> list[int]:
    # Also those of coaches whom the viewer does not know.
    system = Viewer(municipality_id=viewer.municipality_id, role=Role.SYSTEM)
    rows = Placement.objects.visible_to(system).filter(place_id=place_id, state__in=NOT_OVER)
    return list(rows.order_by("pk").values_list("pseudonym_id", flat=True))
