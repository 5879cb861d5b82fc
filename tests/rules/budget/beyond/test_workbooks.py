"""Workbooks as people really make them: dates, hidden columns, empty lines, tables side by side."""

import io
from datetime import date

import pytest
import xlsxwriter

from meedoen.rules.budget.number_formats import shown_date
from meedoen.rules.budget.reader import read_document
from tests.rules.budget.beyond.notation import reading, told_of

HEADS = ["Indicator", "Realisatie 2022", "Realisatie 2023", "Doel 2025"]
NAME = "begroting-2025.xlsx"


def read(write):
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        write(book, book.add_worksheet("Indicatoren"))
    return read_document(kept.getvalue(), name=NAME)


def test_days_are_read_as_excel_shows_them():
    def write(book, sheet):
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(0, 0, ["Indicator", "Eenheid", "Peildatum", "Meerdam", "Nederland"])
        sheet.write_row(1, 0, ["Bijstand", "per 1.000 inwoners"])
        sheet.write_datetime(1, 2, date(2023, 12, 31), day)
        sheet.write_row(1, 3, [30.5, 35.1])

    assert told_of(read(write)) == reading(
        """
: Meerdam~2023~realisatie~Meerdam~31-12-2023 | Nederland~2023~realisatie~Nederland~31-12-2023
Bijstand [per 1.000 inwoners] = 30,5 | 35,1
"""
    )


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        ("45291", "14", "31-12-2023"),
        ("45291", "dd-mm-yyyy", "31-12-2023"),
        ("45291", "dd\\-mm\\-yyyy", "31-12-2023"),
        ("45291", "[$-413]d mmmm yyyy", "31 december 2023"),
        ("45292.0", "yyyy", "2024"),
        ("45291", "d/m/yy;@", "31/12/23"),
        ("61", "d-m-yyyy", "1-3-1900"),
        ("60", "d-m-yyyy", None),
        ("99999", "d-m-yyyy", None),
        ("-1", "d-m-yyyy", None),
        ("45291.5", "d-m-yyyy", None),
        ("45291", "hh:mm", None),
        ("45291", "dd-mm", None),
        ("45291", '"€" #,##0', None),
        ("9" * 400, "d-m-yyyy", None),
    ],
)
def test_a_number_is_a_day_only_where_its_format_is_of_days(value, form, shown):
    assert shown_date(value, form) == shown


def test_a_hidden_column_is_not_read_and_an_empty_line_ends_nothing():
    def write(_book, sheet):
        sheet.write_row(2, 3, HEADS)
        sheet.write_row(3, 3, ["Aantal A", 4, 5, 6])
        sheet.write_row(5, 3, ["Aantal B", 7, 8, 9])
        sheet.set_column(4, 4, None, None, {"hidden": True})

    page = read(write)
    assert told_of(page) == reading(
        """
: Realisatie 2023~2023~realisatie | Doel 2025~2025~streef
Aantal A [aantal] = 5 | 6
Aantal B [aantal] = 8 | 9
"""
    )
    assert [row.where for row in page.indicators] == [
        "blad “Indicatoren”, rij 4",
        "blad “Indicatoren”, rij 6",
    ]


def test_two_tables_side_by_side_are_refused_and_never_mixed():
    def write(_book, sheet):
        sheet.write_row(0, 0, ["Indicator", "Realisatie 2023", "", "Indicator", "Doel 2025"])
        sheet.write_row(1, 0, ["Aantal A", 1, "", "Aantal B", 2])

    page = read(write)
    assert page.indicators == ()
    assert "naast elkaar" in page.refused[0].why


def test_words_that_look_apart_within_a_cell_are_one_name():
    def write(book, sheet):
        sheet.merge_range("A1:D1", "Begroting 2025 - indicatoren")
        sheet.write_row(1, 0, HEADS)
        sheet.write_rich_string(2, 0, "Aantal ", book.add_format({"bold": True}), "B")
        sheet.write_row(2, 1, [5, 6, 7])
        sheet.write(3, 0, "Bron: CBS")

    page = read(write)
    assert [row.indicator for row in page.indicators] == ["Aantal B"]
    assert page.year == 2025


def test_a_fault_of_excel_refuses_its_row_and_an_empty_formula_is_an_empty_cell():
    def write(_book, sheet):
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ["Aantal A", 1, "", 3])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write_row(2, 0, ["Aantal B", 1, "", 3])
        sheet.write_formula(2, 2, "=A9", None, "")

    page = read(write)
    assert [row.indicator for row in page.indicators] == ["Aantal B"]
    assert page.indicators[0].columns[1].value.shown == ""
    assert "fout van Excel" in page.refused[0].why


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        (["400", "raised", "1"], "400\u00b9"),
        (["1.250", "raised", "12"], "1.250\u00b9\u00b2"),
        (["4", "raised", "1", "00"], None),
        (["400", "lowered", "1"], None),
        (["struck", "4", "410"], None),
        (["struck", "380", " ", "410"], None),
    ],
)
def test_what_stands_higher_or_is_struck_out_never_becomes_part_of_a_number(runs, shown):
    def write(book, sheet):
        looks = {
            "raised": book.add_format({"font_script": 1}),
            "lowered": book.add_format({"font_script": 2}),
            "struck": book.add_format({"font_strikeout": True}),
        }
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ["Aantal A", "380"])
        sheet.write_rich_string(1, 2, *(looks.get(run, run) for run in runs))
        sheet.write(1, 3, 420)

    page = read(write)
    assert [row.columns[1].value.shown for row in page.indicators] == ([shown] if shown else [])


def test_a_cell_that_is_struck_out_as_a_whole_holds_no_certain_number():
    def write(book, sheet):
        struck, bold = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ["Aantal A", 380, 390, 400], bold)
        sheet.write_row(2, 0, ["Aantal B", 380], bold)
        sheet.write(2, 2, 390, struck)
        sheet.write(2, 3, 400)
        sheet.write_row(3, 0, ["Aantal C", 380, 390, 400], struck)

    page = read(write)
    assert [row.indicator for row in page.indicators] == ["Aantal A"]
    assert ["doorgehaald" in one.why for one in page.refused if "Rij" in one.what] == [True, True]


def test_two_numbers_under_each_other_in_a_cell_are_not_one():
    def write(_book, sheet):
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ["Aantal A", "1 204", "1\n204", "1\u00a0300"])
        sheet.write_row(2, 0, ["Aantal B", "219 225", "230", "235"])
        sheet.write_row(3, 0, ["Aantal C", "1 204", "1\u00a0250", "980"])

    page = read(write)
    assert [[cell.value.number for cell in row.columns] for row in page.indicators] == [
        [None, 230, 235],
        [1204, 1250, 980],
    ]
    assert "twee getallen" in page.indicators[0].note


def test_a_merged_heading_that_is_struck_out_is_not_certain():
    def write(book, sheet):
        struck = book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["Indicator"])
        sheet.merge_range(0, 1, 0, 2, "Realisatie", struck)
        sheet.write_row(1, 0, ["", 2022, 2023])
        sheet.write_row(2, 0, ["Aantal A", 380, 390])

    assert read(write).indicators == ()
