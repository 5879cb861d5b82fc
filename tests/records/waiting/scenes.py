"""Seats that many want: who waits, who is held a seat for, and days that pass."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.places.actions import NewPlace, PlaceChange, change_places, enter_places
from meedoen.records.places.details import details_of
from meedoen.records.places.displacement_actions import check_displacement
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import PlaceKind
from tests.town import LONG_AGO, MORNINGS, NO_PAID_WORK, Town

FIRST = date(2026, 9, 1)
TODAY = date(2026, 11, 2)


def day(number: int) -> date:
    """Return the day that comes so many days after the first."""
    return FIRST + timedelta(days=number)


def propose(
    town: Town,
    pseudonym_id: int,
    place_id: int,
    on: date,
    *,
    waits: bool = False,
    half_days: int = 0,
) -> Placement:
    """Propose somebody at a place, or put them on its list; return the placement."""
    [number] = place_all(
        town.system,
        placements=[
            NewPlacement(
                pseudonym_id=pseudonym_id,
                place_id=place_id,
                proposed_on=on,
                waits=waits,
                half_days=half_days,
            )
        ],
    )
    return again(town, number)


def all_wait(town: Town, pseudonym_ids: Sequence[int], place_id: int, on: date) -> None:
    """Put many people on the list of a place."""
    place_all(
        town.system,
        placements=[
            NewPlacement(pseudonym_id=one, place_id=place_id, proposed_on=on, waits=True)
            for one in pseudonym_ids
        ],
    )


def again(town: Town, number: int) -> Placement:
    """Return a placement as it is now."""
    return Placement.objects.visible_to(town.system).select_related("place").get(pk=number)


def states(town: Town, placements: Sequence[Placement]) -> list[str]:
    """Return in which state each of these placements is now."""
    return [again(town, one.pk).state for one in placements]


def place_of(place_id: int) -> Place:
    """Return a place as it is now."""
    return Place.objects.get(pk=place_id)


def some_place(
    town: Town,
    *,
    capacity: int = 1,
    kind: PlaceKind = PlaceKind.VOLUNTEER_WORK,
    most_per_half_day: int | None = None,
    title: str = "Buurttuin",
) -> int:
    """Enter a place at De Werkplaats in Noord and return its id."""
    [place_id] = enter_places(
        town.system,
        places=[
            NewPlace(
                organisation_id=town.otto.organisation_id or 0,
                district_id=town.north,
                kind=kind,
                title=title,
                capacity=capacity,
                most_per_half_day=most_per_half_day,
                half_days=MORNINGS,
                opens_on=LONG_AGO,
            )
        ],
    )
    if kind is PlaceKind.PARTICIPATION_JOB:
        key = Place.objects.get(pk=place_id).key
        check_displacement(town.system, place_key=key, answers=NO_PAID_WORK)
    return place_id


def change(town: Town, place_id: int, on: date, **facts: object) -> None:
    """Let a place be something else from a day on."""
    details = replace(details_of(place_of(place_id)), **facts)  # type: ignore[arg-type]
    change_places(
        town.system, changes=[PlaceChange(place_id=place_id, starts_on=on, details=details)]
    )
