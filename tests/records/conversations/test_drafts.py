"""Drafts: saved as one goes, nobody's work lost when two write, gone when the talk is kept."""

import threading
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from meedoen.records.conversations.actions import AlreadyWrittenError, NewConversation
from meedoen.records.conversations.draft_actions import (
    LONGEST_DRAFT,
    DraftChangedError,
    DraftMark,
    DraftTooLongError,
    Typed,
    discard_draft,
    save_draft,
)
from meedoen.records.conversations.draft_queries import (
    draft_about,
    draft_content,
    drafts_about,
    open_drafts,
    stale_drafts,
)
from meedoen.records.conversations.models import Conversation, Draft
from meedoen.records.ladder.actions import complete_talk
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.vocabulary import Channel
from tests.town import Town, build_town
from tests.web.coach.scenes import register_crowd

KEY = uuid.UUID("5b5f7c7e-7d0a-4f0e-9a59-0d6f5a1c0001")
OTHER = uuid.UUID("5b5f7c7e-7d0a-4f0e-9a59-0d6f5a1c0002")


def typed(town: Town, story: str = "Wil graag", **changes) -> Typed:
    """What stands in the form about Roos."""
    return Typed(
        **{
            "key": KEY,
            "pseudonym_id": town.roos_file.pseudonym_id,
            "content": {"story": [story], "interests": ["cooking", "baking"]},
            "version": 0,
            **changes,
        }
    )


def finish(town: Town, viewer, story: str = "Wil graag naar buiten.", mark=None, key=KEY) -> None:
    complete_talk(
        viewer,
        conversation=NewConversation(
            pseudonym_id=town.roos_file.pseudonym_id,
            key=key,
            held_on=clock.today(),
            channel=Channel.PHONE,
            story=story,
        ),
        draft=mark,
    )


def stories(town: Town) -> dict[str, str]:
    """Return the story of every draft about Roos by the name of who wrote it."""
    cards = drafts_about(town.lea, pseudonym_id=town.roos_file.pseudonym_id)
    return {card.saved_by.split()[0]: card.first_words for card in cards}


def test_a_draft_is_kept_and_counts_its_versions(town: Town) -> None:
    first = save_draft(town.anna, typed=typed(town))
    second = save_draft(town.anna, typed=typed(town, "Wil graag weer", version=first.version))
    assert (first.key, first.version, second.version) == (KEY, 1, 2)
    assert draft_content(town.anna, key=KEY) == {
        "story": ["Wil graag weer"],
        "interests": ["cooking", "baking"],
    }


def test_a_draft_cannot_be_read_in_the_database(town: Town) -> None:
    save_draft(town.anna, typed=typed(town))
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM conversations_draft")
        [(content,)] = cursor.fetchall()
    assert "Wil" not in content
    assert "story" not in content


def test_tokens_and_passwords_are_never_part_of_a_draft(town: Town) -> None:
    content = {"story": ["a"], "csrfmiddlewaretoken": ["secret"], "new_password": ["secret"]}
    save_draft(town.anna, typed=typed(town, content=content))
    assert draft_content(town.anna, key=KEY) == {"story": ["a"]}


def test_too_much_is_refused_and_the_draft_stays_as_it_was(town: Town) -> None:
    save_draft(town.anna, typed=typed(town))
    with pytest.raises(DraftTooLongError):
        save_draft(town.anna, typed=typed(town, "a" * LONGEST_DRAFT, version=1))
    assert draft_content(town.anna, key=KEY)["story"] == ["Wil graag"]


@pytest.mark.parametrize("who", ["carla", "vera"])
def test_a_stranger_can_neither_save_nor_see_nor_throw_away(town: Town, who: str) -> None:
    stranger = getattr(town, who)
    save_draft(town.anna, typed=typed(town))
    with pytest.raises(ActionRefusedError):
        save_draft(stranger, typed=typed(town, version=1))
    with pytest.raises(ActionRefusedError):
        discard_draft(stranger, key=KEY)
    assert draft_content(stranger, key=KEY) is None
    assert not drafts_about(stranger, pseudonym_id=town.roos_file.pseudonym_id)
    assert stories(town) == {"Anna": "Wil graag"}


