"""What somebody says of an organisation, a contact or a location, as plain values."""

from dataclasses import dataclass
from datetime import date

from meedoen.rules.vocabulary import Accessibility, ContactRole, OrganisationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDetails:
    """An organisation as somebody describes it."""

    name: str
    kind: OrganisationKind
    kvk_number: str = ""
    description: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """Somebody, or a shared address, to ask; an e-mail address or a phone number is needed."""

    organisation_id: int
    role: ContactRole
    starts_on: date
    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationDetails:
    """Where an organisation has places; the position is in degrees (WGS 84), both or neither."""

    organisation_id: int
    district_id: int
    name: str
    street: str = ""
    house_number: str = ""
    postal_code: str = ""
    town: str = ""
    bag_id: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accessibility: frozenset[Accessibility] = frozenset()
    accessibility_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChange:
    """What an organisation becomes.

    `seen` is the number of its newest change that was shown to whoever changes it; None skips
    the question whether somebody else changed it in the meantime. So it is for the two below.
    """

    organisation_id: int
    details: OrganisationDetails
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChange:
    """What a contact becomes; it stays at its organisation."""

    contact_id: int
    details: ContactDetails
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationChange:
    """What a location becomes; it stays at its organisation."""

    location_id: int
    details: LocationDetails
    seen: int | None = None
