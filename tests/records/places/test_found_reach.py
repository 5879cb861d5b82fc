"""What somebody who found a place can reach with it: that place, and nothing else."""

from datetime import date

import pytest

from meedoen.records.directory.actions import enter_locations
from meedoen.records.directory.models import Contact, Location
from meedoen.records.directory.new import LocationDetails
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.actions import invite
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.queries import person_for
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.actions import give_sign_in
from meedoen.records.places.found_actions import OrganisationKnownError, verify_found_place
from meedoen.records.places.found_queries import organisation_names, organisations_alike
from meedoen.records.places.models import Place
from meedoen.records.places.organisation_queries import OrganisationFilter, find_organisations
from meedoen.records.places.owners import asked_about, asked_at
from meedoen.rules.vocabulary import ContactRole
from tests.records.places.finds import handed_in, place_of
from tests.town import Town
from tests.web.coach.scenes import on

LOOKED_AT = date(2026, 9, 3)
OWN_MAIL = "roos@example.org"


def asked_there(town: Town, organisation_id: int) -> str | None:
    with on(LOOKED_AT):
        asked = asked_at(town.system, organisation_ids={organisation_id}).get(organisation_id)
    return asked.email if asked else None


# --- whom a finder names is not asked before somebody looked -------------------------------------


def test_who_a_finder_names_is_not_asked_about_others_at_a_known_organisation(town: Town) -> None:
    garden = Place.objects.get(pk=town.garden)
    key = handed_in(town, organisation="De Moestuin", contact_name="Roos", contact_email=OWN_MAIL)
    assert place_of(key).organisation_id == garden.organisation_id
    assert asked_there(town, garden.organisation_id) is None
    assert asked_about(town.system, [garden]) == {}


def test_who_a_finder_names_at_a_known_organisation_is_asked_about_that_place_once_listed(
    town: Town,
) -> None:
    garden = Place.objects.get(pk=town.garden)
    key = handed_in(town, organisation="De Moestuin", contact_name="Ro", contact_email=OWN_MAIL)
    with on(LOOKED_AT):
        verify_found_place(town.lea, place_key=key, accept=True)
        found = place_of(key)
        assert asked_about(town.system, [found, garden])[found.pk].email == OWN_MAIL
        assert garden.pk not in asked_about(town.system, [found, garden])
    assert asked_there(town, garden.organisation_id) is None


@pytest.mark.parametrize("accept", [True, False])
def test_who_a_finder_names_at_a_new_organisation_is_asked_once_the_place_is_listed(
    town: Town, *, accept: bool
) -> None:
    key = handed_in(town, contact_name="Roos", contact_email=OWN_MAIL)
    organisation_id = place_of(key).organisation_id
    assert asked_there(town, organisation_id) is None
    with on(LOOKED_AT):
        verify_found_place(town.lea, place_key=key, accept=accept, reason="Zo is het.")
    assert asked_there(town, organisation_id) == (OWN_MAIL if accept else None)
    contact = Contact.objects.visible_to(town.system).get()
    assert contact.role == ContactRole.COORDINATOR


def test_an_address_that_fits_two_locations_makes_a_third(town: Town) -> None:
    garden = Place.objects.get(pk=town.garden)
    enter_locations(
        town.anna,
        locations=[
            LocationDetails(
                organisation_id=garden.organisation_id,
                district_id=town.north,
                name=f"Tuin {number}",
                street="Tuinlaan",
                house_number=number,
                postal_code="9711AB",
            )
            for number in ("1", "3")
        ],
    )
    where = {"organisation": "De Moestuin", "street": "Tuinlaan", "postal_code": "9711 AB"}
    first = place_of(handed_in(town, **where))
    second = place_of(handed_in(town, title="Onkruid wieden", **where))
    assert first.location_id == second.location_id
    assert Location.objects.count() == 3


# --- what somebody typed is not shown to others before somebody looked ---------------------------

AT_HOME = "Bij mevrouw Verzonnen thuis"


@pytest.fixture
def sams_own(town: Town) -> Viewer:
    """Sam can sign in too."""
    membership_id = invite(town.system, email="sam@example.org", name="Sam", role=Role.RESIDENT)
    give_sign_in(town.system, pseudonym_id=town.sam.pseudonym_id, membership_id=membership_id)
    person = person_for(Membership.objects.get(pk=membership_id).account_id)
    assert person
    return person.viewer


def test_a_resident_does_not_read_what_another_typed(town: Town, sams_own: Viewer) -> None:
    key = handed_in(town, organisation=AT_HOME)
    assert AT_HOME in organisation_names(town.roos)
    assert AT_HOME not in organisation_names(sams_own)
    assert organisations_alike(sams_own, name="Bij mevrouw Verzonnen thuiss") == []
    assert [one.name for one in organisations_alike(town.lea, name=f"{AT_HOME}s")] == [AT_HOME]
    with pytest.raises(ActionRefusedError) as refused:
        handed_in(
            town,
            by=sams_own,
            person=town.sam,
            organisation="Iets",
            organisation_id=place_of(key).organisation_id,
        )
    assert AT_HOME not in str(refused.value)
    with on(LOOKED_AT):
        verify_found_place(town.lea, place_key=key, accept=True)
    assert AT_HOME in organisation_names(sams_own)


def test_another_resident_with_the_same_name_comes_to_the_same_organisation(
    town: Town, sams_own: Viewer
) -> None:
    key = handed_in(town, organisation=AT_HOME)
    other = handed_in(town, by=sams_own, person=town.sam, organisation=AT_HOME.upper())
    assert place_of(other).organisation_id == place_of(key).organisation_id


def test_a_known_organisation_stays_known_when_somebody_finds_a_place_there(
    town: Town, sams_own: Viewer
) -> None:
    handed_in(town, organisation="De Moestuin")
    assert "De Moestuin" in organisation_names(sams_own)
    with pytest.raises(OrganisationKnownError):
        handed_in(town, by=sams_own, person=town.sam, organisation="De Moestuinn")


def test_who_does_not_look_at_found_places_does_not_list_their_organisations(town: Town) -> None:
    handed_in(town, organisation=AT_HOME)
    wanted = OrganisationFilter()
    listed = {
        viewer.role: [line.card.name for line in find_organisations(viewer, wanted=wanted).cards]
        for viewer in (town.suus, town.lea)
    }
    assert AT_HOME not in listed[Role.SUBSIDY_OFFICER]
    assert AT_HOME in listed[Role.TEAM_LEAD]


@pytest.mark.parametrize("where", ["title", "organisation", "description"])
def test_a_citizen_service_number_does_not_come_into_what_others_read(
    town: Town, where: str
) -> None:
    with pytest.raises(ActionRefusedError, match="BSN"):
        handed_in(town, **{where: "Soep koken, 111-222-333"})
