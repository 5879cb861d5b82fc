from datetime import date

import pytest

from meedoen.records.conversations.outreach_actions import start_pause
from meedoen.records.conversations.outreach_queries import pauses_of, running_pause
from tests.town import Town
from tests.web.coach.scenes import NOBODY, address, bare, hidden, on, readable

MONDAY = date(2026, 3, 2)
GIVEN = {"no_contact_reason": "Ik heb rust nodig.", "ask_again_on": "2026-09-01"}


def runs(town: Town) -> bool:
    with on(MONDAY):
        pause = running_pause(town.anna, pseudonym_id=town.sam.pseudonym_id)
    return pause is not None


def left_alone(town: Town) -> None:
    with on(MONDAY):
        start_pause(
            town.anna,
            pseudonym_id=town.sam.pseudonym_id,
            reason="Ik heb rust nodig.",
            ask_again_on=date(2026, 9, 1),
        )


@pytest.mark.parametrize("who", ["anna", "bram", "lea"])
def test_the_team_can_start_and_end_it(town: Town, sign_in, who: str) -> None:
    client, where = sign_in(getattr(town, who)), address("pause", town.sam.key)
    with on(MONDAY):
        assert client.post(where, GIVEN).status_code == 302
        assert runs(town)
        text = readable(client.get(where))
        assert "Wil geen contact tot 1 september 2026" in text
        assert client.post(where, {"step": "end"}).status_code == 302
        assert not runs(town)
        assert "2 maart 2026 tot 2 maart 2026: Ik heb rust nodig." in readable(client.get(where))


def test_both_answers_are_needed_and_what_was_typed_stays(town: Town, sign_in) -> None:
    client, where = sign_in(town.anna), address("pause", town.sam.key)
    with on(MONDAY):
        page = client.post(where, {"no_contact_reason": "Rust.", "ask_again_on": "2026-03-02"})
        assert page.status_code == 422
        assert set(page.context["form"].errors) == {"ask_again_on"}
        assert "Rust." in page.content.decode()
        assert set(client.post(where, {}).context["form"].errors) == set(GIVEN)
    assert not runs(town)


def test_sent_twice_it_is_kept_once(town: Town, sign_in) -> None:
    client, where = sign_in(town.anna), address("pause", town.sam.key)
    with on(MONDAY):
        assert [client.post(where, GIVEN).status_code for _ in range(2)] == [302, 302]
    assert len(pauses_of(town.anna, pseudonym_id=town.sam.pseudonym_id)) == 1


def test_what_a_colleague_wrote_down_meanwhile_is_shown_before_it_is_replaced(
    town: Town, sign_in
) -> None:
    client, where = sign_in(town.bram), address("pause", town.sam.key)
    with on(MONDAY):
        seen = hidden(client.get(where), "seen")
        left_alone(town)
        form = {"no_contact_reason": "Bel mijn zus.", "ask_again_on": "2026-03-09", "seen": seen}
        page = client.post(where, form)
        assert page.status_code == 422
        text = readable(page)
        assert "Anna Testema schreef intussen op" in text
        assert "Ik heb rust nodig." in text
        assert "Bel mijn zus." in text
        again = {**form, "seen": hidden(page, "seen")}
        assert client.post(where, again).status_code == 302
        pause = running_pause(town.anna, pseudonym_id=town.sam.pseudonym_id)
    assert pause is not None
    assert pause.reason == "Bel mijn zus."


def test_ending_what_does_not_run_says_so(town: Town, sign_in) -> None:
    page = sign_in(town.anna).post(address("pause", town.sam.key), {"step": "end"})
    assert page.status_code == 422
    assert "mag al weer" in readable(page)


@pytest.mark.parametrize("stranger", ["carla", "vera"])
def test_for_a_stranger_it_equals_a_page_about_nobody(town: Town, sign_in, stranger: str) -> None:
    left_alone(town)
    client = sign_in(getattr(town, stranger))
    for ask in (client.get, client.post):
        hidden = ask(address("pause", town.sam.key), GIVEN)
        absent = ask(address("pause", NOBODY), GIVEN)
        assert (hidden.status_code, absent.status_code) == (404, 404)
        assert bare(hidden, town.sam.key) == bare(absent, NOBODY)
    assert runs(town)


def test_the_page_is_in_the_log_of_readings(town: Town, sign_in) -> None:
    sign_in(town.anna).get(address("pause", town.sam.key))
    from meedoen.records.people.queries import readings

    assert [card.page for card in readings(town.priya).cards] == ["pause"]
