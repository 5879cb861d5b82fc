"""What somebody who found a place can reach with it: that place, and nothing else."""

from datetime import date

import pytest

from meedoen.records.directory.actions import enter_locations
from meedoen.records.directory.models import Contact, Location
from meedoen.records.directory.new import LocationDetails
from meedoen.records.places.found_actions import verify_found_place
from meedoen.records.places.models import Place
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
