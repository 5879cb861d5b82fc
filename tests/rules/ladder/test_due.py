"""The next measurement, by dated appointments; mistakes in them are said in sentences."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.ladder.due import (
    Instrument,
    Interval,
    MeasuringError,
    NoIntervalError,
    month_of,
    next_due,
    read_intervals,
    shipped_intervals,
)

LADDER, DOMAINS = Instrument.LADDER, Instrument.LIFE_DOMAINS
INTERVALS = (
    Interval(LADDER, date(2020, 1, 1), first_after_months=1, every_months=6),
    Interval(LADDER, date(2026, 7, 1), first_after_months=0, every_months=12),
    Interval(DOMAINS, date(2026, 1, 1), first_after_months=2, every_months=3),
)


@pytest.mark.parametrize(
    ("instrument", "last", "known_since", "on", "expected"),
    [
        # Never measured: counted from the day somebody is known.
        (LADDER, None, date(2026, 3, 2), date(2026, 3, 2), date(2026, 4, 2)),
        (DOMAINS, None, date(2026, 3, 2), date(2026, 3, 2), date(2026, 5, 2)),
        # Measured: counted from the last time, wherever the first day lies.
        (LADDER, date(2026, 1, 15), date(2020, 1, 1), date(2026, 3, 2), date(2026, 7, 15)),
        (DOMAINS, date(2026, 1, 15), date(2020, 1, 1), date(2026, 3, 2), date(2026, 4, 15)),
        # A month that is too short ends earlier.
        (LADDER, None, date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28)),
        (LADDER, date(2025, 8, 31), date(2020, 1, 1), date(2026, 2, 1), date(2026, 2, 28)),
        # The appointment of today counts, also for what was measured under an earlier one.
        (LADDER, date(2026, 1, 15), date(2020, 1, 1), date(2026, 6, 30), date(2026, 7, 15)),
        (LADDER, date(2026, 1, 15), date(2020, 1, 1), date(2026, 7, 1), date(2027, 1, 15)),
        (LADDER, None, date(2026, 7, 3), date(2026, 7, 3), date(2026, 7, 3)),
    ],
)
def test_the_next_measurement_follows_from_the_appointment(
    instrument, last, known_since, on, expected
):
    found = next_due(
        instrument, last_measured_on=last, known_since=known_since, on=on, intervals=INTERVALS
    )
    assert found == expected


def test_a_day_before_the_first_appointment_is_refused_with_a_way_out():
    with pytest.raises(NoIntervalError, match=r"'life_domains' .* 2025-12-31 .*measuring.toml"):
        next_due(
            DOMAINS,
            last_measured_on=None,
            known_since=date(2025, 1, 1),
            on=date(2025, 12, 31),
            intervals=INTERVALS,
        )


days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(days, days, st.sampled_from(Instrument))
def test_a_later_measurement_is_never_followed_by_an_earlier_next_one(one, other, instrument):
    first, later = sorted([one, other])

    def due(last):
        return next_due(
            instrument,
            last_measured_on=last,
            known_since=date(2020, 1, 1),
            on=later,
            intervals=shipped_intervals(),
        )

    assert first < due(first) <= due(later)


@pytest.mark.parametrize(
    ("due_on", "month"),
    [
        (date(2026, 3, 1), None),
        (date(2026, 3, 2), date(2026, 3, 1)),
        (date(2026, 3, 31), date(2026, 3, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
    ],
)
def test_what_is_due_before_today_is_overdue_and_the_rest_has_a_month(due_on, month):
    assert month_of(due_on, on=date(2026, 3, 2)) == month


def test_the_appointments_that_come_with_meedoen_cover_every_instrument():
    first_day = max(one.valid_from for one in shipped_intervals())
    for instrument in Instrument:
        due = next_due(
            instrument,
            last_measured_on=first_day,
            known_since=first_day,
            on=first_day,
            intervals=shipped_intervals(),
        )
        assert due > first_day + timedelta(days=27)


GOOD = """
[[intervals]]
instrument = "ladder"
valid_from = 2026-01-01
first_after_months = 1
every_months = 6

[[intervals]]
instrument = "life_domains"
valid_from = 2026-01-01
first_after_months = 0
every_months = 3
"""


def test_appointments_are_read_as_they_stand():
    assert read_intervals(GOOD, "own.toml") == (
        Interval(LADDER, date(2026, 1, 1), 1, 6),
        Interval(DOMAINS, date(2026, 1, 1), 0, 3),
    )


@pytest.mark.parametrize(
    ("wrong", "sentences"),
    [
        ("[[", ["own.toml: this is not TOML"]),
        ("", ["own.toml: intervals are missing; begin each with [[intervals]]."]),
        ("intervals = [3]", ["own.toml, interval 1: this is not a table"]),
        (
            GOOD.replace('"ladder"', '"stairs"'),
            ["own.toml, interval 1: instrument is 'stairs'; use ladder, life_domains."],
        ),
        (
            GOOD.replace("every_months = 6", "every_months = 0").replace(
                "first_after_months = 0", "first_after_months = true"
            ),
            [
                "interval 1: every_months is 0; write a whole number of months from 1 to 120.",
                "interval 2: first_after_months is True; write a whole number of months from 0",
            ],
        ),
        (
            GOOD.replace("2026-01-01", '"2026"', 1),
            ["interval 1: valid_from is '2026'; write a date without quotes, such as 2026-01-01."],
        ),
        (
            GOOD.replace("every_months = 6", "evry_months = 6"),
            ["interval 1: 'evry_months' is not known here", "interval 1: every_months is missing"],
        ),
        (
            GOOD.replace('"life_domains"', '"ladder"'),
            [
                "own.toml: there is no interval for 'life_domains'; add one.",
                "own.toml: 'ladder' begins 2 times on 2026-01-01; keep one.",
            ],
        ),
    ],
)
def test_every_mistake_is_said_in_a_sentence(wrong, sentences):
    with pytest.raises(MeasuringError) as caught:
        read_intervals(wrong, "own.toml")
    assert len(caught.value.problems) == len(sentences)
    for problem, sentence in zip(caught.value.problems, sentences, strict=True):
        assert sentence in problem
