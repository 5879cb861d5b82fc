"""Turns a table with years down its first column and indicators above the others.

The reader wants indicators as rows. A table is turned only when its first column says of every
row what a value in it is, and the corner says nothing else: districts as columns are no
indicators.
"""

from collections.abc import Sequence

from meedoen.rules.budget.blocks import GridCell, GridRow
from meedoen.rules.budget.roles import Role, part_of

_LEAST = 2
"""Rows of years; one row alone may as well be an indicator with a strange name."""
_CORNERS = {Role.NAME, Role.PERIOD}


def turned(head: Sequence[GridRow], body: Sequence[GridRow]) -> list[GridRow]:
    """Give the table with its rows as columns, headings first; nothing when it is not laid so."""
    if len(head) != 1 or len(body) < _LEAST or not _fits(head[0], body):
        return []
    names = head[0].cells[1:]
    columns = [GridCell(""), *(row.cells[0] for row in body)]
    rows = [
        GridRow((name, *(row.cells[at] for row in body)), head[0].where)
        for at, name in enumerate(names, start=1)
        if name.text
    ]
    return [GridRow(tuple(columns), head[0].where), *rows]


def _fits(head: GridRow, body: Sequence[GridRow]) -> bool:
    corner, *names = head.cells
    part = part_of(corner.text) if corner.text else None
    if (corner.text and (part is None or part.role not in _CORNERS)) or not names:
        return False
    whole = all(len(row.cells) == len(head.cells) for row in body)
    dated = all(_is_dated(row.cells[0]) for row in body)
    return whole and dated and all(map(_is_indicator, names))


def _is_dated(cell: GridCell) -> bool:
    part = part_of(cell.text) if cell.text else None
    return part is not None and part.role is Role.VALUE and part.period is not None


def _is_indicator(cell: GridCell) -> bool:
    """Tell whether a text above values may be an indicator: more than one word, or a share."""
    words = len(cell.text.split())
    return bool(cell.text) and part_of(cell.text) is None and words > 1
