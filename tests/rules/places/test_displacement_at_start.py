"""When a start needs a check on displacement, and whether it is there: tables and properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.places.displacement import shipped_versions
from meedoen.rules.places.displacement_at_start import (
    Check,
    Lack,
    is_asked_at_start,
    lack_at_start,
)
from meedoen.rules.vocabulary import DisplacementVerdict, PlaceKind

JOB = PlaceKind.PARTICIPATION_JOB
START = date(2026, 9, 7)
TODAY = date(2026, 9, 10)
ADDITIONAL, DISPLACES, UNCLEAR = (
    DisplacementVerdict.ADDITIONAL,
    DisplacementVerdict.DISPLACES,
    DisplacementVerdict.UNCLEAR,
)


def check(on, verdict=ADDITIONAL, until=None, *, explained=False):
    return Check(verdict, explained, on, until or on + timedelta(days=365))


@pytest.mark.parametrize(
    ("kind", "day", "asked"),
    [
        (JOB, date(2015, 1, 1), False),
        (JOB, date(2026, 6, 30), False),
        (JOB, date(2026, 7, 1), True),
        (JOB, date(2028, 2, 29), True),
        (PlaceKind.VOLUNTEER_WORK, date(2026, 7, 1), False),
        (PlaceKind.SHELTERED_NEW, date(2026, 7, 1), False),
    ],
)
def test_since_when_and_where_a_start_needs_a_check(kind, day, asked):
    assert is_asked_at_start(kind, day) is asked
    assert (lack_at_start(kind, day, TODAY, []) is Lack.NEVER_CHECKED) is asked


BEFORE, ON, AFTER = date(2026, 9, 1), START, date(2026, 9, 9)


@pytest.mark.parametrize(
    ("checks", "lack"),
    [
        ([], Lack.NEVER_CHECKED),
        ([check(BEFORE)], None),
        ([check(ON)], None),
        # Made later than the start, but before it was told: it was looked at all the same.
        ([check(AFTER)], None),
        ([check(date(2025, 9, 7), until=START)], None),
        ([check(date(2025, 9, 6), until=date(2026, 9, 6))], Lack.LAPSED),
        ([check(date(2025, 9, 6), until=date(2026, 9, 6)), check(AFTER)], None),
        ([check(BEFORE, DISPLACES)], Lack.DISPLACES),
        ([check(BEFORE, UNCLEAR)], Lack.DISPLACES),
        ([check(BEFORE, UNCLEAR, explained=True)], None),
        ([check(BEFORE, DISPLACES, explained=True)], Lack.DISPLACES),
        ([check(date(2026, 8, 1)), check(BEFORE, DISPLACES)], Lack.DISPLACES),
        ([check(date(2026, 8, 1), DISPLACES), check(BEFORE)], None),
        # It turned out later that paid work goes away; on the day of the start it did not.
        ([check(BEFORE), check(AFTER, DISPLACES)], None),
        ([check(AFTER, DISPLACES)], Lack.DISPLACES),
    ],
)
def test_what_is_missing_on_the_day_of_a_start(checks, lack):
    assert lack_at_start(JOB, START, TODAY, checks) is lack


DAYS = st.dates(date(2026, 7, 1), date(2029, 12, 31))
CHECKS = st.lists(
    st.builds(
        check, DAYS, st.sampled_from(DisplacementVerdict), st.none(), explained=st.booleans()
    ),
    max_size=5,
).map(lambda found: sorted(found, key=lambda one: one.checked_on))


@given(CHECKS, DAYS, st.integers(0, 40))
def test_nobody_begins_where_no_check_ever_let_anybody_in(checks, day, later):
    checks = [one for one in checks if not one.lets_in]
    assert lack_at_start(JOB, day, day + timedelta(days=later), checks) is not None


@given(CHECKS, DAYS, st.integers(0, 40))
def test_a_good_check_of_today_always_opens_the_place(checks, day, later):
    today = day + timedelta(days=later)
    known = [one for one in checks if one.checked_on <= today]
    assert lack_at_start(JOB, day, today, [*known, check(today)]) is None


@given(CHECKS, st.dates(date(2015, 1, 1), date(2026, 6, 30)))
def test_who_began_before_it_was_asked_needs_nothing(checks, day):
    assert lack_at_start(JOB, day, TODAY, checks) is None


def test_another_table_moves_the_day_from_which_it_is_asked():
    first, last = shipped_versions()
    assert lack_at_start(JOB, START, TODAY, [], (first,)) is None
    assert lack_at_start(JOB, date(2020, 1, 1), TODAY, [], (last,)) is Lack.NEVER_CHECKED
