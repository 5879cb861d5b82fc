"""Reads loose cells of a table that says more of an indicator than its values.

Units, periods and sources stand as cells of their own between names and values. Such a row is
read only when each of its cells is what its column asks for and another row, or the end of the
table, follows right behind it: a lost cell would move everything after it.
"""

import re
from collections.abc import Sequence

from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow
from meedoen.rules.budget.columns import UnreadableHeadingsError, Word
from meedoen.rules.budget.grid_columns import GridColumn, read_headings
from meedoen.rules.budget.grid_rows import Below, read_body
from meedoen.rules.budget.headings import Document
from meedoen.rules.budget.loose_parts import (
    LooseTable,
    Stretch,
    cell_value,
    is_prose,
    refuse_whole,
)
from meedoen.rules.budget.page import Refusal
from meedoen.rules.budget.periods import read_period
from meedoen.rules.budget.roles import Role, is_compared, own_area, part_of
from meedoen.rules.budget.rows import BY_HAND, ReadTable
from meedoen.rules.budget.values import Meaning, read_value
from meedoen.rules.budget.wording import listed

_UNIT = re.compile(
    r".*(?:%|\bper\b|aantal|percentage|procent|euro|€|\bx 1|dagen|weken|maanden|jaren|uren"
    r"|personen|inwoners|score|cijfer|index|ja/nee)",
    re.IGNORECASE,
)


def read_full_rows(stretch: Stretch, start: int, document: Document | None) -> LooseTable | None:
    """Read the table whose headings begin at ``start``; None when they are not of this kind."""
    width = _width(stretch, start)
    blocks = stretch.blocks[start : start + width]
    parts = [part_of(block.text) for block in blocks]
    roles = {part.role for part in parts if part}
    if Role.NAME not in roles or len(roles) < 3 or Role.VALUE not in roles:
        return None
    below = start + width
    stop = max(below, stretch.last_value + 1)
    head = GridRow(tuple(GridCell(block.text) for block in blocks), blocks[0].where)
    try:
        columns = read_headings([head], document)
    except UnreadableHeadingsError as error:
        return LooseTable(stop, refuse_whole(stretch.blocks[start:stop], str(error)))
    return _body(stretch, below, columns, document)


def _width(stretch: Stretch, start: int) -> int:
    """Count the headings; an area that no list knows is one only between headings."""
    texts = []
    for block in stretch.blocks[start : stretch.end]:
        if block.kind is not BlockKind.PARAGRAPH or not (
            part_of(block.text) or own_area(block.text)
        ):
            break
        texts.append(block.text)
    compared = any(part.entity and is_compared(part.entity) for part in map(part_of, texts) if part)
    known = [at for at, text in enumerate(texts) if part_of(text)]
    if not compared:
        first_unknown = next((at for at, text in enumerate(texts) if not part_of(text)), len(texts))
        known = [at for at in known if at < first_unknown]
    return known[-1] + 1 if known else 0


def _body(
    stretch: Stretch, below: int, columns: Sequence[GridColumn], document: Document | None
) -> LooseTable:
    width = len(columns)
    rows: list[GridRow] = []
    refused: list[Refusal] = []
    at = below
    while at < stretch.end:
        fits = _fits(stretch.blocks, at, columns, stretch.end)
        after = at + width
        if fits and (_fits(stretch.blocks, after, columns, stretch.end) or _ends(stretch, after)):
            rows.append(_row(stretch.blocks[at:after]))
            at = after
            continue
        if _ends(stretch, at):
            break
        # The row found again may have taken the last text of the row before for its first.
        after = min(_next_row(stretch, at + 1, columns) + width, stretch.end)
        refused.append(_refuse(stretch.blocks[at:after], width))
        at = after
    read = read_body(rows, Below(columns, document))
    return LooseTable(at, ReadTable(read.rows, (*read.refused, *refused)))


def _next_row(stretch: Stretch, at: int, columns: Sequence[GridColumn]) -> int:
    """Find where rows fit again: two behind each other, or one at the end."""
    for start in range(at, stretch.end):
        after = start + len(columns)
        if _fits(stretch.blocks, start, columns, stretch.end) and (
            _fits(stretch.blocks, after, columns, stretch.end) or _ends(stretch, after)
        ):
            return start
    return stretch.end


def _ends(stretch: Stretch, at: int) -> bool:
    """Tell whether no cell follows: no value, and nothing right here that may be a row."""
    if at >= stretch.end:
        return True
    return at > stretch.last_value and is_prose(stretch.blocks[at])


def _fits(blocks: Sequence[Block], at: int, columns: Sequence[GridColumn], end: int) -> bool:
    if at + len(columns) > end:
        return False
    row = blocks[at : at + len(columns)]
    return all(_is_cell(block, column) for block, column in zip(row, columns, strict=True))


def _is_cell(block: Block, column: GridColumn) -> bool:
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    heads = part_of(block.text) is not None
    match column.role:
        case Role.NAME:
            return cell_value(block) is None and not heads
        case Role.UNIT:
            return bool(_UNIT.match(block.text)) and cell_value(block) is None
        case Role.PERIOD:
            return read_period(block.text) is not None
        case Role.PASSED:
            return not heads
        case Role.VALUE:
            aimed = column.word is Word.AIMED and read_value(block.text).meaning is Meaning.TEXT
            return cell_value(block) is not None or (aimed and not block.text[0].isdigit())


def _row(blocks: Sequence[Block]) -> GridRow:
    return GridRow(tuple(GridCell(block.text) for block in blocks), blocks[0].where)


def _refuse(blocks: Sequence[Block], width: int) -> Refusal:
    return Refusal(
        blocks[0].where,
        f"Cellen {listed([block.text[:80] for block in blocks])}.",
        f"Hier zijn cellen weggevallen of bijgekomen: een rij heeft er {width}. Niet te zien is "
        "welke waarde bij welke kolom hoort.",
        BY_HAND,
    )
