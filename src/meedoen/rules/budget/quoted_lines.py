"""Lines of a table of which a cell may stand between quotation marks, over several lines."""

import csv
from collections.abc import Iterable, Sequence

from meedoen.rules.budget.blocks import GridCell, GridRow
from meedoen.rules.budget.text_lines import Line
from meedoen.rules.budget.wording import tidy_cell

_TOO_LONG = (
    "Vanaf regel {line} staat een cel met meer dan {most} tekens. Dat is geen waarde en geen naam, "
    "of er staat een aanhalingsteken dat niet sluit."
)
_NOT_CLOSED = "Vanaf regel {line} staat een aanhalingsteken dat niet sluit."
_WITHIN = (
    "Op regel {line} staat een aanhalingsteken midden in een cel tussen aanhalingstekens. "
    "Schrijf het dubbel."
)


def quoted_rows(lines: Sequence[Line], sign: str) -> tuple[list[GridRow], str]:
    """Read the lines as CSV; with a problem, in words, where that cannot be done to the end."""
    reader = csv.reader((line + "\n" for _, line in lines), delimiter=sign, strict=True)
    rows: list[GridRow] = []
    first = 0
    try:
        for cells in reader:
            width = len(rows[0].cells) if rows else 1
            alone = [*cells, *[""] * (width - 1)] if len(cells) == 1 else cells
            rows.append(row_of(lines[first][0], map(tidy_cell, alone)))
            first = reader.line_num
    except csv.Error:
        return [], _problem(lines[first : reader.line_num], lines[-1], sign)
    return rows, ""


def _problem(lines: Sequence[Line], last: Line, sign: str) -> str:
    """Say what is wrong in the lines of the one row that could not be read."""
    most = csv.field_size_limit()
    if max(len(cell) for cell in "\n".join(line for _, line in lines).split(sign)) > most:
        return _TOO_LONG.format(line=lines[0][0], most=f"{most:,}".replace(",", "."))
    marks = sum(line.count('"') for _, line in lines)
    reason = _NOT_CLOSED if lines[-1] == last and marks % 2 else _WITHIN
    return reason.format(line=lines[0][0])


def row_of(number: int, cells: Iterable[str]) -> GridRow:
    """Give the cells of a line as a row, with its place."""
    return GridRow(tuple(map(GridCell, cells)), f"regel {number}")
