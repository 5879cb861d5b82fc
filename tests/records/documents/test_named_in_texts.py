"""A number that only a text names is as public as one in a table, and is protected like it."""

import pytest

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.budget.models import PublishedCell
from meedoen.records.budget.queries import counted_cell, published_page
from meedoen.records.budget.quoted_cells import QUOTED
from meedoen.records.documents.actions import offer
from meedoen.records.documents.models import AdoptedFigure
from meedoen.records.figures.actions import measure
from meedoen.records.figures.protecting import set_protection
from meedoen.records.placements.correcting import take_back_start
from meedoen.records.placements.models import Placement
from meedoen.rules.documents.words import DocumentKind, Question
from meedoen.rules.indicators.published_table import Protection
from tests.records.documents.scenes import (
    adopted,
    begun,
    card_of,
    second_controller,
    write,
    written,
)
from tests.records.figures.scenes import YEAR_END, key_of

STARTED = "participation_jobs_started"
SAYS = f"Er begonnen er {{{STARTED}}}, ook in Noord: {{{STARTED} district Noord}}."


@pytest.fixture
def cas(town):
    return second_controller(town)


def adopt_it(town, cas, key):
    """Let the one chapter name a number that no goal is linked to, and adopt it."""
    write(town.connie, key, Question.WANT, SAYS)
    offer(town.connie, key=key, seen=card_of(town.connie, key).revision)
    [publication] = adopted(cas, key)
    return publication


def take_back(town, count):
    rows = Placement.objects.visible_to(town.system).order_by("pk")
    for placement_id in rows.values_list("pk", flat=True)[:count]:
        take_back_start(town.anna, key=key_of(town, placement_id))
    measure(town.connie, on=YEAR_END)


def in_account(town, cas):
    """Return what a second document of the same day says of the same number."""
    key = begun(town, kind=DocumentKind.ACCOUNT)
    write(town.connie, key, Question.DO, "Wij gaan door.")
    write(town.connie, key, Question.COST, "Dat kost geld.")
    adopt_it(town, cas, key)
    whole = AdoptedFigure.objects.filter(document__key=key, indicator=STARTED, district=None)
    return whole.get().text


@pytest.mark.parametrize(("fewer", "text"), [(1, "30"), (10, "20")])
def test_a_later_document_of_a_day_differs_by_nobody_or_by_many(town, cas, fewer, text):
    adopt_it(town, cas, written(town, people=30))
    take_back(town, fewer)
    assert in_account(town, cas) == text


def test_a_later_page_shows_what_a_text_said_before(town, cas):
    key = written(town, people=30)
    adopt_it(town, cas, key)
    take_back(town, 1)
    goal_id = card_of(town.connie, key).chapters[0].goal_id
    link_indicator(town.connie, goal_id=goal_id, indicator=STARTED)
    page = published_page(publish(town.connie, goal_id=goal_id, on=YEAR_END))
    [row] = [row for row in page.rows if row.indicator == STARTED]
    assert row.cells[-1].text == "30"


def test_what_a_text_hid_stays_hidden(town, cas):
    adopt_it(town, cas, written(town, people=7))
    set_protection(town.connie, protection=Protection(5))
    assert in_account(town, cas) == "x"


def test_what_a_text_names_is_no_row_of_the_page(town, cas):
    publication = adopt_it(town, cas, written(town, people=30))
    cells = PublishedCell.objects.filter(publication_id=publication, kind=QUOTED)
    assert [cell.text for cell in cells] == ["30", "30"]
    assert STARTED not in {row.indicator for row in published_page(publication).rows}
    assert [counted_cell(cell.pk) for cell in cells] == [None, None]
