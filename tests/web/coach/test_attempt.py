import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from meedoen.records.conversations.campaign_actions import NewCampaign, start_campaign
from meedoen.records.conversations.outreach_actions import start_pause
from meedoen.records.conversations.outreach_queries import next_steps_with, running_pause
from meedoen.records.conversations.queries import attempts_with
from meedoen.records.history.models import Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.vocabulary import Channel, EntryKind, Outcome
from tests.town import Town
from tests.web.coach.scenes import NOBODY, address, on, readable

MONDAY = date(2026, 3, 2)


def form(**changes: Any) -> dict[str, Any]:
    usual = {"made_on": str(MONDAY), "channel": "phone", "outcome": "no_answer"}
    return {**usual, "next_when": "none", **changes}


def sent(town: Town, sign_in, **changes: Any):
    with on(MONDAY):
        return sign_in(town.anna).post(address("attempt", town.roos_file.key), form(**changes))


def planned(town: Town) -> list[tuple[date, str]]:
    steps = next_steps_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    return [(step.planned_on, step.what) for step in steps]


def list_of(viewer: Viewer) -> uuid.UUID:
    return start_campaign(viewer, campaign=NewCampaign(name="Noord", purpose="Horen"))


def test_an_attempt_is_kept_and_shown_in_the_file(town: Town, sign_in) -> None:
    yesterday = clock.today() - timedelta(days=1)
    answer = sign_in(town.anna).post(
        address("attempt", town.roos_file.key),
        form(made_on=str(yesterday), channel="letter", note="Komt vaak laat thuis."),
        follow=True,
    )
    [attempt] = attempts_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert (attempt.made_on, attempt.channel, attempt.outcome, attempt.written_on) == (
        yesterday,
        Channel.LETTER,
        Outcome.NO_ANSWER,
        clock.today(),
    )
    assert attempt.note == "Komt vaak laat thuis."
    assert "Poging: geen gehoor" in readable(answer)


@pytest.mark.parametrize("outcome", ["no_answer", "no_show"])
@pytest.mark.parametrize(
    ("when", "day"),
    [
        ({"next_when": "tomorrow"}, date(2026, 3, 3)),
        ({"next_when": "week"}, date(2026, 3, 9)),
        ({"next_when": "month"}, date(2026, 4, 2)),
        ({"next_when": "day", "next_on": "2026-05-01"}, date(2026, 5, 1)),
        ({"next_when": "week", "next_on": "2020-01-01"}, date(2026, 3, 9)),
    ],
)
def test_an_attempt_in_vain_plans_the_next_one(
    town: Town, sign_in, outcome: str, when: dict[str, str], day: date
) -> None:
    answer = sent(town, sign_in, outcome=outcome, next_what="Langsgaan", **when)
    assert answer.status_code == 302
    assert planned(town) == [(day, "Langsgaan")]


def test_planning_nothing_yet_is_a_choice_too(town: Town, sign_in) -> None:
    assert sent(town, sign_in, next_when="none", next_on="2026-05-01").status_code == 302
    assert planned(town) == []


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"next_when": ""}, {"next_when"}),
        ({"next_when": "someday"}, {"next_when"}),
        ({"next_when": "day"}, {"next_on"}),
        ({"next_when": "day", "next_on": "2026-03-01"}, {"next_on"}),
        ({"next_when": "day", "next_on": "2028-03-03"}, {"next_on"}),
        ({"next_when": "day", "next_on": "overmorgen"}, {"next_on"}),
        ({"next_when": "week", "next_what": "x" * 201}, {"next_what"}),
        ({"outcome": "no_contact_wanted"}, {"no_contact_reason", "ask_again_on"}),
        (
            {
                "outcome": "no_contact_wanted",
                "no_contact_reason": " ",
                "ask_again_on": "2026-03-02",
            },
            {"no_contact_reason", "ask_again_on"},
        ),
    ],
)
def test_what_belongs_to_the_outcome_is_needed_then(
    town: Town, sign_in, changes: dict[str, str], wrong: set[str]
) -> None:
    page = sent(town, sign_in, **changes)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    assert not attempts_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


@pytest.mark.parametrize("outcome", ["reached", "no_answer"])
def test_what_belongs_to_another_outcome_is_not_looked_at(
    town: Town, sign_in, outcome: str
) -> None:
    answer = sent(
        town,
        sign_in,
        outcome=outcome,
        no_contact_reason="x" * 600,
        ask_again_on="onzin",
        **({"next_when": "onzin", "next_on": "onzin"} if outcome == "reached" else {}),
    )
    assert answer.status_code == 302
    assert planned(town) == []
    assert running_pause(town.anna, pseudonym_id=town.roos_file.pseudonym_id) is None


