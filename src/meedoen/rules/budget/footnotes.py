"""Tells marks of footnotes from digits, where the page gives the text of the footnote.

``310 1)`` is a number with a footnote when a line further on begins with ``1)``. Without that
line it stays in doubt. The mark stays behind its number, with a space that says what it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow
from meedoen.rules.budget.values import Meaning, read_value
from meedoen.rules.budget.wording import NOTE

_MARK = r"(?:[0-9]{1,2}\)|\([0-9]{1,2}\)|\[[0-9]{1,2}\])"
_MARKED = re.compile(rf"(?P<number>.{{1,40}}?) (?P<mark>{_MARK})")
_TEXT = re.compile(rf"(?P<mark>{_MARK})\s?[^\W\d_].*")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")
_NUMBERS = {Meaning.NUMBER, Meaning.PERCENTAGE, Meaning.BOUND}


def with_footnotes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Mark the footnotes behind numbers of which the text stands on the page, further on.

    The texts of those become lists: they are no rows of a table and no heading.
    """
    read: list[Block] = []
    explained: set[str] = set()
    used: set[str] = set()
    for block in reversed(blocks):
        explained |= set(_explained(block))
        read.append(_marked(block, explained, used))
    read.reverse()
    return tuple(_set_apart(block, used) for block in read)


def _explained(block: Block) -> Iterator[str]:
    """Give the marks whose text begins in this block; of a table, in the first cell of a row."""
    yield from block.marks
    texts = (*block.lines, *(row.cells[0].text for row in block.rows if row.cells))
    for text in texts:
        if found := _TEXT.fullmatch(text.translate(_PLAIN)):
            yield found["mark"]


def _marked(block: Block, explained: set[str], used: set[str]) -> Block:
    if not explained:
        return block
    if block.kind is BlockKind.PARAGRAPH and len(block.lines) == 1:
        return replace(block, lines=(_with_note(block.lines[0], explained, used),))
    return replace(block, rows=tuple(_marked_row(row, explained, used) for row in block.rows))


def _marked_row(row: GridRow, explained: set[str], used: set[str]) -> GridRow:
    cells = (replace(cell, text=_with_note(cell.text, explained, used)) for cell in row.cells)
    return replace(row, cells=tuple(cells))


def _with_note(text: str, explained: set[str], used: set[str]) -> str:
    found = _MARKED.fullmatch(text)
    if not found or found["mark"] not in explained:
        return text
    if read_value(found["number"]).meaning not in _NUMBERS:
        return text
    used.add(found["mark"])
    return f"{found['number']}{NOTE}{found['mark']}"


def _set_apart(block: Block, used: set[str]) -> Block:
    if block.kind is BlockKind.PARAGRAPH and used & set(_explained(block)):
        return replace(block, kind=BlockKind.LIST)
    return replace(block, rows=tuple(_without_notes(block.rows, used)))


def _without_notes(rows: Iterable[GridRow], used: set[str]) -> Iterator[GridRow]:
    """Leave out the rows of a table that only have the text of a footnote."""
    for row in rows:
        first, *rest = row.cells or (GridCell(""),)
        found = _TEXT.fullmatch(first.text.translate(_PLAIN))
        alone = all(cell.text in {"", first.text} for cell in rest)
        if not (found and alone and found["mark"] in used):
            yield row
