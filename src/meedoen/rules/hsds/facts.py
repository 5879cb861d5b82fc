"""What is told about public places, and the words that go with it; never about a person."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from meedoen.rules.schedule.sessions import Session


class Taxonomy(StrEnum):
    """A list of terms that services are described with."""

    KIND = "kind"
    INTEREST = "interest"
    LANGUAGE_LEVEL = "language_level"
    ORGANISATION_KIND = "organisation_kind"
    """Of organisations, where the others are of places."""
    AREA = "area"
    """Municipalities and their districts, by CBS code."""


@dataclass(frozen=True, slots=True)
class TaxonomyFacts:
    """A list of terms with its name and a sentence about it."""

    taxonomy: Taxonomy
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class TermFacts:
    """A term of a list; `parent` is the code of the term above it in the same list, if any."""

    of: TaxonomyFacts
    code: str
    name: str
    description: str
    parent: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """A municipality or a district by its CBS code; `parent` is that of its municipality."""

    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ReceptionFacts:
    """The address for everyone of an organisation, without anybody's name."""

    key: uuid.UUID
    email: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationFacts:
    """Where people go; degrees are WGS 84. `province` is empty where nobody said which it is."""

    key: uuid.UUID
    organisation_key: uuid.UUID
    name: str
    street: str
    house_number: str
    postal_code: str
    town: str
    province: str
    bag_id: str
    latitude: float | None
    longitude: float | None
    accessibility: tuple[str, ...]
    accessibility_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    """An organisation that has a public place."""

    key: uuid.UUID
    name: str
    kind: str
    description: str
    website: str
    kvk_number: str
    municipality: AreaFacts
    reception: ReceptionFacts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacts:
    """A public place. Money is in cents for each time; `free` is 0 when it is full."""

    key: uuid.UUID
    title: str
    description: str
    kind: str
    organisation: OrganisationFacts
    district: AreaFacts
    location: LocationFacts | None
    sessions: tuple[Session, ...]
    language_level: int
    functional_demands: tuple[str, ...]
    interests: tuple[str, ...]
    cost_cents: int
    cost_note: str
    start_window: str
    next_start_on: date | None
    open_to_sign_up: bool
    free: int
    confirmed_on: date | None
    is_stale: bool
    modified_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceWords:
    """What people read about a service, made of its facts in plain language."""

    eligibility: str
    application: str
    fees: str
    cost_option: str
    alert: str
    free: str
    unit: str
    language: str
    without_holidays: str
    other_rhythm: str
    """What comes before a rule that HSDS has no fields for."""
    area: str
    area_uri: str
    url: str
    terms: tuple[TermFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationWords:
    """What people read about an organisation; the description is never empty."""

    description: str
    kvk: str
    terms: tuple[TermFacts, ...]
