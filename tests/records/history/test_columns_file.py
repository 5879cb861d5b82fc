"""The columns of a large history lie in a file, which is never believed over the database."""

import dataclasses
import itertools
import os
import signal
import stat
import threading
import time
from unittest.mock import patch

import numpy as np
import pytest

from meedoen.records.history import columns_file, queries
from meedoen.records.history.columns_file import file_of, wait_until_written
from meedoen.records.history.queries import forget
from meedoen.records.organisations import clock
from tests.records.history.test_kept_columns import anew, assert_equal, entries_read
from tests.town import ON_RUNG_2, Town, build_town, talk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db, settings, tmp_path, monkeypatch) -> Town:
    settings.DATA_FOLDER = tmp_path
    monkeypatch.setattr(columns_file, "FROM_ENTRIES_ON", 2)
    queries._kept.clear()
    town = build_town()
    talk(town.anna, town.roos_file, clock.today(), ON_RUNG_2)
    return town


def columns(viewer):
    """Ask for the columns, and wait until they lie in the file."""
    found = queries.columns(viewer)
    wait_until_written(viewer.municipality_id)
    return found


def in_a_new_process(town: Town):
    queries._kept.clear()
    return columns(town.connie)


def read_from_the_database(town: Town) -> list[int]:
    """Return the entries that a new process reads in the database."""
    with entries_read() as ids:
        in_a_new_process(town)
    return ids


def every_entry(town: Town) -> list[int]:
    return anew(town).entry.tolist()


def test_a_new_process_reads_from_the_file_what_the_database_says(town: Town):
    first = columns(town.connie)
    assert file_of(town.connie.municipality_id).exists()
    assert read_from_the_database(town) == []
    assert_equal(in_a_new_process(town), first)
    assert_equal(in_a_new_process(town), anew(town))


def test_what_was_added_after_the_file_is_read_from_the_database(town: Town):
    last = int(columns(town.connie).entry[-1])
    queries._kept.clear()
    talk(town.anna, town.roos_file, clock.today())
    assert read_from_the_database(town) == [last + 1]
    assert_equal(in_a_new_process(town), anew(town))


def test_only_the_owner_of_meedoen_may_read_the_file(town: Town):
    columns(town.connie)
    file = file_of(town.connie.municipality_id)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert list(file.parent.iterdir()) == [file]


def test_the_file_of_one_municipality_is_not_read_for_another(town: Town):
    columns(town.connie)
    theirs = dataclasses.replace(town.connie, municipality_id=town.vera.municipality_id)
    queries._kept.clear()
    assert set(columns(theirs).entry).isdisjoint(columns(town.connie).entry)


def test_who_may_not_read_the_history_gets_nothing_from_the_file_either(town: Town):
    columns(town.connie)
    queries._kept.clear()
    assert len(columns(town.anna).entry) == 0


