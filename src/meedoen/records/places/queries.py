"""Places as people look for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.cards import PlaceCard, card_of, listed
from meedoen.records.places.models import Place
from meedoen.rules.indicators.disclosure import PROTECTED, Shown, protect
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel, PlaceFacts
from meedoen.rules.places.freshness import is_stale
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class ReachRow:
    """What one organisation offers and reaches; the number of people protected."""

    organisation: str
    kind: str
    places: int
    capacity: int
    people: Shown


def open_places(viewer: Viewer) -> list[PlaceFacts]:
    """Return the facts about every listed place that is not closed, for matching, in one question.

    A place that is only known as found by one person is no suggestion for others.
    """
    today = clock.today()
    rows = listed(viewer).filter(closes_on__gt=today).select_related("district")
    return [_facts(row, today) for row in rows]


def _facts(row: Place, today: date) -> PlaceFacts:
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
        # Who says that there is no room is believed, whatever the numbers say.
        taken=row.capacity if row.is_full else row.taken,
        is_stale=is_stale(row.confirm_by, today),
        open_from=row.opens_on,
        open_until=row.closes_on,
    )


def places_by_id(viewer: Viewer, *, place_ids: Sequence[int]) -> dict[int, PlaceCard]:
    """Return the cards of these places of the viewer's municipality, by id."""
    rows = Place.objects.filter(
        municipality_id=viewer.municipality_id, pk__in=place_ids
    ).select_related("organisation", "district")
    return {row.pk: card_of(row) for row in rows}


def own_places(viewer: Viewer) -> Sequence[PlaceCard]:
    """Return the places of the viewer's own organisation that are open, by title."""
    if viewer.organisation_id is None:
        return []
    rows = listed(viewer).filter(
        organisation_id=viewer.organisation_id, closes_on__gt=clock.today()
    )
    rows = rows.select_related("organisation", "district")
    return [card_of(row) for row in rows.order_by("title", "pk")]


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
        listed(viewer)
        .filter(closes_on__gt=clock.today())
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
