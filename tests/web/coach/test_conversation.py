import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from meedoen.records.conversations.draft_queries import draft_content
from meedoen.records.conversations.models import Conversation, NextStep
from meedoen.records.conversations.queries import wishes_of
from meedoen.records.history.models import Entry
from meedoen.records.ladder.actions import measure_all
from meedoen.records.ladder.models import Measurement
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.sharing.models import SecrecyRelease, Sharing, SupportAgreement
from meedoen.records.sharing.queries import organisations_to_tell
from meedoen.rules import half_days
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import PlaceKind
from tests.town import Town
from tests.web.coach.scenes import address, readable, talk_form

ON_RUNG_4 = {"has_contract": "no", "unpaid_tasks_with_responsibility": "yes"}


def send(town: Town, sign_in, form: dict[str, Any]):
    return sign_in(town.anna).post(address("conversation", town.roos_file.key), form)


def kept(town: Town) -> tuple[int, int, int]:
    """Return how many conversations, measurements and talks in the history there are."""
    return (
        Conversation.objects.visible_to(town.system).count(),
        Measurement.objects.visible_to(town.system).count(),
        Entry.objects.visible_to(town.system).exclude(kind="benefit").count(),
    )


def test_a_conversation_without_answers_is_kept_at_once(town: Town, sign_in) -> None:
    answer = send(town, sign_in, talk_form())
    assert answer.status_code == 302
    assert answer["Location"] == address("resident", town.roos_file.key)
    assert kept(town) == (1, 0, 1)
    wishes = wishes_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert wishes is not None
    assert wishes.held_on == date(2026, 3, 2)
    assert wishes.wished_kinds == {PlaceKind.VOLUNTEER_WORK}
    assert wishes.interests == {"gardening"}
    assert half_days.codes(wishes.half_days) == ("mon_morning", "tue_morning")
    assert wishes.whole_town
    assert wishes.language_level is LanguageLevel.A2
    assert wishes.functional_limits == {FunctionalDemand.LIFTING}


def test_the_file_says_that_it_was_kept(town: Town, sign_in) -> None:
    send(town, sign_in, talk_form())
    text = readable(sign_in(town.anna).get(address("resident", town.roos_file.key)))
    assert "Het gesprek staat in het dossier." in text
    assert "Wil graag in een tuin werken." in text


def test_a_colleague_of_the_team_may_write_down_a_conversation(town: Town, sign_in) -> None:
    client = sign_in(town.bram)
    assert client.post(address("conversation", town.roos_file.key), talk_form()).status_code == 302


def test_a_colleague_of_another_team_may_not_and_nothing_is_kept(town: Town, sign_in) -> None:
    client = sign_in(town.carla)
    assert client.post(address("conversation", town.roos_file.key), talk_form()).status_code == 404
    assert kept(town) == (0, 0, 0)


def test_the_next_conversation_begins_with_what_was_said_before(town: Town, sign_in) -> None:
    send(town, sign_in, talk_form(whole_town=""))
    page = sign_in(town.anna).get(address("conversation", town.roos_file.key))
    form = page.context["form"]
    assert "Dit is ingevuld uit het gesprek van 2 maart 2026." in readable(page)
    assert form["wished_kinds"].value() == ["volunteer_work"]
    assert form["interests"].value() == ["gardening"]
    assert form["half_days"].value() == ("mon_morning", "tue_morning")
    assert form["whole_town"].value() is False
    assert form["language_level"].value() == 2
    assert form["held_on"].value() == clock.today()
    assert form["story"].value() is None
    assert form.conversation.chosen_interests() == "tuinieren"
    assert form.conversation.chosen_times() == "maandagochtend en dinsdagochtend; eigen wijk"


def test_with_answers_the_rung_is_shown_first_with_its_reasons(town: Town, sign_in) -> None:
    page = send(town, sign_in, talk_form(**ON_RUNG_4))
    text = readable(page)
    assert page.status_code == 200
    assert "Klopt trede 4: Onbetaald werk?" in text
    assert "Er is geen arbeidscontract en geen eigen bedrijf." in text
    assert "Er is elke week onbetaald werk waar anderen op rekenen." in text
    assert "Wil graag in een tuin werken." in text, "what was typed stays"
    assert kept(town) == (0, 0, 0)


