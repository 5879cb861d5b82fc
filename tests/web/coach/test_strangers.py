"""Someone else's resident looks exactly like one that does not exist."""

import pytest
from django.test import Client

from meedoen.records.proposals.actions import propose
from meedoen.records.proposals.models import Proposal
from tests.standing_town import kept
from tests.town import Town, talk
from tests.web.coach.scenes import NOBODY, TALKED, address, bare, on, proposed

ABOUT_PERSON = ["resident", "conversation", "attempt"]
ABOUT_PLACEMENT = [
    "placement",
    "placement_end",
    "placement_withdraw",
    "placement_terms",
    "placement_course",
    "placement_start_day",
    "placement_take_back",
]


@pytest.fixture
@kept
def keys(town: Town) -> dict[str, object]:
    """Everything there is about Roos, whose coach is Anna."""
    with on(TALKED):
        talk(town.anna, town.roos_file, TALKED)
        proposal = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    placement = proposed(town)
    return {
        **dict.fromkeys([*ABOUT_PERSON, "places"], town.roos_file.key),
        **dict.fromkeys(ABOUT_PLACEMENT, placement),
        "proposal": proposal,
    }


@pytest.mark.parametrize("stranger", ["carla", "vera"])
@pytest.mark.parametrize("page", [*ABOUT_PERSON, *ABOUT_PLACEMENT, "proposal"])
def test_a_page_about_someone_elses_resident_equals_one_about_nobody(
    town: Town, sign_in, keys: dict[str, object], page: str, stranger: str
) -> None:
    client: Client = sign_in(getattr(town, stranger))
    hidden = client.get(address(page, keys[page]))
    absent = client.get(address(page, NOBODY))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert bare(hidden, keys[page]) == bare(absent, NOBODY)


@pytest.mark.parametrize("stranger", ["carla", "vera"])
@pytest.mark.parametrize("page", ["conversation", "attempt", "places", "proposal", "placement_end"])
def test_sending_a_form_about_someone_elses_resident_equals_sending_one_about_nobody(
    town: Town, sign_in, keys: dict[str, object], page: str, stranger: str
) -> None:
    client: Client = sign_in(getattr(town, stranger))
    hidden = client.post(address(page, keys[page]), {"held_on": "2026-03-02"})
    absent = client.post(address(page, NOBODY), {"held_on": "2026-03-02"})
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert bare(hidden, keys[page]) == bare(absent, NOBODY)


@pytest.mark.parametrize(
    "page", [*ABOUT_PERSON, "placement", "placement_terms", "placement_course", "proposal"]
)
@pytest.mark.parametrize("colleague", ["bram", "lea"])
def test_a_colleague_of_the_same_team_may_open_it(
    town: Town, sign_in, keys: dict[str, object], page: str, colleague: str
) -> None:
    client: Client = sign_in(getattr(town, colleague))
    assert client.get(address(page, keys[page])).status_code == 200


@pytest.mark.parametrize("member", ["roos", "petra", "connie", "suus", "priya", "ab"])
@pytest.mark.parametrize("page", ABOUT_PERSON)
def test_who_is_no_coach_finds_no_page(
    town: Town, sign_in, keys: dict[str, object], page: str, member: str
) -> None:
    client: Client = sign_in(getattr(town, member))
    assert client.get(address(page, keys[page])).status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(town: Town, client: Client) -> None:
    answer = client.get(address("resident", town.roos_file.key))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/aanmelden/")


@pytest.mark.parametrize("page", ["resident", "placement"])
def test_pages_that_only_show_refuse_to_be_sent_to(
    town: Town, sign_in, keys: dict[str, object], page: str
) -> None:
    assert sign_in(town.anna).post(address(page, keys[page])).status_code == 405


def test_a_list_of_places_is_made_by_sending_only(town: Town, sign_in) -> None:
    talk(town.anna, town.roos_file, TALKED)
    assert sign_in(town.anna).get(address("places", town.roos_file.key)).status_code == 200
    assert not Proposal.objects.visible_to(town.system).exists()
