"""Letting an organisation know that one would like to come."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from meedoen.records.organisations.models import Organisation
from meedoen.records.places.models import Place, SignUp
from meedoen.rules.vocabulary import OrganisationKind
from tests.records.places.public_scenes import TODAY, organisation_of, public_place_at
from tests.web.coach.scenes import on, readable

FATIMA = {"name": "Fatima", "contact": "0612345678", "message": "Ik kook graag."}


@pytest.fixture(autouse=True)
def on_a_monday():
    cache.clear()
    with on(TODAY):
        yield
    cache.clear()


def address(key):
    return reverse("public:sign_up", args=[key])


def send(client, key, **changed):
    return client.post(address(key), FATIMA | changed)


def kept(town):
    return list(SignUp.objects.visible_to(town.system))


def test_who_reads_it_and_how_long_stands_beside_the_form(client, town):
    text = readable(client.get(address(public_place_at(town))))
    assert "Alleen De Moestuin leest wat u invult" in text
    assert "Na hoogstens 90 dagen wissen we het." in text
    assert "mensen van de gemeente krijgen het niet te zien" in text


def test_a_team_of_the_municipality_does_not_say_that_the_municipality_reads_nothing(client, town):
    Organisation.objects.filter(pk=organisation_of(town.garden)).update(
        kind=OrganisationKind.MUNICIPAL_TEAM
    )
    text = readable(client.get(address(public_place_at(town))))
    assert "krijgen het niet te zien" not in text


def test_somebody_would_like_to_come(client, town):
    key = public_place_at(town)
    answer = send(client, key)
    assert answer["Location"] == reverse("public:place", args=[key])
    [row] = kept(town)
    assert (row.name, row.contact, row.message) == ("Fatima", "0612345678", "Ik kook graag.")
    thanks = readable(client.get(answer["Location"]))
    assert "De Moestuin weet nu dat u wilt komen, en neemt contact met u op." in thanks


def test_pressing_twice_is_one(client, town):
    key = public_place_at(town)
    assert send(client, key).status_code == send(client, key).status_code == 302
    assert len(kept(town)) == 1


def test_a_form_with_mistakes_keeps_what_was_typed(client, town):
    answer = send(client, public_place_at(town), name="", contact="geen idee", message="Ik kom!")
    assert answer.status_code == 422
    assert "Vul uw naam in." in readable(answer)
    assert "Ik kom!" in answer.content.decode()
    assert 'value="geen idee"' in answer.content.decode()
    assert kept(town) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"contact": "geen idee"}, "Vul een telefoonnummer of een e-mailadres in"),
        ({"message": "Ik heb reuma."}, "Over uw gezondheid hoeft u hier niets te vertellen"),
        ({"message": "BSN 111222333"}, "een getal dat uw burgerservicenummer kan zijn"),
    ],
)
def test_what_is_wrong_is_said_kindly(client, town, changed, says):
    answer = send(client, public_place_at(town), **changed)
    assert answer.status_code == 422
    assert says in readable(answer)
    assert kept(town) == []


def test_scripts_in_what_was_typed_are_text(client, town):
    answer = send(client, public_place_at(town), name='"><script>x</script>', contact="")
    assert "<script>x" not in answer.content.decode()


def test_a_program_hears_what_people_hear_and_nothing_is_kept(client, town):
    key = public_place_at(town)
    answer = send(client, key, website="https://spam.example")
    assert answer["Location"] == reverse("public:place", args=[key])
    assert kept(town) == []


def test_a_place_that_takes_no_sign_ups_has_no_form(client, town):
    key = public_place_at(town, open_to_sign_up=False)
    assert client.get(address(key)).status_code == 404
    assert send(client, key).status_code == 404
    assert address(key) not in client.get(reverse("public:place", args=[key])).content.decode()


def test_a_place_that_closes_while_somebody_types(client, town, monkeypatch):
    key = public_place_at(town)
    Place.objects.filter(key=key).update(is_public=False)
    assert send(client, key).status_code == 404
    assert kept(town) == []


def test_a_full_place_takes_the_name_of_who_waits(client, town):
    key = public_place_at(town, is_full=True)
    assert send(client, key).status_code == 302
    assert len(kept(town)) == 1


def test_too_many_from_one_address_have_to_wait(client, town):
    key, other = public_place_at(town), public_place_at(town, title="Samen bakken")
    for number in range(12):
        assert send(client, key, message=f"Bericht {number}").status_code == 302
    refused = send(client, other)
    assert refused.status_code == 429
    assert "Probeer het over een uur opnieuw" in readable(refused)
    assert 'value="Fatima"' in refused.content.decode()
    assert len(kept(town)) == 12


def test_too_many_for_one_place_have_to_wait(client, town):
    key, other = public_place_at(town), public_place_at(town, title="Samen bakken")
    for number in range(60):
        answer = client.post(
            address(key), FATIMA | {"name": f"F{number}"}, REMOTE_ADDR=f"192.0.2.{number}"
        )
        assert answer.status_code == 302
    late = client.post(address(key), FATIMA, REMOTE_ADDR="198.51.100.1")
    assert late.status_code == 429
    elsewhere = client.post(address(other), FATIMA, REMOTE_ADDR="198.51.100.1")
    assert elsewhere.status_code == 302


def test_a_form_from_another_site_is_refused(town):
    from django.test import Client

    key = public_place_at(town)
    assert send(Client(enforce_csrf_checks=True), key).status_code == 403
    assert kept(town) == []
