"""The places of the organisation where somebody works: in the directory, waiting, or over."""

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import F, Q, QuerySet

from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import PARTNERS, Viewer
from meedoen.records.places.cards import NOT_FOUND_BY_A_PERSON, PlaceCard, card_of
from meedoen.records.places.models import Place
from meedoen.rules.places.freshness import ask_from
from meedoen.rules.vocabulary import PlaceKind, PlaceStatus

ORDERS = {
    "title": ("title", "pk"),
    "fresh": (F("confirm_by").asc(nulls_first=True), "title", "pk"),
    "free": (F("capacity") - F("taken"), "title", "pk"),
}


class OwnState(StrEnum):
    """How a place of the own organisation stands."""

    OPEN = "open"
    """In the directory today or later."""
    STALE = "stale"
    """Open, and to be looked at again: by now, or since a while."""
    WAITING = "waiting"
    """Entered by the organisation, not looked at by the municipality yet."""
    REFUSED = "refused"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlaceFilter:
    """Which of the own places to show, in which order (a key of ORDERS)."""

    words: str = ""
    state: OwnState = OwnState.OPEN
    kind: PlaceKind | None = None
    order: str = "title"


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One of the own places; `is_due` says that it is stale or will be soon."""

    card: PlaceCard
    capacity: int
    taken: int
    is_due: bool
    closes_on: date
    asks_attendance: bool


def own_place_list(
    viewer: Viewer, *, wanted: OwnPlaceFilter, number: int = 1, size: int = 25
) -> Page[OwnPlace]:
    """Return a page of the places of the own organisation."""
    rows = _own(viewer).filter(_state(wanted.state), title__icontains=wanted.words.strip())
    if wanted.kind is not None:
        rows = rows.filter(kind=wanted.kind)
    return page_of(
        rows.select_related("organisation", "district").order_by(*ORDERS[wanted.order]),
        lambda some: [_own_place(row) for row in some],
        number=number,
        size=size,
    )


def own_place_counts(viewer: Viewer) -> dict[OwnState, int]:
    """Return how many of the own places stand how; stale ones are among the open ones."""
    return {state: _own(viewer).filter(_state(state)).count() for state in OwnState}


def own_place(viewer: Viewer, *, key: uuid.UUID) -> OwnPlace | None:
    """Return one of the own places; None when it is none of theirs."""
    row = _own(viewer).filter(key=key).select_related("organisation", "district").first()
    return None if row is None else _own_place(row)


def _own(viewer: Viewer) -> QuerySet[Place]:
    """Return the own places, without those that are only there for the person who found them."""
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    if viewer.role not in PARTNERS:
        return rows.none()
    known = Q(status=PlaceStatus.LISTED) | NOT_FOUND_BY_A_PERSON
    return rows.filter(known, organisation_id__in=[viewer.organisation_id])


def _state(state: OwnState) -> Q:
    today = clock.today()
    is_open = Q(status=PlaceStatus.LISTED, closes_on__gt=today)
    match state:
        case OwnState.OPEN:
            return is_open
        case OwnState.STALE:
            near = Q(confirm_by__isnull=True) | Q(confirm_by__lte=ask_from(today))
            return is_open & near
        case OwnState.WAITING:
            return Q(status=PlaceStatus.PROPOSED)
        case OwnState.REFUSED:
            return Q(status=PlaceStatus.REFUSED)
        case OwnState.OVER:
            return Q(status=PlaceStatus.LISTED, closes_on__lte=today)


def _own_place(row: Place) -> OwnPlace:
    return OwnPlace(
        card=card_of(row),
        capacity=row.capacity,
        taken=row.taken,
        is_due=row.confirm_by is None or row.confirm_by <= ask_from(clock.today()),
        closes_on=row.closes_on,
        asks_attendance=row.asks_attendance,
    )
