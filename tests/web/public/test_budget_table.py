"""Rows with different columns in one table, and targets that can be drawn."""

from datetime import date

import pytest
from django.utils import translation

from meedoen.records.budget.queries import PublicCell, PublicRow
from meedoen.rules.indicators.disclosure import Shown
from meedoen.web.shared.budget_table import budget_table, courses
from meedoen.web.shared.course import aim_in, course

DAY, LATER = date(2024, 12, 31), date(2025, 12, 31)


def printed(text, label, year, kind="realisatie"):
    return PublicCell(None, label, year, kind, text, hidden=False, counted_on=None)


def counted(text, on, cell_id=1):
    hidden = not text.isdigit()
    return PublicCell(cell_id, "", on.year, "realisatie", text, hidden=hidden, counted_on=on)


def shown(cells):
    return [cell and cell.text for cell in cells]


def test_cells_with_the_same_label_and_year_share_a_column_and_a_gap_stays_empty():
    table = budget_table(
        [
            PublicRow("A", "", (printed("1", "Behaald 2023", 2023), counted("20", DAY))),
            PublicRow("B", "", (printed("2", "Behaald", 2024), printed("3", "Behaald 2023", 2023))),
        ]
    )
    assert table.printed == (("Behaald", "2023"), ("Behaald", "2024"))
    assert table.counted == (DAY,)
    assert [shown(row.printed) for row in table.rows] == [["1", None], ["3", "2"]]
    assert [shown(row.counted) for row in table.rows] == [["20"], [None]]


def test_two_cells_of_one_label_and_year_both_stay():
    cells = (printed("1", "Noord", None), printed("2", "Noord", None), printed("3", "", 2024))
    table = budget_table([PublicRow("A", "", cells)])
    assert table.printed == (("Noord",), ("Noord",), ("2024",))
    assert shown(table.rows[0].printed) == ["1", "2", "3"]


def test_counted_numbers_are_written_for_people_and_printed_ones_stay_as_printed():
    row = PublicRow("A", "", (printed("1234", "Behaald 2023", 2023), counted("1234", DAY)))
    [shown_row] = budget_table([row]).rows
    assert (shown(shown_row.printed), shown(shown_row.counted)) == (["1234"], ["1.234"])


def test_only_marks_of_counted_cells_are_explained():
    row = PublicRow("A", "", (printed("x", "Behaald 2023", 2023), counted("<10", DAY)))
    assert budget_table([row]).marks == {"below": "<10", "covered": ""}


def test_a_course_needs_two_numbers_that_can_be_shown(db):
    assert (
        course("A", [(DAY, Shown("12", hidden=False)), (LATER, Shown("<10", hidden=True))]) is None
    )
    assert courses([PublicRow("A", "", (counted("12", DAY),))]) == []


def test_the_target_of_the_last_year_is_drawn():
    cells = (
        printed("100", "Beoogd 2024", 2024, "streef"),
        printed("130", "Beoogd 2025", 2025, "streef"),
        counted("12", DAY),
        counted("13", LATER),
    )
    [line] = courses([PublicRow("A", "", cells)])
    assert line.sentence.endswith("Het doel is 130 (Beoogd 2025).")
    assert "Doel 130" in line.chart


@pytest.mark.parametrize(
    ("year", "sentence", "heading"),
    [
        (None, "Het doel is 2.500.", ("Doel",)),
        (2027, "Het doel is 2.500 (in 2027).", ("Doel", "2027")),
    ],
)
def test_a_typed_target_is_drawn_and_has_a_column_of_its_own(year, sentence, heading):
    cells = (printed("2500", "", year, "streef"), counted("12", DAY), counted("13", LATER))
    row = PublicRow("A", "", cells)
    [line] = courses([row])
    assert line.sentence.endswith(sentence)
    assert "Doel 2.500" in line.chart
    table = budget_table([row])
    assert table.printed == (heading,)
    assert shown(table.rows[0].printed) == ["2.500"]
    with translation.override("en"):
        [line] = courses([row])
        assert "2,500" in line.sentence
        assert "2,500" in line.chart


@pytest.mark.parametrize(
    ("name", "unit", "shown_name"),
    [
        ("Uitstroom", "%", "Uitstroom (%)"),
        ("Uitstroom", "aantal", "Uitstroom"),
        ("Uitstroom", "", "Uitstroom"),
        ("% jongeren", "%", "% jongeren"),
        ("Bijstand Per 1.000 inwoners", "per 1.000 inwoners", "Bijstand Per 1.000 inwoners"),
    ],
)
def test_the_unit_stands_with_the_name_where_the_name_does_not_say_it(name, unit, shown_name):
    [row] = budget_table([PublicRow(name, "", (printed("1", "A", 2024),), unit)]).rows
    assert row.name == shown_name


def test_rows_of_the_same_name_are_two_rows():
    rows = [PublicRow("A", "", (printed(text, "Behaald 2023", 2023),)) for text in "12"]
    table = budget_table(rows)
    assert table.printed == (("Behaald", "2023"),)
    assert [shown(row.printed) for row in table.rows] == [["1"], ["2"]]


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("130", 130),
        ("2.500", 2500),
        ("≥ 50 in 2020", 50),
        ("298 klanten", 298),
        ("9,5", None),
        ("40%", None),
        ("-", None),
        ("n.n.b.", None),
        ("Toename", None),
    ],
)
def test_a_printed_target_is_drawn_only_when_it_names_one_whole_number(text, aim):
    assert aim_in(text) == aim
