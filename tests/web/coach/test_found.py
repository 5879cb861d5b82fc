"""A found place on the coach's pages: handed in, used at once, and looked at by a colleague."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.history.models import Reading
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import DisplacementCheck, FoundPlace, Place
from meedoen.records.proposals.actions import propose
from meedoen.rules.vocabulary import FoundBy, PlaceStatus
from tests.records.places.finds import (
    CHECKED,
    DISPLACES,
    HANDED_IN,
    a_job,
    checked,
    handed_in,
    place_of,
)
from tests.town import Town, talk
from tests.web.coach.scenes import NOBODY, address, bare, on, readable, register_crowd

LIST = reverse("coach:found_places")


def find_form(town: Town, **changes: Any) -> dict[str, Any]:
    """Return the form as a browser sends it."""
    return {
        "title": "Soep koken",
        "organisation": "Soepkeuken De Lepel",
        "kind": "volunteer_work",
        "half_days": ["mon_morning", "fri_afternoon"],
        "starts_on": "2026-09-01",
        "district": str(town.north),
        "found_by": "resident",
        "street": "",
        "postal_code": "",
        "contact_name": "",
        "contact_phone": "",
        "contact_email": "",
        "organisation_kind": "private_initiative",
        "description": "",
        **changes,
    }


def check_form(**changes: Any) -> dict[str, Any]:
    return {
        "additional": "yes",
        "paid_before": "no",
        "vacancy": "no",
        "goes_on": "yes",
        "signed_for": "works_council",
        "signer_name": "Piet Verzonnen",
        "signer_function": "voorzitter",
        "reason": "",
        "seen": "0",
        **changes,
    }


def sent(client: Any, name: str, key: object, form: dict[str, Any] | None = None) -> Any:
    with on(HANDED_IN):
        return client.post(address(name, key), form or {})


# --- handing in ----------------------------------------------------------------------------------


def test_a_coach_hands_in_a_place_from_the_file(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    assert "Zelf gevonden plek" in readable(client.get(address("resident", town.roos_file.key)))
    answer = sent(client, "found_new", town.roos_file.key, find_form(town, found_by="coach"))
    row = FoundPlace.objects.visible_to(town.anna).get()
    assert answer["Location"] == address("found_place", row.place.key)
    assert (row.found_by, row.pseudonym_id) == (FoundBy.COACH, town.roos_file.pseudonym_id)
    with on(HANDED_IN):
        text = readable(client.get(address("resident", town.roos_file.key)))
    assert "Zelf gevonden plekken" in text
    assert "In behandeling" in text


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        (
            dict.fromkeys(
                ["title", "organisation", "kind", "half_days", "starts_on", "found_by"], ""
            ),
            {"title", "organisation", "kind", "half_days", "starts_on", "found_by"},
        ),
        ({"kind": "sheltered_new"}, {"kind"}),
        ({"starts_on": "2026-02-30"}, {"starts_on"}),
        ({"contact_email": "joke"}, {"contact_email"}),
        ({"district": "999999"}, {"district"}),
        ({"contact_name": "Joke"}, {"__all__"}),
        ({"starts_on": "2062-09-01"}, {"__all__"}),
        ({"organisation": "Stichting Moestuin", "meant": "999999"}, {"meant"}),
    ],
)
def test_mistakes_are_told_at_once_and_what_was_typed_stays(
    town: Town, sign_in, wrong, fields
) -> None:
    form = find_form(town, description="Elke vrijdag.", **wrong)
    page = sent(sign_in(town.anna), "found_new", town.roos_file.key, form)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == fields
    assert "Elke vrijdag." in readable(page)
    assert not FoundPlace.objects.visible_to(town.anna).exists()


def test_a_known_organisation_is_proposed_and_chosen(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    form = find_form(town, organisation="Stichting Moestuin")
    page = sent(client, "found_new", town.roos_file.key, form)
    assert page.status_code == 422
    assert "We kennen al: “De Moestuin”" in readable(page)
    [moestuin, another] = page.context["form"].fields["meant"].choices
    assert another[0] == "another"
    sent(client, "found_new", town.roos_file.key, form | {"meant": moestuin[0]})
    assert FoundPlace.objects.visible_to(town.anna).get().place.organisation.name == "De Moestuin"


def test_what_was_chosen_for_another_name_counts_no_more(town: Town, sign_in) -> None:
    form = find_form(town, organisation="Koor Noord", meant="999999")
    assert sent(sign_in(town.anna), "found_new", town.roos_file.key, form).status_code == 302
    assert FoundPlace.objects.visible_to(town.anna).get().place.organisation.name == "Koor Noord"


def test_the_form_completes_names_and_begins_with_the_own_district(town: Town, sign_in) -> None:
    with on(HANDED_IN):
        page = sign_in(town.anna).get(address("found_new", town.roos_file.key))
    html = page.content.decode()
    assert '<option value="De Moestuin"></option>' in html
    assert page.context["form"]["district"].value() == str(town.north)
    assert not page.context["form"].asks_which
    assert Reading.objects.visible_to(town.priya).get().page == "found_place"


# --- the page ------------------------------------------------------------------------------------


def test_a_coach_places_the_person_at_once(town: Town, sign_in) -> None:
    key = handed_in(town, contact_name="Joke Verzonnen", contact_phone="050 1234567")
    client = sign_in(town.anna)
    with on(HANDED_IN):
        text = readable(client.get(address("found_place", key)))
    for words in ("Soep koken", "Joke Verzonnen, 050 1234567", "Roos Testema", "de inwoner zelf"):
        assert words in text
    answer = sent(client, "found_place_person", key)
    placement = Placement.objects.visible_to(town.anna).get()
    assert answer["Location"] == address("placement", placement.key)
    assert placement.self_found
    with on(HANDED_IN):
        assert "Roos Nepstra is hier geplaatst" in readable(client.get(address("found_place", key)))
    again = sent(client, "found_place_person", key)
    assert again.status_code == 422
    assert Placement.objects.visible_to(town.anna).count() == 1


def test_a_colleague_decides_and_the_list_shows_it(town: Town, sign_in) -> None:
    key = handed_in(town)
    client = sign_in(town.lea)
    assert sent(client, "found_place", key, {"accept": "yes", "reason": ""}).status_code == 302
    assert place_of(key).status == PlaceStatus.LISTED
    with on(HANDED_IN):
        text = readable(client.get(address("found_place", key)))
        assert "Besloten door" in text
        assert "Ook voor anderen?" not in text
        assert "Er is nu niets te bekijken" in readable(client.get(LIST))
        assert "Soep koken" in readable(client.get(LIST, {"status": "listed"}))


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({}, {"accept"}),
        ({"accept": "maybe"}, {"accept"}),
        ({"accept": "no", "reason": " "}, {"reason"}),
        ({"accept": "no", "reason": "x" * 501}, {"reason"}),
        ({"accept": "no", "reason": "Zij heeft een depressie."}, {"reason"}),
    ],
)
def test_a_decision_that_cannot_be_is_refused_and_stays_typed(
    town: Town, sign_in, form, wrong
) -> None:
    key = handed_in(town)
    page = sent(sign_in(town.lea), "found_place", key, form)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    assert place_of(key).status == PlaceStatus.PROPOSED


def test_who_entered_it_is_told_that_a_colleague_decides(town: Town, sign_in) -> None:
    key = handed_in(town, by=town.anna)
    client = sign_in(town.anna)
    with on(HANDED_IN):
        text = readable(client.get(address("found_place", key)))
    assert "Een collega beslist" in text
    assert "Besluit opslaan" not in text
    page = sent(client, "found_place", key, {"accept": "yes"})
    assert page.status_code == 422
    assert place_of(key).status == PlaceStatus.PROPOSED


def test_a_place_that_was_refused_takes_nobody_any_more(town: Town, sign_in) -> None:
    key = handed_in(town)
    client = sign_in(town.lea)
    sent(client, "found_place", key, {"accept": "no", "reason": "Het pand is gesloten."})
    with on(HANDED_IN):
        text = readable(client.get(address("found_place", key)))
    assert "Het pand is gesloten." in text
    assert "Hier kan niemand meer beginnen." in text
    page = sent(client, "found_place_person", key)
    assert page.status_code == 422
    assert "niet opgenomen" in readable(page)


def test_opening_a_found_place_is_noted(town: Town, sign_in) -> None:
    key = handed_in(town)
    with on(HANDED_IN):
        sign_in(town.bram).get(address("found_place", key))
    assert Reading.objects.visible_to(town.priya).get().page == "found_place"


@pytest.mark.parametrize("member", ["carla", "vera"])
@pytest.mark.parametrize("page", ["found_place", "displacement"])
def test_a_stranger_meets_a_page_that_does_not_exist(town: Town, sign_in, page, member) -> None:
    key, client = a_job(town), sign_in(getattr(town, member))
    for ask in (client.get, client.post):
        hidden, absent = ask(address(page, key)), ask(address(page, NOBODY))
        assert (hidden.status_code, absent.status_code) == (404, 404)
        assert bare(hidden, key) == bare(absent, NOBODY)
    assert sent(client, "found_place_person", key).status_code == 404
    assert sent(client, "found_new", town.roos_file.key, find_form(town)).status_code == 404
    assert "Soep koken" not in readable(client.get(LIST))


def test_the_list_takes_as_many_questions_at_ten_rows_as_at_two_hundred(
    town: Town, sign_in
) -> None:
    client = sign_in(town.lea)

    def questions() -> int:
        with on(HANDED_IN), CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        return len(asked)

    crowd = register_crowd(town, 30)
    at_ten = 0
    for at, pseudonym_id in enumerate(crowd):
        person = type(town.roos_file)(pseudonym_id, "", "")
        handed_in(town, by=town.anna, person=person, title=f"Plek {at}")
        if at == 9:
            questions()
            at_ten = questions()
    assert questions() == at_ten


def test_the_list_can_be_searched_and_paged_by_its_address(town: Town, sign_in) -> None:
    crowd = register_crowd(town, 26)
    for at, pseudonym_id in enumerate(crowd):
        person = type(town.roos_file)(pseudonym_id, "", "")
        handed_in(town, by=town.anna, person=person, title=f"Plek {at:02}")
    with on(HANDED_IN):
        client = sign_in(town.lea)
        second = client.get(LIST, {"order": "title", "page": "2"})
        assert [row["card"].place.title for row in second.context["rows"]] == ["Plek 25"]
        found = client.get(LIST, {"words": "Plek 07"})
        assert [row["card"].place.title for row in found.context["rows"]] == ["Plek 07"]
        nothing = readable(client.get(LIST, {"words": "Bestaat niet"}))
        assert "Geen enkele gevonden plek past bij deze keuze." in nothing
        assert client.get(LIST, {"status": "bogus"}).status_code == 422


# --- the check on displacement -------------------------------------------------------------------


def test_a_participation_job_is_checked_before_it_comes_into_the_directory(
    town: Town, sign_in
) -> None:
    key = a_job(town)
    client = sign_in(town.lea)
    with on(HANDED_IN):
        assert "Nog niet getoetst" in readable(client.get(address("found_place", key)))
    page = sent(client, "found_place", key, {"accept": "yes"})
    assert page.status_code == 422
    assert "Doe eerst de toets" in readable(page)
    answer = sent(client, "displacement", key, check_form())
    assert answer["Location"] == address("found_place", key)
    assert DisplacementCheck.objects.get(place__key=key).signed_by == "Piet Verzonnen, voorzitter"
    assert sent(client, "found_place", key, {"accept": "yes"}).status_code == 302
    assert place_of(key).status == PlaceStatus.LISTED


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        (
            dict.fromkeys(["additional", "paid_before", "vacancy", "goes_on", "signed_for"], ""),
            {"additional", "paid_before", "vacancy", "goes_on", "signed_for"},
        ),
        ({"signer_name": "", "signer_function": " "}, {"signer_name", "signer_function"}),
        ({"goes_on": "unknown"}, {"__all__"}),
        ({"reason": "x" * 501}, {"reason"}),
        ({"vacancy": "maybe"}, {"vacancy"}),
    ],
)
def test_a_check_that_cannot_be_is_refused_and_stays_typed(
    town: Town, sign_in, form, wrong
) -> None:
    key = a_job(town)
    page = sent(sign_in(town.lea), "displacement", key, check_form(**form))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    assert "Deed iemand dit werk de laatste 2 jaar betaald?" in readable(page)
    assert not DisplacementCheck.objects.filter(place__key=key).exists()


def test_checks_stand_under_each_other_with_their_answers(town: Town, sign_in) -> None:
    club = Place.objects.get(pk=town.far).key
    checked(town, club)
    checked(town, club, DISPLACES, day=date(2026, 9, 4))
    with on(date(2026, 9, 5)):
        text = readable(sign_in(town.anna).get(address("displacement", club)))
    assert "Zo mag dit geen participatiebaan zijn." in text
    assert "Voor dit werk staat een vacature open." in text
    assert "Piet Verzonnen, bestuurder" in text


def test_what_a_colleague_checked_meanwhile_is_told(town: Town, sign_in) -> None:
    club = Place.objects.get(pk=town.far).key
    client = sign_in(town.anna)
    checked(town, club)
    with on(CHECKED):
        page = client.post(address("displacement", club), check_form(vacancy="yes"))
        assert page.status_code == 422
        assert "Lea Testema heeft deze plek intussen getoetst" in readable(page)
        again = check_form(vacancy="yes", seen=page.context["form"]["seen"].value())
        assert client.post(address("displacement", club), again).status_code == 302
    assert DisplacementCheck.objects.filter(place__key=club).count() == 2


def test_a_check_that_is_over_asks_for_a_new_one(town: Town, sign_in) -> None:
    club = Place.objects.get(pk=town.far).key
    checked(town, club)
    with on(date(2027, 9, 4)):
        text = readable(sign_in(town.anna).get(address("displacement", club)))
    assert "De toets telde tot en met 3 september 2027. Toets opnieuw." in text


def test_volunteer_work_has_no_page_for_the_check(town: Town, sign_in) -> None:
    repair = Place.objects.get(pk=town.repair).key
    assert sign_in(town.anna).get(address("displacement", repair)).status_code == 404


def test_a_job_without_a_check_is_in_nobodys_list_until_there_is_one(town: Town, sign_in) -> None:
    garden = Place.objects.get(pk=town.garden).key
    checked(town, garden, DISPLACES, day=HANDED_IN)
    with on(HANDED_IN):
        talk(town.anna, town.roos_file, HANDED_IN)
        proposal = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
        client = sign_in(town.anna)
        page = client.get(address("proposal", proposal))
        assert [one.place.title for one in page.context["offers"]] == ["Fietsen maken"]
        assert "verdringing" in readable(page)
    checked(town, garden)
    with on(CHECKED):
        proposal = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
        page = client.get(address("proposal", proposal))
    assert "Moestuin" in [one.place.title for one in page.context["offers"]]


def test_the_page_of_a_place_in_the_directory_marks_that_a_check_is_missing(
    town: Town, sign_in
) -> None:
    club = Place.objects.get(pk=town.far).key
    client = sign_in(town.anna)
    with on(CHECKED):
        assert "Geen toets op verdringing die telt" in readable(client.get(address("place", club)))
    checked(town, club)
    with on(CHECKED):
        text = readable(client.get(address("place", club)))
        assert "Geen toets op verdringing die telt" not in text
        answer = client.post(address("displacement", club), check_form(seen=""))
    assert answer["Location"] == address("displacement", club)


def test_a_job_that_an_organisation_proposed_is_checked_on_the_same_page(
    town: Town, sign_in
) -> None:
    Place.objects.filter(pk=town.far).update(status=PlaceStatus.PROPOSED)
    club = Place.objects.get(pk=town.far).key
    answer = sent(sign_in(town.anna), "displacement", club, check_form())
    assert answer["Location"] == address("displacement", club)
