"""Support that ends in the coming year: for a team lead of the own team, for others protected."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.flows.cliff_queries import ending_support
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Role
from meedoen.records.placements.actions import NewPlacement, confirm_all, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import Outcome, PlaceKind
from tests.records.figures.scenes import crowd, stranger, take_part, wide_place
from tests.records.flows.scenes import end


def until(town, people, last_day, *, kind=PlaceKind.VOLUNTEER_WORK):
    """Let people take part until a day that was agreed on, None for none."""
    place_id, began = wide_place(town, kind), clock.today() - timedelta(days=30)
    if last_day is not None:
        began = min(began, last_day - timedelta(days=30))
    placed = place_all(
        town.system,
        placements=[
            NewPlacement(
                pseudonym_id=person,
                place_id=place_id,
                proposed_on=began,
                planned_end_on=last_day,
            )
            for person in people
        ],
    )
    confirm_all(town.system, changes=[Change(placement_id=one, on=began) for one in placed])
    return placed


def later(months):
    return add_months(clock.today(), months)


def test_a_team_lead_sees_how_many_of_the_own_team_and_when(town):
    until(town, [town.sam.pseudonym_id], later(1))
    until(town, [town.roos_file.pseudonym_id], later(7))
    until(town, [town.tim.pseudonym_id], later(1))
    card = ending_support(town.lea, threshold=10)
    assert card.own_team
    assert list(card.teams.values()) == ["Noord"]
    told = card.told
    assert [one.ending for one in told.stretches] == [0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert told.falling.text == "2"
    assert told.districts.rows == {town.north: (1, 0, 1, 0)}


def test_the_last_day_that_was_agreed_on_may_have_passed(town):
    until(town, [town.sam.pseudonym_id], later(-1))
    until(town, [town.roos_file.pseudonym_id], None)
    told = ending_support(town.lea, threshold=10).told
    assert [one.text for one in (told.falling, told.overdue, told.goes_on)] == ["0", "1", "1"]


def test_who_has_something_else_that_goes_on_does_not_fall(town):
    until(town, [town.sam.pseudonym_id], later(1))
    until(town, [town.sam.pseudonym_id], None, kind=PlaceKind.LANGUAGE_POINT)
    told = ending_support(town.lea, threshold=10).told
    assert (told.falling.text, told.goes_on.text) == ("0", "1")


def test_the_law_ends_a_participation_job_before_what_was_agreed(town):
    began = add_months(clock.today(), -20)
    take_part(town, [town.sam.pseudonym_id], on=began)
    rows = Placement.objects.visible_to(town.system)
    rows.filter(pseudonym_id=town.sam.pseudonym_id).update(planned_end_on=later(11))
    told = ending_support(town.lea, threshold=10).told
    assert (told.falling.text, told.by_law) == ("1", 1)
    [month] = [at for at, one in enumerate(told.stretches) if one.ending]
    # Twenty months are over, and the law allows twenty-four.
    assert month in {3, 4}


def test_a_placement_that_ended_is_no_support_any_more(town):
    placed = until(town, [town.sam.pseudonym_id], later(1))
    end(town, placed, clock.today(), Outcome.GOAL_REACHED)
    with clock.at(clock.end_of(clock.today() + timedelta(days=2))):
        told = ending_support(town.lea, threshold=10).told
    assert (told.falling.text, told.goes_on.text) == ("0", "0")


def test_a_controller_sees_everyone_and_no_small_number(town):
    people = crowd(town, 30)
    until(town, people[:14], later(2))
    until(town, people[14:17], later(5))
    until(town, people[17:], later(8))
    until(town, [town.tim.pseudonym_id], later(2))
    card = ending_support(town.connie, threshold=10)
    assert not card.own_team
    told = card.told
    assert told.falling.text == "31"
    assert [(one.months, one.ending) for one in told.stretches if one.ending] == [(1, 15), (4, 16)]
    # One person in the other team would follow from the two totals.
    assert told.teams.rows == told.districts.rows == {}
    assert told.teams.rest is not None
    assert sum(told.teams.rest) == 31


def test_of_a_few_people_only_that_they_are_few_is_said(town):
    until(town, [town.sam.pseudonym_id], later(2))
    told = ending_support(town.connie, threshold=10).told
    assert (told.falling.text, told.stretches) == ("<10", ())


@pytest.mark.parametrize("name", ["anna", "petra", "roos", "suus", "priya", "ab"])
def test_nobody_else_sees_it(town, name):
    assert ending_support(getattr(town, name), threshold=10) is None


def test_another_municipality_and_another_team_see_their_own(town):
    until(town, [town.sam.pseudonym_id], later(2))
    assert ending_support(stranger(town), threshold=10).told.falling.text == "0"
    other = replace(town.carla, role=Role.TEAM_LEAD)
    assert ending_support(other, threshold=10).told.falling.text == "0"


def test_many_people_cost_as_many_questions_as_a_few(town):
    def asked():
        with CaptureQueriesContext(connection) as found:
            ending_support(town.connie, threshold=10)
        return len(found)

    people = crowd(town, 200)
    until(town, people[:10], later(3), kind=PlaceKind.PARTICIPATION_JOB)
    few = asked()
    until(town, people[10:], later(3), kind=PlaceKind.PARTICIPATION_JOB)
    assert asked() == few
