"""A page with a table of indicators, stories around it and activities below it."""

import pytest

from meedoen.rules.budget.as_json import page_as_json
from meedoen.rules.budget.page import CellKind, SectionKind
from meedoen.rules.budget.reader import read_html, read_page
from meedoen.rules.budget.values import Meaning
from tests.rules.budget.pages_of_our_own import as_html, as_text, demo_text, html_page

HEADINGS = ["Behaald 2022", "Behaald 2023", "Begroting 2024", "Beoogd 2025"]
GOAL = ["Begroting 2025", "1.1.3 Meedoen", "Indicatoren"]


@pytest.fixture(params=["text", "html"])
def page(request):
    if request.param == "text":
        return read_page(demo_text("budget_1_1_3.txt"))
    return read_html(html_page("1_1_3.html"))


def shown(page):
    return [
        (row.indicator, [cell.value.shown for cell in row.columns])
        for row in page.indicators
        if not row.ambiguous
    ]


def test_the_page_is_read_whole(page):
    assert page.refused == ()
    assert (page.title, page.year) == ("Begroting 2025", 2025)
    assert [(goal.code, goal.title) for goal in page.goals] == [
        ("1.1.3", "Maatschappelijke participatie")
    ]


def test_the_sections_stand_in_order_and_the_table_leaves_no_trace_in_them(page):
    (goal,) = page.goals
    assert [(part.kind, len(part.paragraphs)) for part in goal.sections] == [
        (SectionKind.INTRODUCTION, 2),
        (SectionKind.INDICATORS, 0),
        (SectionKind.STATE_OF_AFFAIRS, 1),
        (SectionKind.AMBITION, 1),
        (SectionKind.ACTIVITIES, 0),
    ]
    assert len(goal.activities) == 5
    assert goal.activities[1].startswith("We starten in elke wijk")


def test_three_indicators_have_four_columns_each_with_kind_year_and_joined_label(page):
    assert len(page.indicators) == 3
    for row in page.indicators:
        assert [(cell.label, cell.year, cell.kind) for cell in row.columns] == [
            ("Behaald 2022", 2022, CellKind.REALISATIE),
            ("Behaald 2023", 2023, CellKind.REALISATIE),
            ("Begroting 2024", 2024, CellKind.BEGROTING),
            ("Beoogd 2025", 2025, CellKind.STREEF),
        ]
        assert (row.unit, row.goal_code) == ("aantal", "1.1.3")


def test_values_are_as_shown_and_a_dash_is_no_zero(page):
    assert shown(page) == [
        ("Aantal mensen dat actief is op een P-baan", ["96", "104", "120", "130"]),
        ("Aantal beschutte werkplekken (SW)", ["131", "124", "118", "112"]),
        ("Aantal beschutte werkplekken nieuw (P-wet)", ["-", "0", "14", "20"]),
    ]
    dash, zero = (cell.value for cell in page.indicators[2].columns[:2])
    assert (dash.meaning, dash.number) == (Meaning.NOT_MEASURED, None)
    assert (zero.meaning, zero.number) == (Meaning.NUMBER, 0)


def test_figures_in_the_stories_are_no_cells(page):
    cells = {cell.value.shown for row in page.indicators for cell in row.columns}
    assert cells.isdisjoint({"109", "17", "12", "121", "2015", "6", "2"})
    assert "109 mensen" in page.goals[0].sections[2].paragraphs[0]


