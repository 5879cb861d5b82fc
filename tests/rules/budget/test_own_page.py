"""A page of our own as text, which our own reader reads back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.budget.own_page import (
    ABOUT_ABSENT,
    ABSENT,
    Layout,
    Moment,
    OwnPage,
    OwnRow,
    page_text,
)
from meedoen.rules.budget.page import CellKind, Section, SectionKind
from meedoen.rules.budget.reader import read_page

YEAR = 2027
BUDGET = Layout(Moment.BUDGET, YEAR)
COLUMNS = BUDGET.columns
NAMES = ("Mensen met een participatiebaan", "Mensen op beschut werk (nieuw)", "Vrijwilligers")
NUMBERS = st.integers(0, 99_999).map(str)
VALUES = st.one_of(NUMBERS, st.sampled_from(["x", "<10", ABSENT]))
STANDING = Section(
    "Hoe staan we ervoor?", SectionKind.STATE_OF_AFFAIRS, ("Er werkten 104 mensen. Dat is fijn.",)
)


def page(rows, *sections, code="1.1.3", title="Maatschappelijke participatie", layout=BUDGET):
    return OwnPage(layout, code, title, sections, rows)


def read_rows(text):
    return [
        (
            row.indicator,
            [(cell.label, cell.year, cell.kind, cell.value.shown) for cell in row.columns],
        )
        for row in read_page(text).indicators
    ]


@pytest.mark.parametrize("moment", Moment)
@given(st.lists(st.tuples(NUMBERS, VALUES, VALUES, VALUES), min_size=1, max_size=3))
def test_our_own_reader_reads_every_row_back(moment, lines):
    layout = Layout(moment, YEAR, date(YEAR, 6, 30))
    rows = [
        OwnRow(name, dict(zip(layout.columns, line, strict=True)))
        for name, line in zip(NAMES, lines, strict=False)
    ]
    text = page_text(page(rows, STANDING, layout=layout))
    assert read_page(text).refused == ()
    assert read_page(text).year == YEAR
    assert read_rows(text) == [
        (row.name, [(one.label, one.year, one.kind, row.values[one]) for one in layout.columns])
        for row in rows
    ]


def test_a_row_of_which_no_number_may_be_shown_is_refused_and_not_guessed():
    rows = [OwnRow(NAMES[0], dict.fromkeys(COLUMNS, "x"))]
    [refusal] = read_page(page_text(page(rows))).refused
    assert NAMES[0] in refusal.what


@pytest.mark.parametrize(
    ("moment", "labels"),
    [
        (Moment.BUDGET, ["Behaald 2024", "Behaald 2025", "Begroting 2026", "Beoogd 2027"]),
        (Moment.INTERIM, ["Behaald 2025", "Behaald 2026", "Begroting 2027", "Stand 30 juni 2027"]),
        (Moment.ACCOUNT, ["Behaald 2025", "Behaald 2026", "Begroting 2027", "Stand 30 juni 2027"]),
    ],
)
def test_a_budget_looks_ahead_and_a_report_and_an_account_beside_what_was_budgeted(moment, labels):
    columns = Layout(moment, YEAR, date(YEAR, 6, 30)).columns
    assert [one.label for one in columns] == labels


def test_only_an_account_of_the_last_day_of_its_year_says_what_was_achieved_in_that_year():
    assert Layout(Moment.ACCOUNT, YEAR, date(YEAR, 12, 31)).columns[-1].label == "Behaald 2027"
    assert Layout(Moment.ACCOUNT, YEAR, date(YEAR, 12, 30)).columns[-1].on == date(YEAR, 12, 30)


def test_what_is_not_there_is_a_dash_and_the_page_says_what_that_means():
    text = page_text(page([OwnRow("Vrijwilligers", {COLUMNS[1]: "0"})]))
    [(_name, cells)] = read_rows(text)
    assert [value for _label, _year, _kind, value in cells] == ["-", "0", "-", "-"]
    assert ABOUT_ABSENT in text
    assert [kind for _label, _year, kind, _value in cells] == [
        CellKind.REALISATIE,
        CellKind.REALISATIE,
        CellKind.BEGROTING,
        CellKind.STREEF,
    ]


def test_a_page_that_describes_a_goal_calls_it_so_and_keeps_the_order_of_its_parts():
    sections = (
        Section("Beschrijving doel", SectionKind.DESCRIPTION, ("Iedereen doet mee.",)),
        Section("Criteria", SectionKind.CRITERIA, (), ("Minstens 200 mensen groeien.",)),
        Section("Indicatoren", SectionKind.INDICATORS),
        Section("Portefeuillehouder(s)", SectionKind.PORTFOLIO_HOLDERS, ("Wethouder Voorbeeld",)),
    )
    rows = [OwnRow("Mensen die groeien", {COLUMNS[0]: "140", COLUMNS[3]: "200"})]
    read = read_page(page_text(page(rows, *sections, code="2.2.2", title="Meedoen die past")))
    [goal] = read.goals
    assert (goal.code, goal.title) == ("2.2.2", "Meedoen die past")
    assert [one.kind for one in goal.sections] == [one.kind for one in sections]
    assert goal.criteria == ("Minstens 200 mensen groeien.",)
    assert goal.portfolio_holders == ("Wethouder Voorbeeld",)
    assert len(read.indicators) == 1


def test_a_page_without_figures_has_no_table():
    text = page_text(page([], Section("Indicatoren", SectionKind.INDICATORS), STANDING))
    assert read_page(text).indicators == ()
    assert "Behaald" not in text
