"""Fall-back is shown without a way to find a few people."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.flows.fall_back import WindowCounts
from meedoen.rules.flows.shown_fall_back import protect_fall_back
from meedoen.rules.indicators.after_ends import FOLLOWED, RungSince, Where

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


NAMES = (
    *("followed", "active", "no_activity", "compared", "lower", "fell_back"),
    *("not_followed", "not_compared"),
)


def numbers_of(window, shown):
    """Return the real numbers by name with what is shown, and the sums that a reader can make."""
    idle, lower = window.where[Where.NO_ACTIVITY], window.rung[RungSince.LOWER]
    compared = lower + window.rung[RungSince.NOT_LOWER]
    real = [
        window.followed,
        window.followed - idle,
        idle,
        compared,
        lower,
        window.fell_back,
        window.ends - window.followed,
        window.ends - compared,
        window.ends,
    ]
    seen = [*(getattr(shown.windows[0], name) for name in NAMES), shown.ends]
    at = {name: place for place, name in enumerate([*NAMES, "ends"])}
    sums = [
        {at["followed"]: -1, at["active"]: 1, at["no_activity"]: 1},
        {at["ends"]: -1, at["followed"]: 1, at["not_followed"]: 1},
        {at["ends"]: -1, at["compared"]: 1, at["not_compared"]: 1},
    ]
    return list(zip(real, seen, strict=True)), sums


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
    idle = window.where[Where.NO_ACTIVITY]
    for rest, whole, part in (
        (window.followed - window.fell_back, shown.followed, shown.fell_back),
        (window.rung[RungSince.NOT_LOWER], shown.compared, shown.lower),
        (window.fell_back - idle, shown.fell_back, shown.no_activity),
    ):
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
    texts = [getattr(one, name).text for name in NAMES]
    assert texts == ["60", "40", "20", "50", "25", "35", "40", "50"]


def test_a_few_who_moved_away_take_the_number_of_ends_along():
    window = WindowCounts(
        first_day=0,
        last_day=180,
        ends=102,
        where={
            Where.TAKING_PART: 40,
            Where.MOVED_ON: 20,
            Where.NO_ACTIVITY: 40,
            Where.GONE: 2,
            Where.NOT_YET_KNOWN: 0,
        },
        rung={
            RungSince.LOWER: 30,
            RungSince.NOT_LOWER: 30,
            RungSince.NOT_MEASURED: 42,
            RungSince.NOT_YET_KNOWN: 0,
        },
        fell_back=50,
        followed=100,
        measured=60,
    )
    shown = protect_fall_back([window])
    assert shown.ends.hidden
    [one] = shown.windows
    assert [name for name in NAMES if getattr(one, name).hidden] == [
        "not_followed",
        "not_compared",
    ]


def test_without_windows_there_is_nothing_to_show():
    with pytest.raises(ValueError, match="no windows"):
        protect_fall_back([])
