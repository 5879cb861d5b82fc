"""Pages that nobody has seen before: read as a careful person would, or refused; never wrong."""

import pytest

from meedoen.rules.budget.reader import read_page
from tests.rules.budget.beyond.agreeing import agrees
from tests.rules.budget.beyond.notation import copied, grid, pages
from tests.rules.budget.table_forms import FORMS, read_as

COPIED = pages("copied_pages.txt")
GRIDS = pages("grid_pages.txt")


def test_there_are_pages_of_both_kinds():
    assert min(len(COPIED), len(GRIDS)) > 25


@pytest.mark.parametrize("name", COPIED)
def test_a_copied_page_is_read_as_a_careful_person_would(name):
    agrees(read_page(copied(COPIED[name].page)), COPIED[name])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", GRIDS)
def test_a_table_that_keeps_its_cells_is_read_as_a_careful_person_would(name, form):
    title, table = GRIDS[name].page.split("\n", 1)
    page = read_as(form, title, grid(table))
    # Between spaces a text over several columns hides where these begin: then all is refused.
    if form == "spaces" and page.indicators == () and page.refused:
        return
    agrees(page, GRIDS[name])
