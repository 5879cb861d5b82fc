"""Correcting a conversation on the screen."""

import uuid
from typing import Any

import pytest

from meedoen.records.conversations.correction_actions import correct_conversation
from meedoen.records.conversations.queries import (
    conversation_to_correct,
    conversations_with,
    wishes_of,
)
from meedoen.web.coach.forms.correction import CorrectionForm
from tests.town import Town, talk
from tests.web.coach.scenes import NOBODY, TALKED, address, on, readable


@pytest.fixture(autouse=True)
def in_march():
    with on(TALKED):
        yield


def talked(town: Town) -> uuid.UUID:
    talk(town.anna, town.roos_file, TALKED)
    return talks(town)[0].key


def talks(town: Town):
    return conversations_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def form(**changes: Any) -> dict[str, Any]:
    return {
        "held_on": "2026-03-01",
        "channel": "phone",
        "story": "Wil graag binnen werken.",
        "interests": ["cooking"],
        "whole_town": "on",
        "language_level": "3",
        "reason": "Verkeerde dag.",
        **changes,
    }


def test_the_form_begins_with_the_conversation_as_it_stands(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("conversation_correct", talked(town)))
    bound = page.context["form"]
    assert bound["held_on"].value() == TALKED
    assert (bound["channel"].value(), bound["story"].value()) == (
        "in_person",
        "Wil graag naar buiten.",
    )
    assert "mon_morning" in bound["half_days"].value()
    assert bound["reason"].value() is None
    assert "Een meting die bij het gesprek hoort, verandert niet." in readable(page)


def test_the_correction_is_kept_with_its_reason(town: Town, sign_in) -> None:
    key = talked(town)
    answer = sign_in(town.bram).post(address("conversation_correct", key), form())
    assert (answer.status_code, answer["Location"]) == (
        302,
        address("resident", town.roos_file.key),
    )
    [card] = talks(town)
    assert (card.story, card.corrected_by) == ("Wil graag binnen werken.", "Bram Testema")
    assert card.earlier[0].story == "Wil graag naar buiten."
    wishes = wishes_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert wishes is not None
    assert (wishes.interests, wishes.half_days) == ({"cooking"}, 0)


def test_all_mistakes_are_shown_at_once_and_what_was_typed_stays(town: Town, sign_in) -> None:
    key = talked(town)
    page = sign_in(town.anna).post(
        address("conversation_correct", key),
        form(held_on="2999-01-01", reason="", story="", other_limits="Heeft reuma."),
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"held_on", "reason", "story", "other_limits"}
    assert "“reuma” is een woord voor" in readable(page)
    assert 'value="Heeft reuma."' in page.content.decode()
    assert talks(town)[0].earlier == ()


def test_an_illness_in_the_story_is_pointed_out_and_kept_at_a_second_press(
    town: Town, sign_in
) -> None:
    key, client = talked(town), sign_in(town.anna)
    sent = form(story="Ik had een burn-out.")
    page = client.post(address("conversation_correct", key), sent)
    assert page.status_code == 200
    assert "U schreef “burn-out”." in readable(page)
    assert "Toch zo verbeteren" in readable(page)
    assert talks(town)[0].earlier == ()
    mark = page.context["form"].hint_mark()
    again = client.post(address("conversation_correct", key), {**sent, "hint_seen": mark})
    assert again.status_code == 302
    assert talks(town)[0].story == "Ik had een burn-out."


def test_who_comes_second_is_told_and_can_go_on_with_what_was_typed(town: Town, sign_in) -> None:
    key = talked(town)
    client = sign_in(town.bram)
    found = conversation_to_correct(town.anna, key=key)
    assert found is not None
    ready = CorrectionForm(form(), talk=found)
    assert ready.is_valid()
    first = correct_conversation(
        town.anna, key=key, correction=ready.correction(), reason="Eerder."
    )
    typed = form(story="Wil graag koken.")
    page = client.post(address("conversation_correct", key), typed)
    assert page.status_code == 422
    assert "Iemand anders heeft dit gesprek net verbeterd." in readable(page)
    assert "Wil graag binnen werken." in readable(page)
    assert page.context["form"]["story"].value() == "Wil graag koken."
    assert f'action="{address("conversation_correct", first)}"' in page.content.decode()
    assert client.post(address("conversation_correct", first), typed).status_code == 302
    assert [talks(town)[0].story, *(one.story for one in talks(town)[0].earlier)] == [
        "Wil graag koken.",
        "Wil graag binnen werken.",
        "Wil graag naar buiten.",
    ]
    assert client.get(address("conversation_correct", key))["Location"] == address(
        "conversation_correct", talks(town)[0].key
    )


@pytest.mark.parametrize("member", ["carla", "vera", "roos", "petra", "connie", "priya"])
def test_a_stranger_finds_no_page_and_changes_nothing(town: Town, sign_in, member: str) -> None:
    key, client = talked(town), sign_in(getattr(town, member))
    assert client.get(address("conversation_correct", key)).status_code == 404
    assert client.post(address("conversation_correct", key), form()).status_code == 404
    assert client.get(address("conversation_correct", NOBODY)).status_code == 404
    assert talks(town)[0].earlier == ()
