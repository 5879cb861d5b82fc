"""With both stocks and one flow the other flow follows: which flows leave a small number."""

import pytest

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.given_away import Day, given_away
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.shipped import shipped_catalogue

STOCK, STARTED, ENDED, MOVED_ON = (
    "participation_jobs",
    "participation_jobs_started",
    "participation_jobs_ended",
    "moved_on_from_participation_jobs",
)


def day(hidden=(), district=None, **numbers):
    cells = {Cell(code, district=district): count for code, count in numbers.items()}
    shown = {
        cell: Shown("x" if cell.indicator in hidden else str(count), cell.indicator in hidden)
        for cell, count in cells.items()
    }
    return Day(cells, shown)


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
    assert {cell.indicator for cell in given_away(shipped_catalogue(), first, last, 10)} == found
