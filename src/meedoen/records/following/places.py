"""Where somebody could stay as a volunteer: places of the same organisation with room."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.places.cards import listed
from meedoen.rules.placement_states import NOT_OVER
from meedoen.rules.vocabulary import PlaceKind

MOST_PLACES = 10
"""More than these is no choice but a list; then one looks for places."""


@dataclass(frozen=True, slots=True)
class VolunteerPlace:
    """A place for a volunteer, with how many more people there is room for."""

    place_id: int
    title: str
    free: int


def volunteer_places(viewer: Viewer, placement: Placement) -> list[VolunteerPlace]:
    """Return the volunteer places with room at the organisation of a placement, by title.

    Not those that this person has already.
    """
    today = clock.today()
    has = Placement.objects.visible_to(viewer).filter(
        pseudonym_id=placement.pseudonym_id, place_id=OuterRef("pk"), state__in=NOT_OVER
    )
    rows = listed(viewer).filter(
        ~Exists(has),
        organisation_id=placement.place.organisation_id,
        kind=PlaceKind.VOLUNTEER_WORK,
        opens_on__lte=today,
        closes_on__gt=today,
        is_full=False,
        taken__lt=F("capacity"),
    )
    ordered = rows.order_by("title", "pk").values_list("pk", "title", "capacity", "taken")
    return [
        VolunteerPlace(pk, title, capacity - taken)
        for pk, title, capacity, taken in ordered[:MOST_PLACES]
    ]
