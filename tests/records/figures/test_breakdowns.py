"""A measuring keeps the breakdowns that a definition allows, and shows them together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.figures.actions import begin_measurings, measure
from meedoen.records.figures.breakdowns import broken_down
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.models import Figure
from meedoen.rules.indicators.language import Breakdown
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.vocabulary import PlaceKind
from tests.records.figures.districts import jobs_in
from tests.records.figures.scenes import NEXT_YEAR_END, YEAR_END, crowd, stranger, take_part

JOBS = "participation_jobs"
KIND = PlaceKind.PARTICIPATION_JOB


def kept(town, **where):
    rows = Figure.objects.filter(indicator=JOBS, **where)
    return {(row.district_id, row.place_kind): row.value for row in rows}


def shown(found, indicator=JOBS):
    return {
        (cell.district, cell.place_kind): one.shown.text
        for cell, one in found.cells.items()
        if (cell.indicator, cell.part) == (indicator, "")
    }


def test_a_figure_is_kept_for_the_whole_and_for_each_district(town):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    assert Breakdown.DISTRICT in catalogue()[JOBS].breakdowns
    assert kept(town, place_kind="") == {(None, ""): 27, (town.north, ""): 12, (town.south, ""): 15}


def test_a_figure_about_kinds_is_kept_for_each_kind_too(town):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    rows = Figure.objects.filter(indicator="taking_part", part="").exclude(place_kind="")
    found = {(row.district_id, row.place_kind): row.value for row in rows}
    assert found == {(None, KIND): 27, (town.north, KIND): 12, (town.south, KIND): 15}


def test_a_figure_is_kept_for_each_organisation_where_the_definition_allows_it(town):
    people = crowd(town, 23)
    take_part(town, people[:12])
    take_part(town, people[12:], at="De Werkplaats")
    measure(town.connie, on=YEAR_END)
    rows = Figure.objects.filter(indicator="taking_part", part="", organisation__isnull=False)
    assert sorted(rows.values_list("organisation__name", "district", "place_kind", "value")) == [
        ("De Moestuin", None, "", 12),
        ("De Werkplaats", None, "", 11),
    ]
    assert not Figure.objects.filter(indicator=JOBS, organisation__isnull=False).exists()
    found = broken_down(town.connie, on=YEAR_END, indicators=["taking_part"])
    assert list(found.organisations.values()) == ["De Moestuin", "De Werkplaats"]


def test_few_people_at_an_organisation_hide_those_of_another_too(town):
    people = crowd(town, 15)
    take_part(town, people[:12])
    take_part(town, people[12:], at="De Werkplaats")
    measure(town.connie, on=YEAR_END)
    found = broken_down(town.connie, on=YEAR_END, indicators=["taking_part"])
    texts = {
        name: found.cells[Cell("taking_part", organisation=number)].shown.text
        for number, name in found.organisations.items()
    }
    assert found.cells[Cell("taking_part")].shown.text == "15"
    assert not any(text.isdecimal() for text in texts.values())


def test_a_district_with_nobody_is_a_zero_without_a_row(town):
    jobs_in(town, 12, 0)
    measure(town.connie, on=YEAR_END)
    assert kept(town, place_kind="") == {(None, ""): 12, (town.north, ""): 12}
    found = broken_down(town.connie, on=YEAR_END)
    assert found.districts == {town.north: "Noord", town.south: "Zuid"}
    # Roos, Sam and Tim have a benefit in both districts, so both are in the table.
    assert found.cells[Cell(JOBS, "", town.south)].value == 0
    assert found.cells[Cell(JOBS, "", town.south)].figure_id is None


def test_a_small_district_hides_the_other_one_from_which_it_would_follow(town):
    jobs_in(town, 12, 3)
    measure(town.connie, on=YEAR_END)
    found = shown(broken_down(town.connie, on=YEAR_END, indicators=[JOBS]))
    assert found[None, ""] == "15"
    assert not found[town.north, ""].isdecimal()
    assert not found[town.south, ""].isdecimal()


def test_the_newest_measuring_that_is_done_is_shown_or_the_one_that_is_asked_for(town):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    first = broken_down(town.connie, on=YEAR_END, indicators=[JOBS])
    measure(town.connie, on=YEAR_END)
    begin_measurings(town.connie, days=[YEAR_END])
    newest = broken_down(town.connie, on=YEAR_END, indicators=[JOBS])
    assert newest.measuring_id > first.measuring_id
    asked = broken_down(town.connie, on=YEAR_END, known_at=first.known_at, indicators=[JOBS])
    assert asked.measuring_id == first.measuring_id
    assert broken_down(town.connie, on=NEXT_YEAR_END) is None


def test_each_cell_knows_which_figure_it_is(town):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    cell = broken_down(town.connie, on=YEAR_END).cells[Cell(JOBS, "", town.south)]
    figure = Figure.objects.get(pk=cell.figure_id)
    assert (figure.indicator, figure.district_id, figure.value) == (JOBS, town.south, 15)


@pytest.mark.parametrize("name", ["anna", "lea", "petra", "roos", "suus", "priya", "ab"])
def test_only_who_may_see_figures_sees_them_broken_down(town, name):
    measure(town.connie, on=YEAR_END)
    assert broken_down(town.members[name], on=YEAR_END) is None
    assert broken_down(stranger(town), on=YEAR_END) is None


def test_all_figures_take_as_many_questions_as_one(town):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    assert questions(town, [JOBS]) == questions(town, None) < 6


def questions(town, indicators):
    with CaptureQueriesContext(connection) as asked:
        broken_down(town.connie, on=YEAR_END, indicators=indicators)
    return len(asked)
