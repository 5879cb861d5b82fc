"""A participation job that an organisation enters itself."""

from typing import Any

from meedoen.records.places.actions import NewPlace
from meedoen.rules.vocabulary import PlaceKind
from tests.town import LONG_AGO, MORNINGS, Town


def a_proposal(town: Town, **changes: Any) -> NewPlace:
    """Return a participation job at De Moestuin, to enter."""
    given = {
        "organisation_id": town.petra.organisation_id or 0,
        "district_id": town.north,
        "kind": PlaceKind.PARTICIPATION_JOB,
        "title": "Kas vegen",
        "capacity": 2,
        "half_days": MORNINGS,
        "opens_on": LONG_AGO,
    }
    return NewPlace(**given | changes)
