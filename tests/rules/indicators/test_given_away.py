"""Which numbers of a day leave a small one with those of another day."""

from dataclasses import replace
from datetime import date

import pytest

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.given_away import Day, days_beside, eve_of, given_away
from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.shipped import shipped_catalogue

STOCK, STARTED, ENDED, MOVED_ON = (
    "participation_jobs",
    "participation_jobs_started",
    "participation_jobs_ended",
    "moved_on_from_participation_jobs",
)
CATALOGUE = shipped_catalogue()
EVE, HALF, END = date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31)


def over(months, code, **more):
    """Make an own indicator of a flow over another number of months."""
    shipped = CATALOGUE[code]
    version = shipped.versions[-1]
    version = replace(version, count=replace(version.count, months=months, **more))
    return replace(shipped, code=f"{code}_{months}", versions=(version,))


OWN = Catalogue(
    {
        **CATALOGUE.definitions,
        **{
            each.code: each
            for each in (over(6, STARTED), over(6, ENDED), over(6, MOVED_ON), over(3, STARTED))
        },
    }
)
HALF_STARTED, HALF_ENDED, HALF_MOVED_ON, QUARTER = (
    f"{STARTED}_6",
    f"{ENDED}_6",
    f"{MOVED_ON}_6",
    f"{STARTED}_3",
)


def day(hidden=(), district=None, **numbers):
    cells = {Cell(code, district=district): count for code, count in numbers.items()}
    shown = {
        cell: Shown("x" if cell.indicator in hidden else str(count), cell.indicator in hidden)
        for cell, count in cells.items()
    }
    return Day(cells, shown)


def codes(days, on, catalogue=OWN):
    return {cell.indicator for cell in given_away(catalogue, days, on, 10)}


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (day(**{STOCK: 30}), day(**{STOCK: 41, STARTED: 15}), {STARTED}),
        (day(**{STOCK: 30}), day(**{STOCK: 45, STARTED: 15}), set()),
        (day(**{STOCK: 30}), day(**{STOCK: 35, STARTED: 15}), set()),
        (day(**{STOCK: 30}), day(**{STOCK: 24, ENDED: 12}), {ENDED}),
        (day(**{STOCK: 30}), day(**{STOCK: 41, MOVED_ON: 15}), set()),
        (day([STOCK], **{STOCK: 30}), day(**{STOCK: 41, STARTED: 15}), set()),
        (day(**{STOCK: 30}), day([STOCK], **{STOCK: 41, STARTED: 15}), set()),
        (day(**{STOCK: 30}), day([STARTED], **{STOCK: 41, STARTED: 15}), set()),
        (day(district=3, **{STOCK: 30}), day(district=3, **{STOCK: 41, STARTED: 15}), {STARTED}),
    ],
)
def test_a_flow_is_hidden_where_both_stocks_are_shown_and_few_are_left(first, last, found):
    assert codes({EVE: first, END: last}, END) == found


def test_with_a_flow_go_its_breakdowns_and_with_a_breakdown_what_is_finer():
    whole, north, south = (Cell(STARTED, district=one) for one in (None, 1, 2))
    kind = Cell(STARTED, district=1, place_kind="participation_job")
    last = {Cell(STOCK): 41, whole: 15, north: 15, south: 0, kind: 15}
    first = {Cell(STOCK): 30}
    of_north = {Cell(STOCK, district=1): 41, whole: 40, north: 15, south: 25, kind: 15}

    def given(begin, end):
        days = {
            day: Day(
                numbers, {one: Shown(str(size), hidden=False) for one, size in numbers.items()}
            )
            for day, numbers in ((EVE, begin), (END, end))
        }
        return set(given_away(OWN, days, END, 10))

    assert given(first, last) == {whole, north, south, kind}
    assert given({Cell(STOCK, district=1): 30}, of_north) == {north, south, kind}


def test_a_flow_of_half_a_year_makes_a_sum_with_the_stocks_around_it():
    days = {EVE: day(**{STOCK: 30}), HALF: day(**{STOCK: 41, HALF_STARTED: 15})}
    assert codes(days, HALF) == {HALF_STARTED}
    assert codes({HALF: days[EVE], END: days[HALF]}, END) == {HALF_STARTED}
    # Of a quarter it is the stock of the end of March that would be needed.
    quarter = {EVE: day(**{STOCK: 30}), HALF: day(**{STOCK: 41, QUARTER: 15})}
    assert codes(quarter, HALF) == set()


def test_a_stock_of_before_is_hidden_where_the_flow_after_it_is_public_already():
    days = {EVE: day(**{STOCK: 30}), END: day(**{STOCK: 41, STARTED: 15})}
    assert codes(days, EVE) == {STOCK}
    assert codes({EVE: days[EVE], END: day(**{STOCK: 45, STARTED: 15})}, EVE) == set()


@pytest.mark.parametrize(("half", "found"), [(20, set()), (21, {HALF_MOVED_ON}), (30, set())])
def test_what_happened_in_half_a_year_is_a_part_of_what_happened_in_it(half, found):
    year = day(**{MOVED_ON: 30})
    assert codes({HALF: day(**{HALF_MOVED_ON: half}), END: year}, HALF) == found
    whole = {MOVED_ON} if found else set()
    assert codes({HALF: day(**{HALF_MOVED_ON: half}), END: year}, END) == whole


def test_a_half_year_of_another_year_is_no_part_of_it():
    days = {date(2024, 6, 30): day(**{HALF_MOVED_ON: 21}), END: day(**{MOVED_ON: 30})}
    assert codes(days, END) == set()


@pytest.mark.parametrize(
    ("on", "months", "eve"),
    [
        (END, 12, EVE),
        (END, 6, HALF),
        (HALF, 6, EVE),
        (date(2025, 2, 28), 1, date(2025, 1, 31)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2025, 5, 15), 3, date(2025, 2, 15)),
    ],
)
def test_the_months_up_to_a_day_begin_after_their_eve(on, months, eve):
    assert eve_of(on, months) == eve


def test_the_days_beside_a_day_are_where_its_flows_begin_and_where_they_end():
    assert {EVE, END} <= days_beside(OWN, HALF)
    assert {EVE, HALF} <= days_beside(OWN, END)
    assert HALF not in days_beside(CATALOGUE, END)