def test_looking_at_the_rung_keeps_nothing_even_when_it_was_seen(town: Town, sign_in) -> None:
    page = send(town, sign_in, talk_form(**ON_RUNG_4, step="look", shown_rung="4"))
    assert "Klopt trede 4" in readable(page)
    assert kept(town) == (0, 0, 0)


def test_looking_at_the_rung_without_answers_says_what_is_missing(town: Town, sign_in) -> None:
    page = send(town, sign_in, talk_form(step="look"))
    assert page.status_code == 422
    assert "Beantwoord eerst de vragen over de trede." in readable(page)


def test_a_rung_that_was_seen_is_kept_with_the_conversation(town: Town, sign_in) -> None:
    assert send(town, sign_in, talk_form(**ON_RUNG_4, shown_rung="4")).status_code == 302
    measured = Measurement.objects.visible_to(town.system).get()
    assert (measured.derived_rung, measured.set_rung) == (4, 4)
    assert measured.conversation == Conversation.objects.visible_to(town.system).get()
    assert measured.measured_on == date(2026, 3, 2)
    assert kept(town) == (1, 1, 2)


def test_answers_that_changed_after_looking_are_shown_again(town: Town, sign_in) -> None:
    page = send(town, sign_in, talk_form(**ON_RUNG_4, shown_rung="2"))
    assert page.status_code == 200
    assert "Klopt trede 4" in readable(page)
    assert kept(town) == (0, 0, 0)


def test_another_rung_needs_a_reason_and_is_kept_with_it(town: Town, sign_in) -> None:
    other = talk_form(**ON_RUNG_4, shown_rung="4", set_rung="3")
    page = send(town, sign_in, other)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["deviation_reason"]
    assert kept(town) == (0, 0, 0)
    send(town, sign_in, {**other, "deviation_reason": "De taken zijn nog licht."})
    measured = Measurement.objects.visible_to(town.system).get()
    assert (measured.derived_rung, measured.set_rung) == (4, 3)
    assert measured.deviation_reason == "De taken zijn nog licht."
    assert Entry.objects.visible_to(town.connie).get(kind="measurement").rung == Rung(3)


def test_a_reason_without_another_rung_is_not_kept(town: Town, sign_in) -> None:
    send(
        town,
        sign_in,
        talk_form(**ON_RUNG_4, shown_rung="4", set_rung="4", deviation_reason="Zomaar."),
    )
    assert Measurement.objects.visible_to(town.system).get().deviation_reason == ""


@pytest.mark.parametrize(
    ("answers", "open_question"),
    [
        ({"has_contract": "yes"}, "has_support"),
        ({"has_contract": "no"}, "unpaid_tasks_with_responsibility"),
        ({"contacts_outside_weekly": "yes"}, "has_contract"),
    ],
)
def test_a_question_on_the_way_that_is_open_is_named_at_that_question(
    town: Town, sign_in, answers: dict[str, str], open_question: str
) -> None:
    page = send(town, sign_in, talk_form(**answers))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [open_question]
    assert kept(town) == (0, 0, 0)


def test_answers_that_contradict_each_other_are_named(town: Town, sign_in) -> None:
    page = send(town, sign_in, talk_form(has_contract="no", has_support="yes"))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"has_support", "unpaid_tasks_with_responsibility"}


def test_an_answer_beside_the_way_to_the_rung_does_no_harm(town: Town, sign_in) -> None:
    form = talk_form(**ON_RUNG_4, contacts_outside_weekly="no", shown_rung="4")
    assert send(town, sign_in, form).status_code == 302


