"""What everyone may read about places, signed in or not; no names of people."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from meedoen.records.directory.models import Contact, Location
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.queries import DistrictCard, districts
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.cards import public_places
from meedoen.records.places.models import Place
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.places.freshness import is_stale
from meedoen.rules.schedule.sessions import Session, sessions_from_json
from meedoen.rules.vocabulary import (
    Accessibility,
    ContactRole,
    Guidance,
    OrganisationKind,
    PlaceKind,
    StartWindow,
)


@dataclass(frozen=True, slots=True)
class PublicMunicipality:
    """A municipality to look for places in; `code` is the CBS code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PublicArea:
    """A municipality with its districts, to choose from."""

    code: str
    name: str
    districts: Sequence[DistrictCard]


@dataclass(frozen=True, slots=True)
class PublicLocation:
    """Where a place is, and what makes it easy to be there."""

    name: str
    street: str
    house_number: str
    postal_code: str
    town: str
    accessibility: tuple[Accessibility, ...]
    accessibility_note: str


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A place as everyone may see it.

    `half_days` is a mask; `cost_cents` is for each time. `email` and `phone` are the address for
    everyone of the organisation, both empty when it has none; `at_municipality` says whether it is
    part of the municipality itself. `closes_on` is None until further
    notice. `changed_at` is the moment of the newest change, for programs that follow it.
    """

    key: uuid.UUID
    municipality_code: str
    municipality: str
    title: str
    description: str
    kind: PlaceKind
    organisation: str
    website: str
    at_municipality: bool
    district: str
    location: PublicLocation | None
    half_days: int
    half_days_needed: int
    hours_per_week: int | None
    sessions: tuple[Session, ...]
    language_level_asked: LanguageLevel
    functional_demands: tuple[FunctionalDemand, ...]
    interests: tuple[str, ...]
    guidance: Guidance
    guidance_note: str
    start_window: StartWindow
    next_start_on: date | None
    cost_cents: int
    cost_note: str
    photo_free: bool
    has_room: bool
    open_to_sign_up: bool
    email: str
    phone: str
    confirmed_on: date | None
    is_stale: bool
    opens_on: date
    closes_on: date | None
    changed_at: datetime


def public_municipalities() -> Sequence[PublicMunicipality]:
    """Return the municipalities of this installation, by name."""
    rows = Municipality.objects.order_by("name", "code")
    return [PublicMunicipality(code=row.code, name=row.name) for row in rows]


def public_area(code: str) -> PublicArea | None:
    """Return the municipality with this CBS code and its districts; None when it is not here."""
    row = Municipality.objects.filter(code=code).first()
    if row is None:
        return None
    return PublicArea(code=row.code, name=row.name, districts=districts(_anyone(row.pk)))


def own_municipality_code(viewer: Viewer) -> str:
    """Return the CBS code of the viewer's municipality."""
    return Municipality.objects.get(pk=viewer.municipality_id).code


def public_place(key: uuid.UUID) -> PublicPlace | None:
    """Return a place; None when there is none, and when not everyone may see it."""
    rows = public_places().select_related("municipality", "organisation", "district", "location")
    row = rows.filter(key=key).first()
    return None if row is None else _card(row)


def _card(row: Place) -> PublicPlace:
    email, phone = _reception(row)
    return PublicPlace(
        key=row.key,
        municipality_code=row.municipality.code,
        municipality=row.municipality.name,
        title=row.title,
        description=row.description,
        kind=PlaceKind(row.kind),
        organisation=row.organisation.name,
        website=row.organisation.website,
        at_municipality=row.organisation.kind == OrganisationKind.MUNICIPAL_TEAM,
        district=row.district.name,
        location=_location(row.location),
        half_days=row.half_days,
        half_days_needed=row.half_days_needed,
        hours_per_week=row.hours_per_week,
        sessions=sessions_from_json(row.sessions),
        language_level_asked=LanguageLevel(row.language_level_asked),
        functional_demands=tuple(map(FunctionalDemand, row.functional_demands)),
        interests=tuple(row.interests),
        guidance=Guidance(row.guidance),
        guidance_note=row.guidance_note,
        start_window=StartWindow(row.start_window),
        next_start_on=row.next_start_on,
        cost_cents=row.cost_cents,
        cost_note=row.cost_note,
        photo_free=row.photo_free,
        has_room=not row.is_full and row.taken < row.capacity,
        open_to_sign_up=row.open_to_sign_up,
        email=email,
        phone=phone,
        confirmed_on=row.confirmed_on,
        is_stale=is_stale(row.confirm_by, clock.today()),
        opens_on=row.opens_on,
        closes_on=None if row.closes_on == STILL_OPEN else row.closes_on,
        changed_at=row.changed_at or timezone.make_aware(datetime.combine(row.opens_on, time())),
    )


def _location(row: Location | None) -> PublicLocation | None:
    if row is None or (row.closed_on and row.closed_on <= clock.today()):
        return None
    return PublicLocation(
        name=row.name,
        street=row.street,
        house_number=row.house_number,
        postal_code=row.postal_code,
        town=row.town,
        accessibility=tuple(map(Accessibility, row.accessibility)),
        accessibility_note=row.accessibility_note,
    )


def _reception(row: Place) -> tuple[str, str]:
    """Return e-mail and phone of the address for everyone: no other contact, and no name."""
    today = clock.today()
    contacts = Contact.objects.visible_to(_anyone(row.municipality_id)).filter(
        organisation_id=row.organisation_id,
        role=ContactRole.RECEPTION,
        starts_on__lte=today,
        ends_on__gt=today,
    )
    newest = contacts.order_by("-starts_on", "-pk").values_list("email", "phone").first()
    return newest or ("", "")


def _anyone(municipality_id: int) -> Viewer:
    """Return Meedoen itself, which answers for anyone; what is public is chosen here."""
    return Viewer.system(municipality_id)
