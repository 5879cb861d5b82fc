"""Places as people look for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.models import Place
from meedoen.rules.indicators.disclosure import PROTECTED, Shown, protect
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel, PlaceFacts
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place as anyone may see it; `half_days` is a mask."""

    place_id: int
    title: str
    description: str
    kind: PlaceKind
    organisation: str
    district: str
    half_days: int
    half_days_needed: int
    free: int


@dataclass(frozen=True, slots=True)
class ReachRow:
    """What one organisation offers and reaches; the number of people protected."""

    organisation: str
    kind: str
    places: int
    capacity: int
    people: Shown


def open_places(viewer: Viewer) -> list[PlaceFacts]:
    """Return the facts about every place that is not closed, for matching, in one question."""
    rows = Place.objects.filter(
        municipality_id=viewer.municipality_id, closes_on__gt=clock.today()
    ).select_related("district")
    return [_facts(row) for row in rows]


def _facts(row: Place) -> PlaceFacts:
    return PlaceFacts(
        place=row.pk,
        kind=PlaceKind(row.kind),
        title=row.title,
        district=row.district.code,
        half_days=row.half_days,
        half_days_needed=row.half_days_needed,
        language_level_asked=LanguageLevel(row.language_level_asked),
        functional_demands=frozenset(map(FunctionalDemand, row.functional_demands)),
        interests=frozenset(row.interests),
        capacity=row.capacity,
        taken=row.taken,
        open_from=row.opens_on,
        open_until=row.closes_on,
    )


def places_by_id(viewer: Viewer, *, place_ids: Sequence[int]) -> dict[int, PlaceCard]:
    """Return the cards of these places of the viewer's municipality, by id."""
    rows = Place.objects.filter(
        municipality_id=viewer.municipality_id, pk__in=place_ids
    ).select_related("organisation", "district")
    return {row.pk: _card(row) for row in rows}


def own_places(viewer: Viewer) -> Sequence[PlaceCard]:
    """Return the places of the viewer's own organisation that are open, by title."""
    if viewer.organisation_id is None:
        return []
    rows = Place.objects.filter(
        municipality_id=viewer.municipality_id,
        organisation_id=viewer.organisation_id,
        closes_on__gt=clock.today(),
    ).select_related("organisation", "district")
    return [_card(row) for row in rows.order_by("title", "pk")]


def _card(row: Place) -> PlaceCard:
    return PlaceCard(
        place_id=row.pk,
        title=row.title,
        description=row.description,
        kind=PlaceKind(row.kind),
        organisation=row.organisation.name,
        district=row.district.name,
        half_days=row.half_days,
        half_days_needed=row.half_days_needed,
        free=row.capacity - row.taken,
    )


def _taken(people: int, room: int, threshold: int) -> Shown:
    """Protect how many seats are taken, beside how many there are.

    Where there is room for few, any mark but this one would leave two or three numbers over.
    """
    return protect(people, threshold) if room >= 2 * threshold else Shown(PROTECTED, hidden=True)


def reach(viewer: Viewer, *, threshold: int) -> Sequence[ReachRow]:
    """Return what every organisation offers today and how many seats are taken, protected."""
    if not viewer.may(Permission.SEE_ORGANISATIONS):
        return []
    rows = (
        Place.objects.filter(municipality_id=viewer.municipality_id, closes_on__gt=clock.today())
        .values("organisation__name", "organisation__kind")
        .annotate(places=Count("pk"), room=Sum("capacity"), people=Sum("taken"))
        .order_by("organisation__name")
    )
    return [
        ReachRow(
            organisation=row["organisation__name"],
            kind=row["organisation__kind"],
            places=row["places"],
            capacity=row["room"],
            people=_taken(row["people"], row["room"], threshold),
        )
        for row in rows
    ]
