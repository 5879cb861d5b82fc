from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from meedoen.config.schedule import PERIODIC
from meedoen.records.jobs.models import Slot
from meedoen.records.jobs.schedule import (
    Daily,
    Monthly,
    Periodic,
    Weekly,
    forget_slots_before,
    put_due_work_in_queue,
)
from meedoen.records.jobs.tasks import tidy_up

HERE = ZoneInfo("Europe/Amsterdam")
NIGHT = Daily(time(2, 15))
MONDAY = Weekly(0, time(6, 30))


def here(*parts):
    return datetime(*parts, tzinfo=HERE)


@pytest.mark.parametrize(
    ("when", "now", "latest"),
    [
        (NIGHT, here(2026, 9, 1, 2, 15), here(2026, 9, 1, 2, 15)),
        (NIGHT, here(2026, 9, 1, 2, 14, 59), here(2026, 8, 31, 2, 15)),
        (NIGHT, here(2026, 9, 1, 23, 59), here(2026, 9, 1, 2, 15)),
        # 00:30 here is the evening before in UTC.
        (NIGHT, datetime(2026, 9, 1, 22, 30, tzinfo=UTC), here(2026, 9, 1, 2, 15)),
        (MONDAY, here(2026, 8, 31, 6, 30), here(2026, 8, 31, 6, 30)),
        (MONDAY, here(2026, 8, 31, 6, 29), here(2026, 8, 24, 6, 30)),
        (MONDAY, here(2026, 9, 6, 23, 0), here(2026, 8, 31, 6, 30)),
    ],
)
def test_the_last_moment_is_told_on_the_clock_of_the_wall(when, now, latest):
    assert when.latest(now, HERE) == latest


@given(
    day=st.dates(date(2026, 3, 25), date(2026, 4, 2))
    | st.dates(date(2026, 10, 20), date(2026, 11, 1)),
    at=st.times(),
)
def test_there_is_one_moment_a_day_also_when_the_clock_changes(day, at):
    now = datetime.combine(day, at, tzinfo=HERE)
    latest = NIGHT.latest(now, HERE)
    assert latest <= now
    assert now.astimezone(UTC) - latest.astimezone(UTC) <= timedelta(hours=25, minutes=1)
    assert latest.time() == time(2, 15)


def periodic(put_in_queue, name="test"):
    return Periodic(name, put_in_queue, NIGHT, worth_doing_for=timedelta(days=1))


def test_a_moment_is_put_in_the_queue_once(db):
    done = []
    work = periodic(lambda: done.append(1))
    now = here(2026, 9, 1, 3, 0)
    assert put_due_work_in_queue(work, now=now, zone=HERE)
    assert not put_due_work_in_queue(work, now=now + timedelta(hours=2), zone=HERE)
    assert put_due_work_in_queue(work, now=now + timedelta(days=1), zone=HERE)
    assert len(done) == 2


def test_what_was_missed_is_done_once_the_last_moment_only(db):
    done = []
    work = periodic(lambda: done.append(1))
    assert put_due_work_in_queue(work, now=here(2026, 9, 1, 3, 0), zone=HERE)
    assert put_due_work_in_queue(work, now=here(2026, 9, 20, 1, 0), zone=HERE)
    assert len(done) == 2
    assert Slot.objects.latest("moment").moment == here(2026, 9, 19, 2, 15)


def test_what_makes_no_sense_any_more_is_left_out(db):
    [digest] = [one for one in PERIODIC if one.name == "weekly_digest"]
    late = Periodic("late", lambda: pytest.fail("too late"), digest.when, digest.worth_doing_for)
    assert not put_due_work_in_queue(late, now=here(2026, 9, 3, 12, 0), zone=HERE)
    assert not Slot.objects.exists()


def test_work_that_cannot_be_put_in_the_queue_leaves_no_moment(db):
    def breaks():
        raise RuntimeError("the power fails")

    now = here(2026, 9, 1, 3, 0)
    with pytest.raises(RuntimeError, match="power"):
        put_due_work_in_queue(periodic(breaks), now=now, zone=HERE)
    assert put_due_work_in_queue(periodic(lambda: None), now=now, zone=HERE)


def test_every_piece_of_periodic_work_has_a_name_of_its_own_and_goes_in_the_queue(db):
    names = [one.name for one in PERIODIC]
    assert sorted(set(names)) == sorted(names)
    for work in PERIODIC:
        latest = work.when.latest(here(2026, 9, 1, 12, 0), HERE)
        assert put_due_work_in_queue(work, now=latest, zone=HERE)


def test_old_moments_are_forgotten(db):
    now = timezone.now()
    long_ago, lately = now - timedelta(days=1_000), now - timedelta(days=2)
    for moment in (long_ago, long_ago + timedelta(days=1), lately):
        Slot.objects.create(name="test", moment=moment)
    forget_slots_before(long_ago + timedelta(hours=1))
    assert Slot.objects.count() == 2
    tidy_up.func()
    assert Slot.objects.get().moment == lately


MONTH = Monthly(1, time(7, 0))


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        (here(2026, 9, 1, 7, 0), here(2026, 9, 1, 7, 0)),
        (here(2026, 9, 1, 6, 59, 59), here(2026, 8, 1, 7, 0)),
        (here(2026, 9, 30, 23, 59), here(2026, 9, 1, 7, 0)),
        (here(2026, 1, 1, 6, 0), here(2025, 12, 1, 7, 0)),
        # Half past midnight here is still the month before in UTC.
        (datetime(2026, 8, 31, 22, 30, tzinfo=UTC), here(2026, 8, 1, 7, 0)),
        # The clock went forward in between.
        (here(2026, 4, 1, 6, 59), here(2026, 3, 1, 7, 0)),
    ],
)
def test_the_last_moment_of_a_month_is_told_on_the_clock_of_the_wall(now, latest):
    assert MONTH.latest(now, HERE) == latest


@given(on=st.dates(date(2020, 1, 1), date(2035, 1, 1)), at=st.times(), day=st.integers(1, 28))
def test_there_is_one_moment_a_month(on, at, day):
    moment = datetime.combine(on, at, tzinfo=HERE)
    latest = Monthly(day, time(7, 0)).latest(moment, HERE)
    assert latest <= moment
    assert (latest.day, latest.time()) == (day, time(7, 0))
    assert moment - latest <= timedelta(days=32)
