"""Rules by which days come back: what is understood, and what is refused."""

from datetime import date, time

import pytest

from meedoen.rules.schedule.check import session_problems
from meedoen.rules.schedule.rule import Frequency, NthDay, Rule, RuleError, read_rule
from meedoen.rules.schedule.sessions import Session
from meedoen.rules.schedule.words import SessionProblem

A_MONDAY = date(2026, 3, 2)


def session(rule, **changed):
    values = {"first_on": A_MONDAY, "opens_at": time(9), "closes_at": time(12), **changed}
    return Session(rule=rule, **values)


def test_a_rule_in_parts():
    assert read_rule("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1FR;COUNT=10;WKST=SU") == Rule(
        frequency=Frequency.MONTHLY,
        interval=2,
        days=(NthDay(0, 1), NthDay(4, -1)),
        count=10,
        week_start=6,
    )


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("", "not_a_rule"),
        ("elke maandag", "not_a_rule"),
        ("BYDAY=MO", "not_a_rule"),
        ("FREQ=WEEKLY;FREQ=WEEKLY", "not_a_rule"),
        ("FREQ=WEEKLY;BYDAY=", "not_a_rule"),
        ("FREQ=WEEKLY;BYDAY=XX", "not_a_rule"),
        ("FREQ=WEEKLY;BYDAY=1MO", "not_a_rule"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "not_a_rule"),
        ("FREQ=WEEKLY;BYSETPOS=1", "not_a_rule"),
        ("FREQ=WEEKLY;INTERVAL=een", "not_a_rule"),
        ("FREQ=WEEKLY;INTERVAL=1_0", "not_a_rule"),
        ("FREQ=WEEKLY;COUNT=0", "not_a_rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "not_a_rule"),
        ("FREQ=MONTHLY;BYDAY=6MO", "not_a_rule"),
        ("FREQ=WEEKLY;WKST=XX", "not_a_rule"),
        ("FREQ=DAILY", "other_frequency"),
        ("FREQ=SECONDLY", "other_frequency"),
        ("FREQ=WEEKLY;INTERVAL=0", "other_frequency"),
        ("FREQ=WEEKLY;INTERVAL=13", "other_frequency"),
        ("FREQ=WEEKLY;UNTIL=20270101", "part_not_supported"),
        ("FREQ=WEEKLY;BYHOUR=3", "part_not_supported"),
        ("FREQ=WEEKLY;COUNT=1001", "too_many_times"),
        ("FREQ=WEEKLY;COUNT=99999", "not_a_rule"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5", "never"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "never"),
    ],
)
def test_what_is_refused(rule, problem):
    first_on = date(2026, 2, 1)
    assert session_problems(session(rule, first_on=first_on)) == (SessionProblem(problem),)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=MO,WE",
        "freq=weekly;byday=mo",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=1000",
        "FREQ=MONTHLY;BYDAY=1TU",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY",
    ],
)
def test_what_can_be_kept(rule):
    assert session_problems(session(rule)) == ()


def test_everything_that_is_wrong_is_said_at_once():
    wrong = session("FREQ=YEARLY", closes_at=time(8), last_on=date(2026, 3, 1))
    assert session_problems(wrong) == (
        SessionProblem.CLOSES_BEFORE_OPENING,
        SessionProblem.ENDS_BEFORE_START,
        SessionProblem.OTHER_FREQUENCY,
    )


def test_days_before_the_last_one_must_come():
    tuesdays = "FREQ=WEEKLY;BYDAY=TU"
    assert session_problems(session(tuesdays, last_on=A_MONDAY)) == (SessionProblem.NEVER,)
    assert session_problems(session(tuesdays, last_on=date(2026, 3, 3))) == ()


def test_the_error_says_which_problem():
    with pytest.raises(RuleError, match="not_a_rule") as caught:
        read_rule("x")
    assert caught.value.problem is SessionProblem.NOT_A_RULE
