"""A number that only a text names is as public as one in a table, and is protected like it."""

import pytest

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.budget.models import PublishedCell
from meedoen.records.budget.queries import counted_cell, published_page
from meedoen.records.budget.quoted_cells import QUOTED
from meedoen.records.documents.actions import offer
from meedoen.records.documents.helping_queries import figures_to_quote
from meedoen.records.documents.models import AdoptedFigure
from meedoen.records.documents.quoting import NotNewest
from meedoen.records.figures.protecting import set_protection
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.documents.words import DocumentKind, Question
from meedoen.rules.indicators.published_table import Protection
from tests.records.documents.scenes import (
    adopted,
    begun,
    card_of,
    only_chapter,
    second_controller,
    take_back,
    write,
    written,
)
from tests.records.figures.scenes import YEAR_END

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


def account_after(town, cas, fewer):
    """Return a draft of the same day, written after so many people turned out not to be there."""
    adopt_it(town, cas, written(town, people=30))
    take_back(town, fewer)
    key = begun(town, kind=DocumentKind.ACCOUNT)
    write(town.connie, key, Question.WANT, SAYS)
    write(town.connie, key, Question.DO, "Wij gaan door.")
    write(town.connie, key, Question.COST, "Dat kost geld.")
    return key


def quoted_in(town, key):
    pieces = only_chapter(town.connie, key).texts[0].pieces
    return [one for one in pieces if not isinstance(one, str)]


def test_a_draft_says_what_will_be_public_and_what_was_measured_since(town, cas):
    key = account_after(town, cas, 1)
    drafted = quoted_in(town, key)
    assert [(one.text, one.newest.shown.text) for one in drafted] == [("30", "29"), ("30", "29")]
    assert {one.newest.why for one in drafted} == {NotNewest.PUBLIC_ALREADY}
    [line] = [
        one
        for one in figures_to_quote(town.connie, key=key, chapter=1)
        if one.quote == f"{{{STARTED}}}"
    ]
    assert (line.text, line.newest.shown.text) == ("30", "29")
    offer(town.connie, key=key, seen=card_of(town.connie, key).revision)
    assert [one.text for one in quoted_in(town, key)] == ["30", "30"]
    adopted(cas, key)
    assert [(one.text, one.newest) for one in quoted_in(town, key)] == [("30", None)] * 2


def test_a_draft_of_which_the_newest_may_be_public_says_nothing_of_it(town, cas):
    drafted = quoted_in(town, account_after(town, cas, 10))
    assert [(one.text, one.newest) for one in drafted] == [("20", None), ("20", None)]


def test_a_draft_says_that_a_number_is_protected_beside_what_is_public(town, cas):
    adopt_it(town, cas, written(town, people=7))
    set_protection(town.connie, protection=Protection(5))
    key = begun(town, kind=DocumentKind.ACCOUNT)
    write(town.connie, key, Question.WANT, f"Nu {{{STARTED}}}.")
    [one] = quoted_in(town, key)
    assert (one.text, one.newest.shown.text) == ("x", "7")
    assert one.newest.why is NotNewest.PROTECTED


def test_a_forecast_that_not_everyone_may_read_is_told_before_a_document_is_offered(town, cas):
    key = account_after(town, cas, 1)
    write(town.connie, key, Question.WANT, "Nu {participation_jobs forecast}.")
    [missing] = card_of(town.connie, key).missing
    assert missing.text == (
        "Doel 1.1.3, “Wat wilden we bereiken?”: {participation_jobs forecast} kan niet in dit "
        "document. Bij deze dag staat al een eerder cijfer openbaar, en de verwachting gaat uit "
        "van de nieuwste meting. Haal het uit de tekst."
    )
    [one] = quoted_in(town, key)
    assert (one.text, one.year) == ("-", YEAR_END.year)
    with pytest.raises(ActionRefusedError, match="Haal het uit de tekst"):
        offer(town.connie, key=key, seen=card_of(town.connie, key).revision)
