"""Drafts on the screen: saved by script or by button, opened again, shared, thrown away."""

import re
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from meedoen.records.conversations.draft_actions import LONGEST_DRAFT
from meedoen.records.conversations.draft_queries import draft_content, drafts_about
from meedoen.records.conversations.models import Conversation
from meedoen.records.history.models import Reading
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.web.coach.drafting import drafts_to_finish
from tests.town import Town
from tests.web.coach.scenes import NOBODY, address, bare, readable, talk_form

KEY = "5b5f7c7e-7d0a-4f0e-9a59-0d6f5a1c0001"
NOON = datetime(2026, 3, 2, 11, 3, tzinfo=UTC)
"""12:03 in the Netherlands."""


def save(client: Any, town: Town, **changes: Any) -> Any:
    """Save as the script does."""
    form = {"key": KEY, "version": "0", "window": "w", "turn": "1", **talk_form(), **changes}
    return client.post(address("draft", town.roos_file.key), form)


def open_form(client: Any, town: Town, query: str = "") -> Any:
    return client.get(address("conversation", town.roos_file.key) + query)


def split_key(answer: Any) -> str:
    found = re.search(r'data-key="([\w-]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def discard_address(town: Town, key: str = KEY) -> str:
    return reverse("coach:draft_discard", args=[town.roos_file.key, key])


def test_the_script_is_told_when_it_was_saved_and_under_which_version(town: Town, sign_in) -> None:
    with clock.at(NOON):
        answer = save(sign_in(town.anna), town)
    assert answer.status_code == 200
    assert "Bewaard om 12:03" in readable(answer)
    assert f'data-key="{KEY}" data-version="1"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_saving_is_no_reading_of_the_file(town: Town, sign_in) -> None:
    save(sign_in(town.anna), town)
    assert not Reading.objects.visible_to(town.priya).exists()


def test_only_what_was_typed_is_kept(town: Town, sign_in) -> None:
    save(sign_in(town.anna), town, csrfmiddlewaretoken="t", shown_rung="4", elsewhere="x")
    content = draft_content(town.anna, key=uuid.UUID(KEY))
    assert content is not None
    assert content["story"] == ["Wil graag in een tuin werken."]
    assert content["half_days"] == ["mon_morning", "tue_morning"]
    assert not {"csrfmiddlewaretoken", "shown_rung", "elsewhere", "step", "key"} & set(content)


def test_the_form_comes_back_as_it_was(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    with clock.at(NOON):
        save(
            client,
            town,
            whole_town="",
            interests=[],
            held_on="2026-02-30",
            has_contract="no",
            next_when="month",
            **{"ground-what": ["wishes"], "agreement-agreed": "no"},
        )
        page = open_form(client, town)
    form = page.context["form"]
    assert "U begon hieraan om 12:03. Ga verder waar u was." in readable(page)
    assert page.status_code == 200
    assert form["story"].value() == "Wil graag in een tuin werken."
    assert form["held_on"].value() == "2026-02-30", "also what is not right yet"
    assert form["whole_town"].value() is False
    assert form["interests"].value() == []
    assert form["has_contract"].value() == "no"
    assert form["next_when"].value() == "month"
    assert form["ground-what"].value() == ["wishes"]
    assert form["agreement-agreed"].value() == "no"
    assert form.draft["key"].value() == KEY
    assert form.draft["version"].value() == 1


def test_a_box_that_was_not_ticked_comes_back_so(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    form = talk_form(key=KEY)
    del form["whole_town"]
    client.post(address("draft", town.roos_file.key), form)
    assert open_form(client, town).context["form"]["whole_town"].value() is False


def test_a_new_conversation_can_be_begun_beside_a_draft(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    save(client, town)
    page = open_form(client, town, "?nieuw=1")
    assert page.context["form"]["story"].value() is None
    assert "U heeft nog een concept" in readable(page)
    assert f"?concept={KEY}" in page.content.decode()


def test_a_colleague_is_told_who_writes_and_may_go_on_with_it(town: Town, sign_in) -> None:
    save(sign_in(town.anna), town)
    client = sign_in(town.bram)
    page = open_form(client, town)
    assert "Anna Testema schrijft aan een gesprek" in readable(page)
    assert page.context["form"]["story"].value() is None
    page = open_form(client, town, f"?concept={KEY}")
    assert "Dit concept is van Anna Testema" in readable(page)
    assert page.context["form"]["story"].value() == "Wil graag in een tuin werken."
    assert save(client, town, version="1", story="Bram schrijft verder").status_code == 200
    answer = save(sign_in(town.anna), town, version="1", window="a", story="Anna ook")
    assert answer.status_code == 409
    assert "Bram Testema schrijft hier ook aan" in readable(answer)
    assert f"?concept={KEY}" in answer.content.decode()
    content = draft_content(town.anna, key=uuid.UUID(split_key(answer)))
    assert content is not None
    assert content["story"] == ["Anna ook"]


def test_a_draft_that_is_gone_is_said_and_a_new_form_stands_ready(town: Town, sign_in) -> None:
    for wanted in (NOBODY, "geen-sleutel"):
        page = open_form(sign_in(town.anna), town, f"?concept={wanted}")
        assert page.status_code == 200
        assert "Dat concept is er niet meer" in readable(page)


def test_a_draft_about_someone_else_does_not_open_here(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    save(client, town)
    page = client.get(address("conversation", town.sam.key) + f"?concept={KEY}")
    assert "Dat concept is er niet meer" in readable(page)
    assert "tuin werken" not in page.content.decode()


def test_without_a_script_a_button_saves_and_says_so(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    sent = talk_form(step="draft", story="Half af", held_on="", key=KEY)
    with clock.at(NOON):
        page = client.post(address("conversation", town.roos_file.key), sent, follow=True)
    assert page.redirect_chain == [
        (address("conversation", town.roos_file.key) + f"?concept={KEY}", 302)
    ]
    assert "Het concept is bewaard om 12:03." in readable(page)
    assert page.context["form"]["story"].value() == "Half af"
    assert not Conversation.objects.visible_to(town.system).exists()


def test_the_button_tells_who_else_writes(town: Town, sign_in) -> None:
    save(sign_in(town.bram), town, story="Van Bram", window="b")
    sent = talk_form(step="draft", story="Van Anna", key=KEY, version="0")
    page = sign_in(town.anna).post(address("conversation", town.roos_file.key), sent, follow=True)
    assert "Bram Testema schrijft hier ook aan" in readable(page)
    assert page.context["form"]["story"].value() == "Van Anna"


def test_what_is_kept_in_the_file_is_no_draft_any_more(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    save(client, town)
    client.post(
        address("conversation", town.roos_file.key), talk_form(key=KEY, version="1", window="w")
    )
    assert not drafts_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert Conversation.objects.visible_to(town.system).get().key == uuid.UUID(KEY)


def test_too_much_is_refused_with_a_reason(town: Town, sign_in) -> None:
    answer = save(sign_in(town.anna), town, story="a" * LONGEST_DRAFT)
    assert answer.status_code == 413
    assert "te veel om te bewaren" in readable(answer)
    page = sign_in(town.anna).post(
        address("conversation", town.roos_file.key),
        talk_form(step="draft", story="a" * LONGEST_DRAFT),
    )
    assert page.status_code == 422
    assert "te veel om te bewaren" in readable(page)


def test_a_refusal_is_said(town: Town, sign_in, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise ActionRefusedError("Dat kan nu niet.")

    monkeypatch.setattr("meedoen.web.coach.views.draft.save_draft", refuse)
    answer = save(sign_in(town.anna), town)
    assert (answer.status_code, readable(answer).strip()) == (422, "Dat kan nu niet.")


@pytest.mark.parametrize(
    "broken", [{"key": ""}, {"key": "x"}, {"version": "-1"}, {"version": "veel"}, {"turn": "x"}]
)
def test_hidden_fields_that_cannot_be_begin_a_draft_of_its_own(
    town: Town, sign_in, broken: dict[str, str]
) -> None:
    save(sign_in(town.bram), town, story="Van Bram", window="b")
    answer = save(sign_in(town.anna), town, **broken)
    assert answer.status_code == 200
    assert split_key(answer) != KEY
    content = draft_content(town.bram, key=uuid.UUID(KEY))
    assert content is not None
    assert content["story"] == ["Van Bram"]


@pytest.mark.parametrize("stranger", ["carla", "vera"])
def test_to_a_stranger_there_is_nothing_here(town: Town, sign_in, stranger: str) -> None:
    save(sign_in(town.anna), town)
    client = sign_in(getattr(town, stranger))
    hidden, absent = save(client, town), client.post(address("draft", NOBODY), talk_form())
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert bare(hidden, town.roos_file.key) == bare(absent, NOBODY)
    assert client.get(discard_address(town)).status_code == 404
    assert client.post(discard_address(town)).status_code == 404
    assert draft_content(town.anna, key=uuid.UUID(KEY)) is not None


def test_a_draft_is_saved_by_sending_only(town: Town, sign_in) -> None:
    assert sign_in(town.anna).get(address("draft", town.roos_file.key)).status_code == 405


def test_throwing_away_asks_first(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    save(client, town)
    page = client.get(discard_address(town))
    assert "Wil graag in een tuin werken." in readable(page)
    assert draft_content(town.anna, key=uuid.UUID(KEY)) is not None
    page = client.post(discard_address(town), follow=True)
    assert "Het concept is weg." in readable(page)
    assert draft_content(town.anna, key=uuid.UUID(KEY)) is None
    assert client.get(discard_address(town)).status_code == 404


def test_somebody_elses_draft_is_not_thrown_away_without_asking(town: Town, sign_in) -> None:
    save(sign_in(town.anna), town)
    page = sign_in(town.bram).post(discard_address(town))
    assert page.status_code == 422
    assert "Dit concept is van iemand anders." in readable(page)
    assert draft_content(town.anna, key=uuid.UUID(KEY)) is not None


def test_a_draft_stays_in_the_way_of_nobody_who_finishes(town: Town, sign_in) -> None:
    """Bram's newer text under the same key outlives Anna's finished conversation."""
    save(sign_in(town.anna), town)
    save(sign_in(town.bram), town, version="1", window="b", story="Bram schreef verder")
    sign_in(town.anna).post(
        address("conversation", town.roos_file.key), talk_form(key=KEY, version="1", window="w")
    )
    page = open_form(sign_in(town.bram), town)
    assert page.context["form"]["story"].value() == "Bram schreef verder"
    sent = talk_form(key=KEY, version="2", window="c", story="Bram schreef verder")
    page = sign_in(town.bram).post(address("conversation", town.roos_file.key), sent, follow=True)
    assert "Anna Testema zette dit gesprek al in het dossier" in readable(page)
    assert page.context["form"]["story"].value() == "Bram schreef verder"
    assert page.context["form"].draft["key"].value() != uuid.UUID(KEY)
    assert len(drafts_about(town.bram, pseudonym_id=town.roos_file.pseudonym_id)) == 1


def test_the_start_page_gets_the_own_drafts_with_the_reason(town: Town, sign_in) -> None:
    with clock.at(NOON):
        save(sign_in(town.anna), town)
        [line] = drafts_to_finish(town.anna)["drafts"]
    assert line.draft.name == "Roos Nepstra"
    assert line.why == "Nog niet af. Voor het laatst bewaard om 12:03."
    assert drafts_to_finish(town.bram)["drafts"] == []
    with clock.at(datetime(2026, 7, 1, 12, tzinfo=UTC)):
        [line] = drafts_to_finish(town.anna)["drafts"]
    assert line.why.startswith("Ligt er al lang: voor het laatst bewaard op 2 maart 2026 om 12:03.")


def test_the_questions_say_after_which_answers_they_are_asked(town: Town, sign_in) -> None:
    html = open_form(sign_in(town.anna), town).content.decode()
    assert 'data-asked-after="{}"' in html
    assert "&quot;has_contract&quot;: &quot;no&quot;" in html
