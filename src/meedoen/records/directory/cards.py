"""Organisations, contacts and locations as pages show them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from meedoen.records.directory.models import Contact, DirectoryChange, Location
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.models import Organisation
from meedoen.rules.vocabulary import Accessibility, ContactRole, OrganisationKind, SubjectKind


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation; `left_on` is the first day on which it takes part no more, if there is."""

    organisation_id: int
    key: uuid.UUID
    name: str
    kind: OrganisationKind
    kvk_number: str
    description: str
    website: str
    left_on: date | None


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Somebody, or a shared address, to ask; `ends_on` is None until further notice."""

    contact_id: int
    key: uuid.UUID
    organisation_id: int
    role: ContactRole
    name: str
    email: str
    phone: str
    starts_on: date
    ends_on: date | None

    def runs_on(self, day: date) -> bool:
        """Return whether this contact can be asked on a day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class LocationCard:
    """Where an organisation has places; the position is in degrees, both numbers or neither."""

    location_id: int
    key: uuid.UUID
    organisation_id: int
    district_id: int
    district: str
    name: str
    street: str
    house_number: str
    postal_code: str
    town: str
    bag_id: str
    latitude: float | None
    longitude: float | None
    accessibility: tuple[Accessibility, ...]
    accessibility_note: str
    closed_on: date | None

    @property
    def address(self) -> str:
        """Return street, number, postcode and town as one line, as far as they are known."""
        postcode = " ".join(filter(None, [self.postal_code[:4], self.postal_code[4:]]))
        street = " ".join(filter(None, [self.street, self.house_number]))
        return ", ".join(filter(None, [street, " ".join(filter(None, [postcode, self.town]))]))


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """A change of an organisation, a contact or a location, by the names of the fields.

    `by` is empty when Meedoen itself did it. Of people it says only that something differs.
    """

    subject: SubjectKind
    subject_id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    changed_at: datetime
    by: str


def organisation_card(row: Organisation) -> OrganisationCard:
    """Return the card of an organisation."""
    return OrganisationCard(
        organisation_id=row.pk,
        key=row.key,
        name=row.name,
        kind=OrganisationKind(row.kind),
        kvk_number=row.kvk_number,
        description=row.description,
        website=row.website,
        left_on=row.left_on,
    )


def contact_card(row: Contact) -> ContactCard:
    """Return the card of a contact."""
    return ContactCard(
        contact_id=row.pk,
        key=row.key,
        organisation_id=row.organisation_id,
        role=ContactRole(row.role),
        name=row.name,
        email=row.email,
        phone=row.phone,
        starts_on=row.starts_on,
        ends_on=None if row.ends_on == STILL_OPEN else row.ends_on,
    )


def location_card(row: Location) -> LocationCard:
    """Return the card of a location that came with its district."""
    return LocationCard(
        location_id=row.pk,
        key=row.key,
        organisation_id=row.organisation_id,
        district_id=row.district_id,
        district=row.district.name,
        name=row.name,
        street=row.street,
        house_number=row.house_number,
        postal_code=row.postal_code,
        town=row.town,
        bag_id=row.bag_id,
        latitude=row.latitude,
        longitude=row.longitude,
        accessibility=tuple(map(Accessibility, row.accessibility)),
        accessibility_note=row.accessibility_note,
        closed_on=row.closed_on,
    )


def change_card(row: DirectoryChange) -> ChangeCard:
    """Return the card of a change that came with who made it."""
    return ChangeCard(
        subject=SubjectKind(row.subject),
        subject_id=row.subject_id,
        before=row.before,
        after=row.after,
        changed_at=row.changed_at,
        by=row.changed_by.account.name if row.changed_by else "",
    )
