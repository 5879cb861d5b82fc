"""Numbers, days and moments that are written in rows of one width come out as they went in."""

from datetime import UTC, date, datetime

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from meedoen.records.history.digits import day_numbers, digits, moments, numbers
from meedoen.records.history.words import words_of
from meedoen.rules.indicators.days import day_number, moment_number

BEFORE, BEHIND = "7-", "99999999"
AT = len(BEFORE)
WIDTH_OF_NONE = 40
some = {"max_size": 30}


def rows(texts):
    """Put each text in a row of one width, between digits that are not its own."""
    if not texts:
        return np.empty((0, WIDTH_OF_NONE), dtype=np.uint8)
    written = "".join(f"{BEFORE}{text}{BEHIND}" for text in texts).encode()
    return np.frombuffer(written, dtype=np.uint8).reshape(len(texts), -1)


@given(st.lists(st.integers(0, 10**10 - 1), **some))
@example([0, 9, 5])
@example([7, 12_345_678, 123_456_789, 10**10 - 1, 0])
def test_numbers_come_out_as_they_went_in(values):
    found = numbers(rows([f"{value:010}" for value in values]), AT, 10)
    assert found.tolist() == values


@given(st.integers(1, 10), st.lists(st.integers(0, 9), **some))
def test_a_number_may_be_narrower(width, values):
    assert numbers(rows([f"{value:0{width}}" for value in values]), AT, width).tolist() == values
    assert digits(rows([str(value) for value in values]), AT).tolist() == values


@given(st.lists(st.dates(), **some))
@example([date.min, date.max, date(1970, 1, 1), date(2024, 2, 29)])
def test_days_come_out_as_they_went_in(days):
    found = day_numbers(rows([day.isoformat() for day in days]), AT)
    assert found.tolist() == [day_number(day) for day in days]


@given(st.lists(st.datetimes(timezones=st.just(UTC)), **some))
@example([datetime(2024, 1, 1, 23, 59, 59, 999_999, UTC), datetime(2024, 1, 1, 12, tzinfo=UTC)])
def test_moments_with_and_without_a_fraction_come_out_as_they_went_in(values):
    found = moments(rows([f"{value.replace(tzinfo=None)!s:26}" for value in values]), AT)
    assert found.tolist() == [moment_number(value) for value in values]


@given(st.lists(st.sampled_from(["", "trial", "active", "é" * 40]) | st.text(max_size=40)))
@example([])
@example(["steps 2024.1", "", "steps 2024.2", "steps 2024.1"])
def test_words_come_out_as_they_went_in_each_once_and_in_their_order(values):
    column = words_of(values)
    assert [column.words[place] for place in column.places.tolist()] == values
    assert column.words == list(dict.fromkeys(values))
