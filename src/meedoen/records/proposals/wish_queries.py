"""The own wishes of a person, as pages show them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.models import Place
from meedoen.records.proposals.models import WishList
from meedoen.rules.vocabulary import PlaceKind, PlaceStatus


@dataclass(frozen=True, slots=True)
class WishCard:
    """A place that somebody picked; `order` counts from 1. `is_open` says it can still be had."""

    order: int
    place_id: int
    key: uuid.UUID
    title: str
    organisation: str
    district: str
    kind: PlaceKind
    is_open: bool
    is_public: bool


@dataclass(frozen=True, slots=True)
class WishesCard:
    """The wishes of a person, first wish first, and who said so last."""

    wishes: Sequence[WishCard]
    said_on: date | None = None
    by_resident: bool = False
    noted_by: str = ""


def place_wishes_of(viewer: Viewer, *, pseudonym_id: int) -> WishesCard:
    """Return the places that somebody picked; without any when they never did."""
    rows = WishList.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    row = rows.select_related("noted_by__account").order_by("-pk").first()
    if row is None:
        return WishesCard(wishes=[])
    places = Place.objects.filter(municipality_id=viewer.municipality_id, pk__in=row.places)
    by_id = {one.pk: one for one in places.select_related("organisation", "district")}
    return WishesCard(
        wishes=[_card(order, by_id[place]) for order, place in enumerate(row.places, start=1)],
        said_on=timezone.localdate(row.said_at),
        by_resident=row.by_resident,
        noted_by=row.noted_by.account.name if row.noted_by else "",
    )


def _card(order: int, row: Place) -> WishCard:
    return WishCard(
        order=order,
        place_id=row.pk,
        key=row.key,
        title=row.title,
        organisation=row.organisation.name,
        district=row.district.name,
        kind=PlaceKind(row.kind),
        is_open=row.status == PlaceStatus.LISTED and row.closes_on > clock.today(),
        is_public=row.is_public,
    )
