"""A list as a file holds what was on the screen, and nothing that runs."""

import csv
import unicodedata
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from meedoen.web.shared.exporting import FORMULA_SIGNS, as_csv, as_xlsx

HEADINGS = ["Naam", gettext_lazy("Wijk"), "Sinds", "Trede"]
ROWS = [["Roos Nepstra", "Noord; oost", date(2026, 3, 2), 4], ["Zoë", None, None, -1]]
RUNS = ["=1+1", "+31600000000", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1"]  # noqa: RUF001


def lines(response) -> list[list[str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def sheet(response) -> list[list[object]]:
    return (
        CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    )


def test_a_csv_file_is_what_dutch_excel_reads() -> None:
    answer = as_csv("mensen", HEADINGS, ROWS)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="mensen.csv"'
    assert lines(answer) == [
        ["Naam", "Wijk", "Sinds", "Trede"],
        ["Roos Nepstra", "Noord; oost", "02-03-2026", "4"],
        ["Zoë", "", "", "-1"],
    ]


def test_an_xlsx_file_holds_days_as_days_and_numbers_as_numbers() -> None:
    answer = as_xlsx("mensen", HEADINGS, ROWS)
    assert answer["Content-Disposition"] == 'attachment; filename="mensen.xlsx"'
    assert sheet(answer) == [
        ["Naam", "Wijk", "Sinds", "Trede"],
        ["Roos Nepstra", "Noord; oost", date(2026, 3, 2), 4],
        ["Zoë", "", "", -1],
    ]


@pytest.mark.parametrize("text", RUNS)
def test_text_that_a_spreadsheet_would_run_gets_a_space_in_csv(text: str) -> None:
    assert lines(as_csv("x", ["Naam"], [[text]]))[1] == [f" {text}"]
    assert lines(as_csv("x", [text], []))[0] == [f" {text}"]


@pytest.mark.parametrize("text", RUNS)
def test_text_that_a_spreadsheet_would_run_is_text_in_xlsx(text: str) -> None:
    answer = as_xlsx("x", ["Naam"], [[text], ["https://example.org"], ["007"]])
    assert sheet(answer)[1:] == [[text], ["https://example.org"], ["007"]]
    assert b"<f>" not in part(answer, "xl/worksheets/sheet1.xml")
    assert b"hyperlink" not in part(answer, "xl/worksheets/sheet1.xml")


def part(answer, name: str) -> bytes:
    from zipfile import ZipFile

    return ZipFile(BytesIO(answer.content)).read(name)


@pytest.mark.parametrize("sign", ["\t", "\r", "\n", "\x00", "\x1b", "\x85"])
def test_a_control_character_becomes_a_space_before_anything_else(sign: str) -> None:
    assert lines(as_csv("x", ["Naam"], [[f"{sign}=1+1"]]))[1] == [" =1+1"]
    assert sheet(as_xlsx("x", ["Naam"], [[f"a{sign}b"]]))[1] == ["a b"]


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_no_cell_of_a_csv_file_ever_begins_as_a_formula_and_the_rest_stays(cells) -> None:
    [_, row] = lines(as_csv("x", [""] * len(cells), [cells]))
    for kept, given_text in zip(row, cells, strict=True):
        assert not kept.startswith((*FORMULA_SIGNS, "\t", "\r"))
        assert not any(unicodedata.category(sign) == "Cc" for sign in kept)
        shown = "".join(" " if unicodedata.category(s) == "Cc" else s for s in given_text)
        assert kept in {shown, f" {shown}"}
