"""The stretches of somebody with more than one participation job."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.law.participation_job import law_on
from meedoen.rules.participation_job.clock import check
from meedoen.rules.participation_job.facts import ClockFacts
from meedoen.rules.participation_job.joined import Worked, joined, unbroken_months
from tests.rules.participation_job.people import day, elsewhere, instead, job, pause

LAW = law_on(date(2026, 1, 1))


def worked(starts_on, ends_on=None, *, paused=False):
    return Worked(day(starts_on), day(ends_on) if ends_on else None, paused)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ()),
        ([worked("2026-01-15")], (job("2026-01-15"),)),
        # A trial that goes on as more is one stretch.
        (
            [worked("2026-01-15", "2026-02-15"), worked("2026-02-15")],
            (job("2026-01-15"),),
        ),
        (
            [
                worked("2026-01-15", "2026-03-01"),
                worked("2026-03-01", "2026-04-01", paused=True),
                worked("2026-04-01"),
            ],
            (job("2026-01-15", "2026-03-01"), pause("2026-03-01", "2026-04-01"), job("2026-04-01")),
        ),
        # Two jobs at once: a day counts once, and a pause in one of them is no pause.
        (
            [worked("2026-01-15", "2026-06-01"), worked("2026-03-01", "2026-09-01")],
            (job("2026-01-15", "2026-09-01"),),
        ),
        (
            [worked("2026-01-15", "2026-06-01", paused=True), worked("2026-03-01", "2026-04-01")],
            (
                pause("2026-01-15", "2026-03-01"),
                job("2026-03-01", "2026-04-01"),
                pause("2026-04-01", "2026-06-01"),
            ),
        ),
        # An earlier job at another organisation.
        (
            [worked("2026-03-01"), worked("2024-01-01", "2024-05-01")],
            (job("2024-01-01", "2024-05-01"), job("2026-03-01")),
        ),
    ],
)
def test_stretches_of_several_jobs_become_those_of_one_person(given, expected):
    assert joined(given) == expected


DAYS = st.dates(date(2024, 1, 1), date(2027, 1, 1))
WORKED = st.builds(
    lambda first, days, paused: Worked(
        first, first + timedelta(days=days) if days else None, paused
    ),
    DAYS,
    st.integers(0, 200),
    st.booleans(),
)


@given(st.lists(WORKED, min_size=1, max_size=5), DAYS)
def test_a_day_is_in_a_stretch_when_it_was_in_a_job(given, on):
    stretches = joined(given)
    held = any(one.starts_on <= on and (one.ends_on is None or on < one.ends_on) for one in given)
    assert held == any(
        one.starts_on <= on and (one.ends_on is None or on < one.ends_on) for one in stretches
    )
    for one, after in pairwise(stretches):
        assert one.ends_on is not None
        assert one.ends_on <= after.starts_on
        assert one.ends_on < after.starts_on or one.reason is not after.reason


@given(st.lists(WORKED, min_size=1, max_size=5))
def test_the_clock_takes_what_was_joined_when_anybody_worked(given):
    if any(not one.paused for one in given):
        check(ClockFacts(stretches=joined([*given, worked("2020-01-01", "2020-01-02")])), on=DAY)


DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("stretches", "until", "months"),
    [
        ([job("2026-01-15")], "2026-07-15", 6),
        ([job("2026-01-15")], "2026-07-14", 5),
        ([job("2026-01-31")], "2026-02-28", 1),
        ([job("2026-01-15", "2026-04-15")], "2026-07-15", 3),
        ([job("2025-01-15", "2025-09-15"), job("2026-01-15")], "2026-07-15", 6),
        # Work done gives a premium, and nobody works in a pause: 10a(6).
        ([job("2026-01-15", "2026-03-01"), pause("2026-03-01", "2026-04-01"), job("2026-04-01")],
         "2026-07-15", 3),
        ([job("2026-01-15", "2026-01-16"), pause("2026-01-16")], "2026-07-15", 0),
        ([job("2026-01-15", "2026-03-01"), elsewhere("2026-03-01", "2026-04-01"),
          job("2026-04-01")], "2026-07-15", 3),
        ([job("2026-08-01")], "2026-07-15", 0),
    ],
)  # fmt: skip
def test_months_without_a_break(stretches, until, months):
    assert unbroken_months(stretches, LAW, day(until)) == months


@pytest.mark.parametrize(
    ("name", "value", "months"),
    [
        ("premium_pauses_count", "true", 6),
        ("premium_pauses_count", "false", 3),
        # The term is another matter.
        ("pauses_count", "false", 3),
        ("pauses_count", "true", 3),
    ],
)
def test_a_pause_breaks_where_pauses_do_not_count_for_the_premium(name, value, months):
    law = instead(name, value).on(DAY)
    stretches = [
        job("2026-01-15", "2026-03-01"), pause("2026-03-01", "2026-04-01"), job("2026-04-01"),
    ]  # fmt: skip
    assert unbroken_months(stretches, law, day("2026-07-15")) == months
