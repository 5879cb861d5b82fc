"""Entering and changing organisations, contacts and locations."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.directory.actions import (
    change_contacts,
    enter_contacts,
    enter_locations,
    enter_organisations,
    keep_organisation_changes,
)
from meedoen.records.directory.finding import make_missing_findable
from meedoen.records.directory.models import Contact, DirectoryChange
from meedoen.records.directory.new import ContactChange, OrganisationChange
from meedoen.records.directory.queries import contact, location, organisation_page, place_choices
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.search.queries import search
from meedoen.rules.vocabulary import Accessibility, ContactRole, SearchKind
from tests.at_once import at_once
from tests.records.directory.scenes import (
    KVK,
    MONDAY,
    a_contact,
    a_location,
    bakery,
    entered,
    entered_contact,
    entered_location,
    moestuin_key,
    newest,
)
from tests.town import build_town
from tests.web.coach.scenes import on


@pytest.fixture(autouse=True)
def monday():
    with on(MONDAY):
        yield


def found(town, text: str) -> list[str]:
    numbers = [one.subject_id for one in search(town.anna, text=text, kind=SearchKind.ORGANISATION)]
    names = dict(Organisation.objects.values_list("pk", "name"))
    return [names[number] for number in numbers]


# --- organisations -------------------------------------------------------------------------------


def test_a_coach_enters_an_organisation_and_it_is_noted(town):
    row = entered(town, name="  Bakkerij   De Korst ", kvk_number="1234 5678")
    assert (row.name, row.kvk_number, row.left_on) == ("Bakkerij De Korst", KVK, None)
    change = newest()
    assert (change.subject_id, change.changed_by_id) == (row.pk, town.anna.membership_id)
    assert change.before == {}
    assert change.after["name"] == "Bakkerij De Korst"


def test_it_is_found_by_name_kind_and_description(town):
    entered(town)
    for text in ("korst", "werkgever", "brood", "bakkerrij"):
        assert found(town, text) == ["Bakkerij De Korst"], text


def test_an_organisation_that_was_entered_without_the_index_is_found_after_the_night(town):
    assert found(town, "moestuin") == []
    assert make_missing_findable(town.system) == 2
    assert found(town, "moestuin") == ["De Moestuin"]
    assert make_missing_findable(town.system) == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "De naam ontbreekt"),
        ({"name": "x" * 201}, "hoogstens 200"),
        ({"name": "de moestuin"}, "heet. Kies een andere naam"),
        ({"kvk_number": "1234567"}, "precies 8 cijfers"),
        ({"kvk_number": "1234567X"}, "alleen cijfers"),
        ({"kvk_number": "00000000"}, "geen KVK-nummer"),
        ({"website": "javascript:alert(1)"}, "https://"),
        ({"website": "www.voorbeeld"}, "https://"),
        ({"description": "x" * 4_001}, "hoogstens 4000"),
    ],
)
def test_what_is_wrong_is_said(town, changes, sentence):
    with pytest.raises(ActionRefusedError, match=sentence):
        entered(town, **changes)
    assert not DirectoryChange.objects.exists()


def test_everything_that_is_wrong_is_said_at_once(town):
    with pytest.raises(ActionRefusedError) as refused:
        entered(town, name="", kvk_number="1", website="x")
    for part in ("De naam ontbreekt", "8 cijfers", "https://"):
        assert part in str(refused.value)


def test_a_known_kvk_number_is_refused_with_the_name_of_who_has_it(town):
    entered(town)
    with pytest.raises(ActionRefusedError, match="is al van Bakkerij De Korst"):
        entered(town, name="De Korst B.V.")


def test_the_same_number_may_be_used_in_another_municipality(town):
    entered(town)
    [number] = enter_organisations(town.vera, organisations=[bakery()])
    assert Organisation.objects.get(pk=number).municipality_id == town.vera.municipality_id


def test_two_of_one_name_at_once_are_refused_together(town):
    with pytest.raises(ActionRefusedError, match="andere naam"):
        enter_organisations(
            town.anna, organisations=[bakery(), bakery(name="BAKKERIJ de korst", kvk_number="")]
        )
    with pytest.raises(ActionRefusedError, match="twee keer"):
        enter_organisations(town.anna, organisations=[bakery(), bakery(name="Iets anders")])


def changed(row, seen=None, **changes) -> OrganisationChange:
    return OrganisationChange(organisation_id=row.pk, details=bakery(**changes), seen=seen)


def test_a_change_notes_what_differs_and_nothing_else(town):
    row = entered(town)
    keep_organisation_changes(town.lea, changes=[changed(row, website="")])
    change = newest()
    assert change.before == {"website": "https://www.example.org"}
    assert change.after == {"website": ""}


def test_a_change_of_nothing_leaves_no_trace(town):
    row = entered(town)
    before = DirectoryChange.objects.count()
    assert keep_organisation_changes(town.lea, changes=[changed(row)]) == []
    assert DirectoryChange.objects.count() == before


def test_the_later_of_two_who_change_is_told(town):
    row = entered(town)
    seen = newest().pk
    keep_organisation_changes(town.anna, changes=[changed(row, seen=seen, name="De Korst")])
    with pytest.raises(ActionRefusedError, match="Iemand anders heeft dit net gewijzigd"):
        keep_organisation_changes(town.bram, changes=[changed(row, seen=seen, name="Korst")])
    assert Organisation.objects.get(pk=row.pk).name == "De Korst"


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_one_name_at_one_moment_leave_one():
    town = build_town()
    refused = []

    def enter(viewer, number):
        with on(MONDAY):
            try:
                enter_organisations(viewer, organisations=[bakery(kvk_number=number)])
            except ActionRefusedError as error:
                refused.append(str(error))

    at_once(lambda: enter(town.anna, "12345678"), lambda: enter(town.bram, "87654321"))
    assert Organisation.objects.filter(name="Bakkerij De Korst").count() == 1
    assert len(refused) == 1


def test_who_may_not_is_refused(town):
    for viewer in (town.petra, town.pia, town.suus, town.connie, town.roos, town.ab):
        with pytest.raises(PermissionDenied):
            enter_organisations(viewer, organisations=[bakery()])


def test_an_organisation_elsewhere_cannot_be_changed(town):
    row = entered(town)
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        keep_organisation_changes(town.vera, changes=[changed(row)])


# --- contacts ------------------------------------------------------------------------------------


def test_a_change_of_a_contact_says_that_it_differs_and_never_what(town):
    row = entered_contact(town)
    assert newest().after["role"] == "coordinator"
    change_contacts(
        town.anna,
        changes=[
            ContactChange(
                contact_id=row.pk,
                details=a_contact(town, name="Iemand Anders", email="iemand@example.org"),
            )
        ],
    )
    noted = newest()
    assert noted.before == noted.after == {"name": True, "email": True}
    for change in DirectoryChange.objects.all():
        text = f"{change.before}{change.after}"
        assert "Petra" not in text
        assert "Iemand" not in text
        assert "example" not in text
        assert "1234" not in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "", "phone": ""}, "e-mailadres of een telefoonnummer"),
        ({"email": "petra"}, "geen e-mailadres"),
        ({"phone": "bel maar"}, "geen telefoonnummer"),
        ({"phone": "06 12345678 06 12345678"}, "geen telefoonnummer"),
        ({"name": "x" * 151}, "hoogstens 150"),
        ({"organisation_id": 0}, "bestaat niet"),
    ],
)
def test_what_is_wrong_with_a_contact_is_said(town, changes, sentence):
    with pytest.raises(ActionRefusedError, match=sentence):
        enter_contacts(town.anna, contacts=[a_contact(town, **changes)])


def test_a_phone_number_alone_is_enough(town):
    row = entered_contact(town, email="", name="", phone="+31 (0)50-123 45 67")
    assert row.email == ""


def test_the_later_of_two_who_change_a_contact_is_told(town):
    row = entered_contact(town)
    seen = newest().pk
    once = ContactChange(
        contact_id=row.pk, details=a_contact(town, role=ContactRole.GUIDANCE), seen=seen
    )
    change_contacts(town.anna, changes=[once])
    with pytest.raises(ActionRefusedError, match="net gewijzigd"):
        change_contacts(town.bram, changes=[once])


def test_a_contact_stays_at_its_organisation(town):
    row = entered_contact(town)
    elsewhere = a_contact(town, organisation_id=town.otto.organisation_id)
    with pytest.raises(ActionRefusedError, match="andere organisatie"):
        change_contacts(town.anna, changes=[ContactChange(contact_id=row.pk, details=elsewhere)])


def test_who_sees_a_contact(town):
    key = entered_contact(town).key
    for viewer in (town.anna, town.carla, town.lea, town.suus, town.petra, town.pia):
        assert contact(viewer, key=key) is not None
    for viewer in (town.otto, town.vera, town.connie, town.roos, town.priya, town.ab):
        assert contact(viewer, key=key) is None
    assert Contact.objects.visible_to(town.vera).count() == 0


# --- locations -----------------------------------------------------------------------------------


def test_a_location_is_kept_with_its_address(town):
    row = entered_location(town, accessibility=frozenset({Accessibility.LIFT}))
    assert (row.postal_code, row.accessibility) == ("1234AB", ["lift"])
    card = location(town.petra, key=row.key)
    assert card is not None
    assert card.address == "Kerkstraat 12a, 1234 AB Testveld"
    assert newest().after["accessibility"] == ["lift"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "De naam ontbreekt"),
        ({"postal_code": "0123 AB"}, "vier cijfers en twee letters"),
        ({"postal_code": "1234"}, "vier cijfers en twee letters"),
        ({"bag_id": "123"}, "precies 16 cijfers"),
        ({"latitude": None}, "twee getallen"),
        ({"latitude": 6.5, "longitude": 53.2}, "andersom"),
        ({"latitude": float("nan"), "longitude": 5.0}, "niet in Nederland"),
        ({"district_id": 0}, "Deze wijk bestaat niet"),
        ({"organisation_id": 0}, "Deze organisatie bestaat niet"),
        ({"house_number": "1" * 13}, "hoogstens 12"),
    ],
)
def test_what_is_wrong_with_a_location_is_said(town, changes, sentence):
    with pytest.raises(ActionRefusedError, match=sentence):
        enter_locations(town.anna, locations=[a_location(town, **changes)])


def test_a_location_without_an_address_is_fine(town):
    row = entered_location(
        town, street="", house_number="", postal_code="", bag_id="", latitude=None, longitude=None
    )
    assert row.latitude is None


# --- what is shown -------------------------------------------------------------------------------


def test_the_page_of_an_organisation_holds_what_a_viewer_may_see(town):
    entered_contact(town)
    entered_location(town)
    key = moestuin_key(town)
    for viewer in (town.anna, town.suus, town.petra):
        page = organisation_page(viewer, key=key)
        assert page is not None
        assert (len(page.contacts), len(page.locations), len(page.changes)) == (1, 1, 2)
    for viewer in (town.otto, town.vera, town.connie, town.roos):
        assert organisation_page(viewer, key=key) is None


def test_a_place_can_be_tied_to_what_is_there_today(town):
    entered_contact(town, starts_on=date(2026, 4, 1))
    now = entered_contact(town, name="Nu Testema")
    where = entered_location(town)
    choices = place_choices(town.petra, organisation_id=town.petra.organisation_id)
    assert [one.contact_id for one in choices.owners] == [now.pk]
    assert [one.location_id for one in choices.locations] == [where.pk]
    assert {one.name for one in choices.districts} == {"Noord", "Zuid"}
