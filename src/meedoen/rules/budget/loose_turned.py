"""Reads loose cells of a table with a year down the side and indicators above its columns.

Each row then begins with a word and a year, so that a lost cell is seen at once: the table is
read only when between those there are always as many values as there are indicators.
"""

from collections.abc import Sequence
from itertools import takewhile

from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow
from meedoen.rules.budget.grids import read_grid
from meedoen.rules.budget.headings import Document
from meedoen.rules.budget.loose_parts import (
    LooseTable,
    Stretch,
    cell_value,
    is_prose,
    refuse_whole,
)
from meedoen.rules.budget.roles import Role, part_of

_LEAST = 2
_LOST = (
    "In deze tabel zijn cellen weggevallen. Niet te zien is bij welke indicator een waarde hoort."
)


def read_loose_turned(stretch: Stretch, start: int, document: Document | None) -> LooseTable | None:
    """Read the table whose headings begin at ``start``; None when they are not of this kind."""
    corner = part_of(stretch.blocks[start].text)
    if corner is None or corner.role not in {Role.NAME, Role.PERIOD}:
        return None
    after = stretch.from_here(start)[1:]
    below = start + 1 + sum(1 for _ in takewhile(_is_indicator, after))
    width = below - start
    rows = _rows(stretch, below)
    if width < _LEAST or len(rows) < _LEAST:
        return None
    stop = below + sum(map(len, rows))
    if any(len(row) != width for row in rows):
        return LooseTable(stop, refuse_whole(stretch.blocks[start:stop], _LOST))
    lines = [stretch.blocks[start:below], *rows]
    grid = Block(BlockKind.GRID, stretch.blocks[start].where, rows=tuple(map(_line, lines)))
    return LooseTable(stop, read_grid(grid, document, above=[stretch.section]))


def _is_indicator(block: Block) -> bool:
    return (
        block.kind is BlockKind.PARAGRAPH
        and part_of(block.text) is None
        and cell_value(block) is None
        and not is_prose(block)
    )


def _rows(stretch: Stretch, below: int) -> list[Sequence[Block]]:
    rows: list[Sequence[Block]] = []
    at = below
    while at < stretch.end and _is_dated(stretch.blocks[at]):
        after = at + 1
        while (
            after < stretch.end
            and cell_value(stretch.blocks[after])
            and not (_is_dated(stretch.blocks[after]) and after - at > 1)
        ):
            after += 1
        rows.append(stretch.blocks[at:after])
        at = after
    return rows


def _is_dated(block: Block) -> bool:
    part = part_of(block.text) if block.kind is BlockKind.PARAGRAPH else None
    return part is not None and part.role is Role.VALUE and part.period is not None


def _line(blocks: Sequence[Block]) -> GridRow:
    return GridRow(tuple(GridCell(block.text) for block in blocks), blocks[0].where)
