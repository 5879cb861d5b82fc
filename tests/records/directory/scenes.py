"""Organisations, contacts and locations as tests enter them."""

import uuid
from datetime import date
from typing import Any

from meedoen.records.directory.actions import (
    enter_contacts,
    enter_locations,
    enter_organisations,
)
from meedoen.records.directory.models import Contact, DirectoryChange, Location
from meedoen.records.directory.new import ContactDetails, LocationDetails, OrganisationDetails
from meedoen.records.organisations.models import Organisation
from meedoen.rules.vocabulary import ContactRole, OrganisationKind
from tests.town import Town

MONDAY, NEXT_MONDAY = date(2026, 3, 2), date(2026, 3, 9)
KVK = "12345678"


def bakery(**changes: Any) -> OrganisationDetails:
    """Return an invented organisation."""
    values = {
        "name": "Bakkerij De Korst",
        "kind": OrganisationKind.EMPLOYER,
        "kvk_number": KVK,
        "description": "Hier bakken we brood voor de buurt.",
        "website": "https://www.example.org",
    }
    return OrganisationDetails(**(values | changes))


def a_contact(town: Town, **changes: Any) -> ContactDetails:
    """Return an invented coordinator of De Moestuin."""
    values = {
        "organisation_id": town.petra.organisation_id,
        "role": ContactRole.COORDINATOR,
        "name": "Petra Testema",
        "email": "petra@example.org",
        "phone": "06 12345678",
        "starts_on": date(2026, 1, 1),
    }
    return ContactDetails(**(values | changes))


def a_location(town: Town, **changes: Any) -> LocationDetails:
    """Return an invented location of De Moestuin, in Noord."""
    values = {
        "organisation_id": town.petra.organisation_id,
        "district_id": town.north,
        "name": "De Kas",
        "street": "Kerkstraat",
        "house_number": "12a",
        "postal_code": "1234 ab",
        "town": "Testveld",
        "bag_id": "0012345678901234",
        "latitude": 53.2,
        "longitude": 6.5,
    }
    return LocationDetails(**(values | changes))


def entered(town: Town, **changes: Any) -> Organisation:
    [number] = enter_organisations(town.anna, organisations=[bakery(**changes)])
    return Organisation.objects.get(pk=number)


def entered_contact(town: Town, **changes: Any) -> Contact:
    [number] = enter_contacts(town.anna, contacts=[a_contact(town, **changes)])
    return Contact.objects.visible_to(town.system).get(pk=number)


def entered_location(town: Town, **changes: Any) -> Location:
    [number] = enter_locations(town.anna, locations=[a_location(town, **changes)])
    return Location.objects.get(pk=number)


def moestuin_key(town: Town) -> uuid.UUID:
    return Organisation.objects.get(pk=town.petra.organisation_id).key


def newest() -> DirectoryChange:
    """Return the change that was noted last."""
    return DirectoryChange.objects.latest("pk")
