"""How far somebody is on the way to sheltered work before a test begins."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from meedoen.records.organisations import clock
from meedoen.records.placements.actions import NewPlacement, confirm_start, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.records.places.models import Place
from meedoen.records.sheltered.actions import decide, request, take_step
from meedoen.records.sheltered.queries import TrackCard, track
from meedoen.rules.sheltered.words import ShelteredParty, ShelteredState
from meedoen.rules.vocabulary import PlaceKind
from tests.standing_town import kept
from tests.town import LONG_AGO, MORNINGS, Person, Town

ASKED, RESEARCHED, ADVISED = date(2026, 1, 5), date(2026, 1, 12), date(2026, 2, 2)
DECIDED, BEGAN = date(2026, 2, 16), date(2026, 3, 2)
TODAY = date(2026, 9, 1)
WEEK = Decimal("28.00")


def on(day: date = TODAY) -> Any:
    """Live through noon of a day."""
    return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@kept
def asked(town: Town, person: Person | None = None, day: date = ASKED) -> uuid.UUID:
    """Let somebody (Roos) ask for sheltered work; return the key of the track."""
    with on():
        return request(
            town.anna,
            pseudonym_id=(person or town.roos_file).pseudonym_id,
            asked_on=day,
            asked_by=ShelteredParty.RESIDENT,
        )


def advised(
    town: Town, person: Person | None = None, *, positive: bool = True, day: date = ADVISED
) -> uuid.UUID:
    """Let UWV advise about somebody; return the key of the track."""
    key = asked(town, person)
    advice = ShelteredState.ADVICE_POSITIVE if positive else ShelteredState.ADVICE_NEGATIVE
    with on():
        take_step(town.anna, key=key, to=ShelteredState.IN_RESEARCH, on=RESEARCHED)
        take_step(town.anna, key=key, to=advice, on=day)
    return key


@kept
def granted(town: Town, person: Person | None = None) -> uuid.UUID:
    """Let the municipality grant sheltered work; return the key of the track."""
    key = advised(town, person)
    with on():
        decide(town.anna, key=key, to=ShelteredState.GRANTED, on=DECIDED)
    return key


@kept
def refused(town: Town, person: Person | None = None) -> uuid.UUID:
    """Let the municipality refuse after a negative advice; return the key of the track."""
    key = advised(town, person, positive=False)
    with on():
        decide(town.anna, key=key, to=ShelteredState.REFUSED, on=DECIDED)
    return key


def employed(
    town: Town,
    person: Person | None = None,
    *,
    day: date = BEGAN,
    hours: Decimal | None = WEEK,
) -> uuid.UUID:
    """Let somebody begin in a sheltered job; return the key of the track."""
    key = granted(town, person)
    with on():
        take_step(town.anna, key=key, to=ShelteredState.EMPLOYED, on=day, week_hours=hours)
    return key


def card(town: Town, key: uuid.UUID) -> TrackCard:
    """Return the track as Anna sees it."""
    found = track(town.anna, key=key)
    assert found is not None
    return found


def states(town: Town, key: uuid.UUID) -> list[tuple[str, date]]:
    """Return the steps of a track, with their days."""
    return [(step.state.value, step.on) for step in card(town, key).steps]


def sheltered_place(town: Town) -> int:
    """Enter a place in sheltered work at De Moestuin; return its id."""
    [place] = enter_places(
        town.system,
        places=[
            NewPlace(
                organisation_id=Place.objects.get(pk=town.garden).organisation_id,
                district_id=town.north,
                kind=PlaceKind.SHELTERED_NEW,
                title="Beschutte werkplaats",
                capacity=5,
                half_days=MORNINGS,
                opens_on=LONG_AGO,
            )
        ],
    )
    return place


@kept
def placed(town: Town, place: int, person: Person | None = None, day: date = BEGAN) -> uuid.UUID:
    """Let somebody (Roos) take part at a place; return the key of the placement."""
    with on(day):
        [number] = place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=(person or town.roos_file).pseudonym_id,
                    place_id=place,
                    proposed_on=day,
                )
            ],
        )
        key = Placement.objects.visible_to(town.system).get(pk=number).key
        confirm_start(town.system, key=key, started_on=day)
    return key
