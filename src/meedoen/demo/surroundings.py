"""Where a made-up town lies and what its places look like from outside.

The town lies in the middle of a lake, where no one can live: nothing here can be mistaken for an
address of somebody.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from meedoen.demo import names
from meedoen.demo.chance import happens
from meedoen.rules import half_days
from meedoen.rules.schedule.sessions import Session
from meedoen.rules.vocabulary import Accessibility, Guidance, PlaceKind, StartWindow

MIDDLE = (52.80, 5.35)
"""Latitude and longitude of the middle of the IJsselmeer."""
APART = (0.012, 0.02)
"""How far districts lie from each other, in degrees."""
ACROSS = 4
STREETS = (
    "Verzonnen Kade", "Bedachte Laan", "Nergensstraat", "Denkbeeldig Plein", "Sprookjesdijk",
    "Luchtkasteelweg", "Proefsingel", "Fabelpad", "Namaakhof", "Voorbeeldgracht",
)  # fmt: skip
BUILDINGS = ("Het Verzinsel", "De Fabel", "Het Luchtkasteel", "De Denkbeeld", "Het Voorbeeld")
FRESH_SHARE, NEVER_CONFIRMED_SHARE, PUBLIC_SHARE = 0.78, 0.08, 0.9
PUBLIC_KINDS = frozenset(
    {
        PlaceKind.VOLUNTEER_WORK,
        PlaceKind.NEIGHBOURHOOD_ACTIVITY,
        PlaceKind.LANGUAGE_POINT,
        PlaceKind.TRAINING,
        PlaceKind.OTHER,
    }
)
WITH_ATTENDANCE = frozenset({PlaceKind.PARTICIPATION_JOB, PlaceKind.LANGUAGE_POINT})
HOURS = {
    "morning": (time(9, 30), time(12, 0)),
    "afternoon": (time(13, 30), time(16, 0)),
    "evening": (time(19, 30), time(21, 30)),
}


@dataclass(frozen=True, slots=True)
class Building:
    """Where an organisation has its places."""

    name: str
    street: str
    house_number: str
    postal_code: str
    latitude: float
    longitude: float
    accessibility: frozenset[Accessibility]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What a place shows beside what one does there; `confirmed_days_ago` None is never."""

    sessions: tuple[Session, ...]
    hours_per_week: int
    guidance: Guidance
    start_window: StartWindow
    cost_cents: int
    is_public: bool
    open_to_sign_up: bool
    asks_attendance: bool
    confirmed_days_ago: int | None


def middle_of(district: int) -> tuple[float, float]:
    """Return the middle of a district, in rows on the water."""
    row, column = divmod(district, ACROSS)
    return round(MIDDLE[0] - row * APART[0], 5), round(MIDDLE[1] + column * APART[1], 5)


def postcode_digits(district: int) -> str:
    """Return the digits of the postcode area that a district is."""
    return str(1990 + district) if district < 10 else str(2980 + district)


def building_in(random: Random, district: int) -> Building:
    """Return a building somewhere in a district."""
    latitude, longitude = middle_of(district)
    return Building(
        name=random.choice(BUILDINGS),
        street=random.choice(STREETS),
        house_number=str(random.randint(1, 240)),
        postal_code=f"{postcode_digits(district)}ZZ",
        latitude=round(latitude + random.uniform(-0.4, 0.4) * APART[0], 5),
        longitude=round(longitude + random.uniform(-0.4, 0.4) * APART[1], 5),
        accessibility=frozenset(random.sample(list(Accessibility), random.randint(1, 4))),
    )


def coordinator(random: Random) -> str:
    """Return the name of somebody who keeps the places of an organisation up to date."""
    return " ".join(names.full_name(random))


def outside(random: Random, kind: PlaceKind, mask: int, needed: int, since: date) -> Outside:
    """Return what a place of a kind shows, open on these half-days from a day on."""
    is_public = kind in PUBLIC_KINDS and happens(random, PUBLIC_SHARE)
    return Outside(
        sessions=tuple(_sessions(mask, since)),
        hours_per_week=max(2, round(needed * 2.5)),
        guidance=random.choice(list(Guidance)),
        start_window=random.choice([StartWindow.ANY_TIME, StartWindow.BY_APPOINTMENT]),
        cost_cents=random.choice([0, 0, 0, 250, 500]) if is_public else 0,
        is_public=is_public,
        open_to_sign_up=is_public and happens(random, 0.7),
        asks_attendance=kind in WITH_ATTENDANCE,
        confirmed_days_ago=_days_ago(random),
    )


def _days_ago(random: Random) -> int | None:
    if happens(random, NEVER_CONFIRMED_SHARE):
        return None
    return random.randint(1, 55) if happens(random, FRESH_SHARE) else random.randint(200, 420)


def _sessions(mask: int, since: date) -> list[Session]:
    """Put the half-days of one part of the day together in one rule."""
    found = []
    for part, (opens_at, closes_at) in HOURS.items():
        days = [code[:2].upper() for code in half_days.codes(mask) if code.endswith(part)]
        if days:
            found.append(
                Session(
                    rule=f"FREQ=WEEKLY;BYDAY={','.join(days)}",
                    first_on=since + timedelta(days=(7 - since.weekday()) % 7),
                    opens_at=opens_at,
                    closes_at=closes_at,
                )
            )
    return found