@pytest.mark.parametrize("who", ["petra", "connie", "roos"])
def test_who_is_no_coach_may_not_save(town: Town, who: str) -> None:
    with pytest.raises(PermissionDenied):
        save_draft(getattr(town, who), typed=typed(town))


def test_the_resident_does_not_see_what_is_not_finished(town: Town) -> None:
    save_draft(town.anna, typed=typed(town))
    assert not drafts_about(town.roos, pseudonym_id=town.roos_file.pseudonym_id)
    assert draft_content(town.roos, key=KEY) is None


def test_a_colleague_may_go_on_with_a_draft_and_then_it_is_theirs(town: Town) -> None:
    save_draft(town.anna, typed=typed(town))
    save_draft(town.bram, typed=typed(town, "Wil graag. Bram erbij.", version=1))
    assert stories(town) == {"Bram": "Wil graag. Bram erbij."}


def test_who_saves_on_an_older_version_keeps_the_own_text_and_is_told(town: Town) -> None:
    save_draft(town.anna, typed=typed(town))
    save_draft(town.bram, typed=typed(town, "Van Bram", version=1))
    with pytest.raises(DraftChangedError) as told:
        save_draft(town.anna, typed=typed(town, "Van Anna", version=1))
    assert (told.value.by, told.value.is_own, told.value.finished) == (
        "Bram Testema",
        False,
        False,
    )
    assert draft_content(town.anna, key=told.value.split_key)["story"] == ["Van Anna"]
    assert stories(town) == {"Bram": "Van Bram", "Anna": "Van Anna"}


def test_the_same_person_in_two_windows_loses_nothing_either(town: Town) -> None:
    save_draft(town.anna, typed=typed(town, "Op kantoor", window="desk", turn=1))
    with pytest.raises(DraftChangedError) as told:
        save_draft(town.anna, typed=typed(town, "Onderweg", window="phone", turn=1))
    assert told.value.is_own
    texts = {
        draft_content(town.anna, key=card.key)["story"][0]
        for card in drafts_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    }
    assert texts == {"Op kantoor", "Onderweg"}


def test_a_window_that_never_heard_the_answer_goes_on_in_the_same_draft(town: Town) -> None:
    save_draft(town.anna, typed=typed(town, "Wil", window="w", turn=1))
    again = save_draft(town.anna, typed=typed(town, "Wil meer", window="w", turn=2))
    assert again.version == 2
    assert stories(town) == {"Anna": "Wil meer"}


def test_what_arrives_late_does_not_take_the_place_of_what_was_typed_later(town: Town) -> None:
    save_draft(town.anna, typed=typed(town, "Wil meer", window="w", turn=2))
    late = save_draft(town.anna, typed=typed(town, "Wil", window="w", turn=1))
    assert late.version == 1
    assert stories(town) == {"Anna": "Wil meer"}


def test_a_split_is_made_once_for_a_window(town: Town) -> None:
    save_draft(town.bram, typed=typed(town, "Van Bram", window="b", turn=1))
    keys = set()
    for turn, story in enumerate(["Van", "Van Anna", "Van Anna zelf"], start=1):
        with pytest.raises(DraftChangedError) as told:
            save_draft(town.anna, typed=typed(town, story, window="a", turn=turn))
        keys.add(told.value.split_key)
    assert len(keys) == 1
    assert stories(town) == {"Bram": "Van Bram", "Anna": "Van Anna zelf"}


def test_a_key_that_belongs_to_someone_elses_resident_tells_nothing(town: Town) -> None:
    save_draft(town.carla, typed=typed(town, pseudonym_id=town.tim.pseudonym_id))
    kept = save_draft(town.anna, typed=typed(town))
    assert kept.key != KEY
    assert draft_content(town.anna, key=kept.key) is not None
    assert draft_content(town.carla, key=KEY)["story"] == ["Wil graag"]


