"""The dates of a wage-cost subsidy, and the stretches for which one calculation holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.periods import add_months
from meedoen.rules.wage_subsidy.terms import (
    ask_until,
    decide_by,
    flat_until,
    may_apply_from,
    next_recalculation,
    stretches,
)


@pytest.mark.parametrize(
    ("fixed_on", "by"),
    [(date(2026, 3, 2), date(2026, 4, 6)), (date(2028, 2, 1), date(2028, 3, 7))],
)
def test_it_is_decided_within_five_weeks(fixed_on, by):
    assert decide_by(fixed_on) == by


@pytest.mark.parametrize(
    ("last", "today", "first"),
    [
        (None, date(2026, 3, 2), date(2026, 3, 2)),
        (date(2026, 1, 15), date(2026, 3, 2), date(2027, 1, 15)),
        (date(2025, 3, 2), date(2026, 3, 2), date(2026, 3, 2)),
        (date(2025, 3, 3), date(2026, 3, 2), date(2026, 3, 3)),
        (date(2028, 2, 29), date(2028, 3, 1), date(2029, 2, 28)),
    ],
)
def test_somebody_applies_for_the_group_once_in_twelve_months(last, today, first):
    assert may_apply_from(last, today) == first


@pytest.mark.parametrize(
    ("started_on", "until"),
    [
        (date(2026, 1, 1), date(2026, 7, 1)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
    ],
)
def test_six_months_from_the_start_of_a_job(started_on, until):
    assert flat_until(started_on) == until
    assert ask_until(started_on) == until


def test_it_is_worked_out_anew_on_every_1_january():
    assert next_recalculation(date(2026, 12, 31)) == date(2027, 1, 1)
    assert next_recalculation(date(2027, 1, 1)) == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("starts_on", "until", "loonwaarde_from", "found"),
    [
        (
            "2025-10-01",
            "2027-02-01",
            "2026-02-01",
            [
                ("2025-10-01", "2026-01-01", True),
                ("2026-01-01", "2026-02-01", True),
                ("2026-02-01", "2027-01-01", False),
                ("2027-01-01", "2027-02-01", False),
            ],
        ),
        # Fixed before the start: no fixed part at all.
        ("2026-03-01", "2026-05-01", "2026-01-01", [("2026-03-01", "2026-05-01", False)]),
        # Not fixed: six months, and then nothing.
        ("2026-01-01", "2027-01-01", None, [("2026-01-01", "2026-07-01", True)]),
        # Fixed too late: nothing in between.
        (
            "2026-01-01",
            "2026-12-01",
            "2026-09-01",
            [("2026-01-01", "2026-07-01", True), ("2026-09-01", "2026-12-01", False)],
        ),
        # Fixed after the last day that was asked for.
        ("2026-01-01", "2026-02-01", "2026-03-01", [("2026-01-01", "2026-02-01", True)]),
        # A job that begins on 1 January is worked out once that day.
        ("2026-01-01", "2027-01-01", "2026-01-01", [("2026-01-01", "2027-01-01", False)]),
    ],
)
def test_the_stretches_of_a_job(starts_on, until, loonwaarde_from, found):
    fixed = date.fromisoformat(loonwaarde_from) if loonwaarde_from else None
    days = stretches(
        date.fromisoformat(starts_on), date.fromisoformat(until), loonwaarde_from=fixed
    )
    assert [
        (one.starts_on.isoformat(), one.ends_on.isoformat(), one.is_flat) for one in days
    ] == found


def test_an_end_that_is_not_after_the_start_is_refused():
    with pytest.raises(ValueError, match="not after the start; give a later day"):
        stretches(date(2026, 1, 1), date(2026, 1, 1))


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(DAYS, st.integers(1, 2000), st.none() | DAYS)
def test_stretches_never_overlap_nor_cross_a_new_year(starts_on, length, loonwaarde_from):
    until = starts_on + timedelta(days=length)
    found = stretches(starts_on, until, loonwaarde_from=loonwaarde_from)
    days = [day for one in found for day in (one.starts_on, one.ends_on)]
    assert days == sorted(days)
    for one in found:
        assert starts_on <= one.starts_on < one.ends_on <= until
        assert one.starts_on.year == (one.ends_on - timedelta(days=1)).year
        if one.is_flat:
            assert one.ends_on <= add_months(starts_on, 6)
            assert loonwaarde_from is None or one.ends_on <= loonwaarde_from
        else:
            assert loonwaarde_from <= one.starts_on
    if loonwaarde_from is not None and loonwaarde_from <= flat_until(starts_on):
        assert sum((one.ends_on - one.starts_on).days for one in found) == length