def test_all_mistakes_are_shown_at_once_and_what_was_typed_stays(town: Town, sign_in) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    page = send(
        town,
        sign_in,
        {
            "held_on": str(tomorrow),
            "channel": "pigeon",
            "story": "",
            "interests": ["gardening"],
            "half_days": ["mon_morning", "never"],
            "language_level": "",
            "has_contract": "yes",
            "step": "save",
        },
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {
        "held_on",
        "channel",
        "story",
        "half_days",
        "has_support",
    }
    assert "De datum ligt in de toekomst." in readable(page)
    assert f'value="{tomorrow}"' in page.content.decode()
    assert page.context["form"]["interests"].value() == ["gardening"]
    assert kept(town) == (0, 0, 0)


@pytest.mark.parametrize("day", ["", "2026-02-30", "gisteren", "0202-03-02", "1889-01-01"])
def test_a_day_that_cannot_be_is_refused(town: Town, sign_in, day: str) -> None:
    page = send(town, sign_in, talk_form(held_on=day))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["held_on"]


@pytest.mark.parametrize("story", ["   ", "a" * 10_001, "nul\x00teken"])
def test_a_story_that_is_empty_too_long_or_broken_is_refused(
    town: Town, sign_in, story: str
) -> None:
    page = send(town, sign_in, talk_form(story=story))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["story"]


def test_an_empty_form_is_refused_as_a_whole(town: Town, sign_in) -> None:
    page = send(town, sign_in, {})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"held_on", "channel", "story"}


