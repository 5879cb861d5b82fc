import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.conversations.actions import NewAttempt, note_attempts
from meedoen.records.conversations.campaign_actions import NewCampaign, start_campaign
from meedoen.records.conversations.campaign_queries import campaigns
from meedoen.records.people.models import Responsibility
from meedoen.rules.vocabulary import Channel, Outcome
from tests.town import Town, talk
from tests.web.coach.scenes import NOBODY, address, bare, hidden, on, readable, register_crowd

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
LISTS, NEW = reverse("coach:campaigns"), reverse("coach:campaign_new")


def made(town: Town, **more: Any) -> uuid.UUID:
    with on(MONDAY):
        return start_campaign(
            town.lea,
            campaign=NewCampaign(name="Kansen in Kaart", purpose="Iedereen spreken", **more),
        )


def form(**changes: Any) -> dict[str, Any]:
    usual = {"name": "Kansen in Kaart", "purpose": "Iedereen spreken", "spoken": "everyone"}
    return {**usual, "step": "look", **changes}


def test_first_one_sees_how_many_and_then_the_list_is_made(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    looked = client.post(NEW, form(district=[str(town.north)]))
    assert "2 inwoners passen bij deze keuze" in readable(looked)
    assert not campaigns(town.lea)
    answer = client.post(NEW, form(district=[str(town.north)], step="save", shown_count="2"))
    [card] = campaigns(town.lea)
    assert answer["Location"] == address("campaign", card.key)
    assert (card.name, card.district_ids, card.progress.total) == (
        "Kansen in Kaart",
        [town.north],
        2,
    )


def test_sent_again_it_leads_to_the_list_that_was_made(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    looked = client.post(NEW, form(key=str(client.get(NEW).context["form"]["key"].value())))
    sent = form(step="save", shown_count="2", key=hidden(looked, "key"))
    answers = [client.post(NEW, sent) for _ in range(2)]
    [card] = campaigns(town.lea)
    assert {answer["Location"] for answer in answers} == {address("campaign", card.key)}


def test_who_goes_back_and_fills_in_another_list_keeps_it_and_makes_it_with_one_more_press(
    town: Town, sign_in
) -> None:
    client = sign_in(town.lea)
    sent = form(step="save", shown_count="2", key=str(uuid.uuid4()))
    client.post(NEW, sent)
    page = client.post(NEW, {**sent, "name": "Zomer", "purpose": "Een heel lang doel"})
    assert page.status_code == 422
    assert "Met deze pagina is de lijst “Kansen in Kaart” al gemaakt" in readable(page)
    assert "Een heel lang doel" in readable(page)
    again = {**sent, "name": "Zomer", "key": hidden(page, "key")}
    assert client.post(NEW, again).status_code == 302
    assert {card.name for card in campaigns(town.lea)} == {"Kansen in Kaart", "Zomer"}


@pytest.mark.parametrize("seen", [{}, {"shown_count": "1"}, {"shown_count": "x"}])
def test_a_number_that_was_not_seen_is_shown_first(
    town: Town, sign_in, seen: dict[str, str]
) -> None:
    sign_in(town.lea).post(NEW, form(step="save", **seen))
    assert not campaigns(town.lea)


def test_when_nobody_fits_the_page_says_what_to_do(town: Town, sign_in) -> None:
    page = sign_in(town.lea).post(
        NEW, form(district=[str(town.south)], step="save", shown_count="0")
    )
    assert "Niemand van uw team past bij deze keuze" in readable(page)
    assert "Lijst maken" not in readable(page)
    assert not campaigns(town.lea)


def test_all_mistakes_are_shown_at_once_and_what_was_typed_stays(town: Town, sign_in) -> None:
    page = sign_in(town.lea).post(
        NEW, {"name": "", "purpose": "Horen wat er speelt", "district": ["999999"]}
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"name", "district", "spoken"}
    assert "Horen wat er speelt" in page.content.decode()


def test_only_who_was_never_spoken_can_be_chosen(town: Town, sign_in) -> None:
    with on(MONDAY):
        talk(town.anna, town.roos_file, MONDAY)
    text = readable(sign_in(town.anna).post(NEW, form(spoken="never")))
    assert "1 inwoner past bij deze keuze" in text


def test_lists_are_shown_with_how_far_they_are(town: Town, sign_in) -> None:
    made(town)
    with on(TUESDAY):
        talk(town.anna, town.roos_file, TUESDAY)
    text = readable(sign_in(town.anna).get(LISTS))
    assert "2 inwoners · Iedereen, uit alle wijken · begonnen op 2 maart 2026" in text
    assert "1 bereikt 0 geprobeerd 1 nog niet geprobeerd 0 wil geen contact" in text


def test_without_a_list_the_page_says_what_to_do(town: Town, sign_in) -> None:
    made(town)
    assert "Maak een lijst van mensen" in readable(sign_in(town.carla).get(LISTS))


def test_a_person_on_the_list_shows_the_last_attempt_and_the_next_step(town: Town, sign_in) -> None:
    key = made(town)
    with on(TUESDAY):
        attempt = NewAttempt(
            pseudonym_id=town.sam.pseudonym_id,
            made_on=TUESDAY,
            channel=Channel.PHONE,
            outcome=Outcome.NO_SHOW,
            next_on=date(2026, 3, 9),
            next_what="Langsgaan",
        )
        note_attempts(town.anna, attempts=[attempt])
        page = sign_in(town.bram).get(address("campaign", key))
    text = readable(page)
    assert "Laatste poging: 3 mrt 2026, telefoon: niet op de afspraak gekomen" in text
    assert "Volgende stap: 9 mrt 2026, Langsgaan" in text
    assert f"{address('attempt', town.sam.key)}?lijst={key}" in page.content.decode()


def test_the_state_in_the_address_says_who_is_shown(town: Town, sign_in) -> None:
    key = made(town)
    with on(TUESDAY):
        talk(town.anna, town.roos_file, TUESDAY)
    client = sign_in(town.anna)
    page = client.get(address("campaign", key), {"state": "reached"})
    assert [row.member.person.name for row in page.context["rows"]] == ["Roos Nepstra"]
    assert "1 van 2 inwoners" in readable(page)
    nobody = client.get(address("campaign", key), {"state": "tried"})
    assert "Niemand op deze lijst past bij deze keuze" in readable(nobody)
    wrong = client.get(address("campaign", key), {"state": "happy"})
    assert wrong.status_code == 422
    assert len(wrong.context["rows"]) == 2


def test_a_long_list_goes_by_pages_that_keep_the_state(town: Town, sign_in) -> None:
    register_crowd(town, 30)
    key = made(town)
    first = sign_in(town.anna).get(address("campaign", key), {"state": "not_yet"})
    assert "?state=not_yet&amp;page=2" in first.content.decode()
    second = sign_in(town.anna).get(address("campaign", key), {"state": "not_yet", "page": "2"})
    assert len(second.context["rows"]) == 7


def test_who_came_later_is_added_with_one_press(town: Town, sign_in) -> None:
    key = made(town)
    register_crowd(town, 1)
    client = sign_in(town.anna)
    assert "Vul aan met 1 inwoner" in readable(client.get(address("campaign", key)))
    text = readable(client.post(address("campaign", key), follow=True))
    assert "1 inwoner is erbij gekomen." in text
    assert "Vul aan" not in text
    assert "0 van 3 inwoners bereikt" in text


def test_the_page_says_how_many_left_the_team(town: Town, sign_in) -> None:
    key = made(town)
    moved = Responsibility.objects.visible_to(town.system)
    moved.filter(pseudonym_id=town.sam.pseudonym_id).update(
        team_id=town.carla.team_id, coach_id=town.carla.membership_id
    )
    text = readable(sign_in(town.anna).get(address("campaign", key)))
    assert "1 inwoner op deze lijst hoort niet meer bij uw team" in text
    assert "0 van 1 inwoner bereikt" in text
    assert "Sam" not in text


def test_a_list_can_be_closed_and_then_only_read(town: Town, sign_in) -> None:
    key, client = made(town), sign_in(town.lea)
    where = address("campaign_close", key)
    assert "2 inwoners zijn nog niet geprobeerd" in readable(client.get(where))
    assert client.post(where)["Location"] == LISTS
    page = client.get(address("campaign", key))
    assert "gesloten op" in readable(page)
    assert "?lijst=" not in page.content.decode()
    assert "Lijst is gesloten" not in readable(page)
    assert client.post(where).status_code == 422
    again = readable(client.post(address("campaign", key), follow=True))
    assert "Deze lijst is gesloten" in again


@pytest.mark.parametrize("stranger", ["carla", "vera"])
@pytest.mark.parametrize("page", ["campaign", "campaign_close"])
def test_a_list_of_another_team_equals_one_that_does_not_exist(
    town: Town, sign_in, page: str, stranger: str
) -> None:
    key, client = made(town), sign_in(getattr(town, stranger))
    for ask in (client.get, client.post):
        hidden, absent = ask(address(page, key)), ask(address(page, NOBODY))
        assert (hidden.status_code, absent.status_code) == (404, 404)
        assert bare(hidden, key) == bare(absent, NOBODY)
    [card] = campaigns(town.lea)
    assert card.closed_on is None


def test_the_overview_only_shows(town: Town, sign_in) -> None:
    assert sign_in(town.anna).post(LISTS).status_code == 405


def test_ten_people_and_two_hundred_cost_the_same_number_of_questions(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    register_crowd(town, 10)
    few = _questions(client, address("campaign", made(town))), _questions(client, LISTS)
    register_crowd(town, 190, after=10)
    many = _questions(client, address("campaign", made(town))), _questions(client, LISTS)
    assert many == few


def _questions(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)
