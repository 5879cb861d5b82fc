import pytest

from meedoen.records.organisations.scoped import UnscopedQueryError
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
