"""What counts of the time in a participation job, for each of the three ways of article 10a."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from meedoen.rules.law.participation_job import law_on
from meedoen.rules.participation_job.counted import (
    Counting,
    begins_on,
    counted,
    full_on,
    spans_not_counted,
)
from meedoen.rules.participation_job.facts import Stretch
from tests.rules.participation_job.people import day, elsewhere, instead, job, pause

TODAY = date(2026, 9, 1)
LAW = law_on(TODAY)
GAPS_COUNT = instead("gaps_count", "true").on(TODAY)
PAUSES_LEFT_OUT = instead("pauses_count", "false").on(TODAY)
PREMIUM_COUNTS_PAUSES = instead("premium_pauses_count", "true").on(TODAY)
DAYS = st.dates(date(2008, 1, 1), date(2060, 1, 1))


def ends(stretches, months=24, law=LAW, counting=Counting.TERM, on=TODAY):
    return full_on(stretches, law, counting, months, on=on).isoformat()


@pytest.mark.parametrize(
    ("start", "months", "full"),
    [
        ("2026-01-15", 24, "2028-01-15"),
        ("2026-01-01", 24, "2028-01-01"),
        ("2026-12-31", 6, "2027-06-30"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 36, "2027-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-03-01", 24, "2026-03-01"),
    ],
)
def test_months_go_by_the_calendar_from_the_start(start, months, full):
    assert ends([job(start)], months) == full


@pytest.mark.parametrize(
    ("stretches", "full"),
    [
        # 31 days of a trial are left out: the end is 31 days later.
        (
            [
                job("2026-01-15", "2026-03-01"),
                elsewhere("2026-03-01", "2026-04-01"),
                job("2026-04-01"),
            ],
            "2028-02-15",
        ),
        # Exactly six months.
        (
            [
                job("2026-01-15", "2026-03-01"),
                elsewhere("2026-03-01", "2026-09-01"),
                job("2026-09-01"),
            ],
            "2028-07-17",
        ),
        # Nine months: the last three count.
        (
            [
                job("2026-01-15", "2026-03-01"),
                elsewhere("2026-03-01", "2026-12-01"),
                job("2026-12-01"),
            ],
            "2028-07-17",
        ),
        # Still going on: six months at most.
        ([job("2026-01-15", "2026-03-01"), elsewhere("2026-03-01")], "2028-07-17"),
        # Twice: 92 days are used, and of the second stretch 92 of 123 are left (until 1 December).
        (
            [
                job("2026-01-15", "2026-03-01"),
                elsewhere("2026-03-01", "2026-06-01"),
                job("2026-06-01", "2026-09-01"),
                elsewhere("2026-09-01", "2027-01-01"),
                job("2027-01-01"),
            ],
            "2028-07-14",
        ),
        # Not left out: it counts.
        (
            [
                job("2026-01-15", "2026-03-01"),
                elsewhere("2026-03-01", "2026-04-01", left_out=False),
                job("2026-04-01"),
            ],
            "2028-01-15",
        ),
        # Left out before the job: the two years begin with the job.
        ([elsewhere("2025-12-01", "2026-01-15"), job("2026-01-15")], "2028-01-15"),
    ],
)
def test_at_most_six_months_under_another_provision_are_left_out(stretches, full):
    assert ends(stretches) == full


def test_the_moments_after_the_start_are_not_moved_by_what_is_left_out_of_the_two_years():
    stretches = [
        job("2026-01-15", "2026-03-01"),
        elsewhere("2026-03-01", "2026-04-01"),
        job("2026-04-01"),
    ]
    assert ends(stretches, 9, counting=Counting.SINCE_START) == "2026-10-15"
    assert ends(stretches, 6, counting=Counting.WORKED) == "2026-08-15"


@pytest.mark.parametrize(
    ("stretches", "begin", "full"),
    [
        ([job("2006-06-01")], "2007-01-01", "2009-01-01"),
        ([job("2006-12-31")], "2007-01-01", "2009-01-01"),
        ([job("2007-01-01")], "2007-01-01", "2009-01-01"),
        ([job("2005-01-01", "2006-01-01"), job("2026-01-15")], "2026-01-15", "2028-01-15"),
    ],
)
def test_work_before_2007_does_not_count(stretches, begin, full):
    assert begins_on(stretches, LAW, Counting.TERM, on=TODAY) == day(begin)
    assert ends(stretches) == full


def test_an_earlier_job_counts_and_the_time_between_by_choice():
    # 59 days at one organisation, 92 days of nothing, then another organisation.
    stretches = [job("2026-01-01", "2026-03-01"), job("2026-06-01")]
    assert ends(stretches) == "2028-04-02"
    assert ends(stretches, law=GAPS_COUNT) == "2028-01-01"
    # For the premium only work counts, whatever was chosen.
    assert ends(stretches, 6, law=GAPS_COUNT, counting=Counting.WORKED) == "2026-10-01"


def test_a_pause_counts_or_not_by_choice():
    stretches = [
        job("2026-01-01", "2026-03-01"),
        pause("2026-03-01", "2026-04-01"),
        job("2026-04-01"),
    ]
    assert ends(stretches) == "2028-01-01"
    assert ends(stretches, law=PAUSES_LEFT_OUT) == "2028-02-01"


def test_a_pause_moves_the_premium_and_not_the_term_unless_chosen_otherwise():
    stretches = [
        job("2026-01-01", "2026-03-01"),
        pause("2026-03-01", "2026-04-01"),
        job("2026-04-01"),
    ]
    for law, full in ((LAW, "2026-08-01"), (PREMIUM_COUNTS_PAUSES, "2026-07-01")):
        assert ends(stretches, 6, law=law, counting=Counting.WORKED) == full
        assert ends(stretches, law=law) == "2028-01-01"


def test_a_pause_without_an_end_lasts_until_today():
    stretches = [job("2026-01-01", "2026-03-01"), pause("2026-03-01")]
    later = {
        on: ends(stretches, law=PAUSES_LEFT_OUT, on=day(on))
        for on in ("2026-02-01", "2026-03-01", "2026-03-11")
    }
    assert later == {
        "2026-02-01": "2028-01-01",
        "2026-03-01": "2028-01-01",
        "2026-03-11": "2028-01-11",
    }


@pytest.mark.parametrize(
    ("on", "months", "days"),
    [
        ("2026-01-01", 0, 0),
        ("2026-02-01", 1, 31),
        ("2026-04-01", 2, 59),
        ("2026-07-01", 2, 89),
        ("2026-07-02", 3, 90),
        ("2027-01-01", 5, 151),
    ],
)
def test_how_much_has_counted_up_to_a_day(on, months, days):
    stretches = [job("2026-01-01", "2026-03-01"), job("2026-06-01", "2026-09-01")]
    found = counted(stretches, LAW, on=day(on))
    assert (found.since, found.months, found.days) == (date(2026, 1, 1), months, days)


@st.composite
def lives(draw):
    """Stretches of one person in order: jobs, pauses and other work, with or without gaps."""
    at = draw(DAYS)
    stretches = []
    for make in draw(st.lists(st.sampled_from([job, pause, elsewhere]), max_size=4)):
        first = at + timedelta(days=draw(st.integers(0, 200)))
        at = first + timedelta(days=draw(st.integers(1, 400)))
        stretches.append(make(first.isoformat(), at.isoformat()))
    return [*stretches, job(at.isoformat())]


LAWS = st.sampled_from([LAW, GAPS_COUNT, PAUSES_LEFT_OUT, PREMIUM_COUNTS_PAUSES])


@given(lives(), LAWS, st.sampled_from(Counting), DAYS)
def test_no_more_counts_than_has_gone_by(stretches, law, counting, on):
    found = counted(stretches, law, on=on, counting=counting)
    assert 0 <= found.days <= max(0, (on - found.since).days)


@given(lives(), LAWS, st.sampled_from(Counting), DAYS)
def test_what_counts_is_what_a_plain_walk_over_the_days_finds(stretches, law, counting, on):
    assume(on - stretches[0].starts_on < timedelta(days=1500))
    spans = spans_not_counted(stretches, law, counting, on=on)
    walked = [
        one
        for one in (
            stretches[0].starts_on + timedelta(days=at)
            for at in range(max(0, (on - stretches[0].starts_on).days))
        )
        if not any(span.first <= one < span.end for span in spans)
    ]
    assert counted(stretches, law, on=on, counting=counting).days == len(walked)


@given(lives(), LAWS, st.sampled_from(Counting), st.integers(1, 48))
def test_more_months_are_never_full_earlier(stretches, law, counting, months):
    days = [full_on(stretches, law, counting, one, on=TODAY) for one in (months, months + 1)]
    assert days[0] < days[1]


@given(lives(), LAWS, st.integers(0, 800))
def test_moving_the_start_later_never_makes_the_end_earlier(stretches, law, later):
    first = stretches[0]
    start = first.starts_on + timedelta(days=later)
    assume(first.ends_on is None or start < first.ends_on)
    moved = [Stretch(start, first.ends_on, first.left_out, first.reason), *stretches[1:]]
    assume(not first.left_out)
    assert ends(stretches, law=law) <= ends(moved, law=law)