def test_json_has_exactly_the_keys_of_a_reading(page):
    reading = page_as_json(page)
    assert list(reading) == ["goals", "indicators", "refused"]
    assert reading["indicators"][2] == {
        "indicator": "Aantal beschutte werkplekken nieuw (P-wet)",
        "unit": "aantal",
        "columns": [
            {"label": "Behaald 2022", "year": 2022, "kind": "realisatie", "value": "-"},
            {"label": "Behaald 2023", "year": 2023, "kind": "realisatie", "value": "0"},
            {"label": "Begroting 2024", "year": 2024, "kind": "begroting", "value": "14"},
            {"label": "Beoogd 2025", "year": 2025, "kind": "streef", "value": "20"},
        ],
    }


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_row_that_lost_a_cell_is_shown_as_ambiguous_and_refused(form):
    rows = [["Aantal A", "1", "2", "3", "4"], ["Aantal B", "5", "6", "7"]]
    page = (
        read_page(as_text(GOAL, HEADINGS, *rows))
        if form == "text"
        else read_html(as_html(HEADINGS, rows))
    )
    assert shown(page) == [("Aantal A", ["1", "2", "3", "4"])]
    assert page_as_json(page)["indicators"][1] == {
        "indicator": "Aantal B",
        "unit": "aantal",
        "columns": [{"label": None, "year": None, "kind": None, "value": value} for value in "567"],
        "ambiguous": True,
    }
    (refusal,) = page.refused
    assert "Aantal B" in refusal.what
    assert all(f"“{value}”" in refusal.what for value in "567")
    assert refusal.where.startswith("regel ")


def test_the_kind_of_a_lost_cell_is_known_when_all_columns_are_of_one_kind():
    page = read_page(as_text(GOAL, ["Behaald 2022", "Behaald 2023"], ["Aantal A", "1"]))
    (cell,) = page.indicators[0].columns
    assert (cell.label, cell.year, cell.kind) == (None, None, CellKind.REALISATIE)


def test_words_above_years_are_two_rows_of_headings():
    headings = ["Realisatie", "Begroting", "Begroting", "2023", "2024", "2025"]
    page = read_page(as_text(GOAL, headings, ["Uitstroom", "1.200", "-", "800"]))
    assert [(cell.label, cell.year) for cell in page.indicators[0].columns] == [
        ("Realisatie", 2023),
        ("Begroting", 2024),
        ("Begroting", 2025),
    ]
    assert page.refused == ()


def test_words_above_years_are_read_in_html_with_spanned_headings():
    page = read_html(
        "<h1>1.1.3 Meedoen</h1><table>"
        "<tr><th rowspan=2>Indicator</th><th>Realisatie</th><th colspan=2>Begroting</th></tr>"
        "<tr><th>2023</th><th>2024</th><th>2025</th></tr>"
        "<tr><td>% jongeren</td><td>7%</td><td>9,5%</td><td></td></tr></table>"
    )
    (row,) = page.indicators
    assert row.unit == "%"
    assert [(cell.label, cell.year, cell.value.shown) for cell in row.columns] == [
        ("Realisatie", 2023, "7%"),
        ("Begroting", 2024, "9,5%"),
        ("Begroting", 2025, ""),
    ]
    assert row.columns[2].value.meaning is Meaning.EMPTY


def test_a_table_with_tabs_between_its_cells_keeps_every_cell_in_place():
    page = read_page(
        "1.1.3 Meedoen\n\nIndicator\tBehaald 2023\tBegroting 2024\nAantal A\t\t0\nAantal B\t5\t-\n"
    )
    assert shown(page) == [("Aantal A", ["", "0"]), ("Aantal B", ["5", "-"])]


def test_a_result_in_a_coming_year_is_a_target_and_without_a_year_of_the_page_unknown():
    table = ["1.1.3 Meedoen", "Indicatoren", "Resultaat in 2025", "Resultaat in 2028"]
    row = ["Aantal A", "12", "12"]
    known = read_page(as_text("Begroting 2025", table, row))
    assert [cell.kind for cell in known.indicators[0].columns] == [CellKind.STREEF] * 2
    unknown = read_page(as_text(table, row))
    assert unknown.indicators == ()
    assert "bereikt of beoogd" in unknown.refused[0].why


