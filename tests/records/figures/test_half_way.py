"""A measuring that is not done counts nowhere; anyone can take it up, with the same outcome."""

import os
import signal
import sys
import time
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.budget.actions import publish
from meedoen.records.figures import actions
from meedoen.records.figures.actions import (
    LEFT_AFTER,
    begin_measurings,
    finish_left,
    finish_measurings,
    measure,
    measure_all,
)
from meedoen.records.figures.models import Figure, Measuring, MeasuringDone
from meedoen.records.figures.queries import computing_days, measured_days, newest_measurings
from meedoen.records.figures.tasks import finish_left_everywhere
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.correcting import take_back_start
from meedoen.rules.indicators.language import NoVersionError
from tests.at_once import at_once
from tests.config.test_working import PATIENCE, SERVER, Site, named, on_server
from tests.records.figures.scenes import (
    NEXT_YEAR_END,
    YEAR_END,
    crowd,
    key_of,
    stranger,
    take_in,
    take_part,
)
from tests.town import build_town

JOBS = "participation_jobs"


def jobs(viewer, day=YEAR_END):
    return newest_measurings(viewer)[day].figures[JOBS].value


def much_later():
    return clock.at(clock.now() + LEFT_AFTER + timedelta(minutes=1))


def test_what_is_begun_is_said_to_be_computing_and_counts_nowhere(town):
    take_part(town, crowd(town, 12))
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    begin_measurings(town.connie, days=[YEAR_END])
    assert computing_days(town.connie) == [YEAR_END]
    assert measured_days(town.connie) == []
    assert newest_measurings(town.connie) == {}
    with pytest.raises(ActionRefusedError, match="nog niet gemeten"):
        publish(town.connie, goal_id=goal_id, on=YEAR_END)


def test_an_older_measuring_stays_the_newest_until_the_next_one_is_done(town):
    people = crowd(town, 13)
    take_part(town, people[:12])
    measure(town.connie, on=YEAR_END)
    take_part(town, people[12:])
    begun = begin_measurings(town.connie, days=[YEAR_END])
    assert jobs(town.connie) == 12
    assert finish_measurings(town.connie, measuring_ids=begun) == 1
    assert jobs(town.connie) == 13
    assert computing_days(town.connie) == []


def test_a_day_that_was_measured_again_is_waited_for_no_longer(town):
    begin_measurings(town.connie, days=[YEAR_END, NEXT_YEAR_END])
    measure(town.connie, on=YEAR_END)
    assert computing_days(town.connie) == [NEXT_YEAR_END]
    begin_measurings(town.connie, days=[YEAR_END])
    assert computing_days(town.connie) == [YEAR_END, NEXT_YEAR_END]


def test_a_fault_while_the_figures_are_written_leaves_none_of_them(town, monkeypatch):
    take_part(town, crowd(town, 12))

    def fail(*_args, **_named):
        raise RuntimeError("half-way")

    with monkeypatch.context() as patch:
        patch.setattr(actions.MeasuringDone.objects, "create", fail)
        with pytest.raises(RuntimeError, match="half-way"):
            measure(town.connie, on=YEAR_END)
    assert not Figure.objects.exists()
    assert computing_days(town.connie) == [YEAR_END]


def test_what_is_taken_up_later_counts_what_was_known_when_it_was_begun(town):
    placed = take_part(town, crowd(town, 12))
    begin_measurings(town.connie, days=[YEAR_END])
    take_back_start(town.anna, key=key_of(town, placed[0]))
    with much_later():
        assert finish_left(town.system) == 1
        measure(town.connie, on=NEXT_YEAR_END)
    assert (jobs(town.connie), jobs(town.connie, NEXT_YEAR_END)) == (12, 11)


def test_what_was_begun_a_moment_ago_is_left_to_who_is_at_it(town):
    begin_measurings(town.connie, days=[YEAR_END])
    assert finish_left(town.system) == 0
    with much_later():
        finish_left_everywhere()
    assert computing_days(town.connie) == []


def test_finishing_again_keeps_nothing_twice(town):
    take_part(town, crowd(town, 12))
    [begun] = begin_measurings(town.connie, days=[YEAR_END])
    assert finish_measurings(town.connie, measuring_ids=[begun]) == 1
    count = Figure.objects.count()
    assert finish_measurings(town.connie, measuring_ids=[begun]) == 0
    assert Figure.objects.count() == count > 0


def test_many_days_are_measured_with_the_same_knowledge(town):
    take_part(town, crowd(town, 12), on=date(2024, 6, 1))
    days = [date(2024, 5, 31), date(2024, 6, 30), YEAR_END]
    measure_all(town.connie, days=days)
    assert measured_days(town.connie) == days
    assert len(set(Measuring.objects.values_list("known_at", flat=True))) == 1
    assert [jobs(town.connie, day) for day in days[1:]] == [12, 12]


