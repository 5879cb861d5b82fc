"""Organisations with what they offer, and how the directory as a whole stands."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Lower

from meedoen.records.directory.cards import OrganisationCard, organisation_card
from meedoen.records.directory.queries import organisations_seen
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.cards import PlaceCard, card_of, listed, places_kept
from meedoen.records.places.found_only import without_found_only
from meedoen.records.places.models import Place
from meedoen.records.search.queries import asks_something, search
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind, SearchKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFilter:
    """What part of the organisations to show; nothing given is all that take part."""

    words: str = ""
    kind: OrganisationKind | None = None
    with_left: bool = False


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation in a list, with how many places it has and how many seats are free."""

    card: OrganisationCard
    places: int
    stale: int
    free: int


@dataclass(frozen=True, slots=True)
class DirectoryTotals:
    """How many organisations take part, and how many places there are; `stale` is part of it."""

    organisations: int
    places: int
    stale: int


@dataclass(frozen=True, slots=True)
class StrandedPlace:
    """A place that is there no more, or will not be, while people are still placed at it."""

    key: uuid.UUID
    title: str
    organisation: str
    closes_on: date
    taken: int


def find_organisations(
    viewer: Viewer, *, wanted: OrganisationFilter, number: int = 1, size: int = 25
) -> Page[OrganisationLine]:
    """Return a page of organisations: what fits the words best first, without words by name."""
    rows = without_found_only(viewer, organisations_seen(viewer))
    if wanted.kind is not None:
        rows = rows.filter(kind=wanted.kind)
    if not wanted.with_left:
        rows = rows.filter(Q(left_on=None) | Q(left_on__gt=clock.today()))
    numbers: Any = rows.order_by(Lower("name"), "pk").values_list("pk", flat=True)
    if asks_something(viewer, text=wanted.words):
        found = search(viewer, text=wanted.words, kind=SearchKind.ORGANISATION)
        known = set(numbers)
        numbers = [one.subject_id for one in found if one.subject_id in known]
    paginator = Paginator(numbers, size)
    page = paginator.get_page(number)
    return Page(
        cards=_lines(viewer, list(page.object_list)),
        total=paginator.count,
        number=page.number,
        pages=paginator.num_pages,
    )


def places_of(viewer: Viewer, *, organisation_id: int) -> Sequence[PlaceCard]:
    """Return the places of an organisation that are in the directory and not closed, by title."""
    if not viewer.may(Permission.SEE_DIRECTORY):
        return []
    rows = _open(viewer).filter(
        organisation_id=organisation_id, organisation__in=organisations_seen(viewer)
    )
    return [
        card_of(row)
        for row in rows.select_related("organisation", "district").order_by("title", "pk")
    ]


def people_at(viewer: Viewer, *, organisation_id: int) -> int:
    """Return how many seats are taken at an organisation, for who may change organisations."""
    if not viewer.may(Permission.MANAGE_ORGANISATIONS):
        return 0
    rows = Place.objects.filter(
        municipality_id=viewer.municipality_id, organisation_id=organisation_id
    )
    return rows.aggregate(people=Sum("taken"))["people"] or 0


def owned_places(viewer: Viewer, *, contact_id: int) -> Sequence[PlaceCard]:
    """Return the places that a contact keeps up to date, for who may give them to another."""
    if not viewer.may(Permission.MANAGE_PLACES):
        return []
    rows = places_kept(viewer, after=clock.today()).filter(
        owner_id=contact_id, organisation__in=organisations_seen(viewer)
    )
    return [
        card_of(row)
        for row in rows.select_related("organisation", "district").order_by("title", "pk")
    ]


def directory_totals(viewer: Viewer) -> DirectoryTotals:
    """Return how the directory stands today."""
    if not viewer.may(Permission.SEE_DIRECTORY):
        return DirectoryTotals(0, 0, 0)
    today = clock.today()
    seen = without_found_only(viewer, organisations_seen(viewer))
    organisations = seen.filter(Q(left_on=None) | Q(left_on__gt=today))
    counted = (
        _open(viewer)
        .filter(organisation__in=organisations_seen(viewer))
        .aggregate(places=Count("pk"), stale=Count("pk", filter=_is_stale()))
    )
    return DirectoryTotals(organisations.count(), counted["places"], counted["stale"])


def stranded_places(viewer: Viewer) -> Sequence[StrandedPlace]:
    """Return the places that stop, or did, while people are placed there; first to stop first.

    For who manages organisations: the placements run on until a coach ends them.
    """
    if not viewer.may(Permission.MANAGE_ORGANISATIONS):
        return []
    # Nobody new came into the Wsw since 2015, and who is there stays (Wsw, article 1).
    rows = listed(viewer).filter(taken__gt=0).exclude(kind=PlaceKind.SHELTERED_WSW)
    rows = rows.select_related("organisation")
    stopping = rows.filter(
        Q(closes_on__lte=clock.today()) | Q(closes_on=F("organisation__left_on"))
    )
    return [
        StrandedPlace(
            key=row.key,
            title=row.title,
            organisation=row.organisation.name,
            closes_on=row.closes_on,
            taken=row.taken,
        )
        for row in stopping.order_by("closes_on", "title", "pk")
    ]


def _lines(viewer: Viewer, ids: Sequence[int]) -> list[OrganisationLine]:
    rows = {row.pk: row for row in Organisation.objects.filter(pk__in=ids)}
    counts = _counts(viewer, ids)
    return [OrganisationLine(organisation_card(rows[pk]), *counts.get(pk, (0, 0, 0))) for pk in ids]


def _counts(viewer: Viewer, organisation_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """Return how many places, stale places and free seats organisations have, by id."""
    room = Sum(F("capacity") - F("taken"), filter=Q(is_full=False), default=0)
    rows = _open(viewer).filter(organisation_id__in=organisation_ids)
    counted = rows.values("organisation_id").annotate(
        places=Count("pk"), stale=Count("pk", filter=_is_stale()), free=room
    )
    return {
        row["organisation_id"]: (row["places"], row["stale"], row["free"])
        for row in counted.order_by()
    }


def _open(viewer: Viewer) -> QuerySet[Place]:
    return listed(viewer).filter(closes_on__gt=clock.today())


def _is_stale() -> Q:
    return Q(confirm_by=None) | Q(confirm_by__lt=clock.today())
