"""Places as people look for them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.cards import PlaceCard, card_of, listed
from meedoen.records.places.displacement_queries import checked_places
from meedoen.records.places.models import Place
from meedoen.records.places.spots import Area, area_of
from meedoen.rules.indicators.disclosure import (
    HIDDEN,
    Shown,
    protect,
)
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel, PlaceFacts
from meedoen.rules.places.freshness import is_stale
from meedoen.rules.places.kinds import kinds_to_check
from meedoen.rules.vocabulary import Guidance, LegalTask, PlaceKind


@dataclass(frozen=True, slots=True)
class ReachRow:
    """What one organisation offers and reaches; the number of people protected."""

    organisation: str
    kind: str
    places: int
    capacity: int
    people: Shown


def open_places(
    viewer: Viewer, *, area: Area | None = None, only: Sequence[int] | None = None
) -> list[PlaceFacts]:
    """Return the facts about every listed place that is not closed, for matching, by number.

    A place that is only known as found by one person is no suggestion for others. `area` is what
    is known of the districts already, and `only` narrows it to these numbers. Three questions at
    most, however many places there are.
    """
    today = clock.today()
    there = area or area_of(viewer)
    reading = _Reading(there, kinds_to_check(today), checked_places(viewer), today)
    rows = listed(viewer).filter(closes_on__gt=today).order_by("pk")
    if only is not None:
        rows = rows.filter(pk__in=only)
    return [reading.facts(*row) for row in rows.values_list(*_COLUMNS)]


_COLUMNS = (
    *("pk", "kind", "title", "district_id", "half_days", "half_days_needed"),
    *("language_level_asked", "functional_demands", "interests", "capacity", "taken", "is_full"),
    *("confirm_by", "opens_on", "closes_on", "legal_task", "guidance"),
    *("location__latitude", "location__longitude"),
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What rows of places are read with."""

    area: Area
    to_check: Set[str]
    checked: Set[int]
    on: date

    def facts(  # noqa: PLR0913, PLR0917 - one for each column, in the order of _COLUMNS
        self,
        number: int,
        kind: str,
        title: str,
        district_id: int,
        mask: int,
        needed: int,
        level: int,
        demands: Sequence[str],
        interests: Sequence[str],
        capacity: int,
        taken: int,
        is_full: bool,  # noqa: FBT001
        confirm_by: date | None,
        opens_on: date,
        closes_on: date,
        legal_task: str,
        guidance: str,
        latitude: float | None,
        longitude: float | None,
    ) -> PlaceFacts:
        district = self.area.districts[district_id]
        return PlaceFacts(
            place=number,
            kind=PlaceKind(kind),
            title=title,
            district=district.code,
            half_days=mask,
            half_days_needed=needed,
            language_level_asked=LanguageLevel(level),
            functional_demands=frozenset(map(FunctionalDemand, demands)),
            interests=frozenset(interests),
            capacity=capacity,
            # Who says that there is no room is believed, whatever the numbers say.
            taken=capacity if is_full else taken,
            is_stale=is_stale(confirm_by, self.on),
            days_unconfirmed=None if confirm_by is None else max((self.on - confirm_by).days, 0),
            spot=self.area.spot(latitude, longitude) or district.spot,
            legal_task=LegalTask(legal_task),
            guidance=Guidance(guidance),
            is_unchecked=kind in self.to_check and number not in self.checked,
            open_from=opens_on,
            open_until=closes_on,
        )


def places_by_id(viewer: Viewer, *, place_ids: Sequence[int]) -> dict[int, PlaceCard]:
    """Return the cards of these places of the viewer's municipality, by id."""
    rows = Place.objects.filter(
        municipality_id=viewer.municipality_id, pk__in=place_ids
    ).select_related("organisation", "district")
    return {row.pk: card_of(row) for row in rows}


def _taken(people: int, room: int, threshold: int) -> Shown:
    """Protect how many seats are taken, beside how many there are.

    Where there is room for few, any mark but this one would leave two or three numbers over.
    """
    return protect(people, threshold) if room >= 2 * threshold else HIDDEN


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
