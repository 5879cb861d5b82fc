"""Pages that nobody has seen before: read as a careful person would, or refused; never wrong."""

import pytest

from meedoen.rules.budget.reader import read_page, why_no_rows
from tests.rules.budget.beyond.notation import copied, grid, pages, reading, told_of
from tests.rules.budget.table_forms import FORMS, read_as

COPIED = pages("copied_pages.txt")
GRIDS = pages("grid_pages.txt")


def agrees(page, given):
    assert told_of(page) == reading(given.reading)
    # That a page has no goal with a number is said of every page here.
    refused = [one for one in page.refused if not one.what.startswith("De teksten")]
    said = [f"{one.what} {one.why}".casefold() for one in refused]
    if not page.indicators:
        said.append(why_no_rows(page).casefold())
    assert [word for word in given.refused if word.casefold() not in " ".join(said)] == []
    if page.indicators and not given.refused:
        assert said == []


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
