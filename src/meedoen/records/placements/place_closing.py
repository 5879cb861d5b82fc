"""A place that stopped, and the people who take part or wait there."""

import uuid
from datetime import date

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations.acting import action
from meedoen.records.organisations.viewer import PARTNERS, Permission, Viewer
from meedoen.records.placements.ending import TAKES_NOBODY_NEW
from meedoen.records.placements.models import Placement
from meedoen.records.places.actions import PlaceChange, change_places
from meedoen.records.places.freshness_actions import answer_freshness
from meedoen.records.places.models import Place
from meedoen.records.places.own_actions import change_own_place
from meedoen.rules.placement_states import NOT_OVER, TAKES_PART
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


@action(Permission.MANAGE_PLACES)
def change_with_people(viewer: Viewer, *, change: PlaceChange) -> int:
    """Write down what a place is from a day on; return for how many people that sets a last day.

    See `change_own_place` for an organisation and `change_places` for others. When another last
    day holds from now on, the signals about who takes part or waits there are worked out anew.
    Raises ActionRefusedError.
    """
    before = _closing(viewer, change.place_id)
    if viewer.role in PARTNERS:
        change_own_place(viewer, change=change)
    else:
        change_places(viewer, changes=[change])
    if _closing(viewer, change.place_id) != before:
        note_changes(viewer, _people_at(viewer, change.place_id))
    details = change.details
    closes = details.closes_on is not None and details.closes_on != before
    return _taking_part(viewer, change) if closes else 0


def _closing(viewer: Viewer, place_id: int) -> date | None:
    rows = Place.objects.filter(municipality_id=viewer.municipality_id, pk=place_id)
    found: date | None = rows.values_list("closes_on", flat=True).first()
    return found


def _taking_part(viewer: Viewer, change: PlaceChange) -> int:
    """Return how many people take part at a place whose last day is theirs."""
    if change.details.kind in TAKES_NOBODY_NEW:
        return 0
    system = Viewer.system(viewer.municipality_id)
    rows = Placement.objects.visible_to(system)
    return rows.filter(place_id=change.place_id, state__in=TAKES_PART).count()


def _people_at(viewer: Viewer, place_id: int) -> list[int]:
    # Also those of coaches whom the viewer does not know.
    system = Viewer.system(viewer.municipality_id)
    rows = Placement.objects.visible_to(system).filter(place_id=place_id, state__in=NOT_OVER)
    return list(rows.order_by("pk").values_list("pseudonym_id", flat=True))
