"""Writes one table in each of the forms in which tables arrive."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

from meedoen.rules.budget.page import Page
from meedoen.rules.budget.reader import read_document

Cells = Sequence[Sequence[str]]


def as_html(title: str, rows: Cells) -> bytes:
    body = "".join(
        f"<tr>{''.join(f'<td>{_escaped(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<h1>{title}</h1><table>{body}</table>".encode()


def _escaped(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return "<br>".join(escaped.split("\n"))


def as_xlsx(title: str, rows: Cells, *, merged: Sequence[str] = ()) -> bytes:
    """Write every cell as text, the title above the table, with an empty line between."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Indicatoren")
        sheet.write_string(0, 0, title)
        for at, row in enumerate(rows, start=2):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(at, column, cell)
        for area in merged:
            sheet.merge_range(area, "")
        for at, row in enumerate(rows, start=2):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(at, column, cell)
    return kept.getvalue()


def _as_csv(sign: str):
    def write(title: str, rows: Cells) -> bytes:
        kept = io.StringIO()
        csv.writer(kept, delimiter=sign, lineterminator="\r\n").writerows(rows)
        return f"{title}\r\n\r\n{kept.getvalue()}".encode("utf-8-sig")

    return write


def as_pipes(title: str, rows: Cells) -> bytes:
    lines = [f"| {' | '.join(_flat(row))} |" for row in rows]
    lines.insert(1, f"|{'---|' * len(rows[0])}")
    return "\n".join([title, "", *lines]).encode()


def as_tabs(title: str, rows: Cells) -> bytes:
    return "\n".join([title, "", *("\t".join(_flat(row)) for row in rows)]).encode()


def as_spaces(title: str, rows: Cells) -> bytes:
    """Write columns under each other, values to the right as in a printed table."""
    flat = [_flat(row) for row in rows]
    widths = [max(len(row[at]) for row in flat) for at in range(len(flat[0]))]
    lines = [
        "   ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in flat
    ]
    return "\n".join([title, "", *lines]).encode()


def _flat(row: Sequence[str]) -> list[str]:
    return [cell.replace("\n", " ") for cell in row]


FORMS = {
    "html": as_html,
    "xlsx": as_xlsx,
    "semicolons": _as_csv(";"),
    "commas": _as_csv(","),
    "tabs": as_tabs,
    "pipes": as_pipes,
    "spaces": as_spaces,
}


def read_as(form: str, title: str, rows: Cells) -> Page:
    return read_document(FORMS[form](title, rows))


def told(page: Page) -> list[tuple[str, str, list[tuple]]]:
    """Give each row as name, unit and its cells: label, year, kind, value, entity, period."""
    return [
        (
            row.indicator,
            row.unit,
            [
                (
                    cell.label,
                    cell.year,
                    cell.kind and cell.kind.value,
                    cell.value.shown,
                    cell.entity,
                    cell.period,
                )
                for cell in row.columns
            ],
        )
        for row in page.indicators
    ]
