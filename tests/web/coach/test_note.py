"""Writing and correcting notes on the screen."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string

from meedoen.records.conversations.note_actions import correct_note, write_notes
from meedoen.records.conversations.note_queries import notes_of
from meedoen.records.people.queries import who_looked_at_me
from meedoen.web.shared.note_lines import note_lines
from tests.sharing import new_note
from tests.town import Town
from tests.web.coach.scenes import NOBODY, TALKED, address, on, readable


@pytest.fixture(autouse=True)
def in_march():
    with on(TALKED):
        yield


def form(**changes: Any) -> dict[str, Any]:
    return {
        "text": "Belt dinsdag terug.",
        "about_on": "2026-03-02",
        "legal_task": "participation",
        "key": str(uuid.uuid4()),
        **changes,
    }


def notes(town: Town):
    return notes_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def written(town: Town) -> uuid.UUID:
    [key] = write_notes(town.anna, notes=[new_note(town.roos_file.pseudonym_id)])
    return key


def test_a_note_is_kept_and_the_page_shows_it(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    answer = client.post(address("note", town.roos_file.key), form())
    assert (answer.status_code, answer["Location"]) == (
        302,
        address("resident", town.roos_file.key),
    )
    text = readable(client.get(address("note", town.roos_file.key)))
    assert "De notitie staat in het dossier." in text
    assert "Belt dinsdag terug." in text
    assert "Participatiewet. Wordt bewaard tot en met 2 maart 2036." in text


def test_the_form_tells_for_each_law_what_it_is_for_and_how_long(town: Town, sign_in) -> None:
    text = readable(sign_in(town.anna).get(address("note", town.roos_file.key)))
    assert "Hulp bij schulden. Wordt bewaard tot en met 2 maart 2031." in text
    assert "De inwoner kan dit lezen." in text


def test_a_diagnosis_is_refused_with_an_explanation_and_what_was_typed_stays(
    town: Town, sign_in
) -> None:
    page = sign_in(town.anna).post(
        address("note", town.roos_file.key), form(text="Heeft PTSS.", about_on="2025-03-02")
    )
    text = readable(page)
    assert page.status_code == 422
    assert "“PTSS” is een woord voor een ziekte, diagnose of behandeling." in text
    assert "Heeft PTSS." in text
    assert "Wordt bewaard tot en met 2 maart 2035." in text, "the term follows the day"
    assert notes(town) == []


def test_all_mistakes_are_shown_at_once(town: Town, sign_in) -> None:
    page = sign_in(town.anna).post(
        address("note", town.roos_file.key), {"about_on": "morgen", "legal_task": "other"}
    )
    assert set(page.context["form"].errors) == {"text", "about_on", "legal_task"}
    assert 'value="morgen"' in page.content.decode()


def test_a_button_pressed_twice_keeps_one_note(town: Town, sign_in) -> None:
    client, sent = sign_in(town.anna), form()
    for _press in range(2):
        assert client.post(address("note", town.roos_file.key), sent).status_code == 302
    assert len(notes(town)) == 1


def test_another_text_from_the_same_page_is_another_note(town: Town, sign_in) -> None:
    client, sent = sign_in(town.anna), form()
    changed = {**sent, "text": "Heel andere tekst, na de knop terug."}
    for one in (sent, changed, changed, sent):
        assert client.post(address("note", town.roos_file.key), one).status_code == 302
    assert {card.text for card in notes(town)} == {sent["text"], changed["text"]}
    assert len(notes(town)) == 2


def test_the_key_of_a_note_about_somebody_else_takes_nothing_away(town: Town, sign_in) -> None:
    client, sent = sign_in(town.anna), form()
    client.post(address("note", town.roos_file.key), sent)
    client.post(address("note", town.sam.key), sent)
    sign_in(town.bram).post(address("note", town.sam.key), sent)
    about_sam = notes_of(town.anna, pseudonym_id=town.sam.pseudonym_id)
    assert {card.written_by for card in about_sam} == {"Anna Testema", "Bram Testema"}
    assert len(notes(town)) == 1


def test_a_correction_shows_when_by_whom_why_and_what_stood_there(town: Town, sign_in) -> None:
    key = written(town)
    client = sign_in(town.bram)
    page = client.get(address("note_correct", key))
    assert page.context["form"]["text"].value() == "Belt dinsdag terug over de fiets."
    answer = client.post(
        address("note_correct", key),
        {"text": "Belt woensdag.", "about_on": "2026-03-02", "reason": "Verkeerde dag."},
    )
    assert answer.status_code == 302
    text = readable(client.get(address("note", town.roos_file.key)))
    assert "Verbeterd op 2 maart 2026 door Bram Testema. Reden: Verkeerde dag." in text
    assert "Wat er eerst stond" in text
    assert "Belt dinsdag terug over de fiets." in text


def test_who_comes_second_is_told_and_can_go_on_with_what_was_typed(town: Town, sign_in) -> None:
    key = written(town)
    first = correct_note(
        town.anna, key=key, text="Belt woensdag.", reason="Dag.", about_on=date(2026, 3, 2)
    )
    client = sign_in(town.bram)
    typed = {"text": "Belt donderdag.", "about_on": "2026-03-02", "reason": "Beter."}
    page = client.post(address("note_correct", key), typed)
    text = readable(page)
    assert page.status_code == 422
    assert "Iemand anders heeft deze notitie net verbeterd." in text
    assert "Belt woensdag." in text
    assert page.context["form"]["text"].value() == "Belt donderdag."
    assert f'action="{address("note_correct", first)}"' in page.content.decode()
    assert client.post(address("note_correct", first), typed).status_code == 302
    [card] = notes(town)
    assert [card.text, *(one.text for one in card.earlier)] == [
        "Belt donderdag.",
        "Belt woensdag.",
        "Belt dinsdag terug over de fiets.",
    ]


def test_the_old_address_of_a_note_leads_to_the_newest(town: Town, sign_in) -> None:
    key = written(town)
    new = correct_note(
        town.anna, key=key, text="Belt woensdag.", reason="Dag.", about_on=date(2026, 3, 2)
    )
    answer = sign_in(town.anna).get(address("note_correct", key))
    assert answer["Location"] == address("note_correct", new)


def test_a_correction_with_a_diagnosis_or_without_a_reason_is_refused(town: Town, sign_in) -> None:
    key = written(town)
    page = sign_in(town.anna).post(
        address("note_correct", key), {"text": "Heeft reuma.", "about_on": "2026-03-02"}
    )
    assert set(page.context["form"].errors) == {"text", "reason"}
    assert len(notes(town)[0].earlier) == 0


@pytest.mark.parametrize("member", ["carla", "vera", "roos", "petra", "connie", "priya"])
def test_a_stranger_finds_no_page_and_changes_nothing(town: Town, sign_in, member: str) -> None:
    key, client = written(town), sign_in(getattr(town, member))
    for name, about in (("note", town.roos_file.key), ("note_correct", key)):
        assert client.get(address(name, about)).status_code == 404
        assert client.post(address(name, about), form(reason="Zo.")).status_code == 404
    assert client.get(address("note_correct", NOBODY)).status_code == 404
    assert [card.text for card in notes(town)] == ["Belt dinsdag terug over de fiets."]


def test_opening_the_notes_is_noted_for_the_resident(town: Town, sign_in) -> None:
    sign_in(town.anna).get(address("note", town.roos_file.key))
    [reading] = who_looked_at_me(town.roos)
    assert reading.page == "note"


def test_the_resident_reads_the_notes_without_a_way_to_correct_them(town: Town) -> None:
    written(town)
    lines = note_lines(notes_of(town.roos, pseudonym_id=town.roos_file.pseudonym_id))
    html = render_to_string("resident/parts/notes.html", {"notes": lines})
    assert "Belt dinsdag terug over de fiets." in html
    assert "verbeteren/" not in html
    assert "geen notities over u" in render_to_string("resident/parts/notes.html", {"notes": []})


def test_what_is_written_is_never_markup(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    client.post(address("note", town.roos_file.key), form(text="<b onload=1>vet</b>"))
    html = client.get(address("note", town.roos_file.key)).content.decode()
    assert "<b onload" not in html
    assert "&lt;b onload" in html
