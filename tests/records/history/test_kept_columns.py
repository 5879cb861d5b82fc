"""The columns that a process keeps equal what it would read anew, whatever was added."""

import dataclasses
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from unittest.mock import patch

import numpy as np
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from meedoen.records.history import apart, queries, reading
from meedoen.records.history.actions import Statement, on_one_day, state_all
from meedoen.records.history.models import Entry
from meedoen.records.history.queries import columns
from meedoen.records.history.reading import read_entries
from meedoen.records.organisations import clock
from meedoen.records.organisations.second_lock import narrow_to
from meedoen.rules.indicators.columns import HistoryError
from meedoen.rules.vocabulary import EntryKind
from tests.at_once import at_once
from tests.records.placements.test_placing import proposed
from tests.town import ON_RUNG_2, Town, build_town, talk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db) -> Town:
    queries._kept.clear()
    return build_town()


def anew(town: Town):
    with transaction.atomic():
        return columns(town.connie)


def assert_equal(one, other) -> None:
    for field in dataclasses.fields(one):
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name)), field.name


def test_what_was_added_comes_to_what_was_kept(town: Town):
    assert_equal(columns(town.connie), anew(town))
    talk(town.anna, town.roos_file, clock.today(), ON_RUNG_2)
    assert_equal(columns(town.connie), anew(town))
    proposed(town)
    assert_equal(columns(town.connie), anew(town))


@contextmanager
def entries_read() -> Iterator[list[int]]:
    """Give the ids of the entries that are read from the database in the meantime."""
    ids: list[int] = []

    def read(viewer, *, after):
        found = read_entries(viewer, after=after)
        ids.extend(found.arrays["entry"][len(after) :].tolist())
        return found

    with patch.object(queries, "read_entries", read):
        yield ids


def test_only_what_was_added_is_read(town: Town):
    columns(town.connie)
    last = Entry.objects.visible_to(town.connie).latest("pk").pk
    with CaptureQueriesContext(connection) as asked, entries_read() as ids:
        columns(town.connie)
    # PostgreSQL also says whether somebody is writing.
    assert len(asked) <= 2
    assert ids == []
    talk(town.anna, town.roos_file, clock.today())
    with entries_read() as ids:
        columns(town.connie)
    assert len(ids) == 1
    assert ids[0] > last


def test_an_entry_that_came_later_with_a_lower_number_is_not_missed(town: Town):
    """On PostgreSQL a number is given before a transaction ends."""
    columns(town.connie)
    written, read = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            talk(town.anna, town.roos_file, clock.today())
            written.set()
            assert connection.vendor != "postgresql" or read.wait(10)

    def write_in_between() -> None:
        assert written.wait(10)
        talk(town.bram, town.sam, clock.today())
        columns(town.connie)
        read.set()

    at_once(write_slowly, write_in_between)
    ids = columns(town.connie).entry
    assert_equal(columns(town.connie), anew(town))
    assert list(ids) == sorted(ids)


def test_one_municipality_does_not_get_the_columns_of_another(town: Town):
    ours = columns(town.connie)
    theirs = columns(dataclasses.replace(town.connie, municipality_id=town.vera.municipality_id))
    assert (len(ours.entry), len(theirs.entry)) == (3, 1)


def test_who_may_not_read_the_history_gets_nothing_also_after_who_may(town: Town):
    columns(town.connie)
    assert len(columns(town.anna).entry) == 0


@transaction.atomic
def talk_and_fail(town: Town) -> None:
    talk(town.anna, town.roos_file, clock.today())
    columns(town.connie)
    raise ZeroDivisionError


def test_what_is_undone_is_not_kept(town: Town):
    before = columns(town.connie)
    with pytest.raises(ZeroDivisionError):
        talk_and_fail(town)
    assert_equal(columns(town.connie), before)


def test_blocks_that_are_read_at_the_same_time_give_what_one_gives(town: Town, monkeypatch):
    proposed(town)
    whole = read_entries(town.connie)
    # On PostgreSQL numbers go on from test to test, so the blocks are those of the highest number.
    monkeypatch.setattr(reading, "ENTRIES_AT_ONCE", whole.last - 3)
    one_by_one = read_entries(town.connie)
    if connection.vendor == "sqlite":
        # A database in memory may be read by several as long as nobody writes.
        monkeypatch.setattr(reading, "as_of_one_moment", lambda: nullcontext(True))
    at_the_same_time = read_entries(town.connie)
    for found in (one_by_one, at_the_same_time):
        assert found.names == whole.names
        for name, column in whole.arrays.items():
            assert np.array_equal(found.arrays[name], column), name


VERSIONS = ["2026.1", "2023.1", "2026.1", "2019.4", "2023.1", "2030.1"]


