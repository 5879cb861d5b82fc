"""What a place is, as plain values; the same as columns of a place and as facts in JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.places.models import Place
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.schedule.sessions import Session, sessions_as_json, sessions_from_json
from meedoen.rules.vocabulary import Guidance, LegalTask, PlaceKind, PlaceStatus, StartWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDetails:
    """All that an organisation says of a place; what Meedoen itself keeps of it is not here.

    `half_days` is a mask of `rules.half_days`; `closes_on`, the first day on which the place is
    there no more, is None until further notice. Money is in cents, for each time.
    """

    organisation_id: int
    district_id: int
    kind: PlaceKind
    title: str
    capacity: int
    half_days: int
    opens_on: date
    location_id: int | None = None
    description: str = ""
    half_days_needed: int = 1
    hours_per_week: int | None = None
    sessions: tuple[Session, ...] = ()
    language_level_asked: LanguageLevel = LanguageLevel.BELOW_A1
    functional_demands: frozenset[FunctionalDemand] = frozenset()
    interests: frozenset[str] = frozenset()
    guidance: Guidance = Guidance.NOW_AND_THEN
    guidance_note: str = ""
    start_window: StartWindow = StartWindow.BY_APPOINTMENT
    next_start_on: date | None = None
    cost_cents: int = 0
    cost_note: str = ""
    legal_task: LegalTask = LegalTask.PARTICIPATION
    purpose: str = ""
    is_public: bool = False
    open_to_sign_up: bool = False
    photo_free: bool = True
    asks_attendance: bool = False
    is_full: bool = False
    most_per_half_day: int | None = None
    owner_id: int | None = None
    closes_on: date | None = None


NAMES = tuple(field.name for field in fields(PlaceDetails))


def as_columns(details: PlaceDetails) -> dict[str, Any]:
    """Return the values of the columns of a place with the same names."""
    values = {name: getattr(details, name) for name in NAMES}
    return values | {
        "functional_demands": sorted(details.functional_demands),
        "interests": sorted(details.interests),
        "sessions": sessions_as_json(details.sessions),
        "closes_on": details.closes_on or STILL_OPEN,
    }


def details_of(row: Place) -> PlaceDetails:
    """Return what a place says today."""
    values = {name: getattr(row, name) for name in NAMES}
    return PlaceDetails(
        **values
        | {
            "kind": PlaceKind(row.kind),
            "sessions": sessions_from_json(row.sessions),
            "language_level_asked": LanguageLevel(row.language_level_asked),
            "functional_demands": frozenset(map(FunctionalDemand, row.functional_demands)),
            "interests": frozenset(row.interests),
            "guidance": Guidance(row.guidance),
            "start_window": StartWindow(row.start_window),
            "legal_task": LegalTask(row.legal_task),
            "closes_on": None if row.closes_on == STILL_OPEN else row.closes_on,
        }
    )


def as_facts(details: PlaceDetails) -> dict[str, Any]:
    """Return the details as JSON, to keep in a period."""
    facts = as_columns(details)
    for name in ("opens_on", "closes_on", "next_start_on"):
        facts[name] = facts[name] and facts[name].isoformat()
    return facts


def standing_facts(status: str, confirmed_on: date | None) -> dict[str, str | None]:
    """Return how a place stands in the directory, to keep beside the details in a period.

    The place itself keeps only how it stands now, and figures go back to an earlier day.
    """
    return {
        "status": PlaceStatus(status).value,
        "confirmed_on": None if confirmed_on is None else confirmed_on.isoformat(),
    }


def from_facts(facts: Mapping[str, Any]) -> PlaceDetails:
    """Return the details that `as_facts` wrote; what was not yet kept then has its usual value."""
    given: dict[str, Any] = {name: value for name, value in facts.items() if name in NAMES}
    days: dict[str, Any] = {
        name: given[name] and date.fromisoformat(given[name])
        for name in ("opens_on", "closes_on", "next_start_on")
        if name in given
    }
    return details_of(Place(**{**given, **days}))
