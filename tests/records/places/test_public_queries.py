"""What everyone may read about places: what is public, and no names of people."""

import uuid
from datetime import date, timedelta

import pytest

from meedoen.records.organisations.models import Organisation
from meedoen.records.places.models import Place
from meedoen.records.places.public_queries import (
    own_municipality_code,
    public_area,
    public_municipalities,
    public_place,
)
from meedoen.rules.vocabulary import ContactRole, PlaceStatus
from tests.records.places.public_scenes import (
    TODAY,
    contact_of,
    kitchen_of,
    organisation_of,
    public_place_at,
)
from tests.town import CODE, OTHER_CODE
from tests.web.coach.scenes import on


@pytest.fixture(autouse=True)
def on_a_monday():
    with on(TODAY):
        yield


def test_municipalities_and_districts_to_choose_from(town):
    assert [one.code for one in public_municipalities()] == [OTHER_CODE, CODE]
    assert [one.name for one in public_area(CODE).districts] == ["Noord", "Zuid"]
    assert public_area("GM0000") is None
    assert own_municipality_code(town.roos) == CODE
    assert own_municipality_code(town.vera) == OTHER_CODE


def test_a_public_place_with_all_that_people_ask(town):
    kitchen = kitchen_of(town)
    contact_of(town, ContactRole.RECEPTION)
    place = public_place(public_place_at(town, location_id=kitchen))
    assert (place.title, place.organisation, place.municipality) == (
        "Samen koken",
        "De Moestuin",
        "Testveld",
    )
    assert place.location.street == "Tuinpad"
    assert (place.email, place.phone) == ("reception@moestuin.example", "0501234567")
    assert place.has_room
    assert not place.is_stale


def test_only_the_address_for_everyone_is_told_and_no_name(town):
    key = public_place_at(town)
    for role in set(ContactRole) - {ContactRole.RECEPTION}:
        contact_of(town, role)
    contact_of(town, ContactRole.RECEPTION, ends_on=TODAY, email="oud@moestuin.example")
    contact_of(town, ContactRole.RECEPTION, starts_on=date(2026, 3, 3), email="later@x.example")
    place = public_place(key)
    assert (place.email, place.phone) == ("", "")
    contact_of(town, ContactRole.RECEPTION)
    place = public_place(key)
    assert place.email == "reception@moestuin.example"
    assert "Greetje" not in repr(place)


@pytest.mark.parametrize(
    "changes",
    [
        {"is_public": False},
        {"status": PlaceStatus.PROPOSED},
        {"status": PlaceStatus.REFUSED},
        {"closes_on": TODAY},
        {"opens_on": TODAY + timedelta(days=1)},
    ],
)
def test_what_is_not_public_is_not_there(town, changes):
    key = public_place_at(town)
    assert public_place(key) is not None
    Place.objects.filter(key=key).update(**changes)
    assert public_place(key) is None


def test_a_place_of_an_organisation_that_left_is_not_there(town):
    key = public_place_at(town)
    organisation = Organisation.objects.filter(pk=organisation_of(town.garden))
    organisation.update(left_on=TODAY + timedelta(days=1))
    assert public_place(key) is not None
    organisation.update(left_on=TODAY)
    assert public_place(key) is None


def test_a_key_that_nobody_has_is_not_there(town):
    assert public_place(uuid.uuid4()) is None


def test_a_closed_location_is_not_told(town):
    key = public_place_at(town, location_id=kitchen_of(town, closed_on=TODAY))
    assert public_place(key).location is None


def test_who_says_that_a_place_is_full_is_believed(town):
    assert not public_place(public_place_at(town, is_full=True)).has_room
    assert not public_place(public_place_at(town, capacity=0)).has_room


def test_nobody_stands_for_a_place_that_was_not_confirmed_for_long(town):
    key = public_place_at(town)
    with on(date(2026, 12, 1)):
        assert public_place(key).is_stale
    assert public_place(public_place_at(town, confirmed_on=None)).is_stale
