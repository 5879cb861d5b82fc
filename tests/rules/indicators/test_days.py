"""Days as numbers: the array rules against the rules for one day."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.days import (
    FAR_FUTURE,
    FAR_FUTURE_DAY,
    date_of,
    day_number,
    first_days_of_years,
    moment_number,
    plus_months,
    years_of,
)
from meedoen.rules.periods import add_months


@given(st.lists(st.dates(date(1, 1, 1), date(9980, 1, 1))), st.integers(0, 200))
def test_months_are_added_to_many_days_as_to_one(dates, months):
    numbers = np.array([day_number(day) for day in dates], dtype=np.int64)
    moved = [date_of(number) for number in plus_months(numbers, months).tolist()]
    assert moved == [add_months(day, months) for day in dates]


@given(st.dates())
def test_the_year_of_a_day_starts_on_its_first_of_january(day):
    start = first_days_of_years(years_of(np.array([day_number(day)])))
    assert date_of(start[0].item()) == date(day.year, 1, 1)


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(1970, 1, 1), 0), (date(1969, 12, 31), -1), (date(2024, 2, 29), 19_782)],
)
def test_days_are_counted_from_1970(day, number):
    assert day_number(day) == number
    assert date_of(number) == day


def test_no_day_and_no_moment_is_as_far_as_the_far_future():
    assert day_number(date.max) == FAR_FUTURE_DAY - 1
    assert moment_number(datetime.max.replace(tzinfo=UTC)) == FAR_FUTURE - 1


def test_a_moment_is_counted_in_microseconds_to_the_last_one():
    moment = datetime(1970, 1, 2, tzinfo=UTC) + timedelta(microseconds=1)
    assert moment_number(moment) == 86_400_000_001
