"""From a start that is refused for want of a check, to the check, and back; on every page of it.

The Sunday club is a participation job that nobody checked.
"""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.places.displacement_actions import check_displacement
from meedoen.records.places.models import Place
from meedoen.records.proposals.actions import propose_found
from meedoen.rules.places.displacement import Reply
from meedoen.rules.vocabulary import PlacementState
from tests.town import NO_PAID_WORK, Town
from tests.web.coach.scenes import address, hidden, on, readable

DAY = date(2026, 9, 7)
CHECK = {
    "additional": "yes",
    "paid_before": "no",
    "vacancy": "no",
    "goes_on": "yes",
    "signed_for": "employer",
    "signer_name": "Piet Verzonnen",
    "signer_function": "bestuurder",
    "reason": "",
    "seen": "",
}
START = {"on": "2026-09-07"}


@pytest.fixture
def key(town: Town) -> uuid.UUID:
    """Roos is proposed at the Sunday club."""
    with on(DAY):
        [number] = place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=town.roos_file.pseudonym_id, place_id=town.far, proposed_on=DAY
                )
            ],
        )
    return Placement.objects.visible_to(town.system).get(pk=number).key


def place_key(town: Town) -> uuid.UUID:
    return Place.objects.get(pk=town.far).key


def state_of(town: Town, key: uuid.UUID) -> str:
    return Placement.objects.visible_to(town.system).get(key=key).state


def move_page(key: uuid.UUID) -> str:
    return reverse("coach:placement_move", args=[key, "active"])


def check_link(town: Town, page: Any) -> str:
    """Return the one address of the check of the Sunday club that stands on a page."""
    wanted = reverse("coach:displacement", args=[place_key(town)])
    quoted = [part.split('"')[0] for part in page.content.decode().split('href="')[1:]]
    [found] = {one.replace("&amp;", "&") for one in quoted if one.startswith(wanted)}
    return found


def test_from_the_refusal_to_the_check_and_back_to_the_start(
    town: Town, key: uuid.UUID, sign_in: Any
) -> None:
    client: Client = sign_in(town.anna)
    with on(DAY):
        page = client.post(move_page(key), START)
        assert page.status_code == 422
        assert "“Zondagsoos” is nog niet getoetst op verdringing" in readable(page)
        link = check_link(town, page)
        form = client.get(link)
        assert "Na het bewaren gaat u terug naar waar u was." in readable(form)
        wrong = client.post(link, CHECK | {"signer_name": ""})
        assert wrong.status_code == 422
        answer = client.post(link, CHECK)
        assert answer["Location"] == move_page(key)
        assert client.post(answer["Location"], START)["Location"] == address("placement", key)
    assert state_of(town, key) == PlacementState.ACTIVE


def test_a_check_that_comes_out_badly_leads_nowhere_else(
    town: Town, key: uuid.UUID, sign_in: Any
) -> None:
    client = sign_in(town.anna)
    with on(DAY):
        link = check_link(town, client.post(move_page(key), START))
        answer = client.post(link, CHECK | {"vacancy": "yes"})
        assert answer["Location"] == address("displacement", place_key(town))
        page = client.post(move_page(key), START)
    assert "verdringt het werk bij “Zondagsoos” betaald werk" in readable(page)


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "elders"])
def test_the_check_returns_to_pages_of_ours_only(town: Town, sign_in: Any, back: str) -> None:
    here = address("displacement", place_key(town))
    with on(DAY):
        answer = sign_in(town.anna).post(f"{here}?terug={back}", CHECK)
    assert answer["Location"] == here


def test_who_is_proposed_has_a_warning_with_the_way_to_the_check(
    town: Town, key: uuid.UUID, sign_in: Any
) -> None:
    client = sign_in(town.anna)
    with on(DAY):
        page = client.get(address("placement", key))
        assert "Beginnen kan nog niet" in readable(page)
        assert client.post(check_link(town, page), CHECK)["Location"] == address("placement", key)
        assert "Beginnen kan nog niet" not in readable(client.get(address("placement", key)))


def test_the_list_of_places_warns_and_lets_choose(town: Town, sign_in: Any) -> None:
    client = sign_in(town.anna)
    with on(DAY):
        proposal = propose_found(
            town.anna, pseudonym_id=town.roos_file.pseudonym_id, place_ids=[town.far, town.garden]
        )
        page = client.get(address("proposal", proposal))
        assert readable(page).count("Kiezen kan al, beginnen pas na de toets.") == 1
        assert parse_qs(urlsplit(check_link(town, page)).query) == {
            "terug": [address("proposal", proposal)]
        }
        choice = {
            "place": str(town.far),
            "resident_said": "Leuk!",
            "reason": "likes_the_work",
            "preference": "wants_this",
        }
        chosen = client.post(address("proposal", proposal), choice)
        assert chosen.status_code == 302
        assert "Beginnen kan nog niet" in readable(client.get(chosen["Location"]))


