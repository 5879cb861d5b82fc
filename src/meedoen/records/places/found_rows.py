"""Which places somebody knows: those in the directory, and those that still wait to get there."""

from django.db.models import Q, QuerySet

from meedoen.records.directory.own import is_at_organisation
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.cards import NOT_FOUND_BY_A_PERSON
from meedoen.records.places.models import FoundPlace, Place
from meedoen.rules.vocabulary import PlaceStatus


def places_known(viewer: Viewer) -> QuerySet[Place]:
    """Return the places in the directory, and those not there that the viewer may know of.

    A place that somebody found is for who may open the file of that person; one that an
    organisation proposed for that organisation, which sees only its own, and for who verifies.
    """
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    listed = Q(status=PlaceStatus.LISTED)
    if is_at_organisation(viewer):
        own = rows.filter(organisation_id__in=[viewer.organisation_id])
        return own.filter(listed | NOT_FOUND_BY_A_PERSON)
    known = listed | Q(pk__in=FoundPlace.objects.visible_to(viewer).values("place_id"))
    if viewer.may(Permission.VERIFY_PLACES):
        known |= NOT_FOUND_BY_A_PERSON
    return rows.filter(known)