def test_when_the_measurement_is_refused_the_conversation_is_not_kept_either(
    town: Town, sign_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise ActionRefusedError("Iemand anders was net eerder.")

    monkeypatch.setattr("meedoen.records.ladder.actions.measure_all", refuse)
    assert measure_all is not refuse
    page = send(town, sign_in, talk_form(**ON_RUNG_4, shown_rung="4"))
    assert page.status_code == 422
    assert "Iemand anders was net eerder." in readable(page)
    assert "Wil graag in een tuin werken." in readable(page)
    assert kept(town) == (0, 0, 0)


def test_someone_new_is_not_taken_to_speak_no_dutch(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("conversation", town.roos_file.key))
    assert page.context["form"]["language_level"].value() is None
    assert page.context["form"].conversation.chosen_language() == "niet gevraagd"
    assert "Geen ziekte, diagnose" in readable(page)
    assert "nooit waarom" in readable(page)


def test_the_same_conversation_sent_twice_is_kept_once(town: Town, sign_in) -> None:
    form = talk_form() | {"key": "5b5f7c7e-7d0a-4f0e-9a59-0d6f5a1c0001"}
    first, second = send(town, sign_in, form), send(town, sign_in, form)
    assert first.status_code == second.status_code == 302
    assert kept(town)[0] == 1


def test_the_same_text_sent_again_with_a_new_key_is_kept_once_and_said(town: Town, sign_in) -> None:
    """The way back in the browser brings the text back under a key that was made anew."""
    client = sign_in(town.anna)
    where = address("conversation", town.roos_file.key)
    client.post(where, talk_form() | {"key": "5b5f7c7e-7d0a-4f0e-9a59-0d6f5a1c0001"})
    again = client.post(
        where, talk_form() | {"key": "5b5f7c7e-7d0a-4f0e-9a59-0d6f5a1c0002"}, follow=True
    )
    assert "Dit gesprek stond al in het dossier." in readable(again)
    assert kept(town)[0] == 1


def test_a_rung_without_any_answer_is_refused_and_not_silently_lost(town: Town, sign_in) -> None:
    answer = send(town, sign_in, talk_form() | {"set_rung": "5", "deviation_reason": "Zo is het"})
    assert answer.status_code == 422
    assert "een trede komt uit antwoorden" in readable(answer)
    assert kept(town) == (0, 0, 0)


def test_a_language_level_that_was_not_asked_stays_unknown(town: Town, sign_in) -> None:
    assert send(town, sign_in, talk_form(language_level="")).status_code == 302
    wishes = wishes_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert wishes is not None
    assert wishes.language_level is None


def test_other_limits_are_kept_and_come_back(town: Town, sign_in) -> None:
    send(town, sign_in, talk_form(other_limits="Kan niet langer dan een uur zitten"))
    page = sign_in(town.anna).get(address("conversation", town.roos_file.key))
    assert page.context["form"]["other_limits"].value() == "Kan niet langer dan een uur zitten"
    limits = page.context["form"].conversation.chosen_limits()
    assert limits == "tillen; Kan niet langer dan een uur zitten"


@pytest.mark.parametrize(
    ("field", "also"),
    [
        ("other_limits", {}),
        ("next_what", {"next_when": "week"}),
        ("deviation_reason", {**ON_RUNG_4, "shown_rung": "4", "set_rung": "3"}),
    ],
)
def test_a_diagnosis_is_refused_with_an_explanation(
    town: Town, sign_in, field: str, also: dict[str, str]
) -> None:
    page = send(town, sign_in, talk_form(**{field: "Heeft een depressie", **also}))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "AVG, artikel 9" in readable(page)
    assert kept(town) == (0, 0, 0)


def test_of_a_health_word_in_the_story_one_is_told_once(town: Town, sign_in) -> None:
    form = talk_form(story="Ik heb een depressie gehad.")
    page = send(town, sign_in, form)
    assert page.status_code == 200
    assert "“depressie”" in readable(page)
    assert kept(town) == (0, 0, 0)
    mark = page.context["form"].conversation.hint_mark()
    other = send(town, sign_in, {**form, "story": "Ik had een psychose.", "hint_seen": mark})
    assert "“psychose”" in readable(other), "another word is told anew"
    assert kept(town) == (0, 0, 0)
    assert send(town, sign_in, {**form, "hint_seen": mark}).status_code == 302
    assert kept(town)[0] == 1


def test_the_hint_and_the_rung_are_shown_together_and_confirmed_with_one_press(
    town: Town, sign_in
) -> None:
    form = talk_form(**ON_RUNG_4, story="Ik heb een depressie gehad.")
    page = send(town, sign_in, form)
    assert "Klopt trede 4" in readable(page)
    assert page.content.decode().count('name="hint_seen" value') == 1
    mark = page.context["form"].conversation.hint_mark()
    done = send(town, sign_in, {**form, "hint_seen": mark, "shown_rung": "4"})
    assert done.status_code == 302
    assert kept(town) == (1, 1, 2)


def next_steps(town: Town) -> list[tuple[date, str]]:
    rows = NextStep.objects.visible_to(town.system).order_by("pk")
    return [(row.planned_on, row.what) for row in rows]


@pytest.mark.parametrize(
    ("sent", "days"),
    [
        ({"next_when": "week", "next_what": "Samen kijken"}, 7),
        ({"next_when": "day", "next_on": "+3", "next_what": "Samen kijken"}, 3),
        ({"next_when": "week", "next_on": "+3", "next_what": "Samen kijken"}, 7),
        ({"next_when": "week", "next_on": "2026-02-30", "next_what": "Samen kijken"}, 7),
    ],
)
def test_the_next_step_is_kept_with_the_conversation(
    town: Town, sign_in, sent: dict[str, str], days: int
) -> None:
    day = clock.today() + timedelta(days=days)
    sent = {name: str(day) if value == "+3" else value for name, value in sent.items()}
    assert send(town, sign_in, talk_form(**sent)).status_code == 302
    assert next_steps(town) == [(day, "Samen kijken")]


def test_without_a_next_step_none_is_planned(town: Town, sign_in) -> None:
    send(town, sign_in, talk_form(next_when=""))
    assert next_steps(town) == []


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"next_when": "day"}, "next_on"),
        ({"next_when": "day", "next_on": "2090-01-01"}, "next_on"),
        ({"next_when": "ooit"}, "next_when"),
        ({"next_what": "Samen kijken"}, "next_when"),
        ({"next_on": "+3"}, "next_when"),
        ({"next_when": "day", "next_on": "2020-01-01"}, "next_on"),
        ({"next_when": "day", "next_on": "2026-02-30"}, "next_on"),
    ],
)
def test_a_next_step_that_cannot_be_is_refused(
    town: Town, sign_in, sent: dict[str, str], wrong: str
) -> None:
    soon = str(clock.today() + timedelta(days=3))
    sent = {name: soon if value == "+3" else value for name, value in sent.items()}
    page = send(town, sign_in, talk_form(**sent))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [wrong]
    assert kept(town) == (0, 0, 0)


def test_what_can_be_reached_and_what_the_resident_says_are_kept_beside_the_rung(
    town: Town, sign_in
) -> None:
    beside = {"potential_rung": "5", "own_rung": "3", "own_words": "Ik doe al veel."}
    send(town, sign_in, talk_form(**ON_RUNG_4, shown_rung="4", **beside))
    measured = Measurement.objects.visible_to(town.system).get()
    assert (measured.set_rung, measured.potential_rung, measured.own_rung) == (4, 5, 3)
    assert measured.own_words == "Ik doe al veel."


