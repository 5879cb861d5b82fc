"""A kept figure opened: its parts, its place, its sum, and that counting again gives the same."""

from datetime import date

import pytest

from meedoen.records.figures.actions import begin_measurings, measure
from meedoen.records.figures.balances import balance_of
from meedoen.records.figures.breakdowns import broken_down
from meedoen.records.figures.models import Figure
from meedoen.records.figures.opened import address_of, open_figure
from meedoen.records.organisations import clock
from meedoen.records.placements.actions import end_all
from meedoen.records.placements.correcting import take_back_start
from meedoen.records.placements.moving import Change
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.vocabulary import Outcome, PlaceKind
from tests.records.figures.districts import jobs_in
from tests.records.figures.scenes import (
    NEXT_YEAR_END,
    YEAR_END,
    crowd,
    key_of,
    stranger,
    take_part,
)
from tests.records.own_indicators.scenes import CODE, EXAMPLE, VERSION, a_text, in_force
from tests.town import ON_RUNG_2, ON_RUNG_4, talk

JOBS, GROWTH = "participation_jobs", "participation_growth"


def opened(town, indicator=JOBS, on=YEAR_END, **where):
    return open_figure(town.connie, indicator=indicator, on=on, **where)


def sum_of(balance):
    numbers = balance.numbers
    return [one.text for one in (numbers.start, numbers.new, numbers.ended, numbers.end)]


def leave(town, placements):
    day, outcome = date(2024, 5, 1), Outcome.GOAL_REACHED
    changes = [Change(placement_id=one, on=day, outcome=outcome) for one in placements]
    end_all(town.system, changes=changes)


def test_a_figure_says_by_what_it_was_counted_and_counting_again_gives_the_same(town):
    placed = jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    figure = opened(town)
    assert (figure.shown.text, figure.definition_version.year, figure.on) == ("27", 2015, YEAR_END)
    # A correction comes after what was known then: the figure stays, and counts again the same.
    take_back_start(town.anna, key=key_of(town, placed[0]))
    assert (opened(town).shown.text, opened(town).same_again) == ("27", True)


def test_a_district_or_a_kind_of_place_is_opened_by_itself(town):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    south = opened(town, district=town.south)
    assert (south.shown.text, south.district, south.place_kind) == ("15", "Zuid", None)
    kind = opened(town, "taking_part", place_kind="participation_job")
    assert (kind.shown.text, kind.place_kind) == ("27", PlaceKind.PARTICIPATION_JOB)


@pytest.mark.parametrize(("north", "south"), [(15, 3), (3, 15), (4, 3)])
def test_a_hidden_district_has_no_page_whether_anybody_is_in_it_or_not(town, north, south):
    jobs_in(town, north, south)
    measure(town.connie, on=YEAR_END)
    cells = broken_down(town.connie, on=YEAR_END).cells
    hidden = [
        cell
        for cell, one in cells.items()
        if cell.indicator == JOBS and cell.district is not None and one.shown.hidden
    ]
    assert hidden
    for cell in hidden:
        assert opened(town, district=cell.district) is None
    assert {one.figure_id for one in opened(town).places if one.shown.hidden} == {None}


def test_classes_of_growth_stand_beside_the_figure_protected(town):
    for person in (town.roos_file, town.sam):
        talk(town.anna, person, date(2024, 2, 1), ON_RUNG_2)
        talk(town.anna, person, date(2024, 11, 1), ON_RUNG_4)
    measure(town.connie, on=YEAR_END)
    figure = opened(town, GROWTH)
    assert set(figure.parts) == {"growth", "decline", "equal", "measured_once"}
    assert figure.parts["growth"].hidden
    assert figure.balance is None


def test_what_was_there_came_and_went_explains_what_is_there(town):
    people = crowd(town, 60)
    placed = take_part(town, people[:40], on=date(2023, 6, 1))
    leave(town, placed[:15])
    take_part(town, people[40:], on=date(2024, 7, 1))
    measure(town.connie, on=YEAR_END)
    balance = opened(town).balance
    assert (balance.start, balance.end) == (date(2023, 12, 31), YEAR_END)
    assert sum_of(balance) == ["40", "20", "15", "45"]
    assert balance.numbers.adds_up


def test_few_who_went_are_shown_with_nobody_who_came(town):
    people = crowd(town, 60)
    placed = take_part(town, people[:40], on=date(2023, 6, 1))
    leave(town, placed[:1])
    take_part(town, people[40:], on=date(2024, 7, 1))
    assert sum_of(balance_of(town.connie, indicator=JOBS, on=YEAR_END)) == ["40", "x", "x", "59"]


def test_the_sum_is_that_of_what_was_known(town):
    people = crowd(town, 60)
    take_part(town, people[:40], on=date(2023, 6, 1))
    before = clock.now()
    take_part(town, people[40:], on=date(2024, 7, 1))
    then = balance_of(town.connie, indicator=JOBS, on=YEAR_END, known_at=before)
    assert sum_of(then) == ["40", "0", "0", "40"]


def test_both_ends_of_a_sum_are_counted_in_the_way_that_is_valid_at_its_end(town):
    first = VERSION.replace("participation_job", "volunteer_work")
    later = VERSION.replace("2020-01-01", "2024-06-01")
    before = EXAMPLE.replace("2025-12-31", "2024-05-31").replace("2025-", "2023-")
    in_force(town.connie, a_text(versions=first + later, example=before + EXAMPLE))
    take_part(town, crowd(town, 40), on=date(2023, 6, 1))
    assert sum_of(balance_of(town.connie, indicator=CODE, on=YEAR_END)) == ["40", "0", "0", "40"]


def test_there_is_no_sum_before_anything_was_known_or_of_what_is_no_stock(town):
    take_part(town, crowd(town, 12), on=date(2024, 6, 1))
    assert balance_of(town.connie, indicator=JOBS, on=YEAR_END) is None
    for code in (GROWTH, "spoken_past_year", "referral_pairs"):
        assert balance_of(town.connie, indicator=code, on=NEXT_YEAR_END) is None


def test_a_figure_leads_to_what_it_is_asked_with(town):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    cell = broken_down(town.connie, on=YEAR_END).cells[Cell(JOBS, "", town.south)]
    address = address_of(town.connie, figure_id=cell.figure_id)
    assert (address.indicator, address.on, address.district) == (JOBS, YEAR_END, town.south)
    part = Figure.objects.filter(indicator=GROWTH).exclude(part="")
    assert not part.exists()
    assert opened(town, on=NEXT_YEAR_END) is None
    assert opened(town, district=999) is None
    assert opened(town, GROWTH) is None


@pytest.mark.parametrize("name", ["anna", "lea", "petra", "roos", "suus", "priya", "ab", "vera"])
def test_only_who_may_see_figures_opens_one(town, name):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    viewer = town.members[name]
    figure_id = opened(town).figure_id
    for other in (viewer, stranger(town)):
        assert open_figure(other, indicator=JOBS, on=YEAR_END) is None
        assert address_of(other, figure_id=figure_id) is None
    assert balance_of(viewer, indicator=JOBS, on=NEXT_YEAR_END) is None


def test_a_figure_of_a_measuring_that_is_not_done_cannot_be_opened(town):
    [begun] = begin_measurings(town.connie, days=[YEAR_END])
    figure = Figure.objects.create(
        municipality_id=town.connie.municipality_id,
        measuring_id=begun,
        indicator=JOBS,
        definition_version=date(2018, 1, 1),
        value=12,
    )
    assert address_of(town.connie, figure_id=figure.pk) is None
    assert address_of(town.connie, figure_id=figure.pk + 1) is None
