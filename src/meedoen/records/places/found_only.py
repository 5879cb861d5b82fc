"""Organisations that are only known because somebody found a place there, not looked at yet."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.models import FoundPlace, Place
from meedoen.rules.vocabulary import PlaceStatus


def without_found_only(viewer: Viewer, rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Leave out the organisations that only somebody else's found place tells of.

    Their names were typed by a resident, "bij mevrouw De Vries thuis" among them: before anybody
    looked at the place they are for that resident, and for who looks.
    """
    if viewer.may(Permission.VERIFY_PLACES):
        return rows
    places = Place.objects.filter(
        municipality_id=viewer.municipality_id, organisation_id=OuterRef("pk")
    )
    not_looked_at = places.filter(foundplace__isnull=False).exclude(status=PlaceStatus.LISTED)
    others = places.filter(Q(foundplace__isnull=True) | Q(status=PlaceStatus.LISTED))
    own = FoundPlace.objects.visible_to(viewer).filter(place__organisation_id=OuterRef("pk"))
    return rows.filter(~Exists(not_looked_at) | Exists(others) | Exists(own) | ~Q(kvk_number=""))
