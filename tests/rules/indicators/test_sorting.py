"""Rows in order by several keys: the same as the slow way, whatever the keys are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators import sorting
from meedoen.rules.indicators.sorting import in_order

numbers = st.one_of(st.integers(-2, 2), st.integers(-(2**62), 2**62))
rows = st.integers(0, 30).flatmap(
    lambda size: st.lists(st.lists(numbers, min_size=size, max_size=size), min_size=1, max_size=4)
)


@given(rows)
def test_rows_come_in_the_order_of_their_keys_and_equal_ones_as_they_stood(keys):
    found = in_order(*(np.array(key, dtype=np.int64) for key in keys))
    expected = sorted(range(len(keys[0])), key=lambda row: [key[row] for key in keys])
    assert found.tolist() == expected


def test_small_types_do_not_overflow():
    kind = np.array([100, -100, 27], dtype=np.int8)
    day = np.array([2**31 - 1, -(2**31), 0], dtype=np.int32)
    assert in_order(kind, day).tolist() == [1, 2, 0]


def test_keys_that_do_not_fit_in_one_number_are_put_in_order_too(monkeypatch):
    keys = np.array([3, 1, 2, 1]), np.array([0, 5, 0, 4])
    quick = in_order(*keys).tolist()
    monkeypatch.setattr(sorting, "MOST_BITS", 1)
    assert in_order(*keys).tolist() == quick == [3, 1, 2, 0]
