"""Reads loose cells of a table in which a period stands in a cell of its own.

Periods look like values, and units and sources stand beside them. Such a row is
read only when each of its cells is what its column asks for and another row, or the end of the
table, follows right behind it: a lost cell would move everything after it.
"""

from collections.abc import Sequence

from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow
from meedoen.rules.budget.columns import UnreadableHeadingsError, Word
from meedoen.rules.budget.grid_columns import Below, GridColumn, read_headings
from meedoen.rules.budget.grid_rows import read_body
from meedoen.rules.budget.groups import doubts_of_rows
from meedoen.rules.budget.headings import Document
from meedoen.rules.budget.loose_parts import (
    LooseTable,
    Stretch,
    cell_value,
    is_unit,
    refuse_whole,
)
from meedoen.rules.budget.page import Refusal
from meedoen.rules.budget.periods import read_period
from meedoen.rules.budget.roles import Part, Role, is_compared, own_area, part_of
from meedoen.rules.budget.rows import BY_HAND, ReadTable
from meedoen.rules.budget.values import Meaning, read_value
from meedoen.rules.budget.wording import listed

_MOST_TOLD = 200
"""How many cells are told of what is refused: the names of rows are among them."""


def read_full_rows(stretch: Stretch, start: int, document: Document | None) -> LooseTable | None:
    """Read the table whose headings begin at ``start``; None when they are not of this kind."""
    if part_of(stretch.blocks[start].text) is None:
        return None
    width = _width(stretch, start)
    blocks = stretch.blocks[start : start + width]
    parts = [part_of(block.text) for block in blocks]
    roles = {part.role for part in parts if part}
    if not roles >= {Role.NAME, Role.VALUE, Role.PERIOD}:
        return None
    below = start + width
    names = [part.role for part in parts if part].count(Role.NAME)
    stop = max(below, stretch.last_value + 1)
    head = GridRow(tuple(GridCell(block.text) for block in blocks), blocks[0].where)
    try:
        columns = read_headings([head], document)
    except UnreadableHeadingsError as error:
        return LooseTable(stop, refuse_whole(stretch.blocks[start:stop], str(error)))
    if names > 1 and not _fits(stretch.blocks, below, columns, stretch.end):
        return None  # The first of them is a title above the headings.
    return _body(stretch, below, columns, document)


def _width(stretch: Stretch, start: int) -> int:
    """Count the headings; an area that no list knows is one only between headings."""
    texts = []
    for block in stretch.from_here(start):
        if block.kind is not BlockKind.PARAGRAPH or not (
            part_of(block.text) or own_area(block.text)
        ):
            break
        texts.append(block.text)
    first_unknown = next(
        (at for at, text in enumerate(texts) if not (part_of(text) or _is_beside_area(texts, at))),
        len(texts),
    )
    known = [at for at in range(first_unknown) if part_of(texts[at])]
    return known[-1] + 1 if known else 0


def _is_beside_area(texts: Sequence[str], at: int) -> bool:
    """Tell whether an area to compare with stands beside this text, or beside others like it."""
    parts = list(map(part_of, texts))
    behind = next((part for part in parts[at:] if part), None)
    before = next((part for part in reversed(parts[:at]) if part), None)
    if behind is None:
        return False
    # Behind the country a name may be of the first row, with its unit or period behind it.
    heads = behind.word is not None or behind.role is not Role.VALUE
    return _is_compared(behind) or (heads and before is not None and _is_compared(before))


def _is_compared(part: Part) -> bool:
    return part.entity is not None and is_compared(part.entity)


def _body(
    stretch: Stretch, below: int, columns: Sequence[GridColumn], document: Document | None
) -> LooseTable:
    width = len(columns)
    rows: list[GridRow] = []
    refused: list[Refusal] = []
    at = below
    while at < stretch.end and not _heads_next(stretch, at):
        fits = _fits(stretch.blocks, at, columns, stretch.end)
        after = at + width
        more = after < stretch.end and cell_value(stretch.blocks[after]) is not None
        certain = fits and not more and _is_certain(stretch.blocks[at:after], columns)
        if certain or (fits and _goes_on(stretch, after, columns)):
            rows.append(_row(stretch.blocks[at:after]))
            at = after
            continue
        if _ends(stretch, at):
            break
        if cell_value(stretch.blocks[at]) is None:
            rows.append(_between(stretch.blocks[at], width))
        after = _next_row(stretch, at + 1, columns)
        if cell_value(stretch.blocks[after - 1]) is None:
            # The row found again may have taken the last text of the row before for its first.
            after = min(after + width, stretch.end)
        refused.append(_refuse(stretch.blocks[at:after], width))
        at = after
    whole = Below(columns, document)
    told = zip(rows, doubts_of_rows(rows, whole), strict=True)
    certain_rows = [(row, doubt) for row, doubt in told if whole.has_values(row)]
    read = read_body([row for row, _ in certain_rows], whole, [doubt for _, doubt in certain_rows])
    return LooseTable(at, ReadTable(read.rows, (*read.refused, *refused)))


def _is_certain(blocks: Sequence[Block], columns: Sequence[GridColumn]) -> bool:
    """Tell whether a row that fits holds no text that may be the first of the next row."""
    aims = (block for block, one in zip(blocks, columns, strict=True) if one.word is Word.AIMED)
    return all(cell_value(block) is not None for block in aims)


def _goes_on(stretch: Stretch, at: int, columns: Sequence[GridColumn]) -> bool:
    """Tell whether behind a row comes another, or the end: then it has taken no cell of the next.

    Only an aim can be any text; where it is a known answer, a row that fits is certain by itself.
    """
    return (
        _fits(stretch.blocks, at, columns, stretch.end)
        or _ends(stretch, at)
        or _heads_next(stretch, at)
    )


def _heads_next(stretch: Stretch, at: int) -> bool:
    """Tell whether headings come again here, perhaps below a title."""
    for start in (at, at + 1):
        parts = [part_of(block.text) for block in stretch.blocks[start : start + 3]]
        if start + 3 <= stretch.end and all(parts) and parts[0] and parts[0].role is Role.NAME:
            return True
    return False


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
    """Tell whether no row follows, because no value does."""
    return at >= stretch.end or at > stretch.last_value


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
            return is_unit(block.text) and cell_value(block) is None
        case Role.PERIOD:
            return read_period(block.text) is not None
        case Role.PASSED | Role.SIGN | Role.AREA:
            return not heads
        case Role.VALUE | Role.REST:
            aimed = column.word is Word.AIMED and read_value(block.text).meaning is Meaning.TEXT
            return cell_value(block) is not None or (aimed and not block.text[0].isdigit())


def _row(blocks: Sequence[Block]) -> GridRow:
    return GridRow(tuple(GridCell(block.text) for block in blocks), blocks[0].where)


def _between(block: Block, width: int) -> GridRow:
    """Give a text between the rows as a row: it may be the heading of those below it."""
    return GridRow((GridCell(block.text), *[GridCell("")] * (width - 1)), block.where)


def _refuse(blocks: Sequence[Block], width: int) -> Refusal:
    return Refusal(
        blocks[0].where,
        f"Cellen {listed([block.text[:80] for block in blocks], most=_MOST_TOLD)}.",
        f"Hier zijn cellen weggevallen of bijgekomen: een rij heeft er {width}. Niet te zien is "
        "welke waarde bij welke kolom hoort.",
        BY_HAND,
    )
