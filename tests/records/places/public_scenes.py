"""What the tests on the public side share: places that everyone may see, with what they need."""

import uuid
from dataclasses import replace
from datetime import date, time
from typing import Any

from meedoen.records.directory.models import Contact, Location
from meedoen.records.places.actions import NewPlace, PlaceChange, change_places, enter_places
from meedoen.records.places.details import details_of
from meedoen.records.places.models import Place
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.schedule.sessions import Session
from meedoen.rules.vocabulary import Accessibility, ContactRole, Guidance, PlaceKind
from tests.town import LONG_AGO, MORNINGS, Town
from tests.web.coach.scenes import on

TODAY = date(2026, 3, 2)
"""A Monday."""
MONDAYS_AND_WEDNESDAYS = Session(
    rule="FREQ=WEEKLY;BYDAY=MO,WE",
    first_on=LONG_AGO,
    opens_at=time(9),
    closes_at=time(12),
)


def organisation_of(place_id: int) -> int:
    return Place.objects.get(pk=place_id).organisation_id


def new_public_place(town: Town, **changes: Any) -> NewPlace:
    """Return a place that everyone may see: cooking together at De Moestuin."""
    return NewPlace(
        **{
            "organisation_id": organisation_of(town.garden),
            "district_id": town.north,
            "kind": PlaceKind.NEIGHBOURHOOD_ACTIVITY,
            "title": "Samen koken",
            "description": "We koken samen soep en eten die op.",
            "capacity": 8,
            "half_days": MORNINGS,
            "opens_on": LONG_AGO,
            "sessions": (MONDAYS_AND_WEDNESDAYS,),
            "interests": frozenset({"cooking"}),
            "language_level_asked": LanguageLevel.A1,
            "guidance": Guidance.ALWAYS_NEAR,
            "guidance_note": "De kok helpt u.",
            "cost_cents": 250,
            "cost_note": "voor de boodschappen",
            "is_public": True,
            "open_to_sign_up": True,
            "confirmed_on": TODAY,
        }
        | changes
    )


def public_place_at(town: Town, **changes: Any) -> uuid.UUID:
    """Enter a public place and return its key."""
    with on(TODAY):
        [number] = enter_places(town.system, places=[new_public_place(town, **changes)])
    return Place.objects.get(pk=number).key


def change_place(town: Town, key: uuid.UUID, *, day: date = TODAY, **changes: Any) -> None:
    """Let Meedoen change a place from today on."""
    row = Place.objects.get(key=key)
    details = replace(details_of(row), **changes)
    change = PlaceChange(place_id=row.pk, starts_on=day, details=details)
    with on(day):
        change_places(town.system, changes=[change])


def kitchen_of(town: Town, **changes: Any) -> int:
    """Give De Moestuin a kitchen to cook in, and return its id."""
    values = {
        "municipality_id": town.system.municipality_id,
        "organisation_id": organisation_of(town.garden),
        "district_id": town.north,
        "name": "De Kas",
        "street": "Tuinpad",
        "house_number": "1",
        "postal_code": "9999AB",
        "town": "Testveld",
        "latitude": 53.2,
        "longitude": 6.5,
        "accessibility": [Accessibility.WHEELCHAIR],
        "accessibility_note": "De bel zit links van de deur.",
    }
    return Location.objects.create(**values | changes).pk


def contact_of(town: Town, role: ContactRole, **changes: Any) -> int:
    """Give De Moestuin somebody to ask, and return the id."""
    values = {
        "municipality_id": town.system.municipality_id,
        "organisation_id": organisation_of(town.garden),
        "role": role,
        "name": "Greetje Geheim",
        "email": f"{role}@moestuin.example",
        "phone": "0501234567",
        "starts_on": LONG_AGO,
    }
    return Contact.objects.create(**values | changes).pk