def test_of_many_the_links_stand_with_the_refusal_and_lead_back_to_the_choice(
    town: Town, key: uuid.UUID, sign_in: Any
) -> None:
    client = sign_in(town.anna)
    sent = START | {"kies": [str(key)], "naar": "active", "terug": reverse("coach:placements")}
    with on(DAY):
        page = client.post(reverse("coach:placements_together"), sent)
        assert page.status_code == 422
        answer = client.post(check_link(town, page), CHECK)
        again = client.get(answer["Location"])
        assert [row.line.key for row in again.context["rows"]] == [key]
        client.post(reverse("coach:placements_together"), sent)
    assert state_of(town, key) == PlacementState.ACTIVE


def test_late_registration_shows_the_way_to_the_check(town: Town, sign_in: Any) -> None:
    client = sign_in(town.anna)
    here = reverse("coach:placement_late", args=[town.roos_file.key]) + "?words=Zondagsoos"
    sent = {
        "place": str(place_key(town)),
        "proposed_on": "2026-09-01",
        "started_on": "2026-09-02",
    }
    with on(DAY):
        page = client.post(here, sent)
        assert page.status_code == 422
        assert client.post(check_link(town, page), CHECK)["Location"] == here
        assert client.post(here, sent).status_code == 302


def test_a_corrected_course_shows_the_way_to_the_check(
    town: Town, key: uuid.UUID, sign_in: Any
) -> None:
    client = sign_in(town.anna)
    here = address("placement_course", key)
    with on(DAY):
        sent = {
            "seen": hidden(client.get(here), "seen"),
            "state-0": "proposed",
            "on-0": "2026-09-07",
            "state-1": "active",
            "on-1": "2026-09-07",
        }
        page = client.post(here, sent)
        assert page.status_code == 422, readable(page)
        assert client.post(check_link(town, page), CHECK)["Location"] == here
        assert client.post(here, sent).status_code == 302


def test_a_partner_is_told_to_ask_and_gets_no_link(
    town: Town, key: uuid.UUID, sign_in: Any
) -> None:
    with on(DAY):
        began = {"to": "active", "on": "2026-09-07"}
        page = sign_in(town.otto).post(reverse("partner:start", args=[key]), began)
    assert page.status_code == 422
    assert "ontbreekt een geldige toets op verdringing" in readable(page)
    assert str(place_key(town)) not in page.content.decode()
    assert state_of(town, key) == PlacementState.PROPOSED


def test_a_stranger_finds_neither_the_placement_nor_the_check(
    town: Town, key: uuid.UUID, sign_in: Any
) -> None:
    client = sign_in(town.vera)
    with on(DAY):
        assert client.post(move_page(key), START).status_code == 404
        here = address("displacement", place_key(town)) + f"?terug={move_page(key)}"
        assert client.post(here, CHECK).status_code == 404


@pytest.mark.parametrize("member", ["anna", "otto"])
def test_software_is_refused_with_the_same_sentence(
    town: Town, key: uuid.UUID, sign_in: Any, member: str
) -> None:
    client = sign_in(getattr(town, member))
    body = '{"naar": "active", "op": "2026-09-07"}'
    json = {"content_type": "application/json"}
    with on(DAY):
        one = client.post(f"/api/v1/plaatsingen/{key}/overgangen", body, **json)
        many = body.replace("}", f', "plaatsingen": ["{key}"]}}')
        several = client.post("/api/v1/overgangen", many, **json)
        for answer in (one, several):
            assert answer.status_code == 409
            assert "Zondagsoos" in answer.json()["detail"]
        assert state_of(town, key) == PlacementState.PROPOSED
        check_displacement(town.anna, place_key=place_key(town), answers=NO_PAID_WORK)
        assert client.post(f"/api/v1/plaatsingen/{key}/overgangen", body, **json).status_code == 200


def test_a_newer_check_that_displaces_closes_the_place_again(
    town: Town, key: uuid.UUID, sign_in: Any
) -> None:
    with on(DAY):
        check_displacement(town.anna, place_key=place_key(town), answers=NO_PAID_WORK)
        displaces = replace(NO_PAID_WORK, vacancy=Reply.YES)
        check_displacement(town.anna, place_key=place_key(town), answers=displaces)
        page = sign_in(town.anna).post(move_page(key), START)
    assert page.status_code == 422
