"""A list as a file for a spreadsheet: CSV or XLSX, with nothing in it that a program would run.

A cell of a CSV file that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet, also
when somebody typed it as a name. Such a cell gets a space before it: a spreadsheet then takes it
for text, and people hardly see it. Control characters, with which a cell can be split or a
formula hidden, become spaces. In XLSX a cell says itself that it is text, so it needs no space.
"""

import csv
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter
from django.http import HttpResponse
from django.utils.functional import Promise

Cell = str | Promise | int | date | None

FORMULA_SIGNS = tuple("=+-@＝＋－＠")  # noqa: RUF001 - the wide forms are taken for the same
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 50


def as_csv(name: str, headings: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Return the list as `name`.csv: semicolons and days as dd-mm-jjjj, as Dutch Excel reads it."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in (headings, *rows):
        writer.writerow([_harmless(cell) for cell in row])
    # Excel only takes it for UTF-8 when it begins with this mark.
    return _attachment(text.getvalue().encode("utf-8-sig"), f"{name}.csv", CSV_TYPE)


def as_xlsx(name: str, headings: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Return the list as `name`.xlsx, with a fixed first line; days are days, numbers numbers."""
    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(0, 0, [_plain(cell) for cell in headings], bold)
        widths = [len(_plain(cell)) for cell in headings]
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                widths[column] = max(widths[column], len(_plain(cell)))
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                else:
                    sheet.write_string(number, column, _plain(cell))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, WIDEST))
        sheet.freeze_panes(1, 0)
    return _attachment(content.getvalue(), f"{name}.xlsx", XLSX_TYPE)


def _plain(cell: Cell) -> str:
    """Return a cell as text without control characters."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d-%m-%Y")
    # "Cc" are the control characters; a tab and the end of a line are among them.
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in str(cell))


def _harmless(cell: Cell) -> str:
    """Return a cell as text that no spreadsheet takes for a formula."""
    text = _plain(cell)
    return (
        f" {text}" if isinstance(cell, str | Promise) and text.startswith(FORMULA_SIGNS) else text
    )


def _attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content,
        headers={
            "Content-Type": kind,
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


WAYS: Mapping[str, Callable[[str, Sequence[Cell], Iterable[Sequence[Cell]]], HttpResponse]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
}
"""By the word for it in an address."""
