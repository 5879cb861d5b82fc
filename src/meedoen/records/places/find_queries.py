"""Finding places: by words, by what they offer and ask, and by how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate, Lower

from meedoen.records.directory.areas import position_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.packed import Packed, unpacked
from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.queries import system_viewer
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.cards import PlaceCard, card_of, listed, public_places
from meedoen.records.places.far import squared_km
from meedoen.records.places.models import Place, PlaceInterest
from meedoen.records.places.wanted import Freshness, PlaceFilter, PlaceOrder
from meedoen.records.search.queries import asks_something, scores
from meedoen.rules.distance import Position, km_between
from meedoen.rules.search.scores import Scores
from meedoen.rules.vocabulary import SearchKind

FEW = 400
"""So many found places are few enough to name them in the next question."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was found; `km` is how far it is, when that was asked and its place is known."""

    card: PlaceCard
    km: float | None


def find_places(
    viewer: Viewer, *, wanted: PlaceFilter, number: int = 1, size: int = 25
) -> Page[Hit]:
    """Return a page of the directory for who works with it: listed, and not closed.

    Raises UnknownAreaError, with a sentence for people, when nobody knows where `wanted.near` is.
    """
    if not viewer.may(Permission.SEE_DIRECTORY):
        return Page(cards=[], total=0, number=1, pages=1)
    rows = listed(viewer).filter(closes_on__gt=clock.today())
    return _found(viewer, rows, wanted, number, size, public_only=False)


def find_public_places(
    code: str, *, wanted: PlaceFilter, number: int = 1, size: int = 25
) -> Page[Hit]:
    """Return a page of what everybody may know of, in the municipality with this CBS code.

    What is not public plays no part: not in what is found, in the order, or in the totals.
    Raises UnknownMunicipalityError, and UnknownAreaError like `find_places`.
    """
    viewer = system_viewer(code)
    rows = public_places().filter(municipality_id=viewer.municipality_id)
    return _found(viewer, rows, wanted, number, size, public_only=True)


def _found(
    viewer: Viewer,
    rows: QuerySet[Place],
    wanted: PlaceFilter,
    number: int,
    size: int,
    *,
    public_only: bool,
) -> Page[Hit]:
    start = position_of(viewer, near=wanted.near) if wanted.near.strip() else None
    rows = _ordered(_near(_narrowed(viewer, rows, wanted), wanted, start), wanted, start)
    numbers: Any = rows.values_list("pk", flat=True)
    if asks_something(viewer, text=wanted.words):
        found = scores(viewer, text=wanted.words, kind=SearchKind.PLACE, public_only=public_only)
        numbers = _with_words(rows, found, best_first=wanted.order is PlaceOrder.BEST)
    paginator = Paginator(numbers, size)
    page = paginator.get_page(number)
    return Page(
        cards=_hits(list(page.object_list), start),
        total=paginator.count,
        number=page.number,
        pages=paginator.num_pages,
    )


# --- which places --------------------------------------------------------------------------------


def _narrowed(viewer: Viewer, rows: QuerySet[Place], wanted: PlaceFilter) -> QuerySet[Place]:
    """Return the places that are wanted, apart from words and distance."""
    if wanted.kinds:
        rows = rows.filter(kind__in=sorted(wanted.kinds))
    if wanted.district_id is not None:
        rows = rows.filter(district_id=wanted.district_id)
    if wanted.organisation_id is not None:
        rows = rows.filter(organisation_id=wanted.organisation_id)
    if wanted.half_days:
        rows = rows.alias(in_common=F("half_days").bitand(wanted.half_days))
        rows = rows.filter(in_common__gt=0)
    if wanted.interests:
        interests = PlaceInterest.objects.filter(
            municipality_id=viewer.municipality_id, code__in=sorted(wanted.interests)
        )
        rows = rows.filter(pk__in=interests.values("place_id"))
    if wanted.language_level is not None:
        rows = rows.filter(language_level_asked__lte=wanted.language_level)
    if wanted.free_only:
        rows = rows.filter(is_full=False, capacity__gt=F("taken"))
    conditions = {Freshness.ALL: Q(), Freshness.FRESH: _fresh(), Freshness.STALE: _stale()}
    return rows.filter(conditions[wanted.freshness])


def _near(rows: QuerySet[Place], wanted: PlaceFilter, start: Position | None) -> QuerySet[Place]:
    """Return the places with how far they are, squared; those too far away left out."""
    if start is None:
        return rows
    rows = rows.alias(far=squared_km(start))
    return rows if wanted.within_km is None else rows.filter(far__lte=float(wanted.within_km**2))


# --- in which order ------------------------------------------------------------------------------


def _ordered(rows: QuerySet[Place], wanted: PlaceFilter, start: Position | None) -> QuerySet[Place]:
    """Put places in order; whom nobody stands for come last, but first among whom to ask."""
    if wanted.order is PlaceOrder.CONFIRM_BY:
        return rows.order_by(F("confirm_by").asc(nulls_first=True), "pk")
    if wanted.order is PlaceOrder.NEAREST and start is not None:
        return rows.order_by(_staleness(), F("far").asc(nulls_last=True), "pk")
    return rows.order_by(_staleness(), _by_title(), "pk")


def _fresh() -> Q:
    return Q(confirm_by__gte=clock.today())


def _stale() -> Q:
    """Return the condition of a place that nobody stands for today; see `is_stale`."""
    return Q(confirm_by__lt=clock.today()) | Q(confirm_by=None)


def _staleness() -> Case:
    """Return an expression that is 1 for a stale place, else 0."""
    return Case(When(_fresh(), then=0), default=1)


def _by_title() -> Combinable:
    """Return an expression for the title, in an order that every database gives alike.

    By the numbers of the letters, small or capital: no two machines agree on more than that.
    """
    return Lower(Collate("title", "C" if connection.vendor == "postgresql" else "BINARY"))


def _with_words(rows: QuerySet[Place], found: Scores, *, best_first: bool) -> list[int]:
    """Return the numbers of the places that were found by words, in order."""
    if len(found) <= FEW:
        rows = rows.filter(pk__in=found.numbers.tolist())
    if not best_first:
        known = {*found.numbers.tolist()}
        return [pk for pk in rows.values_list("pk", flat=True) if pk in known]
    packed = rows.order_by().aggregate(
        fresh=Packed("pk", filter=_fresh()), stale=Packed("pk", filter=_stale())
    )
    parts = [found.only(unpacked(packed[part])) for part in ("fresh", "stale")]
    return [number for part in parts for number in part.best_first().numbers.tolist()]


# --- what is shown of them -----------------------------------------------------------------------


def _hits(place_ids: Sequence[int], start: Position | None) -> list[Hit]:
    rows = Place.objects.filter(pk__in=place_ids)
    by_number = {row.pk: row for row in rows.select_related("organisation", "district", "location")}
    return [
        Hit(card=card_of(row), km=_km(row, start) if start else None)
        for row in (by_number[pk] for pk in place_ids)
    ]


def _km(row: Place, start: Position) -> float | None:
    """Return how far a place is; without a position of its own the middle of its district."""
    for where in (row.location, row.district):
        if where is not None and where.latitude is not None and where.longitude is not None:
            return km_between(start, Position(where.latitude, where.longitude))
    return None
