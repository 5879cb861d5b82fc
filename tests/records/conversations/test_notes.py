"""Notes have a purpose and a term; a correction shows, and nothing is lost."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.conversations.models import Note
from meedoen.records.conversations.note_actions import (
    NoteChangedError,
    NoteIsThereError,
    correct_note,
    write_notes,
)
from meedoen.records.conversations.note_queries import NoteVersion, note_to_correct, notes_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.vocabulary import LegalTask
from tests.sharing import NOTED_ON, new_note
from tests.town import Person, Town

BETTER = {"text": "Belt woensdag terug.", "reason": "Verkeerde dag.", "about_on": NOTED_ON}


@pytest.fixture(autouse=True)
def in_may():
    with clock.at(datetime(2026, 5, 1, 12, tzinfo=UTC)):
        yield


def write(town: Town, person: Person | None = None, **changes) -> uuid.UUID:
    pseudonym_id = (person or town.sam).pseudonym_id
    [key] = write_notes(town.anna, notes=[new_note(pseudonym_id, **changes)])
    return key


def notes(town: Town, person: Person | None = None):
    return notes_of(town.anna, pseudonym_id=(person or town.sam).pseudonym_id)


def test_a_note_is_kept_with_its_law_and_until_when(town: Town) -> None:
    write(town, legal_task=LegalTask.DEBT_HELP)
    [card] = notes(town)
    assert (card.text, card.about_on) == ("Belt dinsdag terug over de fiets.", NOTED_ON)
    assert (card.legal_task, card.keep_until) == (LegalTask.DEBT_HELP, date(2031, 3, 2))
    assert (card.written_by, card.written_on) == ("Anna Testema", date(2026, 5, 1))
    assert (card.corrected_on, card.earlier) == (None, ())


def test_a_colleague_may_correct_a_note_and_the_old_one_stays(town: Town) -> None:
    old = write(town)
    with clock.at(datetime(2026, 5, 4, 12, tzinfo=UTC)):
        new = correct_note(town.bram, key=old, **{**BETTER, "about_on": date(2026, 3, 3)})
    [card] = notes(town)
    assert (card.key, card.text, card.about_on) == (new, BETTER["text"], date(2026, 3, 3))
    assert (card.written_by, card.written_on) == ("Anna Testema", date(2026, 5, 1))
    assert (card.corrected_by, card.corrected_on) == ("Bram Testema", date(2026, 5, 4))
    assert card.correction_reason == "Verkeerde dag."
    assert card.keep_until == date(2036, 3, 3), "the term is worked out anew"
    assert card.earlier == (
        NoteVersion(
            "Belt dinsdag terug over de fiets.", NOTED_ON, "Anna Testema", date(2026, 5, 1)
        ),
    )
    assert Note.objects.visible_to(town.system).count() == 2


def test_a_correction_of_a_correction_tells_both(town: Town) -> None:
    second = correct_note(town.anna, key=write(town), **BETTER)
    correct_note(town.anna, key=second, **{**BETTER, "text": "Belt donderdag terug."})
    [card] = notes(town)
    assert [one.text for one in card.earlier] == [
        "Belt woensdag terug.",
        "Belt dinsdag terug over de fiets.",
    ]


def test_the_second_of_two_who_correct_at_once_is_told_and_nothing_is_lost(town: Town) -> None:
    key = write(town)
    new = correct_note(town.anna, key=key, **BETTER)
    with pytest.raises(NoteChangedError, match="net verbeterd"):
        correct_note(town.bram, key=key, **{**BETTER, "text": "Iets anders."})
    [card] = notes(town)
    assert card.text == BETTER["text"]
    found = note_to_correct(town.bram, key=key)
    assert found is not None
    assert (found.is_newest, found.note.key) == (False, new)


def test_the_same_note_sent_twice_is_kept_once(town: Town) -> None:
    key = uuid.uuid4()
    write(town, key=key)
    with pytest.raises(NoteIsThereError):
        write(town, key=key)
    assert len(notes(town)) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "  "}, "Schrijf op wat u wilt onthouden"),
        ({"text": "x" * 2_001}, "te lang"),
        ({"about_on": date(2026, 5, 2)}, "in de toekomst"),
    ],
)
def test_what_cannot_be_is_refused_and_none_of_them_is_kept(town: Town, wrong, said) -> None:
    person = town.sam.pseudonym_id
    with pytest.raises(ActionRefusedError, match=said):
        write_notes(town.anna, notes=[new_note(person), new_note(person, **wrong)])
    assert notes(town) == []
    key = write(town)
    with pytest.raises(ActionRefusedError, match=said):
        correct_note(town.anna, key=key, **{**BETTER, **wrong})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": " "}, "waarom u dit verbetert"),
        ({"reason": "x" * 301}, "te lang"),
        ({"text": "Belt dinsdag terug over de fiets."}, "niets veranderd"),
    ],
)
def test_a_correction_needs_a_reason_and_a_change(town: Town, wrong, said) -> None:
    key = write(town)
    with pytest.raises(ActionRefusedError, match=said):
        correct_note(town.anna, key=key, **{**BETTER, **wrong})
    assert len(notes(town)) == 1


def test_the_resident_reads_the_own_notes_and_a_stranger_none(town: Town) -> None:
    key = write(town, town.roos_file)
    person = town.roos_file.pseudonym_id
    assert notes_of(town.roos, pseudonym_id=person) == notes(town, town.roos_file)
    for stranger in (town.carla, town.vera, town.petra, town.connie, town.priya, town.ab):
        assert notes_of(stranger, pseudonym_id=person) == []
        assert note_to_correct(stranger, key=key) is None


def test_who_may_not_write_changes_nothing(town: Town) -> None:
    key = write(town, town.roos_file)
    for who in (town.roos, town.petra, town.connie):
        with pytest.raises(PermissionDenied):
            write_notes(who, notes=[new_note(town.roos_file.pseudonym_id)])
        with pytest.raises(PermissionDenied):
            correct_note(who, key=key, **BETTER)
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        write_notes(town.carla, notes=[new_note(town.roos_file.pseudonym_id)])
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        correct_note(town.carla, key=key, **BETTER)
    assert Note.objects.visible_to(town.system).count() == 1


def test_the_number_of_questions_is_the_same_for_many(town: Town) -> None:
    def asked_with(more: int) -> int:
        person = town.sam.pseudonym_id
        keys = write_notes(town.anna, notes=[new_note(person)] * more)
        for key in keys[:5]:
            correct_note(town.anna, key=key, **BETTER)
        with CaptureQueriesContext(connection) as asked:
            notes(town)
        return len(asked)

    assert asked_with(10) == asked_with(190)
    assert len(notes(town)) == 200
