"""What the tests on found places share: a place that somebody hands in, and good answers."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.displacement_actions import check_displacement
from meedoen.records.places.found_actions import NewFoundPlace, enter_found_place
from meedoen.records.places.models import Place
from meedoen.rules.places.displacement import Answers, Reply, SignedFor
from meedoen.rules.vocabulary import PlaceKind
from tests.town import MORNINGS, Person, Town
from tests.web.coach.scenes import on

HANDED_IN = date(2026, 9, 1)
CHECKED = date(2026, 9, 3)
ORGANISATION = "Soepkeuken De Lepel"

WELL = Answers(
    additional=Reply.YES,
    paid_before=Reply.NO,
    vacancy=Reply.NO,
    goes_on=Reply.YES,
    signed_for=SignedFor.EMPLOYER,
    signer_name="Piet Verzonnen",
    signer_function="bestuurder",
)
UNCLEAR = replace(WELL, goes_on=Reply.UNKNOWN)
DISPLACES = replace(WELL, vacancy=Reply.YES)


def new_find(town: Town, **changes: Any) -> NewFoundPlace:
    """Return a place as it is handed in: Roos helps in a soup kitchen."""
    return NewFoundPlace(
        **{
            "title": "Soep koken",
            "kind": PlaceKind.VOLUNTEER_WORK,
            "half_days": MORNINGS,
            "district_id": town.north,
            "starts_on": HANDED_IN,
            "organisation": ORGANISATION,
        }
        | changes
    )


def handed_in(
    town: Town,
    *,
    by: Viewer | None = None,
    person: Person | None = None,
    day: date = HANDED_IN,
    **changes: Any,
) -> uuid.UUID:
    """Let somebody (Roos herself) hand in a place and return its key."""
    with on(day):
        return enter_found_place(
            by or town.roos,
            pseudonym_id=(person or town.roos_file).pseudonym_id,
            place=new_find(town, **changes),
        )


def a_job(town: Town, **changes: Any) -> uuid.UUID:
    """Let Roos hand in a participation job."""
    return handed_in(town, kind=PlaceKind.PARTICIPATION_JOB, **changes)


def checked(
    town: Town, key: uuid.UUID, answers: Answers = WELL, *, day: date = CHECKED, reason: str = ""
) -> None:
    """Let Lea check that the work takes no paid work away."""
    with on(day):
        check_displacement(town.lea, place_key=key, answers=answers, reason=reason)


def place_of(key: uuid.UUID) -> Place:
    return Place.objects.get(key=key)
