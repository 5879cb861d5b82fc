"""What people choose and the rule that says it, both ways."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.half_days import DAYS
from meedoen.rules.schedule.check import session_problems
from meedoen.rules.schedule.rhythm import Rhythm, rhythm_of, rule_of
from meedoen.rules.schedule.sessions import Session

RULES = [
    ("FREQ=WEEKLY;BYDAY=MO", Rhythm.WEEKLY, ("mon",)),
    ("FREQ=WEEKLY;INTERVAL=1;BYDAY=TH,MO", Rhythm.WEEKLY, ("mon", "thu")),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", Rhythm.EVERY_OTHER_WEEK, ("sun",)),
    ("FREQ=MONTHLY;BYDAY=1MO", Rhythm.FIRST_OF_MONTH, ("mon",)),
    ("FREQ=MONTHLY;BYDAY=-1FR,-1SA", Rhythm.LAST_OF_MONTH, ("fri", "sat")),
]
NO_RHYTHM = [
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO",
    "FREQ=WEEKLY;BYDAY=MO;COUNT=5",
    "FREQ=MONTHLY;BYDAY=MO",
    "FREQ=MONTHLY;BYDAY=1MO,2TU",
    "FREQ=MONTHLY;BYDAY=5MO",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
    "FREQ=DAILY",
    "",
    "elke maandag",
]


@pytest.mark.parametrize(("rule", "rhythm", "days"), RULES)
def test_a_rule_is_read_as_a_rhythm_with_days(rule, rhythm, days):
    assert rhythm_of(rule) == (rhythm, days)


@pytest.mark.parametrize("rule", NO_RHYTHM)
def test_a_rule_that_says_more_than_a_rhythm_has_none(rule):
    assert rhythm_of(rule) is None


@given(st.sampled_from(Rhythm), st.sets(st.sampled_from(DAYS), min_size=1))
def test_what_is_chosen_comes_back_and_can_be_kept(rhythm, days):
    rule = rule_of(rhythm, days)
    assert rhythm_of(rule) == (rhythm, tuple(day for day in DAYS if day in days))
    assert not session_problems(
        Session(rule=rule, first_on=date(2026, 3, 2), opens_at=time(9), closes_at=time(12))
    )