def test_what_the_resident_says_about_the_rung_is_not_lost_without_a_measurement(
    town: Town, sign_in
) -> None:
    page = send(town, sign_in, talk_form(own_words="Ik doe al veel."))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["own_words"]


def sharing(town: Town) -> dict[str, Any]:
    """Return the three forms about sharing as a browser sends them."""
    [first, *_] = organisations_to_tell(town.anna)
    return {
        "ground-organisation": str(first.organisation_id),
        "ground-what": ["wishes", "times"],
        "ground-explanation": "Om een plek te zoeken in de tuin.",
        "ground-legal_task": "participation",
        "ground-ground": "public_task",
        "ground-told_how": "spoken",
        "ground-starts_on": "2026-03-02",
        "secrecy-who": "De verzonnen maatschappelijk werker",
        "secrecy-purpose": "Om te weten hoeveel uur iemand aankan.",
        "secrecy-given_how": "spoken",
        "secrecy-given_on": "2026-03-02",
        "secrecy-last_day": str(clock.today() + timedelta(days=30)),
        "agreement-agreed": "yes",
        "agreement-about": "Elke maand een gesprek.",
        "agreement-given_how": "spoken",
        "agreement-given_on": "2026-03-02",
    }


def shared(town: Town) -> tuple[int, int, int]:
    tables = (Sharing, SecrecyRelease, SupportAgreement)
    return tuple(table.objects.visible_to(town.system).count() for table in tables)


def test_what_may_be_shared_is_kept_with_the_conversation(town: Town, sign_in) -> None:
    assert send(town, sign_in, talk_form(**sharing(town))).status_code == 302
    assert shared(town) == (1, 1, 1)


def test_one_of_the_three_can_be_kept_without_the_others(town: Town, sign_in) -> None:
    only = {name: value for name, value in sharing(town).items() if name.startswith("agreement")}
    assert send(town, sign_in, talk_form(**only)).status_code == 302
    assert shared(town) == (0, 0, 1)


def test_when_sharing_is_half_filled_in_nothing_is_kept_and_it_is_said(town: Town, sign_in) -> None:
    page = send(town, sign_in, talk_form(**{**sharing(town), "ground-explanation": ""}))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["ground-explanation"]
    assert kept(town) == (0, 0, 0)
    assert shared(town) == (0, 0, 0)


def test_a_fault_half_way_keeps_nothing_but_the_draft(
    town: Town, sign_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last thing that is kept fails: of what came before it nothing is left either."""

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    key = "5b5f7c7e-7d0a-4f0e-9a59-0d6f5a1c0001"
    form = talk_form(**ON_RUNG_4, **sharing(town), shown_rung="4", next_when="week", key=key)
    send(town, sign_in, {**form, "step": "draft"})
    monkeypatch.setattr("meedoen.records.ladder.actions.finish_draft", fail)
    with pytest.raises(RuntimeError):
        send(town, sign_in, {**form, "version": "1"})
    assert kept(town) == (0, 0, 0)
    assert shared(town) == (0, 0, 0)
    assert next_steps(town) == []
    assert draft_content(town.anna, key=uuid.UUID(key)) is not None


def test_the_same_key_with_something_else_in_it_is_kept_as_a_draft_and_told(
    town: Town, sign_in
) -> None:
    form = talk_form(key="5b5f7c7e-7d0a-4f0e-9a59-0d6f5a1c0001")
    send(town, sign_in, form)
    answer = sign_in(town.anna).post(
        address("conversation", town.roos_file.key), {**form, "next_when": "week"}, follow=True
    )
    assert "U zette dit gesprek al in het dossier" in readable(answer)
    assert answer.context["form"]["next_when"].value() == "week"
    assert kept(town)[0] == 1


def test_the_second_coach_who_finishes_is_told_and_keeps_the_text(town: Town, sign_in) -> None:
    form = talk_form(key="5b5f7c7e-7d0a-4f0e-9a59-0d6f5a1c0001")
    send(town, sign_in, form)
    answer = sign_in(town.bram).post(
        address("conversation", town.roos_file.key), {**form, "story": "Van Bram"}, follow=True
    )
    text = readable(answer)
    assert "Anna Testema zette dit gesprek al in het dossier" in text
    assert answer.context["form"]["story"].value() == "Van Bram"
    assert answer.context["draft"].is_own
    assert kept(town)[0] == 1
