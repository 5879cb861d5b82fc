"""Places that organisations entered and that the municipality looks at before they are listed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.cards import NOT_FOUND_BY_A_PERSON, PlaceCard, card_of
from meedoen.records.places.models import Place, PlacePeriod
from meedoen.rules.vocabulary import PlaceStatus


@dataclass(frozen=True, slots=True)
class ProposedPlace:
    """A place that waits for a look; `entered_by` works at the organisation."""

    card: PlaceCard
    entered_on: date | None
    entered_by: str


def proposed_places(viewer: Viewer) -> Sequence[ProposedPlace]:
    """Return the places that organisations proposed, longest first, for who looks at them."""
    rows = _proposed(viewer).select_related("organisation", "district")
    return _with_who(viewer, list(rows.order_by("changed_at", "pk")))


def proposed_place(viewer: Viewer, *, key: uuid.UUID) -> ProposedPlace | None:
    """Return one of them; None when it does not wait, or not for this viewer."""
    rows = _proposed(viewer).filter(key=key).select_related("organisation", "district")
    found = _with_who(viewer, list(rows))
    return found[0] if found else None


def _proposed(viewer: Viewer) -> QuerySet[Place]:
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    if not viewer.may(Permission.VERIFY_PLACES):
        return rows.none()
    return rows.filter(NOT_FOUND_BY_A_PERSON, status=PlaceStatus.PROPOSED)


def _with_who(viewer: Viewer, rows: Sequence[Place]) -> list[ProposedPlace]:
    periods = PlacePeriod.objects.filter(
        municipality_id=viewer.municipality_id, place_id__in=[row.pk for row in rows]
    ).select_related("recorded_by__account")
    first = {one.place_id: one for one in periods.order_by("-pk")}
    return [
        ProposedPlace(
            card=card_of(row),
            entered_on=timezone.localdate(first[row.pk].recorded_at) if row.pk in first else None,
            entered_by=_name(first.get(row.pk)),
        )
        for row in rows
    ]


def _name(period: PlacePeriod | None) -> str:
    return period.recorded_by.account.name if period and period.recorded_by else ""
