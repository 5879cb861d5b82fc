"""A band from who stops and who comes, and from how earlier years went on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.forecast.estimate import Estimate, band_of
from meedoen.rules.forecast.going_on import going_on_estimate
from meedoen.rules.forecast.quantiles import normal_quantile, student_quantile
from meedoen.rules.forecast.stock import coming, stock_estimate
from meedoen.rules.indicators.days import FAR_FUTURE_DAY
from tests.rules.forecast.reference import reference_stock
from tests.rules.indicators.histories import thorough, unhurried

ON, YEAR_END = 20_000, 20_090
ASKED = {"on": ON, "until": YEAR_END, "window_months": 24, "inside": 0.8}


def stock(stretches, **changed):
    starts = np.array([start for start, _end in stretches], dtype=np.int64)
    ends = np.array([end for _start, end in stretches], dtype=np.int64)
    return stock_estimate(starts, ends, **ASKED | changed)


@st.composite
def stretches(draw, most=25):
    found = []
    for _ in range(draw(st.integers(0, most))):
        start = draw(st.integers(ON - 1_500, ON + 60))
        end = draw(st.one_of(st.just(FAR_FUTURE_DAY), st.integers(1, 1_600).map(start.__add__)))
        found.append((start, end))
    return found


@thorough
@given(stretches(most=8), st.integers(0, 120), st.sampled_from([1, 6, 24]))
def test_a_loop_over_every_day_gives_the_same_estimate(found, days, window):
    asked = {"on": ON, "until": ON + days, "window_months": window, "inside": 0.8}
    expected, reach = reference_stock(found, **asked)
    estimate = stock(found, **asked)
    assert estimate.expected == pytest.approx(expected, abs=1e-6)
    assert estimate.reach == pytest.approx(reach, abs=1e-6)


@unhurried
@given(stretches())
def test_the_band_holds_what_is_expected_and_no_number_under_zero(found):
    band = band_of(stock(found))
    assert 0 <= band.low <= band.expected <= band.high


@unhurried
@given(stretches(), st.integers(-3_000, 3_000))
def test_the_same_history_on_other_days_gives_the_same_band(found, later):
    moved = [(start + later, end if end == FAR_FUTURE_DAY else end + later) for start, end in found]
    shifted = stock(moved, on=ON + later, until=YEAR_END + later)
    assert shifted.expected == pytest.approx(stock(found).expected)
    assert shifted.reach == pytest.approx(stock(found).reach)


@unhurried
@given(stretches(), st.integers(1, 30))
def test_more_people_who_have_long_been_there_never_make_the_forecast_lower(found, more):
    stayers = [(ON - 1_400, FAR_FUTURE_DAY)] * more
    assert stock([*found, *stayers]).expected >= stock(found).expected - 1e-9


def test_nobody_who_ever_stopped_or_came_is_a_band_of_one_number():
    band = band_of(stock([(ON - 2_000, FAR_FUTURE_DAY)] * 187))
    assert (band.low, band.expected, band.high) == (187, 187, 187)


def test_nobody_at_all_is_zero():
    assert stock([]) == Estimate(0.0, 0.0)


def test_as_many_who_come_as_who_stop_keep_the_number_and_give_the_band_width():
    # Each month five begin, who stop after two years: 120 are there.
    steady = [
        (ON - month * 30 - 5, ON - month * 30 - 5 + 730) for month in range(60) for _ in range(5)
    ]
    estimate = stock(steady)
    assert 105 < estimate.expected < 130
    assert 2 < estimate.reach < 20


def test_who_was_said_to_stop_before_the_year_end_does_not_count_then():
    long_ago = ON - 2_000
    stays = [(long_ago, FAR_FUTURE_DAY)] * 20
    stopping = [(long_ago, YEAR_END - 10)] * 5
    assert stock([*stays, *stopping]).expected == pytest.approx(20)
    on_the_last_day = [(long_ago, YEAR_END + 1)] * 5
    assert stock([*stays, *on_the_last_day]).expected == pytest.approx(25)


def test_on_the_last_day_of_the_year_the_forecast_is_the_figure():
    found = [(ON - 50, FAR_FUTURE_DAY)] * 3 + [(ON - 400, ON - 2)] * 4
    assert stock(found, until=ON) == Estimate(3.0, 0.0)


def test_who_came_in_each_month_is_counted_back_from_the_day():
    starts = np.array([ON, ON - 5, ON - 40, ON - 900], dtype=np.int64)
    found = coming(starts, since=ON - 92, until=ON)
    assert (found.months, found.per_month) == (3, 1.0)
    assert found.variance == 1.0


# --- how earlier years went on -------------------------------------------------------------------


def test_two_years_that_differ_give_a_wide_band():
    estimate = going_on_estimate(100, [20, 30], 0.8)
    assert estimate.expected == 125
    assert estimate.reach == pytest.approx(3.078 * 7.0711 * 1.5**0.5, rel=1e-3)


@unhurried
@given(st.integers(0, 500), st.lists(st.integers(-40, 400), min_size=2, max_size=6))
def test_more_now_is_as_much_more_at_the_end(now, added):
    one, other = going_on_estimate(now, added, 0.8), going_on_estimate(now + 7, added, 0.8)
    assert other.expected == pytest.approx(one.expected + 7)
    assert other.reach == pytest.approx(one.reach)


def test_years_that_were_all_alike_give_a_band_of_one_number():
    assert going_on_estimate(100, [20, 20, 20], 0.8) == Estimate(120, 0)


def test_one_year_is_not_enough():
    with pytest.raises(ValueError, match="1 earlier years; at least 2 are needed"):
        going_on_estimate(100, [20], 0.8)


# --- bands and quantiles -------------------------------------------------------------------------


@unhurried
@given(st.floats(-50, 500), st.floats(0, 300), st.integers(0, 60))
def test_a_band_never_leaves_what_can_be(expected, reach, least):
    band = band_of(Estimate(expected, reach), least=least, most=100)
    assert least <= band.low <= band.expected <= band.high <= 100


def test_a_band_is_rounded_outwards():
    band = band_of(Estimate(186.5, 12.2))
    assert (band.low, band.expected, band.high) == (174, 187, 199)
    assert band.holds(174)
    assert not band.holds(200)


@pytest.mark.parametrize(
    ("inside", "freedom", "printed"),
    # Student's t, two-sided: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
    [
        (0.8, 1, 3.078),
        (0.8, 2, 1.886),
        (0.8, 3, 1.638),
        (0.8, 5, 1.476),
        (0.8, 10, 1.372),
        (0.9, 1, 6.314),
        (0.9, 2, 2.920),
        (0.9, 3, 2.353),
        (0.9, 5, 2.015),
        (0.95, 2, 4.303),
        (0.95, 3, 3.182),
        (0.95, 5, 2.571),
    ],
)
def test_quantiles_are_those_of_the_printed_table(inside, freedom, printed):
    assert student_quantile(inside, freedom) == pytest.approx(printed, rel=0.01)


def test_with_many_years_the_quantile_is_that_of_the_normal_curve():
    assert normal_quantile(0.8) == pytest.approx(1.2816, abs=1e-4)
    assert student_quantile(0.8, 10_000) == pytest.approx(1.2816, abs=1e-3)
    with pytest.raises(ValueError, match="at least two"):
        student_quantile(0.8, 0)
