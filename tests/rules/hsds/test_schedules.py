"""Times that come back as schedules: the same days, said with the fields that HSDS has."""

import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.hsds.schedules import schedules
from meedoen.rules.schedule.occurrences import days_by_rule
from meedoen.rules.schedule.rule import WEEKDAYS
from meedoen.rules.schedule.sessions import Session
from tests.rules.hsds.facts import a_service, words

WINTER, SUMMER = date(2026, 1, 15), date(2026, 7, 15)


def session(rule, **changes):
    plain = Session(rule=rule, first_on=date(2026, 1, 1), opens_at=time(9), closes_at=time(12))
    return replace(plain, **changes)


def schedule_of(one, on=WINTER):
    [found] = schedules(a_service(sessions=(one,)), words(), on)
    return {name: value for name, value in found.items() if value not in (None, "")}


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", {"freq": "WEEKLY", "byday": "MO", "dtstart": "2026-01-05"}),
        ("FREQ=WEEKLY", {"freq": "WEEKLY", "byday": "TH", "dtstart": "2026-01-01"}),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", {"interval": 2, "dtstart": "2026-01-12"}),
        ("FREQ=MONTHLY;BYDAY=2MO", {"freq": "MONTHLY", "byday": "2MO", "dtstart": "2026-01-12"}),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", {"byday": "-1FR", "dtstart": "2026-01-30"}),
        ("FREQ=MONTHLY;BYMONTHDAY=15,-1", {"bymonthday": "15,-1", "dtstart": "2026-01-15"}),
        ("FREQ=MONTHLY", {"bymonthday": "1", "dtstart": "2026-01-01"}),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", {"count": 3}),
    ],
)
def test_a_rule_in_the_fields_of_open_referral(rule, says):
    found = schedule_of(session(rule))
    assert {name: found.get(name) for name in says} == says


def test_the_last_day_and_the_number_of_times_are_never_both_there():
    found = schedule_of(session("FREQ=WEEKLY;BYDAY=MO;COUNT=3", last_on=date(2026, 12, 31)))
    assert (found["until"], "count" in found) == ("2026-01-19", False)
    assert found["valid_to"] == "2026-01-19"
    found = schedule_of(session("FREQ=WEEKLY;BYDAY=MO;COUNT=30", last_on=date(2026, 1, 31)))
    assert (found["until"], "count" in found) == ("2026-01-31", False)
    assert found["valid_to"] == "2026-01-31"


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "NO RULE AT ALL"])
def test_what_has_no_fields_is_told_in_words_and_not_half(rule):
    found = schedule_of(session(rule))
    assert not {"freq", "byday", "dtstart", "interval"} & set(found)
    assert found["notes"] == f"Niet op feestdagen. Herhaling: {rule}"
    assert found["opens_at"] == "09:00+01:00"


def test_hours_carry_the_distance_to_utc_of_the_day_it_is():
    assert schedule_of(session("FREQ=WEEKLY"), WINTER)["opens_at"] == "09:00+01:00"
    summer = schedule_of(session("FREQ=WEEKLY"), SUMMER)
    assert (summer["opens_at"], summer["timezone"]) == ("09:00+02:00", 2)


def test_the_same_time_twice_is_one_and_another_time_has_another_number():
    one, other = session("FREQ=WEEKLY"), session("FREQ=WEEKLY", opens_at=time(10))
    found = schedules(a_service(sessions=(one, one, other)), words(), WINTER)
    assert len({each["id"] for each in found}) == len(found) == 2
    again = schedules(a_service(sessions=(other, one)), words(), WINTER)
    assert {each["id"] for each in again} == {each["id"] for each in found}
    elsewhere = schedules(a_service(key=uuid.uuid4(), sessions=(one,)), words(), WINTER)
    assert elsewhere[0]["id"] not in {each["id"] for each in found}


RULES = st.one_of(
    st.builds(
        lambda days, interval, start: (
            f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(sorted(days))};WKST={start}"
        ),
        st.sets(st.sampled_from(WEEKDAYS), min_size=1),
        st.integers(1, 12),
        st.sampled_from(WEEKDAYS),
    ),
    st.builds(
        lambda nth, day, interval: f"FREQ=MONTHLY;INTERVAL={interval};BYDAY={nth}{day}",
        st.sampled_from(["", *map(str, (-1, -2, 1, 2, 3, 4))]),
        st.sampled_from(WEEKDAYS),
        st.integers(1, 12),
    ),
    st.builds(
        lambda day, position: f"FREQ=MONTHLY;BYDAY={day};BYSETPOS={position}",
        st.sampled_from(WEEKDAYS),
        st.sampled_from([-1, 1, 2, 3, 4]),
    ),
    st.builds(lambda day: f"FREQ=MONTHLY;BYMONTHDAY={day}", st.integers(1, 28)),
    st.just("FREQ=WEEKLY"),
)


@given(
    rule=RULES,
    first_on=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    stretch=st.none() | st.integers(40, 500),
    count=st.none() | st.integers(1, 30),
)
def test_whoever_reads_the_schedule_finds_the_same_days(rule, first_on, stretch, count):
    """Read by another program than ours: that of dateutil."""
    one = session(
        rule + (f";COUNT={count}" if count else ""),
        first_on=first_on,
        last_on=first_on + timedelta(days=stretch) if stretch else None,
    )
    end = first_on + timedelta(days=600)
    ours = days_by_rule(one, since=first_on, until=end)
    found = schedule_of(one)
    if "dtstart" not in found:
        # A month without a fifth Friday, thirty times over, may never come within reach.
        assert ours == []
        return
    assert read_by_another(found, end) == ours


def read_by_another(found, end):
    names = ("freq", "interval", "byday", "bymonthday", "wkst", "count")
    parts = [f"{name.upper()}={found[name]}" for name in names if name in found]
    if "until" in found:
        parts.append(f"UNTIL={found['until'].replace('-', '')}")
    start = datetime.combine(date.fromisoformat(found["dtstart"]), time())
    days = rrulestr(";".join(parts), dtstart=start).between(
        start, datetime.combine(end, time()) - timedelta(days=1), inc=True
    )
    return [day.date() for day in days]
