"""Whatever cell gets lost, no value ever lands in the column of another."""

from dataclasses import dataclass

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from meedoen.rules.budget.reader import read_html, read_page
from tests.rules.budget.pages_of_our_own import as_html, as_text

WORDS = st.sampled_from(["Realisatie", "Begroting", "Beoogd", "Streefwaarde", "Prognose"])
COUNTS = st.one_of(
    st.integers(0, 9_999_999).map(lambda number: f"{number:,}".replace(",", ".")),
    st.sampled_from(["-", "0", "n.n.b.", ".", "≥ 50", "2024"]),
)
SHARES = st.one_of(st.integers(0, 1000).map(lambda tenths: f"{tenths / 10:.1f}%".replace(".", ",")))


@dataclass(frozen=True)
class Table:
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    broken: bool

    def heading_blocks(self):
        """Write headings on two lines, or as two blocks when a blank line broke them."""
        gap = "\n\n" if self.broken else "\n "
        return [heading.replace(" ", gap) for heading in self.headings]


@st.composite
def tables(draw):
    years = draw(st.lists(st.integers(2010, 2024), min_size=1, max_size=5, unique=True))
    headings = tuple(f"{draw(WORDS)} {year}" for year in sorted(years))
    rows = []
    for number in range(draw(st.integers(1, 5))):
        share = draw(st.booleans())
        values = draw(
            st.lists(SHARES if share else COUNTS, min_size=len(years), max_size=len(years))
        )
        rows.append((f"{'% deel' if share else 'Aantal'} {'abcde'[number]}", *values))
    return Table(headings, tuple(rows), draw(st.booleans()))


def text_of(headings, rows):
    return as_text("Begroting 2025", "1.1.3 Meedoen", "Indicatoren", headings, *rows, "Criteria")


def certain(page):
    return {
        row.indicator: [(cell.label, cell.value.shown) for cell in row.columns]
        for row in page.indicators
        if not row.ambiguous
    }


def expected(table):
    return {row[0]: list(zip(table.headings, row[1:], strict=True)) for row in table.rows}


@given(tables())
@settings(deadline=None)
def test_a_whole_table_is_read_whole(table):
    page = read_page(text_of(table.heading_blocks(), table.rows))
    assert certain(page) == expected(table)
    assert page.refused == ()
    assert certain(read_html(as_html(table.headings, table.rows))) == expected(table)


@given(tables(), st.data())
@settings(deadline=None)
def test_a_lost_cell_leads_to_a_refusal_and_never_to_another_column(table, data):
    at = data.draw(st.integers(0, len(table.rows) - 1))
    lost = data.draw(st.integers(0, len(table.headings)))
    row = table.rows[at]
    rows = [*table.rows[:at], (*row[:lost], *row[lost + 1 :]), *table.rows[at + 1 :]]
    for page in (
        read_page(text_of(table.heading_blocks(), rows)),
        read_html(as_html(table.headings, rows)),
    ):
        assert page.refused
        assert row[0] not in certain(page)
        assert certain(page).items() <= expected(table).items()


@given(tables(), st.data())
@settings(deadline=None)
def test_a_lost_heading_leads_to_a_refusal_of_the_whole_table(table, data):
    lost = data.draw(st.integers(0, len(table.headings) - 1))
    headings = table.heading_blocks()
    page = read_page(text_of([*headings[:lost], *headings[lost + 1 :]], table.rows))
    assert page.refused
    assert certain(page) == {}


@given(tables(), st.data())
@settings(deadline=None)
def test_a_lost_word_or_year_of_a_heading_leads_to_a_refusal_of_the_whole_table(table, data):
    at = data.draw(st.integers(0, len(table.headings) - 1))
    part = data.draw(st.integers(0, 1))
    headings = table.heading_blocks()
    headings[at] = table.headings[at].split(" ")[part]
    assume(headings[at] != "Streefwaarde")  # Pages do print an aim without a year.
    page = read_page(text_of(headings, table.rows))
    assert page.refused
    assert certain(page) == {}


@given(tables(), st.data())
@settings(deadline=None)
def test_a_lost_row_of_cells_leaves_the_other_rows_in_place(table, data):
    at = data.draw(st.integers(0, len(table.rows) - 1))
    rows = [*table.rows[:at], table.rows[at][:1], *table.rows[at + 1 :]]
    page = read_page(text_of(table.heading_blocks(), rows))
    assert page.refused
    assert certain(page).items() <= expected(table).items()
    assert table.rows[at][0] not in certain(page)


@pytest.mark.parametrize("lost", ["Behaald 2022", "Begroting 2023", "Aantal a"])
def test_a_table_that_is_refused_as_a_whole_is_told_with_the_names_of_all_its_rows(lost):
    rows = [[f"Aantal {letter}", "1", "2", "3", "4"] for letter in "abcdefgh"]
    headings = ["Behaald 2021", "Behaald 2022", "Begroting 2023", "Beoogd 2024"]
    cells = [*headings, *(cell for row in rows for cell in row)]
    cells.remove(lost)
    page = read_page(as_text("Begroting 2024", *cells))
    told = " ".join(one.what for one in page.refused)
    read = {row.indicator for row in page.indicators}
    names = {row[0] for row in rows} - {lost}
    assert {name for name in names if name not in read and name not in told} == set()


def test_values_without_headings_are_told_with_the_texts_before_them():
    page = read_page(as_text("Begroting 2024", "Aantal a", "1", "2", "Aantal b", "3", "4"))
    assert page.indicators == ()
    [refusal] = [one for one in page.refused if one.what.startswith("Losse waarden")]
    assert "Aantal a" in refusal.what
    assert "Aantal b" in refusal.what


def test_of_a_page_that_breaks_off_the_advice_is_to_bring_it_whole():
    page = read_html("<table><tr><td>Indicator<td>Behaald 2021<tr><td>Aantal a<td>18")
    assert "in haar geheel" in page.refused[0].what_to_do
