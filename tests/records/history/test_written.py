"""What a database writes in a row is taken apart into the numbers, days and words that went in."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meedoen.records.history import written
from meedoen.records.history.written import Written, WrittenError
from meedoen.rules.indicators.days import day_number, moment_number

some = {"max_size": 30}
texts = st.text(st.characters(codec="utf-8", exclude_characters=",\0"), max_size=40)


def in_a_row(values) -> bytes:
    return ",".join(str(value) for value in values).encode()


@given(st.lists(st.integers(0, 10**16 - 1), **some))
@example([0, 9, 5])
@example([7, 12_345_678, 123_456_789, 10**16 - 1, 0])
def test_numbers_come_out_as_they_went_in(numbers):
    assert Written(in_a_row(numbers)).numbers().tolist() == numbers


def test_a_number_of_more_digits_than_are_read_is_refused():
    with pytest.raises(WrittenError, match="17 digits"):
        Written(in_a_row([1, 10**16])).numbers()


@given(st.lists(st.dates(), **some))
@example([date.min, date.max, date(1970, 1, 1), date(2024, 2, 29)])
def test_days_come_out_as_they_went_in(days):
    assert Written(in_a_row(days)).days().tolist() == [day_number(day) for day in days]


@given(st.lists(st.datetimes(timezones=st.just(UTC)), **some))
@example([datetime(2024, 1, 1, 23, 59, 59, 999_999, UTC), datetime(2024, 1, 1, 12, tzinfo=UTC)])
def test_moments_with_and_without_a_fraction_come_out_as_they_went_in(moments):
    expected = [moment_number(moment) for moment in moments]
    row = in_a_row(moment.replace(tzinfo=None) for moment in moments)
    assert Written(row).moments().tolist() == expected


@pytest.mark.parametrize("value", ["2024-1-1", "2024-01-01 12:00", "", "2024-01-01T12:00:00Z"])
def test_what_is_written_in_another_way_is_refused_with_what_it_was(value):
    with pytest.raises(WrittenError, match="not written as a day or a moment"):
        Written(in_a_row(["2024-01-01 12:00:00", value])).moments()


@given(st.lists(texts | st.sampled_from(["", "trial", "active"]), max_size=60))
@example(["steps 2024.1", "", "steps 2024.2", "steps 2024.1", "é" * 40])
def test_words_come_out_as_they_went_in_each_once_and_in_their_order(values):
    words, places = Written(in_a_row(values), len(values)).words()
    assert [words[place] for place in places.tolist()] == values
    assert words == list(dict.fromkeys(["", *values]))


def test_words_that_fall_in_one_bucket_are_told_apart(monkeypatch):
    monkeypatch.setattr(written, "BUCKET_BITS", 1)
    values = [f"word {number % 50}" for number in range(200)]
    words, places = Written(in_a_row(values), len(values)).words()
    assert [words[place] for place in places.tolist()] == values
    assert len(words) == 51


def test_a_word_with_a_comma_is_refused():
    with pytest.raises(WrittenError, match="3 values were written where 2 were expected"):
        Written(in_a_row(["one, two", "three"]), 2)


def test_one_empty_word_is_not_the_same_as_none():
    assert Written(b"", 1).words()[1].tolist() == [0]
    assert Written(b"", 0).words()[1].tolist() == []


def test_sqlite_writes_as_it_is_read():
    values = list(range(0, 10**9, 10**7 + 1))
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE n (number INTEGER)")
        database.executemany("INSERT INTO n VALUES (?)", [(value,) for value in values])
        (row,) = database.execute("SELECT CAST(group_concat(number) AS BLOB) FROM n").fetchone()
    assert np.array_equal(Written(row).numbers(), values)
