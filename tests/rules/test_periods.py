"""Months by the calendar, with the short ones and the leap days pinned."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.periods import (
    add_months,
    days_without,
    is_month_end,
    is_year_end,
    month_ends,
)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 15), 1, date(2024, 2, 15)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(1900, 1, 31), 1, date(1900, 2, 28)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 5, 31), -3, date(2024, 2, 29)),
        (date(2024, 1, 1), -1, date(2023, 12, 1)),
        (date(2024, 3, 31), 0, date(2024, 3, 31)),
    ],
)
def test_months_are_added_by_the_calendar_and_clipped_to_the_month(day, months, expected):
    assert add_months(day, months) == expected


def test_a_month_outside_the_calendar_is_refused():
    with pytest.raises(ValueError, match="year"):
        add_months(date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    ("day", "month_end", "year_end"),
    [
        (date(2024, 2, 29), True, False),
        (date(2024, 2, 28), False, False),
        (date(2023, 2, 28), True, False),
        (date(2024, 12, 31), True, True),
        (date(2024, 12, 30), False, False),
    ],
)
def test_the_last_day_of_a_month_and_of_a_year_is_recognised(day, month_end, year_end):
    assert (is_month_end(day), is_year_end(day)) == (month_end, year_end)


def test_month_ends_run_from_the_first_day_up_to_and_including_the_last():
    assert list(month_ends(date(2023, 12, 31), date(2024, 3, 31))) == [
        date(2023, 12, 31),
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
    ]


def test_month_ends_before_the_first_month_is_over_are_none():
    assert list(month_ends(date(2024, 1, 1), date(2024, 1, 30))) == []


FIRST = date(2026, 1, 1)
STRETCHES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 8)).map(
        lambda drawn: (FIRST + timedelta(drawn[0]), FIRST + timedelta(sum(drawn)))
    ),
    max_size=5,
)


def every_day(stretches):
    """Return every day of some stretches."""
    return {
        day
        for starts_on, ends_on in stretches
        for day in (starts_on + timedelta(at) for at in range((ends_on - starts_on).days))
    }


@given(STRETCHES, STRETCHES)
def test_days_without_others_are_exactly_those_of_the_one_and_not_of_the_others(one, others):
    left = days_without(one, others)
    assert every_day(left) == every_day(one) - every_day(others)
    assert left == sorted(left)
    assert all(starts_on < ends_on for starts_on, ends_on in left)