def test_what_was_thrown_away_elsewhere_is_kept_again_when_someone_types_on(town: Town) -> None:
    save_draft(town.anna, typed=typed(town))
    discard_draft(town.anna, key=KEY)
    assert stories(town) == {}
    kept = save_draft(town.anna, typed=typed(town, "Toch weer", version=1))
    assert (kept.key, kept.version) == (KEY, 2)


def test_only_the_writer_and_the_team_lead_throw_a_draft_away(town: Town) -> None:
    save_draft(town.anna, typed=typed(town))
    with pytest.raises(ActionRefusedError):
        discard_draft(town.bram, key=KEY)
    discard_draft(town.lea, key=KEY)
    with pytest.raises(ActionRefusedError):
        discard_draft(town.anna, key=KEY)


def test_a_finished_conversation_takes_its_draft_along(town: Town) -> None:
    save_draft(town.anna, typed=typed(town))
    save_draft(town.anna, typed=typed(town, "Een ander gesprek", key=OTHER))
    finish(town, town.anna, mark=DraftMark(1))
    cards = drafts_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert [card.key for card in cards] == [OTHER]


def test_a_conversation_takes_no_draft_about_somebody_else_along(town: Town) -> None:
    save_draft(town.bram, typed=typed(town, "Bram schrijft over Roos"))
    complete_talk(
        town.anna,
        conversation=NewConversation(
            pseudonym_id=town.sam.pseudonym_id,
            key=KEY,
            held_on=clock.today(),
            channel=Channel.PHONE,
            story="Over Sam.",
        ),
        draft=DraftMark(99, "w"),
    )
    assert stories(town) == {"Bram": "Bram schrijft over Roos"}


def test_when_keeping_fails_half_way_the_draft_is_still_there(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    save_draft(town.anna, typed=typed(town))
    monkeypatch.setattr("meedoen.records.ladder.actions.finish_draft", fail)
    with pytest.raises(RuntimeError):
        finish(town, town.anna, mark=DraftMark(1))
    assert stories(town) == {"Anna": "Wil graag"}
    assert not Conversation.objects.visible_to(town.system).exists()


def test_what_a_colleague_wrote_on_is_not_taken_along(town: Town) -> None:
    save_draft(town.anna, typed=typed(town))
    save_draft(town.bram, typed=typed(town, "Bram schreef verder", version=1))
    finish(town, town.anna, mark=DraftMark(1))
    assert stories(town) == {"Bram": "Bram schreef verder"}
    with pytest.raises(DraftChangedError) as told:
        save_draft(town.bram, typed=typed(town, "Bram schreef verder en verder", version=2))
    assert told.value.finished
    assert told.value.by == "Anna Testema"
    assert told.value.split_key != KEY
    assert stories(town) == {"Bram": "Bram schreef verder en verder"}


def test_what_the_own_window_still_had_on_its_way_is_taken_along(town: Town) -> None:
    save_draft(town.anna, typed=typed(town, "Wil", window="w", turn=1))
    save_draft(town.anna, typed=typed(town, "Wil graag", window="w", turn=2))
    finish(town, town.anna, mark=DraftMark(1, "w"))
    assert stories(town) == {}


def test_what_arrives_after_the_conversation_and_says_nothing_new_is_let_go(town: Town) -> None:
    finish(town, town.anna, "Wil graag naar buiten.", mark=DraftMark(0, "w"))
    save_draft(town.anna, typed=typed(town, "Wil graag", window="w", turn=3))
    assert stories(town) == {}


def test_what_arrives_after_the_conversation_and_says_more_is_kept(town: Town) -> None:
    finish(town, town.anna, "Wil graag naar buiten.", mark=DraftMark(0, "w"))
    with pytest.raises(DraftChangedError) as told:
        save_draft(town.anna, typed=typed(town, "Heel iets anders", window="x", turn=1))
    assert told.value.finished
    assert stories(town) == {"Anna": "Heel iets anders"}


def test_the_second_of_two_coaches_who_finish_is_told_and_keeps_the_text(town: Town) -> None:
    save_draft(town.anna, typed=typed(town))
    finish(town, town.anna, mark=DraftMark(1))
    with pytest.raises(AlreadyWrittenError):
        finish(town, town.bram, "Bram hoorde iets anders", mark=DraftMark(1))
    with pytest.raises(DraftChangedError) as told:
        save_draft(town.bram, typed=typed(town, "Bram hoorde iets anders"), final=True)
    assert told.value.finished
    assert stories(town) == {"Bram": "Bram hoorde iets anders"}


def test_own_open_drafts_come_with_names_and_the_oldest_first(town: Town) -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with clock.at(now):
        save_draft(town.anna, typed=typed(town))
    with clock.at(now - timedelta(days=1)):
        sam = typed(town, " ".join(["woord"] * 20), key=OTHER, pseudonym_id=town.sam.pseudonym_id)
        save_draft(town.anna, typed=sam)
    found = open_drafts(town.anna)
    assert [draft.name for draft in found] == ["Sam Nepstra", "Roos Nepstra"]
    assert found[0].first_words == " ".join(["woord"] * 12) + " …"
    assert str(found[1].resident_key) == town.roos_file.key
    assert open_drafts(town.bram) == []


def test_a_draft_that_nobody_touched_is_reported_and_stays(town: Town) -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with clock.at(now):
        save_draft(town.anna, typed=typed(town))
    with clock.at(now + timedelta(days=89)):
        assert stale_drafts(town.anna) == []
    with clock.at(now + timedelta(days=90)):
        assert [draft.key for draft in stale_drafts(town.anna)] == [KEY]
        assert stories(town) == {"Anna": "Wil graag"}


def test_a_draft_about_somebody_else_is_not_found_under_this_person(town: Town) -> None:
    save_draft(town.anna, typed=typed(town))
    found = draft_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id, key=KEY)
    assert found is not None
    assert (found.saved_by, found.is_own, found.version) == ("Anna Testema", True, 1)
    assert draft_about(town.anna, pseudonym_id=town.sam.pseudonym_id, key=KEY) is None


