"""Fall-back is shown without a way to find a few people."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.flows.fall_back import FOLLOWED, RungSince, Where, WindowCounts
from meedoen.rules.flows.shown_fall_back import protect_fall_back

few_or_many = st.one_of(st.just(0), st.integers(1, 9), st.integers(10, 60))


@st.composite
def windows(draw, ends=None):
    """Draw counts that fit together: everyone with where they are and how their rung went."""
    cells = {}
    for where in Where:
        for rung in RungSince:
            if (where is Where.NOT_YET_KNOWN) == (rung is RungSince.NOT_YET_KNOWN):
                cells[where, rung] = draw(few_or_many)
    followed = {key: count for key, count in cells.items() if key[0] in FOLLOWED}
    fell = sum(
        count
        for (where, rung), count in followed.items()
        if where is Where.NO_ACTIVITY or rung is RungSince.LOWER
    )
    compared = {RungSince.LOWER, RungSince.NOT_LOWER}
    return WindowCounts(
        first_day=0,
        last_day=180,
        ends=sum(cells.values()),
        where={one: sum(n for (where, _), n in cells.items() if where is one) for one in Where},
        rung={one: sum(n for (_, rung), n in cells.items() if rung is one) for one in RungSince},
        fell_back=fell,
        followed=sum(followed.values()),
        measured=sum(count for (_, rung), count in followed.items() if rung in compared),
    )


def numbers_of(window, shown):
    """Return the real numbers with what is shown, and the sums that a reader can make."""
    of = shown.windows[0]
    numbers = [
        (window.ends, shown.ends),
        *((window.where[one], of.where[one]) for one in Where),
        *((window.rung[one], of.rung[one]) for one in RungSince),
        (window.followed, of.followed),
    ]
    at_rung, followed = 1 + len(Where), 1 + len(Where) + len(RungSince)
    sums = [
        {0: -1} | {1 + at: 1 for at in range(len(Where))},
        {0: -1} | {at_rung + at: 1 for at in range(len(RungSince))},
        {followed: -1} | {1 + at: 1 for at, one in enumerate(Where) if one in FOLLOWED},
    ]
    return numbers, sums


@given(windows())
def test_no_small_number_is_shown_or_follows_from_all_that_is(window):
    numbers, sums = numbers_of(window, protect_fall_back([window]))
    for count, one in numbers:
        assert one.text == ("x" if one.hidden else str(count))
        assert not 0 < count < 10 or one.hidden
    hidden = [at for at, (_count, one) in enumerate(numbers) if one.hidden]
    matrix = np.array([[line.get(at, 0) for at in hidden] for line in sums], dtype=float)
    rank = np.linalg.matrix_rank
    for place, at in enumerate(hidden):
        fixed = np.zeros((1, len(hidden)))
        fixed[0, place] = 1
        if numbers[at][0] < 10:
            assert rank(np.vstack([matrix, fixed])) > rank(matrix)


@given(windows())
def test_who_did_not_fall_back_is_no_small_number_that_can_be_found(window):
    shown = protect_fall_back([window]).windows[0]
    pairs = [
        (window.followed - window.fell_back, shown.followed, shown.fell_back),
        (window.followed - window.measured, shown.followed, shown.measured),
        (window.fell_back - window.where[Where.NO_ACTIVITY], shown.fell_back,
         shown.where[Where.NO_ACTIVITY]),
    ]  # fmt: skip
    for rest, whole, part in pairs:
        assert not 0 < rest < 10 or whole.hidden or part.hidden


def test_large_numbers_are_all_shown():
    window = WindowCounts(
        first_day=0,
        last_day=180,
        ends=100,
        where=dict.fromkeys(Where, 20),
        rung=dict.fromkeys(RungSince, 25),
        fell_back=35,
        followed=60,
        measured=40,
    )
    shown = protect_fall_back([window])
    assert shown.ends.text == "100"
    [one] = shown.windows
    assert (one.fell_back.text, one.followed.text, one.measured.text) == ("35", "60", "40")


def test_without_windows_there_is_nothing_to_show():
    with pytest.raises(ValueError, match="no windows"):
        protect_fall_back([])
