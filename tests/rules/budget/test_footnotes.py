"""The mark of a footnote is no digit of a number, where the page leaves no doubt about that."""

import io
from decimal import Decimal

import pytest
import xlsxwriter

from meedoen.rules.budget.as_json import page_as_json
from meedoen.rules.budget.reader import read_document
from meedoen.rules.budget.values import Meaning, read_value

HEADS = "<tr><th>Indicator<th>Realisatie 2023<th>Doel 2025"


def read(value, below="", within=""):
    table = f"<table>{HEADS}<tr><td>Aantal A<td>{value}<td>335{within}</table>"
    return read_document(f"<h1>Begroting 2025</h1>{table}{below}".encode())


def number(page):
    """Give the number of the first value, None where the row is refused."""
    return page.indicators[0].columns[0].value.number if page.indicators else None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12<sup>1,2</sup>", 12),
        ("12<sup>1</sup>, <sup>2</sup>", 12),
        ("12¹,²", 12),
        ("1.250<sup>1</sup> (voorlopig)", 1250),
        ("1.250 (voorlopig cijfer)", 1250),
        ("1.250* (definitief)", 1250),
        ("84%<sup>1)</sup> (voorlopig)", 84),
        ("10¹,²", None),
        ("10<sup>1,2</sup>", None),
        ("1.250¹ (waarvan 12 nieuw)", None),
        ("12<sup>1,a</sup>", None),
    ],
)
def test_raised_marks_are_clear_by_themselves(value, expected):
    assert number(read(value)) == expected


@pytest.mark.parametrize(
    ("value", "below"),
    [
        ("310 1)", "<p>1) Voorlopig cijfer</p>"),
        ("310 1)", "<p><sup>1)</sup> Voorlopig cijfer</p>"),
        ("310 (1)", "<p>(1) Voorlopig cijfer.</p>"),
        ("310 [2]", "<p>[1] Iets anders</p><p>[2] Voorlopig cijfer</p>"),
        ("1.310 2)", "<table><tr><td>2) Voorlopig cijfer<td></table>"),
        ("84 % 1)", "<p>1) Voorlopig</p>"),
        ("≥ 310 1)", "<p>1) Voorlopig</p>"),
    ],
)
def test_a_mark_on_the_line_is_clear_where_its_text_stands_below(value, below):
    page = read(value, below)
    found = page.indicators[0].columns[0].value
    assert found.number is not None
    # It is kept as text, and read again from there.
    assert read_value(found.shown).number == found.number
    assert page_as_json(page)["indicators"][0]["columns"][0]["value"] == value


@pytest.mark.parametrize(
    ("value", "below"),
    [
        ("310 1)", ""),
        ("310 1)", "<p>2) Voorlopig cijfer</p>"),
        ("310 1)", "<p>(1) Voorlopig cijfer</p>"),
        ("310 (1)", "<p>1) Voorlopig cijfer</p>"),
        ("310 1", "<p>1 Voorlopig cijfer</p>"),
        ("310 1)", "<p>1) 12</p>"),
        ("12 13 1)", "<p>1) Voorlopig cijfer</p>"),
    ],
)
def test_a_mark_without_its_text_stays_in_doubt(value, below):
    page = read(value, below)
    assert page.indicators == ()
    assert any("niet met zekerheid" in one.why for one in page.refused)


def test_a_text_above_the_table_explains_no_mark_in_it():
    page = read_document(
        f"<h1>Begroting 2025</h1><p>1) Voorlopig cijfer</p><table>{HEADS}"
        "<tr><td>Aantal A<td>310 1)<td>335</table>".encode()
    )
    assert page.indicators == ()


def test_the_text_of_a_footnote_within_a_table_is_no_row_of_it():
    page = read("310 1)", within="<tr><td>1) Voorlopig cijfer<td><td>")
    assert [row.indicator for row in page.indicators] == ["Aantal A"]
    assert [one for one in page.refused if not one.what.startswith("De teksten")] == []


def test_a_row_without_values_that_begins_with_a_number_is_not_left_out():
    page = read("310", within="<tr><td>1) Aantal B<td><td>")
    assert "1) Aantal B" in " ".join(one.what for one in page.refused)


def test_raised_marks_behind_each_other_in_a_workbook():
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        raised = book.add_format({"font_script": 1})
        for column, text in enumerate(["Indicator", "Realisatie 2023"]):
            sheet.write_string(0, column, text)
        sheet.write_string(1, 0, "Aantal A")
        sheet.write_rich_string(1, 1, "1.250", raised, "1,2")
    page = read_document(kept.getvalue(), name="begroting-2025.xlsx")
    assert number(page) == Decimal(1250)
    assert page.indicators[0].columns[0].value.meaning is Meaning.NUMBER