@pytest.mark.parametrize("column", ["person", "starts", "recorded", "replaces", "domain"])
def test_a_file_that_says_something_else_is_dropped(town: Town, column: str):
    columns(town.connie)
    kept = queries._kept[town.connie.municipality_id].read
    wrong = kept.arrays | {column: kept.arrays[column] + np.arange(len(kept)) // (len(kept) - 1)}
    columns_file._write(
        file_of(town.connie.municipality_id), dataclasses.replace(kept, arrays=wrong)
    )
    assert read_from_the_database(town) == every_entry(town)
    assert_equal(in_a_new_process(town), anew(town))


def test_a_file_with_an_entry_less_is_dropped(town: Town):
    columns(town.connie)
    kept = queries._kept[town.connie.municipality_id].read
    fewer = {name: np.delete(array, 1) for name, array in kept.arrays.items()}
    columns_file._write(
        file_of(town.connie.municipality_id), dataclasses.replace(kept, arrays=fewer)
    )
    assert read_from_the_database(town) == every_entry(town)


@pytest.mark.parametrize("size", [0, 7, 300])
def test_half_a_file_is_dropped_and_written_again(town: Town, size: int, caplog):
    columns(town.connie)
    file = file_of(town.connie.municipality_id)
    whole = file.read_bytes()
    file.write_bytes(whole[:size])
    assert_equal(in_a_new_process(town), anew(town))
    assert "dropped" in caplog.text
    assert file.read_bytes() == whole


def test_a_file_of_another_version_is_dropped(town: Town, monkeypatch, caplog):
    columns(town.connie)
    monkeypatch.setattr(columns_file, "FORM", "later")
    assert read_from_the_database(town) == every_entry(town)
    assert "another version" in caplog.text


def test_a_folder_that_cannot_be_written_in_is_no_reason_not_to_count(
    town: Town, settings, tmp_path, caplog
):
    (tmp_path / "a file").write_text("")
    settings.DATA_FOLDER = tmp_path / "a file"
    assert_equal(columns(town.connie), anew(town))
    assert "could not be kept" in caplog.text


def test_a_small_history_leaves_no_file(town: Town, monkeypatch):
    monkeypatch.setattr(columns_file, "FROM_ENTRIES_ON", 100_000)
    columns(town.connie)
    assert not file_of(town.connie.municipality_id).exists()


def test_the_file_is_written_anew_only_when_much_was_added(town: Town, monkeypatch):
    columns(town.connie)
    file = file_of(town.connie.municipality_id)
    before = file.read_bytes()
    monkeypatch.setattr(columns_file, "GROWN", 3)
    talk(town.anna, town.roos_file, clock.today())
    columns(town.connie)
    assert file.read_bytes() == before
    monkeypatch.setattr(columns_file, "GROWN", 1.1)
    talk(town.anna, town.roos_file, clock.today())
    columns(town.connie)
    assert file.read_bytes() != before


@pytest.fixture
def slow_disk(monkeypatch):
    """Write nothing before the event is set."""
    ready, write = threading.Event(), columns_file._write

    def write_later(*what) -> None:
        assert ready.wait(20)
        write(*what)

    monkeypatch.setattr(columns_file, "_write", write_later)
    yield ready
    ready.set()


def test_who_asks_does_not_wait_for_the_file(town: Town, slow_disk):
    found = queries.columns(town.connie)
    assert_equal(found, anew(town))
    assert not file_of(town.connie.municipality_id).exists()
    slow_disk.set()
    wait_until_written(town.connie.municipality_id)
    assert file_of(town.connie.municipality_id).exists()
    assert read_from_the_database(town) == []


def test_a_process_does_not_end_before_the_file_is_there(town: Town, slow_disk):
    queries.columns(town.connie)
    [writing] = columns_file._being_written.values()
    assert writing.is_alive()
    assert not writing.daemon
    slow_disk.set()


def test_what_comes_while_the_file_is_written_is_written_with_what_comes_next(
    town: Town, slow_disk
):
    queries.columns(town.connie)
    talk(town.anna, town.roos_file, clock.today())
    queries.columns(town.connie)
    slow_disk.set()
    wait_until_written(town.connie.municipality_id)
    talk(town.anna, town.roos_file, clock.today())
    columns(town.connie)
    assert read_from_the_database(town) == []


def test_forgetting_waits_for_the_file(town: Town, slow_disk):
    queries.columns(town.connie)
    forgetting = threading.Thread(target=forget, args=[town.connie])
    forgetting.start()
    slow_disk.set()
    forgetting.join(20)
    assert file_of(town.connie.municipality_id).exists()


def killing_after(times: int):
    """Save so many arrays, and then be killed."""
    save, saved = np.save, itertools.count()

    def save_or_be_killed(*what) -> None:
        if next(saved) == times:
            os.kill(os.getpid(), signal.SIGKILL)
        save(*what)

    return save_or_be_killed


def killed_while_writing(town: Town) -> None:
    """Let a process be killed when it has written some of the columns."""
    read = queries._kept[town.connie.municipality_id].read
    process = os.fork()
    if not process:
        with patch.object(columns_file.np, "save", killing_after(5)):
            columns_file._write(file_of(town.connie.municipality_id), read)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL


def test_what_a_killed_process_wrote_half_is_never_read_and_cleared_away(town: Town):
    columns(town.connie)
    file = file_of(town.connie.municipality_id)
    file.unlink()
    killed_while_writing(town)
    [half] = file.parent.iterdir()
    assert read_from_the_database(town) == every_entry(town)
    assert sorted(file.parent.iterdir()) == sorted([half, file])
    an_hour_ago = time.time() - columns_file.LEFT_BEHIND - 1
    os.utime(half, (an_hour_ago, an_hour_ago))
    file.unlink()
    in_a_new_process(town)
    assert list(file.parent.iterdir()) == [file]
