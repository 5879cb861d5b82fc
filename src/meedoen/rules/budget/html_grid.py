"""A table of an HTML page, laid out with its spans filled in."""

import re
from collections.abc import Iterator

from lxml import etree

from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow
from meedoen.rules.budget.wording import tidy

_LARGEST_SPAN = 60
_WIDEST = 200
_NO_TEXT = frozenset(("head", "iframe", "object", "script", "style", "svg", "template"))
_CONTROLS = frozenset(("button", "footer", "nav", "noscript", "select", "textarea"))
_SKIPPED = _NO_TEXT | _CONTROLS
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BREAKS = frozenset(("br", "p", "div", "li"))

_Laid = dict[int, GridCell]


class _UnclearTableError(Exception):
    """The table cannot be laid out with certainty; the message says why."""


def is_skipped(element: "etree._Element") -> bool:
    """Tell whether an element is no content: scripts, styles, navigation, hidden parts."""
    return (
        element.tag in _SKIPPED
        or "hidden" in element.attrib
        or element.get("role") == "navigation"
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def grid_block(table: "etree._Element") -> Block:
    """Lay out a table; a cell that spans more positions fills each of them, marked stretched.

    A table inside a table, a span larger than any budget table needs, and cells that overlap
    give a block with a ``problem`` instead of rows.
    """
    where = f"regel {table.sourceline} van de HTML"
    try:
        return Block(BlockKind.GRID, where, rows=tuple(_rows(table)))
    except _UnclearTableError as error:
        return Block(BlockKind.GRID, where, problem=str(error))


def _rows(table: "etree._Element") -> Iterator[GridRow]:
    if table.find(".//table") is not None:
        raise _UnclearTableError("In een cel van deze tabel staat weer een tabel.")
    hanging: dict[int, tuple[GridCell, int]] = {}
    for row in table.iter("tr"):
        if is_skipped(row):
            continue
        laid = {column: cell for column, (cell, _) in hanging.items()}
        hanging = {at: (cell, left - 1) for at, (cell, left) in hanging.items() if left > 1}
        for cell in row:
            if cell.tag in {"td", "th"} and not is_skipped(cell):
                _lay(cell, laid, hanging)
        width = max(laid, default=-1) + 1
        if set(laid) != set(range(width)):
            raise _UnclearTableError(f"Op regel {row.sourceline} sluiten de cellen niet aan.")
        yield GridRow(
            tuple(laid[column] for column in range(width)),
            f"regel {row.sourceline} van de HTML",
        )


def _lay(cell: "etree._Element", laid: _Laid, hanging: dict[int, tuple[GridCell, int]]) -> None:
    """Put a cell at the first free position of its row, and in the rows it hangs down into."""
    columns, rows = _span(cell, "colspan"), _span(cell, "rowspan")
    if len(laid) > _WIDEST:
        raise _UnclearTableError(f"Op regel {cell.sourceline} staan meer dan {_WIDEST} cellen.")
    start = next(column for column in range(len(laid) + 1) if column not in laid)
    content = GridCell(_text(cell), stretched=columns > 1 or rows > 1)
    for column in range(start, start + columns):
        if column in laid:
            raise _UnclearTableError(f"Op regel {cell.sourceline} vallen twee cellen samen.")
        laid[column] = content
        if rows > 1:
            hanging[column] = (content, rows - 1)


def _span(cell: "etree._Element", name: str) -> int:
    written = (cell.get(name) or "1").strip()
    if not written.isascii() or not written.isdigit() or not 0 < int(written[:6]) <= _LARGEST_SPAN:
        raise _UnclearTableError(
            f"Op regel {cell.sourceline} staat {name}={tidy(written)[:20]}; dat kan niet."
        )
    return int(written)


def _text(cell: "etree._Element") -> str:
    words: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element is not cell and is_skipped(element):
            walk.skip_subtree()
        elif event == "start":
            words.append(" " if element.tag in _BREAKS else "")
            words.append(element.text or "")
        if event == "end" and element is not cell:
            words.append(" " if element.tag in _BREAKS else "")
            words.append(element.tail or "")
    return tidy("".join(words))