def test_who_wants_no_contact_is_asked_why_and_until_when_on_the_same_form(
    town: Town, sign_in
) -> None:
    answer = sent(
        town,
        sign_in,
        outcome="no_contact_wanted",
        no_contact_reason="Ik heb rust nodig.",
        ask_again_on="2026-09-01",
    )
    assert answer.status_code == 302
    with on(MONDAY):
        pause = running_pause(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert (pause.reason, pause.ask_again_on) == ("Ik heb rust nodig.", date(2026, 9, 1))


def test_the_form_warns_before_who_wants_no_contact_is_tried(town: Town, sign_in) -> None:
    with on(MONDAY):
        start_pause(
            town.anna,
            pseudonym_id=town.roos_file.pseudonym_id,
            reason="Ik heb rust nodig.",
            ask_again_on=date(2026, 9, 1),
        )
        text = readable(sign_in(town.bram).get(address("attempt", town.roos_file.key)))
    assert "Wil geen contact tot 1 september 2026 Ik heb rust nodig." in text


def test_all_mistakes_are_shown_at_once_and_what_was_typed_stays(town: Town, sign_in) -> None:
    page = sign_in(town.anna).post(
        address("attempt", town.roos_file.key),
        {"made_on": "2999-01-01", "channel": "phone", "outcome": "goal_reached"},
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"made_on", "outcome"}
    assert 'value="2999-01-01"' in page.content.decode()
    assert page.context["form"]["channel"].value() == "phone"
    assert not attempts_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def test_nothing_is_chosen_beforehand_but_the_day(town: Town, sign_in) -> None:
    shown = sign_in(town.anna).get(address("attempt", town.roos_file.key)).context["form"]
    assert shown["made_on"].value() == clock.today()
    for name in ("channel", "outcome", "next_when", "ask_again_on"):
        assert shown[name].value() is None


def test_a_button_pressed_twice_keeps_one_attempt(town: Town, sign_in) -> None:
    key = sign_in(town.anna).get(address("attempt", town.roos_file.key)).context["form"]["key"]
    twice = {"key": str(key.value()), "next_when": "week", "next_what": "Langsgaan"}
    for _press in range(2):
        answer = sent(town, sign_in, **twice)
        assert answer["Location"] == address("resident", town.roos_file.key)
    assert len(attempts_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)) == 1
    assert Entry.objects.visible_to(town.system).filter(kind=EntryKind.ATTEMPT).count() == 1
    assert planned(town) == [(date(2026, 3, 9), "Langsgaan")]


def test_another_attempt_from_the_same_page_is_kept_beside_it(town: Town, sign_in) -> None:
    key = str(uuid.uuid4())
    for note in ("Belde aan.", "Belde later nog eens.", "Belde later nog eens."):
        sent(town, sign_in, key=key, note=note)
    with on(MONDAY):
        sign_in(town.anna).post(address("attempt", town.sam.key), form(key=key))
    kept = attempts_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert {attempt.note for attempt in kept} == {"Belde aan.", "Belde later nog eens."}
    assert len(kept) == 2
    assert len(attempts_with(town.anna, pseudonym_id=town.sam.pseudonym_id)) == 1


def test_the_key_of_an_attempt_is_on_the_page(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("attempt", town.roos_file.key))
    assert f'name="key" value="{page.context["form"]["key"].value()}"' in page.content.decode()


def test_a_form_of_another_team_keeps_nothing(town: Town, sign_in) -> None:
    answer = sign_in(town.carla).post(address("attempt", town.roos_file.key), form())
    assert answer.status_code == 404
    assert not attempts_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def test_from_a_list_one_goes_back_to_that_list(town: Town, sign_in) -> None:
    key = list_of(town.lea)
    where = address("attempt", town.roos_file.key)
    page = sign_in(town.anna).get(where, {"lijst": str(key)})
    assert f'name="lijst" value="{key}"' in page.content.decode()
    answer = sent(town, sign_in, lijst=str(key))
    assert answer["Location"] == address("campaign", key)


@pytest.mark.parametrize("named", ["https://example.com/", "//example.com", str(NOBODY), "x", ""])
def test_a_list_that_is_not_there_leads_nowhere_else(town: Town, sign_in, named: str) -> None:
    assert sent(town, sign_in, lijst=named)["Location"] == address("resident", town.roos_file.key)


def test_a_list_of_another_team_is_not_gone_back_to(town: Town, sign_in) -> None:
    with on(MONDAY):
        key = list_of(town.carla)
    answer = sent(town, sign_in, lijst=str(key))
    assert answer["Location"] == address("resident", town.roos_file.key)