@pytest.mark.parametrize("ask", [open_drafts, stale_drafts])
def test_the_list_asks_as_little_for_many_drafts_as_for_few(
    town: Town, ask, django_assert_num_queries
) -> None:
    long_ago = clock.now() - timedelta(days=100)
    for count, after in ((10, 0), (190, 10)):
        for person in register_crowd(town, count, after=after):
            with clock.at(long_ago):
                save_draft(town.anna, typed=typed(town, key=uuid.uuid4(), pseudonym_id=person))
        with django_assert_num_queries(2):
            assert len(ask(town.anna)) == count + after


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_the_same_moment_both_keep_their_text() -> None:
    town = build_town()
    start, told = threading.Barrier(2), []

    def write(viewer, story: str) -> None:
        try:
            start.wait(5)
            save_draft(viewer, typed=typed(town, story))
        except DraftChangedError as error:
            told.append(error.by)
        finally:
            connection.close()

    writers = [
        threading.Thread(target=write, args=(town.anna, "Van Anna")),
        threading.Thread(target=write, args=(town.bram, "Van Bram")),
    ]
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        # Only one connection holds a database in memory: one after the other, without waiting.
        start = threading.Barrier(1)
        close, connection.close = connection.close, lambda: None
        write(town.anna, "Van Anna")
        write(town.bram, "Van Bram")
        connection.close = close
    else:
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
    assert stories(town) == {"Anna": "Van Anna", "Bram": "Van Bram"}
    assert len(told) == 1
    assert Draft.objects.visible_to(town.system).filter(key=KEY).count() == 1


def test_the_day_of_a_draft_is_not_the_day_of_the_talk(town: Town) -> None:
    """A draft says when it was begun, also after it was saved again."""
    began = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with clock.at(began):
        save_draft(town.anna, typed=typed(town))
    with clock.at(began + timedelta(days=2)):
        save_draft(town.anna, typed=typed(town, version=1))
    [card] = drafts_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert (card.started_at, card.saved_at) == (began, began + timedelta(days=2))
    assert card.started_at.date() == date(2026, 3, 2)