def test_one_day_too_early_begins_none_of_them(town):
    with pytest.raises(NoVersionError):
        begin_measurings(town.connie, days=[YEAR_END, date(1990, 1, 1)])
    assert not Measuring.objects.exists()


def test_only_who_may_measure_begins_or_finishes_and_only_in_the_own_municipality(town):
    begun = begin_measurings(town.connie, days=[YEAR_END])
    for viewer in (town.anna, town.suus, town.priya):
        with pytest.raises(PermissionDenied):
            begin_measurings(viewer, days=[YEAR_END])
        assert computing_days(viewer) == []
    with pytest.raises(PermissionDenied):
        finish_measurings(town.suus, measuring_ids=begun)
    assert finish_measurings(stranger(town), measuring_ids=begun) == 0
    assert computing_days(stranger(town)) == []
    assert computing_days(town.connie) == [YEAR_END]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_finish_at_once_one_keeps_the_figures():
    town = build_town()
    take_part(town, crowd(town, 12))
    begun = begin_measurings(town.connie, days=[YEAR_END])
    kept = []

    def finish():
        kept.append(finish_measurings(town.connie, measuring_ids=begun))

    at_once(finish, finish)
    assert sorted(kept) == [0, 1]
    assert MeasuringDone.objects.count() == 1
    assert Figure.objects.filter(indicator=JOBS, part="", district=None, place_kind="").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_measure_at_once_both_do_and_the_last_one_counts():
    town = build_town()
    take_part(town, crowd(town, 12))
    at_once(
        lambda: measure(town.connie, on=YEAR_END),
        lambda: measure(town.system, on=YEAR_END),
    )
    assert Measuring.objects.done().count() == 2
    newest = newest_measurings(town.connie)[YEAR_END]
    last = Measuring.objects.order_by("known_at", "pk").last()
    assert (newest.measuring_id, jobs(town.connie)) == (last.pk, 12)


BUILD = """
import django
django.setup()
from django.core.management import call_command
from tests.from_models import make_tables
make_tables()
call_command("createcachetable")
from tests.town import build_town
from tests.records.figures.scenes import crowd, take_part
town = build_town()
take_part(town, crowd(town, 12))
"""
HANGS = """
import sys
import time
import django
django.setup()
from meedoen.records.figures import actions
from meedoen.records.organisations.queries import system_viewer
keep = actions.Figure.objects.bulk_create
def half(figures, **options):
    keep(figures[: len(figures) // 2], **options)
    print("half is written", flush=True)
    time.sleep(600)
actions.Figure.objects.bulk_create = half
from datetime import date
actions.measure(system_viewer("GM9990"), on=date(2024, 12, 31))
"""
TAKES_UP = """
import django
django.setup()
from datetime import timedelta
from meedoen.records.figures.actions import LEFT_AFTER
from meedoen.records.figures.tasks import finish_left_everywhere
from meedoen.records.organisations import clock
with clock.at(clock.now() + LEFT_AFTER + timedelta(minutes=1)):
    finish_left_everywhere()
"""
KEPT = "SELECT count(*) FROM figures_figure"
DONE = "SELECT count(*) FROM figures_measuringdone"
BEGUN = "SELECT count(*) FROM figures_measuring"
VALUE = (
    "SELECT value FROM figures_figure WHERE indicator = 'participation_jobs'"
    " AND part = '' AND district_id IS NULL AND place_kind = ''"
)


@pytest.fixture
def site(tmp_path):
    """Return a small site with a database of its own, and the processes that run on it."""
    name = f"measured_{os.getpid()}"
    if SERVER:
        on_server(f"CREATE DATABASE {name}")
    site = Site(tmp_path, named(name))
    try:
        assert site.start(sys.executable, "-c", BUILD).wait(PATIENCE) == 0, site.said()
        yield site
    finally:
        site.stop()
        if SERVER:
            on_server(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_process_that_is_killed_between_two_figures_leaves_none_and_another_takes_it_up(site):
    process = site.start(sys.executable, "-c", HANGS)
    until = time.monotonic() + PATIENCE
    while "half is written" not in site.said():
        assert time.monotonic() < until, site.said()
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert [site.ask(one)[0][0] for one in (BEGUN, KEPT, DONE)] == [1, 0, 0]
    assert site.start(sys.executable, "-c", TAKES_UP).wait(PATIENCE) == 0, site.said()
    assert [site.ask(one)[0][0] for one in (BEGUN, DONE)] == [1, 1]
    assert site.ask(VALUE) == [(12,)]
