"""On which days a time that comes back falls: by examples, and beside another library."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from meedoen.rules import half_days
from meedoen.rules.schedule.holidays import is_holiday
from meedoen.rules.schedule.occurrences import (
    LONGEST_WINDOW,
    days_by_rule,
    half_days_of,
    last_counted_day,
    occurrences,
    weekdays_of,
)
from meedoen.rules.schedule.rule import WEEKDAYS
from meedoen.rules.schedule.sessions import Session
from tests.examples import examples

A_MONDAY = date(2026, 3, 2)


def session(rule, opens_at=time(9), closes_at=time(12), first_on=A_MONDAY, **changed):
    return Session(rule=rule, opens_at=opens_at, closes_at=closes_at, first_on=first_on, **changed)


def shown(days):
    return " ".join(f"{day:%m-%d}" for day in days)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,WE", "03-02 03-04 03-09 03-11 03-16 03-18 03-23 03-25 03-30"),
        ("FREQ=WEEKLY", "03-02 03-09 03-16 03-23 03-30"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "03-08 03-22"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU", "03-15 03-29"),
        ("FREQ=WEEKLY;BYDAY=FR;COUNT=2", "03-06 03-13"),
        ("FREQ=MONTHLY;BYDAY=1TU", "03-03"),
        ("FREQ=MONTHLY;BYDAY=-1TU", "03-31"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "03-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "03-15 03-31"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "03-13"),
        ("FREQ=MONTHLY", "03-02"),
    ],
)
def test_the_days_of_march(rule, expected):
    found = occurrences(session(rule), since=date(2026, 3, 1), until=date(2026, 4, 1))
    assert shown(found) == expected


def test_the_window_and_the_last_day():
    mondays = session("FREQ=WEEKLY;BYDAY=MO", last_on=date(2026, 3, 16))
    assert shown(occurrences(mondays, since=date(2026, 3, 9), until=date(2026, 3, 16))) == "03-09"
    assert shown(occurrences(mondays, since=date(2026, 3, 9), until=date.max)) == "03-09 03-16"
    assert occurrences(mondays, since=date(2026, 4, 1), until=date(2026, 3, 1)) == []


def test_nobody_is_there_on_holidays_unless_it_says_so():
    mondays = session("FREQ=WEEKLY;BYDAY=MO")
    april = {"since": date(2026, 4, 1), "until": date(2026, 5, 1)}
    assert shown(occurrences(mondays, **april)) == "04-13 04-20"
    open_then = session("FREQ=WEEKLY;BYDAY=MO", without_holidays=False)
    assert shown(occurrences(open_then, **april)) == "04-06 04-13 04-20 04-27"


def test_a_holiday_counts_as_one_of_a_number_of_times():
    four = session("FREQ=WEEKLY;BYDAY=MO;COUNT=4", first_on=date(2026, 3, 30))
    days = occurrences(four, since=date(2026, 3, 1), until=date(2027, 1, 1))
    assert shown(days) == "03-30 04-13 04-20"
    assert last_counted_day(four) == date(2026, 4, 20)
    assert last_counted_day(session("FREQ=WEEKLY")) is None


@pytest.mark.parametrize(
    ("opens", "closes", "parts"),
    [
        (time(9), time(12), ["morning"]),
        (time(9), time(12, 1), ["morning", "afternoon"]),
        (time(12), time(18), ["afternoon"]),
        (time(17, 59), time(18, 1), ["afternoon", "evening"]),
        (time(18), time(22), ["evening"]),
        (time(8), time(21), ["morning", "afternoon", "evening"]),
    ],
)
def test_the_half_days_of_a_session_follow_the_clock(opens, closes, parts):
    found = half_days_of([session("FREQ=WEEKLY;BYDAY=TU", opens, closes)])
    assert half_days.codes(found) == tuple(f"tue_{part}" for part in parts)


def test_the_half_days_of_several_sessions():
    found = half_days_of(
        [session("FREQ=WEEKLY"), session("FREQ=MONTHLY;BYDAY=1SA", time(13), time(15))]
    )
    assert half_days.codes(found) == ("mon_morning", "sat_afternoon")
    assert half_days_of([]) == half_days.NONE


def test_a_day_of_the_month_falls_on_any_weekday():
    assert weekdays_of(session("FREQ=MONTHLY;BYMONTHDAY=15")) == tuple(range(7))


def test_a_nth_day_and_every_day_go_together():
    both = session("FREQ=MONTHLY;BYDAY=1MO,FR")
    found = occurrences(both, since=date(2026, 3, 1), until=date(2026, 4, 1))
    assert shown(found) == "03-02 03-06 03-13 03-20 03-27"


def numbers(most):
    return st.integers(1, most) | st.integers(-most, -1)


def joined(values):
    return st.lists(values, min_size=1, max_size=4, unique=True).map(",".join)


@st.composite
def rules(draw):
    weekly = draw(st.booleans())
    parts = {"FREQ": "WEEKLY" if weekly else "MONTHLY"}
    if draw(st.booleans()):
        parts["INTERVAL"] = str(draw(st.integers(1, 12)))
    days = st.sampled_from(WEEKDAYS)
    # "The first Monday and every Wednesday" is a rule of RFC 5545 that the other library misreads.
    if not weekly and draw(st.booleans()):
        days = st.tuples(numbers(5), days).map(lambda pair: f"{pair[0]}{pair[1]}")
    if draw(st.booleans()):
        parts["BYDAY"] = draw(joined(days))
    if not weekly and draw(st.booleans()):
        parts["BYMONTHDAY"] = draw(joined(numbers(31).map(str)))
    # Of a week that is cut off by the first day the other library counts from there, which
    # RFC 5545 leaves open; of a month it counts as we do.
    if not weekly and len(parts.keys() & {"BYDAY", "BYMONTHDAY"}) and draw(st.booleans()):
        parts["BYSETPOS"] = draw(joined(numbers(3).map(str)))
    if draw(st.booleans()):
        parts["COUNT"] = str(draw(st.integers(1, 30)))
    if draw(st.booleans()):
        parts["WKST"] = draw(st.sampled_from(WEEKDAYS))
    return ";".join(f"{name}={value}" for name, value in parts.items())


near = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@settings(max_examples=examples(80), deadline=None)
@given(rules(), near, near, st.integers(0, 400))
def test_the_days_are_those_of_another_library(rule, first_on, since, length):
    # It looks for ever for the days of a rule that falls on none.
    assume(days_by_rule(session(rule, first_on=first_on), since=first_on, until=date.max))
    until = since + timedelta(days=length)
    found = days_by_rule(session(rule, first_on=first_on), since=since, until=until)
    first = datetime.combine(max(since, first_on), time())
    stop = min(until, max(since, first_on) + timedelta(days=LONGEST_WINDOW))
    theirs = rrulestr(rule, dtstart=datetime.combine(first_on, time()))
    expected = []
    for day in theirs.xafter(first, inc=True):
        if day.date() >= stop:
            break
        expected.append(day.date())
    assert found == expected


any_day = st.dates()


@given(rules(), any_day, st.none() | any_day, any_day, any_day, st.booleans())
def test_days_are_few_in_order_and_where_they_may_be(
    rule, first_on, last_on, since, until, without_holidays
):
    one = session(rule, first_on=first_on, last_on=last_on, without_holidays=without_holidays)
    found = occurrences(one, since=since, until=until)
    assert len(found) <= LONGEST_WINDOW
    assert found == sorted(set(found))
    for day in found:
        assert max(since, first_on) <= day < until
        assert last_on is None or day <= last_on
        assert day.weekday() in weekdays_of(one)
        assert not (without_holidays and is_holiday(day))


@given(rules(), any_day)
def test_the_last_of_a_number_of_times_is_found_soon(rule, first_on):
    one = session(rule, first_on=first_on)
    last = last_counted_day(one)
    assert last is None or last >= first_on
