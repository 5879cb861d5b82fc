"""Places that are not in the directory are for those who may open the file of who found them."""

from django.db.models import Q, QuerySet

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.actions import is_at_organisation
from meedoen.records.places.cards import NOT_FOUND_BY_A_PERSON
from meedoen.records.places.models import FoundPlace, Place
from meedoen.rules.vocabulary import PlaceStatus


def places_known(viewer: Viewer) -> QuerySet[Place]:
    """Return the places in the directory, and those found by people whom the viewer may see.

    Those that organisations propose are for everyone who looks at places; of an organisation
    only its own.
    """
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    if is_at_organisation(viewer):
        return rows.filter(status=PlaceStatus.LISTED, organisation_id__in=[viewer.organisation_id])
    found = FoundPlace.objects.visible_to(viewer).values("place_id")
    return rows.filter(Q(status=PlaceStatus.LISTED) | NOT_FOUND_BY_A_PERSON | Q(pk__in=found))
