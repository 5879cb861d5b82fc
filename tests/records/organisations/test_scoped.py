from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet

from meedoen.records.organisations import clock
from meedoen.records.organisations.scoped import ScopedQuerySet, UnscopedQueryError
from meedoen.records.people.models import Resident
from meedoen.records.people.queries import CaseloadFilter, caseload, resident

WAYS_TO_ASK = {
    "list": list,
    "len": len,
    "bool": bool,
    "count": lambda query: query.count(),
    "exists": lambda query: query.exists(),
    "get": lambda query: query.get(),
    "first": lambda query: query.first(),
    "update": lambda query: query.update(phone="x"),
    "delete": lambda query: query.delete(),
    "values_list": lambda query: list(query.values_list("pk")),
    "iterator": lambda query: list(query.iterator()),
    "aggregate": lambda query: query.aggregate(),
    "in_bulk": lambda query: query.in_bulk(),
    "dates": lambda query: list(query.dates("birth_date", "year")),
    "latest": lambda query: query.latest("pk"),
    "contains": lambda query: query.contains(Resident(pk=1)),
    "union": lambda query: list(query.union(query)),
    "union with one": lambda query: list(query.none().union(query)),
    "raw": lambda query: list(query.raw("SELECT * FROM people_resident")),
    "explain": lambda query: query.explain(),
    "select_for_update": lambda query: list(query.filter(pk=1)),
}


@pytest.mark.parametrize("ask", WAYS_TO_ASK.values(), ids=WAYS_TO_ASK)
def test_a_query_that_does_not_know_who_is_looking_refuses(town, ask):
    with pytest.raises(UnscopedQueryError):
        ask(Resident.objects.all())


def names(viewer):
    return [card.name for card in caseload(viewer, wanted=CaseloadFilter(order="name")).cards]


def test_a_coach_sees_the_caseload_of_the_own_team(town):
    assert names(town.anna) == ["Roos Nepstra", "Sam Nepstra"]
    assert names(town.bram) == names(town.lea) == names(town.anna)
    assert names(town.carla) == ["Tim Nepstra"]


def test_a_resident_sees_only_the_own_row(town):
    assert names(town.roos) == ["Roos Nepstra"]


@pytest.mark.parametrize("who", ["petra", "otto", "connie", "suus", "priya", "ab"])
def test_other_roles_see_no_residents(town, who):
    assert names(getattr(town, who)) == []


def test_another_municipality_sees_its_own_and_nothing_else(town):
    assert names(town.vera) == ["Wout Nepstra"]
    assert resident(town.vera, key=town.roos_file.key) is None
    assert resident(town.anna, key=town.wout.key) is None


SCOPED = [
    model for model in apps.get_models() if isinstance(model._default_manager.all(), ScopedQuerySet)
]
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


def statement(query):
    """Return a query as the database gets it; None where it has no answer."""
    try:
        return query.query.sql_with_params()
    except EmptyResultSet:
        return None


@pytest.mark.parametrize("model", SCOPED, ids=str)
def test_what_was_put_together_before_is_asked_for_the_same_viewer_on_the_same_day_only(
    town, model
):
    for moment in (NOON, NOON + timedelta(days=1), NOON):
        with clock.at(moment):
            for viewer in (town.system, *town.members.values(), town.anna):
                anew = model.objects.all().visible_part(viewer)
                assert statement(model.objects.visible_to(viewer)) == statement(anew)


def test_what_one_asks_further_is_not_asked_by_the_next(town):
    assert Resident.objects.visible_to(town.anna).filter(pk=0).count() == 0
    assert Resident.objects.visible_to(town.anna).count() == 2


def test_of_rows_that_were_chosen_only_those_that_may_be_seen_are_given(town):
    of_carla = Resident.objects.filter(pseudonym_id=town.tim.pseudonym_id)
    assert of_carla.visible_to(town.anna).count() == 0
    assert of_carla.visible_to(town.carla).count() == 1
