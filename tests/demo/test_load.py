"""Writing a town down in bulk: exactly what single actions would have written."""

from datetime import date

import pytest
from django.db import transaction
from django.db.models import F

from meedoen.demo.checks import write_checks
from meedoen.demo.days import midnight
from meedoen.demo.events import StepKind
from meedoen.demo.lives import plan_lives
from meedoen.demo.load import (
    write_courses,
    write_leavings,
    write_people,
    write_talks,
    write_town,
)
from meedoen.demo.sheltered_work import write_decisions
from meedoen.demo.town import MEERDAM, OVERWATER, plan_town
from meedoen.demo.whereabouts import everybody
from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations import clock
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import PlacementState
from tests.demo.digest import count_placements, history, looked_at_and_undone, records
from tests.demo.single_path import live_through

UNTIL = date(2026, 11, 2)


def planned(sketch, *, seed=1, residents=60):
    town = plan_town(sketch, seed=seed, residents=residents, until=UNTIL)
    return town, list(plan_lives(town, seed=seed))


def written_in_bulk(town, lives):
    written = write_town(town, coach_password="one-password-for-all")
    pseudonyms = write_people(written, lives)
    write_talks(written, lives, pseudonyms)
    write_checks(written, lives)
    write_decisions(written, everybody(written, lives, pseudonyms))
    write_courses(written, lives, pseudonyms)
    write_leavings(written, lives, pseudonyms)
    return written


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """Write the town down once for all tests that look at it, and take it away after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield written_in_bulk(*planned(MEERDAM))
        transaction.set_rollback(True)


@pytest.fixture
def bulk(written, db):
    return written


# Small towns in which every kind of step occurs.
@pytest.mark.parametrize(("seed", "residents"), [(109, 16), (41, 18)])
def test_a_town_written_in_bulk_equals_the_same_lives_lived_one_action_at_a_time(
    db, seed, residents
):
    town, lives = planned(MEERDAM, seed=seed, residents=residents)
    kinds = {step.kind for life in lives for course in life.courses for step in course.steps}
    assert kinds == set(StepKind)
    assert any(life.leaving for life in lives)

    def at_once():
        written = written_in_bulk(town, lives)
        return history(written.system), records(written.system)

    def step_by_step():
        written = write_town(town, coach_password="one-password-for-all")
        live_through(written, lives)
        return history(written.system), records(written.system)

    in_bulk, one_by_one = looked_at_and_undone(at_once), looked_at_and_undone(step_by_step)
    assert len(in_bulk[0]) > 250
    assert in_bulk == one_by_one


def test_no_place_is_ever_overbooked_and_seats_are_counted_right(bulk):
    for place in Place.objects.filter(municipality_id=bulk.system.municipality_id):
        holding = Placement.objects.visible_to(bulk.system).filter(
            place=place, state__in=[PlacementState.PROPOSED, PlacementState.ACTIVE]
        )
        assert place.taken == holding.count() <= place.capacity


def test_the_record_says_what_the_newest_entry_says(bulk):
    periods = StatePeriod.objects.visible_to(bulk.system)
    assert periods.count() > count_placements(bulk.system)
    for period in periods.select_related("entry", "entry__replaced_by"):
        said = period.entry
        assert not hasattr(said, "replaced_by")
        assert (said.starts_on, said.ends_on) == (period.starts_on, period.ends_on)
        assert (said.state, said.withdrawn) == (period.state, period.withdrawn)


def test_a_placement_that_runs_has_one_open_stretch_in_the_same_state(bulk):
    running = Placement.objects.visible_to(bulk.system).filter(
        state__in=[PlacementState.PROPOSED, PlacementState.ACTIVE]
    )
    assert running
    for placement in running:
        open_stretches = StatePeriod.objects.visible_to(bulk.system).filter(
            placement=placement, ends_on=STILL_OPEN, withdrawn=False
        )
        assert [stretch.state for stretch in open_stretches] == [placement.state]


def test_a_later_statement_about_the_same_thing_is_recorded_later(bulk):
    replacing = Entry.objects.visible_to(bulk.system).filter(replaces__isnull=False)
    assert replacing.count() > 50
    assert not replacing.filter(recorded_at__lte=F("replaces__recorded_at")).exists()


def test_nothing_is_recorded_after_the_town_was_written_down(bulk):
    entries = Entry.objects.visible_to(bulk.system)
    assert not entries.filter(recorded_at__gte=midnight(UNTIL)).exists()
    assert not entries.filter(recorded_at__date__lt=F("starts_on")).exists()


def test_two_towns_beside_each_other_do_not_mix(bulk):
    before = history(bulk.system)
    with clock.at(midnight(UNTIL)):
        neighbour = written_in_bulk(*planned(OVERWATER, residents=14))
    assert history(bulk.system) == before
    assert len({row[0] for row in history(neighbour.system)}) == 14