@pytest.mark.parametrize(
    ("headings", "why"),
    [
        (["Behaald", "Behaald 2023"], "Niet elke kolom"),
        (["Behaald 2023", "Trend"], "Trend"),
        (["Behaald", "Begroting", "2023"], "Niet elke kolom"),
        (["Behaald 2023", "2024"], "Niet elke kolom"),
        (["Begroting 2023", "Begroting 2023"], "hetzelfde opschrift"),
        (["Behaald 2023", "Behaald 2025"], "nog niet bereikt"),
        (["Eerste meting", "Tweede meting"], "geen kolommen"),
    ],
)
def test_a_table_with_headings_that_leave_doubt_is_refused_as_a_whole(headings, why):
    page = read_page(as_text(GOAL, headings, ["Aantal A", "1", "2"], ["Aantal B", "3", "4"]))
    assert page.indicators == ()
    (refusal,) = page.refused
    assert why in refusal.why
    assert refusal.where.startswith("regel ")
    assert refusal.what_to_do


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("<tr><th></th><th>Trend</th></tr><tr><td>Aantal A<td>1</tr>", "Geen enkele kolom"),
        ("<tr><th></th><th>Begroting 2024</th></tr>", "geen rijen"),
        ("<tr><th></th><th>Begroting 2024</th></tr><tr><td>A<td>1<td>2", "meer cellen"),
        ("<tr><th>Begroting 2023<th>Begroting 2024<tr><td>A<td>2", "woord of een jaar"),
        ("<tr><td><table><tr><td>1</td></tr></table></td></tr>", "weer een tabel"),
        ("<tr><td colspan=9999>1</td></tr>", "colspan=9999"),
        ("", "staat niets"),
    ],
)
def test_a_table_of_html_that_cannot_be_laid_out_with_certainty_is_refused(table, why):
    page = read_html(f"<h1>1.1.3 Meedoen</h1><table>{table}</table>")
    assert page.indicators == ()
    (refusal,) = page.refused
    assert why in refusal.why
    assert "van de HTML" in refusal.where


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("<td>Aantal A</td><td colspan=2>5</td>", "loopt door"),
        ("<td></td><td>5</td><td>6</td>", "geen naam"),
        ("<td>Groep A</td><td></td><td></td>", "tussenkop"),
        ("<td>Aantal A</td><td>2019: 6</td><td>7</td>", "ander jaar"),
        ("<td>Aantal A</td><td>5</td><td>&lt; 7 eind 2031</td>", "ander jaar"),
    ],
)
def test_a_row_of_html_that_leaves_doubt_is_refused_and_the_others_are_good(cells, why):
    page = read_html(
        "<h1>1.1.3 Meedoen</h1><table><tr><th><th>Behaald 2023<th>Begroting 2024</tr>"
        f"<tr>{cells}</tr><tr><td>Aantal goed</td><td>1</td><td>2</td></tr></table>"
    )
    assert shown(page) == [("Aantal goed", ["1", "2"])]
    assert why in page.refused[0].why


@pytest.mark.parametrize("values", [["5,5", "6,5"], ["5%", "6"], ["4,0", "4,0"]])
def test_a_row_without_a_unit_is_read_and_a_person_is_asked_for_it(values):
    page = read_html(as_html(["Behaald 2023", "Begroting 2024"], [["Duur", *values]]))
    assert shown(page) == [("Duur", values)]
    assert page.indicators[0].unit == ""
    (refusal,) = page.refused
    assert "eenheid" in refusal.why
    assert "Duur" in refusal.what


def test_text_after_the_table_is_not_taken_for_cells():
    after = "In 2024 deden 25 mensen mee aan een proef, en dat waren er meer dan wij dachten."
    page = read_page(as_text(GOAL, HEADINGS, ["Aantal A", "1", "2", "3", "4"], after))
    assert shown(page) == [("Aantal A", ["1", "2", "3", "4"])]
    assert page.refused == ()
    assert page.goals[0].sections[0].paragraphs == (after,)


def test_a_name_without_values_among_or_after_the_rows_is_refused_by_name():
    rows = [["Aantal A", "1", "2", "3", "4"], ["Leeg"], ["Aantal B", "5", "6", "7", "8"], ["Ook"]]
    page = read_page(as_text(GOAL, HEADINGS, *rows))
    assert [name for name, _ in shown(page)] == ["Aantal A", "Aantal B"]
    assert ["Leeg" in page.refused[0].what, "Ook" in page.refused[1].what] == [True, True]


