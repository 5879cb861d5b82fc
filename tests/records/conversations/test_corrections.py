"""Correcting a conversation: what was there stays, what is known now follows."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.conversations.actions import NewConversation, complete_all
from meedoen.records.conversations.correction_actions import (
    ConversationChangedError,
    Correction,
    correct_conversation,
)
from meedoen.records.conversations.models import Conversation
from meedoen.records.conversations.queries import (
    conversation_to_correct,
    conversations_with,
    wishes_of,
)
from meedoen.records.figures.queries import counted_now
from meedoen.records.history.models import Entry
from meedoen.records.ladder.models import Measurement
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.models import Resident
from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import Channel, LegalTask, PlaceKind
from tests.town import ON_RUNG_2, Person, Town, talk

EARLIER, TALKED = date(2026, 2, 2), date(2026, 3, 2)
BETTER = Correction(
    held_on=date(2026, 3, 3),
    channel=Channel.PHONE,
    story="Wil graag binnen werken.",
    wished_kinds=frozenset({PlaceKind.VOLUNTEER_WORK}),
    interests=frozenset({"cooking"}),
    half_days=half_days.from_codes(["fri_morning"]),
    whole_town=False,
    language_level=LanguageLevel.B1,
    functional_limits=frozenset({FunctionalDemand.LIFTING}),
    other_limits="Kan niet lang zitten.",
)


@pytest.fixture(autouse=True)
def in_may():
    with clock.at(datetime(2026, 5, 1, 12, tzinfo=UTC)):
        yield


def talks(town: Town, person: Person | None = None):
    return conversations_with(town.anna, pseudonym_id=(person or town.sam).pseudonym_id)


def correct(viewer, town: Town, correction: Correction = BETTER, reason: str = "Verkeerde dag."):
    return correct_conversation(
        viewer, key=talks(town)[0].key, correction=correction, reason=reason
    )


def last_spoken(town: Town, person: Person) -> date | None:
    rows = Resident.objects.visible_to(town.system)
    return rows.get(pseudonym_id=person.pseudonym_id).last_spoken_on


def test_a_conversation_is_kept_for_a_law_and_until_a_day(town: Town) -> None:
    talk(town.anna, town.sam, TALKED)
    wmo = NewConversation(
        pseudonym_id=town.sam.pseudonym_id,
        held_on=TALKED,
        channel=Channel.PHONE,
        legal_task=LegalTask.SOCIAL_SUPPORT,
        other_limits="Kan niet lang staan.",
    )
    complete_all(town.anna, conversations=[wmo])
    rows = Conversation.objects.visible_to(town.system).order_by("pk")
    assert [(row.legal_task, row.keep_until, row.other_limits) for row in rows] == [
        ("participation", date(2036, 3, 2), ""),
        ("social_support", date(2041, 3, 2), "Kan niet lang staan."),
    ]


def test_the_better_one_is_shown_and_tells_when_by_whom_and_why(town: Town) -> None:
    talk(town.anna, town.sam, TALKED)
    with clock.at(datetime(2026, 5, 4, 12, tzinfo=UTC)):
        key = correct(town.bram, town)
    [card] = talks(town)
    assert (card.key, card.held_on, card.channel) == (key, date(2026, 3, 3), Channel.PHONE)
    assert card.story == "Wil graag binnen werken."
    assert (card.held_by, card.written_on) == ("Anna Testema", date(2026, 5, 1))
    assert (card.corrected_by, card.corrected_on) == ("Bram Testema", date(2026, 5, 4))
    assert card.correction_reason == "Verkeerde dag."
    [before] = card.earlier
    assert (before.held_on, before.story) == (TALKED, "Wil graag naar buiten.")
    assert before.written_on == date(2026, 5, 1)


def test_the_wishes_are_those_of_the_better_one(town: Town) -> None:
    talk(town.anna, town.sam, TALKED)
    correct(town.anna, town, replace(BETTER, held_on=TALKED))
    wishes = wishes_of(town.anna, pseudonym_id=town.sam.pseudonym_id)
    assert wishes is not None
    assert (wishes.wished_kinds, wishes.interests) == ({PlaceKind.VOLUNTEER_WORK}, {"cooking"})
    assert (wishes.language_level, wishes.whole_town) == (LanguageLevel.B1, False)
    assert (wishes.functional_limits, wishes.other_limits) == (
        {FunctionalDemand.LIFTING},
        "Kan niet lang zitten.",
    )


def test_the_last_day_spoken_is_worked_out_anew_also_when_it_is_earlier(town: Town) -> None:
    talk(town.anna, town.sam, EARLIER)
    talk(town.anna, town.sam, TALKED)
    correct(town.anna, town, replace(BETTER, held_on=date(2026, 1, 5)))
    assert last_spoken(town, town.sam) == EARLIER
    assert [card.held_on for card in talks(town)] == [EARLIER, date(2026, 1, 5)]


def test_the_entry_in_the_history_is_replaced_and_stays(town: Town) -> None:
    talk(town.anna, town.sam, TALKED)
    correct(town.bram, town)
    old, new = Entry.objects.visible_to(town.system).filter(kind="conversation").order_by("pk")
    assert (old.starts_on, new.starts_on, new.replaces) == (TALKED, date(2026, 3, 3), old)
    assert (new.ends_on, new.outcome, new.district_id) == (
        date(2026, 3, 4),
        old.outcome,
        old.district_id,
    )
    assert new.recorded_by_id == town.bram.membership_id


def test_figures_as_known_before_stay_and_as_known_now_follow(town: Town) -> None:
    talk(town.anna, town.sam, TALKED)
    before = datetime(2026, 5, 3, 12, tzinfo=UTC)
    with clock.at(datetime(2026, 5, 4, 12, tzinfo=UTC)):
        correct(town.anna, town, replace(BETTER, held_on=date(2024, 3, 2)))
        assert spoken_past_year(town, None) == 0
        assert spoken_past_year(town, before) == 1


def spoken_past_year(town: Town, known_at: datetime | None) -> int:
    results = counted_now(town.connie, on=date(2026, 4, 30), known_at=known_at)
    return {one.code: one.value for one in results}["spoken_past_year"]


def test_a_measurement_stays_tied_to_the_conversation_it_came_from(town: Town) -> None:
    talk(town.anna, town.sam, TALKED, ON_RUNG_2)
    before = Measurement.objects.visible_to(town.system).values().get()
    correct(town.anna, town)
    assert Measurement.objects.visible_to(town.system).values().get() == before
    assert str(before["measured_on"]) == "2026-03-02"


def test_a_correction_of_a_correction_tells_both(town: Town) -> None:
    talk(town.anna, town.sam, TALKED)
    correct(town.anna, town)
    correct(town.bram, town, replace(BETTER, story="Wil graag koken."), reason="Preciezer.")
    [card] = talks(town)
    assert [one.story for one in card.earlier] == [
        "Wil graag binnen werken.",
        "Wil graag naar buiten.",
    ]
    assert (card.story, card.correction_reason) == ("Wil graag koken.", "Preciezer.")


def test_the_second_of_two_who_correct_at_once_is_told_and_nothing_is_lost(town: Town) -> None:
    talk(town.anna, town.sam, TALKED)
    [card] = talks(town)
    new = correct(town.anna, town)
    with pytest.raises(ConversationChangedError, match="net verbeterd"):
        correct_conversation(
            town.bram, key=card.key, correction=replace(BETTER, story="Anders."), reason="Beter."
        )
    found = conversation_to_correct(town.bram, key=card.key)
    assert found is not None
    assert (found.is_newest, found.card.key) == (False, new)
    assert Entry.objects.visible_to(town.system).filter(kind="conversation").count() == 2


def test_what_cannot_be_is_refused_and_nothing_changes(town: Town) -> None:
    talk(town.anna, town.sam, TALKED)
    for correction, reason, said in [
        (replace(BETTER, held_on=date(2026, 5, 2)), "Beter.", "in de toekomst"),
        (BETTER, "  ", "waarom u dit verbetert"),
        (BETTER, "x" * 301, "te lang"),
    ]:
        with pytest.raises(ActionRefusedError, match=said):
            correct(town.anna, town, correction, reason)
    assert Conversation.objects.visible_to(town.system).count() == 1
    correct(town.anna, town)
    with pytest.raises(ActionRefusedError, match="niets veranderd"):
        correct(town.anna, town)


def test_who_may_not_correct_changes_nothing(town: Town) -> None:
    talk(town.anna, town.roos_file, TALKED)
    [card] = talks(town, town.roos_file)
    for who in (town.roos, town.petra, town.connie):
        with pytest.raises(PermissionDenied):
            correct_conversation(who, key=card.key, correction=BETTER, reason="Beter.")
    for who in (town.carla, town.vera):
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            correct_conversation(who, key=card.key, correction=BETTER, reason="Beter.")
        assert conversation_to_correct(who, key=card.key) is None
    assert talks(town, town.roos_file) == [card]


def test_a_fault_half_way_leaves_everything_as_it_was(town: Town, monkeypatch) -> None:
    talk(town.anna, town.sam, TALKED)
    before = talks(town)

    def fail(*_args, **_named) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(
        "meedoen.records.conversations.correction_actions.work_out_last_spoken", fail
    )
    with pytest.raises(RuntimeError):
        correct(town.anna, town)
    assert talks(town) == before
    assert last_spoken(town, town.sam) == TALKED
    assert Entry.objects.visible_to(town.system).filter(kind="conversation").count() == 1


def test_the_number_of_questions_is_the_same_for_many(town: Town) -> None:
    def asked_with(more: int) -> int:
        one = NewConversation(
            pseudonym_id=town.sam.pseudonym_id, held_on=TALKED, channel=Channel.PHONE
        )
        complete_all(town.anna, conversations=[one] * more)
        correct(town.anna, town, replace(BETTER, story=f"Verhaal {more}."))
        with CaptureQueriesContext(connection) as asked:
            talks(town)
        return len(asked)

    assert asked_with(10) == asked_with(190)
