"""A coach looks at a participation job that an organisation entered."""

import pytest
from django.urls import reverse

from meedoen.records.places.models import Place
from meedoen.records.places.own_actions import enter_own_place
from meedoen.rules.vocabulary import PlaceStatus
from tests.records.places.proposals import a_proposal
from tests.web.coach.scenes import NOBODY, address, readable

LIST = "coach:proposed_places"


@pytest.fixture
def key(town):
    return enter_own_place(town.petra, place=a_proposal(town))


def test_the_list_shows_who_proposed_what_and_an_empty_one_says_what_comes_there(
    town, sign_in, key
):
    page = readable(sign_in(town.carla).get(reverse(LIST)))
    assert "1 plek wacht op u." in page
    assert "Kas vegen De Moestuin Participatiebaan" in page
    assert "Petra Testema" in page
    assert "Er is nu niets te bekijken." in readable(sign_in(town.vera).get(reverse(LIST)))


def test_without_the_check_it_cannot_be_listed_and_no_needs_a_reason(town, sign_in, key):
    client, url = sign_in(town.anna), address("proposed_place", key)
    assert "Nog niet getoetst" in readable(client.get(url))
    for data, words in (
        ({}, "Kies ja of nee."),
        ({"accept": "yes"}, "Doe eerst de toets."),
        ({"accept": "no"}, "Schrijf op waarom de plek niet in de lijst komt."),
        ({"accept": "no", "reason": "Iemand met een depressie."}, "“depressie”"),
    ):
        response = client.post(url, data)
        assert response.status_code == 422
        assert words in readable(response)
    assert Place.objects.get(key=key).status == PlaceStatus.PROPOSED


def test_a_no_with_its_reason_reaches_the_organisation(town, sign_in, key):
    url = address("proposed_place", key)
    data = {"accept": "no", "reason": "Dit is betaald werk."}
    response = sign_in(town.anna).post(url, data, follow=True)
    assert "De organisatie leest waarom." in readable(response)
    page = readable(sign_in(town.petra).get(reverse("partner:place", args=[key])))
    assert "De gemeente nam deze plek niet op: Dit is betaald werk." in page
    assert sign_in(town.anna).get(url).status_code == 404


def test_a_place_that_does_not_wait_or_that_is_elsewhere_does_not_exist(town, sign_in, key):
    garden = Place.objects.get(pk=town.garden).key
    for one in (garden, NOBODY):
        assert sign_in(town.anna).get(address("proposed_place", one)).status_code == 404
    for name in ("vera", "petra", "roos", "connie"):
        client = sign_in(town.members[name])
        assert client.get(address("proposed_place", key)).status_code == 404
        assert client.post(address("proposed_place", key), {"accept": "no"}).status_code == 404
