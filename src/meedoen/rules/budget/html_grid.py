"""A table of an HTML page, laid out with its spans filled in."""

from collections.abc import Iterator

from lxml import etree

from meedoen.rules.budget.amounts import MOST_ROWS, too_many_rows
from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow
from meedoen.rules.budget.html_elements import BLOCKS, is_skipped
from meedoen.rules.budget.html_words import MarkedWords
from meedoen.rules.budget.small_signs import SMALL_DOUBT, is_clear
from meedoen.rules.budget.wording import tidy, tidy_cell

_LARGEST_SPAN = 60
_WIDEST = 200
_BREAKS = BLOCKS | {"br"}
_Laid = dict[int, GridCell]


class _UnclearTableError(Exception):
    """The table cannot be laid out with certainty; the message says why."""


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
    for count, row in enumerate(table.iter("tr")):
        if count > MOST_ROWS:
            raise too_many_rows(f"meer dan {MOST_ROWS}")
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
    words = _words(cell)
    text = tidy_cell(words.text())
    doubt = SMALL_DOUBT if words.has_small and not is_clear(text) else words.doubt
    content = GridCell(text, stretched=columns > 1 or rows > 1, doubt=doubt)
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


def _words(cell: "etree._Element") -> MarkedWords:
    words = MarkedWords(in_cell=True)
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if element is cell:
            words.say(cell.text or "" if event == "start" else "")
        elif event == "start":
            if is_skipped(element):
                walk.skip_subtree()
            _open(words, element)
        else:
            _close(words, element)
            words.say(element.tail or "")
    return words


def _open(words: MarkedWords, element: "etree._Element") -> None:
    if is_skipped(element):
        words.see_unread(element)
    elif element.tag in _BREAKS:
        words.break_line("\n")
        words.say(element.text or "")
    else:
        words.open(element)
        words.say(element.text or "")


def _close(words: MarkedWords, element: "etree._Element") -> None:
    if is_skipped(element):
        return
    if element.tag in _BREAKS:
        words.break_line("\n")
    else:
        words.close(element)