def test_a_second_table_with_unknown_headings_is_not_read_with_those_of_the_first():
    first = [*HEADINGS, "Aantal A", "1", "2", "3", "4"]
    second = ["Noord", "Zuid", "Oost", "West"]
    page = read_page(as_text(GOAL, first, second, ["Aantal B", "5", "6", "7", "8"]))
    assert [name for name, _ in shown(page)] == ["Aantal A"]
    assert any("“8”" in refusal.what for refusal in page.refused)


def test_years_without_a_word_head_a_second_table_of_its_own():
    first = [*HEADINGS, "Aantal A", "1", "2", "3", "4"]
    second = ["Omschrijving", "2020", "2021", "2022", "2023"]
    page = read_page(as_text(GOAL, first, second, ["Aantal B", "5", "6", "7", "8"]))
    assert shown(page) == [
        ("Aantal A", ["1", "2", "3", "4"]),
        ("Aantal B", ["5", "6", "7", "8"]),
    ]
    assert [cell.year for cell in page.indicators[1].columns] == [2020, 2021, 2022, 2023]


def test_a_year_without_a_word_that_the_document_may_plan_is_refused():
    second = ["Omschrijving", "2023", "2024", "Aantal B", "5", "6"]
    page = read_page(as_text(GOAL, second))
    assert page.indicators == ()
    assert "geen woord" in page.refused[0].why


def test_a_second_table_with_its_own_headings_is_read_with_those():
    first = ["Behaald 2022", "Behaald 2023", "Aantal A", "1", "2"]
    second = ["Begroting", "2024", "Beoogd", "2025", "Aantal B", "3", "4"]
    page = read_page(as_text(GOAL, first, second))
    assert [row.columns[0].label for row in page.indicators] == ["Behaald 2022", "Begroting 2024"]
    assert page.refused == ()


def test_a_number_with_words_in_a_row_is_refused_because_it_may_be_part_of_a_name():
    page = read_page(as_text(GOAL, HEADINGS, ["Aantal A", "1", "88 kinderen", "3", "4"]))
    assert page.indicators == ()
    assert "88 kinderen" in page.refused[0].why


def test_a_dash_alone_below_a_heading_is_text_and_beside_a_name_it_is_refused():
    assert read_page(as_text(GOAL, "-", "Criteria")).refused == ()
    (refusal,) = read_page(as_text(GOAL, "Aantal A", "-", "Criteria")).refused
    assert "“-”" in refusal.what


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_table_with_money_is_refused(form):
    headings, rows = ["Begroting 2024", "Begroting 2025"], [["Lasten", "1.583", "1.600"]]
    page = (
        read_page(as_text(GOAL, headings, *rows))
        if form == "text"
        else read_html(as_html(headings, rows))
    )
    assert page.indicators == ()
    assert "geld" in page.refused[0].why


def test_a_row_label_with_a_code_is_no_goal():
    page = read_page(as_text(GOAL, HEADINGS, ["1.1.1 Aantal A", "1", "2", "3", "4"]))
    assert [goal.code for goal in page.goals] == ["1.1.3"]
    assert shown(page) == [("1.1.1 Aantal A", ["1", "2", "3", "4"])]


@pytest.mark.parametrize(
    ("name", "values", "unit"),
    [
        ("Aantal P-banen", ["1", "-"], "aantal"),
        ("Uitstroom naar werk", ["670", "1.200"], "aantal"),
        ("% inwoners", ["7", "9,5"], "%"),
        ("Werkloze jongeren", ["1%", "2%"], "%"),
        ("Personen met bijstand per 10.000 inwoners", ["194,4", "1"], "per 10.000 inwoners"),
    ],
)
def test_the_unit_is_what_name_and_values_show(name, values, unit):
    page = read_page(as_text(GOAL, ["Behaald 2022", "Behaald 2023"], [name, *values]))
    assert page.indicators[0].unit == unit
