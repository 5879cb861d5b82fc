"""An organisation keeps its own contacts, locations and description, and those of no other."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.directory.actions import (
    change_contacts,
    enter_contacts,
    enter_locations,
    enter_organisations,
)
from meedoen.records.directory.models import Contact, DirectoryChange, Location
from meedoen.records.directory.new import ContactChange, LocationChange, OrganisationChange
from meedoen.records.directory.own_actions import describe_own_organisation
from meedoen.records.directory.queries import own_organisation
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.places.found_actions import verify_found_place
from meedoen.records.places.organisation_actions import (
    change_locations,
    change_organisations,
    close_location,
    end_contact,
)
from meedoen.records.places.organisation_queries import owned_places
from meedoen.records.places.own_organisation import kept_organisation
from meedoen.records.search.queries import search
from meedoen.rules.vocabulary import SearchKind
from tests.records.directory.scenes import (
    MONDAY,
    NEXT_MONDAY,
    a_contact,
    a_location,
    bakery,
    entered_contact,
    entered_location,
    newest,
)
from tests.records.places.finds import handed_in, place_of
from tests.web.coach.scenes import on


@pytest.fixture(autouse=True)
def monday():
    with on(MONDAY):
        yield


def here(town) -> Organisation:
    return Organisation.objects.get(pk=town.petra.organisation_id)


def refusal(act) -> str:
    """Return in which words an action is refused."""
    with pytest.raises(ActionRefusedError) as refused:
        act()
    return str(refused.value)


# --- the own -------------------------------------------------------------------------------------


def test_who_works_there_enters_changes_and_ends_the_own(town):
    for viewer in (town.petra, town.pia):
        [contact] = enter_contacts(viewer, contacts=[a_contact(town)])
        assert newest().changed_by_id == viewer.membership_id
        changed = a_contact(town, phone="06 87654321")
        change_contacts(viewer, changes=[ContactChange(contact_id=contact, details=changed)])
        row = Contact.objects.visible_to(viewer).get(pk=contact)
        assert row.phone == "06 87654321"
        end_contact(viewer, key=row.key, ends_on=NEXT_MONDAY)
        [location] = enter_locations(viewer, locations=[a_location(town)])
        renamed = a_location(town, name="De Schuur")
        change_locations(viewer, changes=[LocationChange(location_id=location, details=renamed)])
        where = Location.objects.get(pk=location)
        assert where.name == "De Schuur"
        close_location(viewer, key=where.key, closed_on=NEXT_MONDAY)
        where.refresh_from_db()
        assert where.closed_on == NEXT_MONDAY


def test_the_organisation_itself_is_the_municipalitys(town):
    change = OrganisationChange(organisation_id=here(town).pk, details=bakery())
    for viewer in (town.petra, town.pia):
        with pytest.raises(PermissionDenied):
            change_organisations(viewer, changes=[change])
        with pytest.raises(PermissionDenied):
            enter_organisations(viewer, organisations=[bakery()])
    assert here(town).name == "De Moestuin"


@pytest.mark.parametrize("name", ["roos", "connie", "suus", "priya", "ab"])
def test_who_keeps_no_places_is_refused(town, name):
    viewer = town.members[name]
    contact, location = entered_contact(town), entered_location(town)
    change = LocationChange(location_id=location.pk, details=a_location(town))
    for act in (
        lambda: enter_contacts(viewer, contacts=[a_contact(town)]),
        lambda: enter_locations(viewer, locations=[a_location(town)]),
        lambda: change_contacts(
            viewer, changes=[ContactChange(contact_id=contact.pk, details=a_contact(town))]
        ),
        lambda: change_locations(viewer, changes=[change]),
        lambda: end_contact(viewer, key=contact.key, ends_on=NEXT_MONDAY),
        lambda: close_location(viewer, key=location.key, closed_on=NEXT_MONDAY),
        lambda: describe_own_organisation(viewer, description="", website=""),
    ):
        with pytest.raises(PermissionDenied):
            act()


# --- of another ----------------------------------------------------------------------------------


def test_what_another_organisation_has_is_refused_as_what_is_not_there(town):
    contact, location = entered_contact(town), entered_location(town)
    before = DirectoryChange.objects.count()
    there = town.otto.organisation_id

    def change_contact(number: int, organisation_id: int) -> str:
        details = a_contact(town, organisation_id=organisation_id)
        change = ContactChange(contact_id=number, details=details)
        return refusal(lambda: change_contacts(town.otto, changes=[change]))

    def change_location(number: int, organisation_id: int) -> str:
        details = a_location(town, organisation_id=organisation_id)
        change = LocationChange(location_id=number, details=details)
        return refusal(lambda: change_locations(town.otto, changes=[change]))

    for organisation_id in (here(town).pk, there):
        assert change_contact(contact.pk, organisation_id) == change_contact(0, organisation_id)
        assert change_location(location.pk, organisation_id) == change_location(0, organisation_id)

    def end(key: uuid.UUID) -> str:
        return refusal(lambda: end_contact(town.otto, key=key, ends_on=NEXT_MONDAY))

    def close(key: uuid.UUID, closed_on: date | None) -> str:
        return refusal(lambda: close_location(town.otto, key=key, closed_on=closed_on))

    assert end(contact.key) == end(uuid.uuid4())
    for day in (NEXT_MONDAY, None):
        assert close(location.key, day) == close(uuid.uuid4(), day)

    def enter(organisation_id: int) -> list[str]:
        one = a_contact(town, organisation_id=organisation_id)
        where = a_location(town, organisation_id=organisation_id)
        return [
            refusal(lambda: enter_contacts(town.otto, contacts=[one])),
            refusal(lambda: enter_locations(town.otto, locations=[where])),
        ]

    assert enter(here(town).pk) == enter(0)
    assert DirectoryChange.objects.count() == before


def test_one_of_another_among_the_own_changes_nothing(town):
    there = {"organisation_id": town.otto.organisation_id}
    with pytest.raises(ActionRefusedError):
        enter_contacts(town.petra, contacts=[a_contact(town), a_contact(town, **there)])
    with pytest.raises(ActionRefusedError):
        enter_locations(town.petra, locations=[a_location(town), a_location(town, **there)])
    assert not DirectoryChange.objects.exists()


def test_the_own_is_not_given_to_another(town):
    there = {"organisation_id": town.otto.organisation_id}
    contact, location = entered_contact(town), entered_location(town)
    details = a_contact(town, **there)
    with pytest.raises(ActionRefusedError):
        change_contacts(town.petra, changes=[ContactChange(contact_id=contact.pk, details=details)])
    where = a_location(town, **there)
    with pytest.raises(ActionRefusedError):
        change_locations(
            town.petra, changes=[LocationChange(location_id=location.pk, details=where)]
        )
    assert Location.objects.get(pk=location.pk).organisation_id == here(town).pk


# --- what somebody found -------------------------------------------------------------------------


def test_a_place_that_a_resident_found_is_not_told_of(town):
    """It is for that person only, until somebody looked at it; nor is it in the way."""
    location = entered_location(town, house_number="")
    key = handed_in(
        town,
        day=MONDAY,
        starts_on=MONDAY,
        organisation="De Moestuin",
        street="Kerkstraat",
        postal_code="1234AB",
        contact_name="Kees Testema",
        contact_email="kees@example.org",
    )
    place = place_of(key)
    assert place.location_id == location.pk
    owner = Contact.objects.visible_to(town.system).get(pk=place.owner_id)
    assert owned_places(town.petra, contact_id=owner.pk) == []
    shown = kept_organisation(town.petra)
    assert [one.key for one in shown.locations] == [location.key]
    assert shown.contacts == []
    close_location(town.petra, key=location.key, closed_on=NEXT_MONDAY)


def test_what_a_finder_typed_is_the_organisations_to_keep_once_somebody_looked(town):
    key = handed_in(
        town,
        day=MONDAY,
        starts_on=MONDAY,
        organisation="De Moestuin",
        street="Elders 1",
        contact_name="Kees Testema",
        contact_email="kees@example.org",
    )
    shown = kept_organisation(town.petra)
    assert (shown.contacts, shown.locations) == ([], [])
    verify_found_place(town.lea, place_key=key, accept=True)
    shown = kept_organisation(town.petra)
    assert [one.name for one in shown.contacts] == ["Kees Testema"]
    assert [one.name for one in shown.locations] == ["Elders 1"]
    assert kept_organisation(town.anna) is None


# --- what it does --------------------------------------------------------------------------------


def test_an_organisation_says_what_it_does_and_is_found_by_it(town):
    describe_own_organisation(
        town.petra, description=" We kweken snijbonen. ", website="https://www.example.org"
    )
    row = here(town)
    assert (row.description, row.website) == ("We kweken snijbonen.", "https://www.example.org")
    assert newest().after == {"description": row.description, "website": row.website}
    [hit] = search(town.anna, text="snijbonen", kind=SearchKind.ORGANISATION)
    assert hit.subject_id == row.pk


def test_everything_that_is_wrong_with_it_is_said_at_once(town):
    words = refusal(
        lambda: describe_own_organisation(town.petra, description="x" * 4_001, website="ftp://x")
    )
    assert "hoogstens 4000" in words
    assert "https://" in words
    assert not DirectoryChange.objects.exists()


def test_a_change_of_the_municipality_in_the_meantime_is_told(town):
    seen = own_organisation(town.petra).seen
    details = bakery(name="De Moestuin", kvk_number="")
    change = OrganisationChange(organisation_id=here(town).pk, details=details)
    change_organisations(town.anna, changes=[change])
    with pytest.raises(ActionRefusedError, match="net gewijzigd"):
        describe_own_organisation(town.petra, description="Te laat", website="", seen=seen)
    assert here(town).description == details.description
    describe_own_organisation(
        town.petra, description="Op tijd", website="", seen=own_organisation(town.petra).seen
    )
    assert here(town).description == "Op tijd"


def test_only_who_works_there_describes_it(town):
    for viewer in (town.anna, town.lea, town.system):
        with pytest.raises(ActionRefusedError, match="Alleen de organisatie zelf"):
            describe_own_organisation(viewer, description="Van een ander", website="")
    describe_own_organisation(town.otto, description="Wij maken fietsen.", website="")
    assert here(town).description == ""
