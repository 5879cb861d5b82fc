import uuid
from dataclasses import replace

import pytest

from meedoen.records.conversations.actions import (
    AttemptIsThereError,
    NewAttempt,
    note_attempts,
)
from meedoen.records.conversations.models import NextStep
from meedoen.records.conversations.outreach_queries import attempts_since_talk, last_attempts
from meedoen.records.conversations.queries import attempts_with
from meedoen.records.history.models import Entry
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.vocabulary import Channel, EntryKind, Outcome
from tests.records.conversations.scenes import (
    IN_APRIL,
    MONDAY,
    NEXT_MONDAY,
    TUESDAY,
    kept,
    talked,
    tried,
)
from tests.town import Town
from tests.web.coach.scenes import on


def test_an_attempt_shows_its_note_and_the_day_of_the_next_one(town: Town) -> None:
    with on(TUESDAY):
        tried(town.anna, town.sam, MONDAY, note=" Bel na vijf uur. ", next_on=NEXT_MONDAY)
        tried(town.anna, town.sam, TUESDAY, Outcome.NO_SHOW)
    last, first = attempts_with(town.bram, pseudonym_id=town.sam.pseudonym_id)
    assert (last.outcome, last.note, last.next_on) == (Outcome.NO_SHOW, "", None)
    assert (first.note, first.next_on) == ("Bel na vijf uur.", NEXT_MONDAY)


def test_attempts_go_through_the_history_and_say_nothing_more_there(town: Town) -> None:
    with on(MONDAY):
        tried(town.anna, town.sam, MONDAY, note="Bel na vijf uur.", next_on=NEXT_MONDAY)
    [entry] = Entry.objects.visible_to(town.system).filter(kind=EntryKind.ATTEMPT)
    assert (entry.outcome, entry.starts_on, entry.ends_on) == ("no_answer", MONDAY, TUESDAY)


def test_attempts_of_one_person_in_one_go_leave_the_step_of_the_last_one_open(town: Town) -> None:
    attempt = NewAttempt(
        pseudonym_id=town.sam.pseudonym_id,
        made_on=MONDAY,
        channel=Channel.PHONE,
        outcome=Outcome.NO_ANSWER,
        next_on=NEXT_MONDAY,
    )
    later = replace(attempt, made_on=TUESDAY, next_on=IN_APRIL)
    with on(TUESDAY):
        note_attempts(town.anna, attempts=[later, attempt])
    done = NextStep.objects.visible_to(town.system).values_list("planned_on", "done_on")
    assert set(done) == {(NEXT_MONDAY, TUESDAY), (IN_APRIL, None)}
    assert kept(town, town.sam).next_contact_on == IN_APRIL


def test_two_attempts_on_one_day_leave_the_step_of_the_second_open(town: Town) -> None:
    attempt = NewAttempt(
        pseudonym_id=town.sam.pseudonym_id,
        made_on=MONDAY,
        channel=Channel.PHONE,
        outcome=Outcome.NO_ANSWER,
        next_on=TUESDAY,
    )
    with on(MONDAY):
        note_attempts(town.anna, attempts=[attempt, replace(attempt, next_on=NEXT_MONDAY)])
    assert kept(town, town.sam).next_contact_on == NEXT_MONDAY


@pytest.mark.parametrize(
    ("outcome", "more", "words"),
    [
        (Outcome.REACHED, {"next_on": NEXT_MONDAY}, "hoort bij geen gehoor"),
        (Outcome.NO_ANSWER, {"ask_again_on": NEXT_MONDAY}, "geen contact willen"),
        (Outcome.NO_ANSWER, {"note": "x" * 301}, "300 tekens"),
        (Outcome.GOAL_REACHED, {}, "Kies hoe de poging afliep"),
        (Outcome.NO_CONTACT_WANTED, {"ask_again_on": IN_APRIL}, "in de woorden"),
        (Outcome.NO_ANSWER, {"next_on": MONDAY}, "in het verleden"),
    ],
)
def test_what_does_not_belong_together_is_refused_and_nothing_is_kept(
    town: Town, outcome: Outcome, more: dict, words: str
) -> None:
    with on(TUESDAY), pytest.raises(ActionRefusedError, match=words):
        tried(town.anna, town.sam, MONDAY, outcome, **more)
    assert not attempts_with(town.anna, pseudonym_id=town.sam.pseudonym_id)
    assert not Entry.objects.visible_to(town.system).filter(kind=EntryKind.ATTEMPT).exists()


def test_the_same_attempt_sent_twice_is_in_the_history_once(town: Town) -> None:
    key = uuid.uuid4()
    with on(MONDAY):
        tried(town.anna, town.sam, MONDAY, next_on=NEXT_MONDAY, key=key)
        with pytest.raises(AttemptIsThereError):
            tried(town.anna, town.sam, MONDAY, next_on=NEXT_MONDAY, key=key)
    assert len(attempts_with(town.anna, pseudonym_id=town.sam.pseudonym_id)) == 1
    assert Entry.objects.visible_to(town.system).filter(kind=EntryKind.ATTEMPT).count() == 1
    assert [step.done_on for step in NextStep.objects.visible_to(town.system)] == [None]


def test_attempts_are_counted_from_the_last_talk(town: Town) -> None:
    with on(NEXT_MONDAY):
        tried(town.anna, town.sam, MONDAY)
        tried(town.anna, town.roos_file, MONDAY)
        tried(town.anna, town.roos_file, NEXT_MONDAY)
        talked(town.anna, town.roos_file, TUESDAY)
    people = [town.sam.pseudonym_id, town.roos_file.pseudonym_id, town.tim.pseudonym_id]
    assert attempts_since_talk(town.anna, pseudonym_ids=people) == {
        town.sam.pseudonym_id: 1,
        town.roos_file.pseudonym_id: 1,
    }
    assert attempts_since_talk(town.carla, pseudonym_ids=people) == {}


def test_the_last_attempt_since_a_day_is_found(town: Town) -> None:
    with on(NEXT_MONDAY):
        tried(town.anna, town.sam, MONDAY)
        tried(town.anna, town.sam, TUESDAY, Outcome.NO_SHOW)
        tried(town.anna, town.roos_file, MONDAY)
    people = [town.sam.pseudonym_id, town.roos_file.pseudonym_id]
    [(who, last)] = last_attempts(town.lea, pseudonym_ids=people, since=TUESDAY).items()
    assert (who, last.made_on, last.outcome) == (
        town.sam.pseudonym_id,
        TUESDAY,
        Outcome.NO_SHOW,
    )
