"""Places as they stand in a list, and which of them are in the directory."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.models import Place
from meedoen.rules.places.freshness import is_stale
from meedoen.rules.vocabulary import PlaceKind, PlaceStatus

NOT_FOUND_BY_A_PERSON = Q(foundplace__isnull=True)
"""Entered by an organisation, a coach or from a file: there for everyone, not for who found it."""


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place in a list; `half_days` is a mask, `free` is 0 when the organisation says full."""

    place_id: int
    key: uuid.UUID
    title: str
    description: str
    kind: PlaceKind
    organisation: str
    organisation_key: uuid.UUID
    district: str
    half_days: int
    half_days_needed: int
    free: int
    is_full: bool
    is_stale: bool
    status: PlaceStatus
    is_public: bool
    confirm_by: date | None


def listed(viewer: Viewer) -> QuerySet[Place]:
    """Return the places that are in the directory of the viewer's municipality."""
    return Place.objects.filter(municipality_id=viewer.municipality_id, status=PlaceStatus.LISTED)


def places_kept(viewer: Viewer, *, after: date) -> QuerySet[Place]:
    """Return the places that an organisation still keeps after a day: in the directory, or to be.

    Not those that one person found and nobody took in yet: the organisation may not know of them.
    """
    proposed = Q(status=PlaceStatus.PROPOSED) & NOT_FOUND_BY_A_PERSON
    rows = Place.objects.filter(municipality_id=viewer.municipality_id, closes_on__gt=after)
    return rows.filter(Q(status=PlaceStatus.LISTED) | proposed)


def public_places() -> QuerySet[Place]:
    """Return the places that everyone may see today, of every municipality.

    In the directory, made public, open today, and at an organisation that still takes part.
    """
    today = clock.today()
    takes_part = Q(organisation__left_on=None) | Q(organisation__left_on__gt=today)
    return Place.objects.filter(
        takes_part,
        status=PlaceStatus.LISTED,
        is_public=True,
        opens_on__lte=today,
        closes_on__gt=today,
    )


def card_of(row: Place) -> PlaceCard:
    """Return the card of a place that came with its organisation and district."""
    return PlaceCard(
        place_id=row.pk,
        key=row.key,
        title=row.title,
        description=row.description,
        kind=PlaceKind(row.kind),
        organisation=row.organisation.name,
        organisation_key=row.organisation.key,
        district=row.district.name,
        half_days=row.half_days,
        half_days_needed=row.half_days_needed,
        free=0 if row.is_full else row.capacity - row.taken,
        is_full=row.is_full or row.taken >= row.capacity,
        is_stale=is_stale(row.confirm_by, clock.today()),
        status=PlaceStatus(row.status),
        is_public=row.is_public,
        confirm_by=row.confirm_by,
    )