def test_names_get_the_same_numbers_whichever_block_is_ready_first(town: Town, monkeypatch):
    state_all(town.system, [measured(town, version) for version in VERSIONS])
    whole = read_entries(town.connie)
    monkeypatch.setattr(reading, "ENTRIES_AT_ONCE", 1)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(reading, "as_of_one_moment", lambda: nullcontext(True))
    read_block, turns = reading._columns, itertools.count()

    def read_the_first_ones_last(*asked):
        time.sleep(0.05 if next(turns) % 2 == 0 else 0)
        return read_block(*asked)

    monkeypatch.setattr(reading, "_columns", read_the_first_ones_last)
    before = whole.up_to(whole.last - len(VERSIONS))
    # Not from the first number on: earlier tests may have used many, each a block here.
    for found in (read_entries(town.connie, after=before) for _turn in range(2)):
        assert found.names == whole.names
        assert np.array_equal(found.arrays["ladder_version"], whole.arrays["ladder_version"])
    assert list(whole.names["ladder_version"])[-4:] == ["2026.1", "2023.1", "2019.4", "2030.1"]


def test_more_names_than_there_is_room_for_are_refused(town: Town, monkeypatch):
    state_all(town.system, [measured(town, version) for version in VERSIONS])
    monkeypatch.setattr(reading, "MOST_NAMES", 4)
    with pytest.raises(HistoryError, match="more than 3 different values of ladder_version"):
        read_entries(town.connie)


def test_a_word_that_is_not_in_its_list_is_named_with_its_entry(town: Town):
    [entry] = state_all(town.system, [measured(town, "2026.1")])
    Entry.objects.bulk_create([copied(entry, outcome="vanished")])
    with pytest.raises(HistoryError, match=f"outcome of entry {entry.pk + 1} .*'vanished'"):
        read_entries(town.connie)


def copied(entry: Entry, **other) -> Entry:
    names = (
        "municipality_id",
        "pseudonym_id",
        "kind",
        "starts_on",
        "ends_on",
        "recorded_at",
        "rung",
    )
    return Entry(**{name: getattr(entry, name) for name in names} | other)


def test_where_nothing_was_added_nothing_is_copied(town: Town):
    before = read_entries(town.connie)
    assert read_entries(town.connie, after=before) is before


def measured(town: Town, version: str) -> Statement:
    return Statement(
        pseudonym_id=town.roos_file.pseudonym_id,
        kind=EntryKind.MEASUREMENT,
        starts_on=clock.today(),
        ends_on=on_one_day(clock.today()),
        rung=2,
        ladder_version=version,
    )


def test_who_may_have_no_second_connection_reads_with_one(town: Town, monkeypatch, caplog):
    whole = read_entries(town.connie)
    monkeypatch.setattr(reading, "ENTRIES_AT_ONCE", 1)
    monkeypatch.setattr(apart, "AT_ONCE", 1)
    monkeypatch.setattr(reading, "as_of_one_moment", lambda: nullcontext(True))

    other = connection.copy()

    def refuse(_self, _params) -> None:
        raise other.Database.OperationalError("too many connections")

    monkeypatch.setattr(type(other), "get_new_connection", refuse)
    # Two blocks, and none for every number that earlier tests used.
    again = read_entries(town.connie, after=whole.up_to(whole.last - 2))
    assert np.array_equal(again.arrays["entry"], whole.arrays["entry"])
    assert "too many connections" in caplog.text


@pytest.fixture
def narrowed_to_another(town: Town) -> Iterator[int]:
    """Put the second lock, which only PostgreSQL has, on another municipality than that of all."""
    narrow_to(town.vera.municipality_id)
    yield town.vera.municipality_id
    narrow_to(None)


def test_a_second_connection_sees_no_other_municipality_either(narrowed_to_another: int):
    if connection.vendor != "postgresql":
        return
    with apart.as_of_one_moment(), apart.connections_apart() as databases:
        assert len(databases) == apart.AT_ONCE
        for database in databases:
            with database.cursor() as cursor:
                cursor.execute("SELECT DISTINCT municipality_id FROM history_entry")
                assert cursor.fetchall() == [(narrowed_to_another,)]


def test_all_blocks_are_read_as_of_one_moment(town: Town, monkeypatch):
    """An entry and the one it replaces may end up in two blocks; both are there, or neither."""
    before = read_entries(town.connie)
    monkeypatch.setattr(reading, "ENTRIES_AT_ONCE", 1)
    written, begun, ended = threading.Event(), threading.Event(), threading.Event()
    found: list[int] = []

    def write_slowly() -> None:
        with transaction.atomic():
            talk(town.anna, town.roos_file, clock.today())
            written.set()
            assert connection.vendor != "postgresql" or begun.wait(10)
        ended.set()

    def read_in_between() -> None:
        assert written.wait(10)
        talk(town.bram, town.sam, clock.today())
        read_block = reading._columns

        def read_and_wait(*asked):
            block = read_block(*asked)
            begun.set()
            assert ended.wait(10)
            return block

        with patch.object(reading, "_columns", read_and_wait):
            later = read_entries(town.connie, after=before)
            found.extend(later.arrays["entry"][len(before) :].tolist())

    at_once(write_slowly, read_in_between)
    # On SQLite nobody writes while another does: there both came before the reading.
    assert len(found) == (1 if connection.vendor == "postgresql" else 2)
