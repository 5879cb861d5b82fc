"""Periods of the calendar: what they hold and how they are written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.flows.calendar import Span, period_of, recent_periods


@pytest.mark.parametrize(
    ("code", "span", "eve", "first", "last"),
    [
        ("2026", Span.YEAR, date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-K1", Span.QUARTER, date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-K4", Span.QUARTER, date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 31)),
        ("2024-02", Span.MONTH, date(2024, 1, 31), date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", Span.MONTH, date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_holds_its_days(code, span, eve, first, last):
    period = period_of(code)
    assert (period.span, period.eve, period.first, period.last) == (span, eve, first, last)
    assert period.code == code


@pytest.mark.parametrize(
    "code",
    ["", "26", "2026-", "2026-K0", "2026-K5", "2026-k1", "2026-13", "2026-1", "2026-00", "1999",
     "3000", "٢٠٢٦", "2026-01-01", " 2026", "jaar"],
)  # fmt: skip
def test_anything_else_is_no_period(code):
    with pytest.raises(ValueError, match="is no period"):
        period_of(code)


@given(st.dates(date(2000, 1, 1), date(2999, 12, 31)), st.integers(1, 3))
def test_periods_that_have_begun_are_each_found_by_their_code(on, years):
    found = list(recent_periods(on, years))
    assert found[0].code == f"{on.year}"
    assert len({period.code for period in found}) == len(found)
    for period in found:
        assert period_of(period.code) == period
        assert period.eve < period.first <= on
        assert period.eve + timedelta(days=1) == period.first <= period.last
