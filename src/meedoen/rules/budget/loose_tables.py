"""Reads tables of which only loose cells are left: each cell a paragraph of its own.

That is how a table arrives in copied text. A blank cell leaves no trace there, so a row is
read only when it has exactly one value for every column, and nothing is ever moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from meedoen.rules.budget.blocks import Block, BlockKind
from meedoen.rules.budget.columns import (
    Column,
    Piece,
    UnreadableHeadingsError,
    heading_piece,
    heads_first_column,
    read_columns,
)
from meedoen.rules.budget.headings import Document, document_of, goal_heading, section_kind
from meedoen.rules.budget.loose_parts import (
    AS_HTML,
    NO_CELL,
    LooseTable,
    Stretch,
    cell_value,
    ends_sentence,
    is_prose,
    refuse_whole,
)
from meedoen.rules.budget.money import MONEY_ADVICE, MONEY_REASON, is_about_money
from meedoen.rules.budget.page import Refusal, SectionKind
from meedoen.rules.budget.rows import BY_HAND, ReadTable, read_row
from meedoen.rules.budget.values import Meaning, Value, read_value
from meedoen.rules.budget.wording import listed

_DOUBTFUL = {Meaning.DATED, Meaning.WORDED_NUMBER, Meaning.UNCERTAIN}


@dataclass(frozen=True, slots=True)
class _Row:
    name: Block
    values: tuple[Value, ...]


def read_loose_table(
    stretch: Stretch, start: int, document: Document | None, *, after_table: bool
) -> LooseTable | None:
    """Read the table whose headings begin at ``start``; None when no table begins there.

    ``after_table``: the block above is the last cell of another table, so no heading.
    """
    pieces = _pieces(stretch.blocks, start, stretch.end)
    below = start + len(pieces)
    if not _begins_table(stretch, pieces, below):
        return None
    stop = max(below, stretch.last_value + 1)
    whole = stretch.blocks[start:stop]
    try:
        if not after_table and start:
            _check_above(stretch.blocks[start - 1])
        columns = read_columns(pieces, document)
        rows, after, empty = _rows(stretch.blocks, below, stretch.end, len(columns))
    except UnreadableHeadingsError as error:
        return LooseTable(stop, refuse_whole(whole, str(error)))
    if is_about_money(headings=[stretch.section], names=(row.name.text for row in rows)):
        return LooseTable(stop, refuse_whole(whole, MONEY_REASON, MONEY_ADVICE))
    read = [_read(row, columns) for row in rows]
    refused = [*(refusal for part in read for refusal in part.refused), *map(_refuse_empty, empty)]
    found = tuple(row for part in read for row in part.rows)
    return LooseTable(after, ReadTable(found, tuple(refused)))


def _begins_table(stretch: Stretch, pieces: Sequence[Piece], below: int) -> bool:
    """Tell whether pieces head a table: one alone may as well be a word in the text."""
    if not pieces:
        return False
    if pieces[0].word is None:
        return _heads_years(stretch, pieces, below)
    if len(pieces) > 1 or (below < stretch.end and _begins_row(stretch.blocks, below, stretch.end)):
        return True
    return stretch.kind is SectionKind.INDICATORS and pieces[0].year is not None


def _heads_years(stretch: Stretch, pieces: Sequence[Piece], below: int) -> bool:
    """Tell whether years without a word head columns: then a usual heading stands before them."""
    above = below - len(pieces) - 1
    return (
        len(pieces) > 1
        and all(piece.word is None for piece in pieces)
        and above >= 0
        and heads_first_column(stretch.blocks[above].text)
    )


def refuse_loose_values(blocks: Sequence[Block], kind: SectionKind | None) -> Refusal | None:
    """Refuse values that stand in a stretch of blocks without headings that explain them.

    Signs alone, such as a dash under a heading, are no figures and are left as text; beside a
    name in a section of indicators they are refused.
    """
    found = [
        (block, value)
        for block in blocks
        if block.kind is BlockKind.PARAGRAPH
        for value in map(read_value, block.lines)
        if value.meaning not in NO_CELL | {Meaning.WORDED_NUMBER}
    ]
    figures = any(sign.isdigit() for _, value in found for sign in value.shown)
    named = kind is SectionKind.INDICATORS and len(blocks) > len(found)
    if not found or not (figures or named):
        return None
    return Refusal(
        found[0][0].where,
        f"Losse waarden: {listed([value.shown for _, value in found])}.",
        "Bij deze waarden zijn geen kolommen met een woord en een jaar te vinden.",
        AS_HTML,
    )


def _pieces(blocks: Sequence[Block], start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    for at in range(start, end):
        block = blocks[at]
        piece = heading_piece(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if piece is None:
            break
        pieces.append(piece)
    return pieces


def _check_above(above: Block) -> None:
    """Refuse when what stands right above the headings may be a heading of a column too."""
    if not (
        above.kind in {BlockKind.LIST, BlockKind.GRID}
        or goal_heading(above)
        or section_kind(above)
        or document_of(above.text)
        or heads_first_column(above.text)
        or is_prose(above)
    ):
        raise UnreadableHeadingsError(
            f"Boven de kolommen staat “{above.text}”; dat kan ook een opschrift zijn."
        )


def _rows(
    blocks: Sequence[Block], start: int, end: int, width: int
) -> tuple[list[_Row], int, list[Block]]:
    """Give the rows, the index after them, and the names that have no values at all."""
    rows: list[_Row] = []
    empty: list[Block] = []
    at = start
    while at < end and _can_be_name(blocks[at]):
        values = _values(blocks, at + 1, end)
        if not values:
            if rows and width > 1 and at + 2 < end and _begins_row(blocks, at + 1, end):
                empty.append(blocks[at])
                at += 1
                continue
            if rows and not ends_sentence(blocks[at]):
                empty.append(blocks[at])
            break
        if _are_years(values):
            break
        if len(values) > width:
            raise UnreadableHeadingsError(
                f"Bij “{blocks[at].text}” staan {len(values)} waarden, meer dan er kolommen zijn."
            )
        rows.append(_Row(blocks[at], values))
        at += 1 + len(values)
    if not rows:
        raise UnreadableHeadingsError(_no_row(blocks[start:end]))
    return rows, at, empty


def _no_row(below: Sequence[Block]) -> str:
    if not below:
        return "Onder de opschriften staan geen rijen."
    return f"Na de opschriften staat “{below[0].text[:80]}”; dat is geen rij met waarden."


def _can_be_name(block: Block) -> bool:
    return (
        block.kind is BlockKind.PARAGRAPH
        and cell_value(block) is None
        and heading_piece(block.text) is None
        and not heads_first_column(block.text)
        and not is_prose(block)
    )


def _begins_row(blocks: Sequence[Block], at: int, end: int) -> bool:
    values = _values(blocks, at + 1, end)
    return _can_be_name(blocks[at]) and bool(values) and not _are_years(values)


def _values(blocks: Sequence[Block], start: int, end: int) -> tuple[Value, ...]:
    values: list[Value] = []
    for at in range(start, end):
        value = cell_value(blocks[at])
        if value is None:
            break
        values.append(value)
    return tuple(values)


def _are_years(values: Sequence[Value]) -> bool:
    """Tell whether values are years in a row: then they head columns of a next table."""
    years = [piece.year for piece in (heading_piece(value.shown) for value in values) if piece]
    if len(values) < 2 or len(years) < len(values):
        return False
    return all(later == (year or 0) + 1 for year, later in pairwise(years))


def _read(row: _Row, columns: Sequence[Column]) -> ReadTable:
    doubtful = [value.shown for value in row.values if value.meaning in _DOUBTFUL]
    if doubtful and len(row.values) == len(columns):
        shown = listed([value.shown for value in row.values])
        refusal = Refusal(
            row.name.where,
            f"Rij “{row.name.text}”: {shown}.",
            f"Niet zeker is of {listed(doubtful)} een waarde is of een deel van een naam.",
            BY_HAND,
        )
        return ReadTable(refused=(refusal,))
    return read_row(row.name.text, row.values, columns, row.name.where)


def _refuse_empty(block: Block) -> Refusal:
    return Refusal(
        block.where,
        f"“{block.text}”: geen enkele waarde.",
        "Dit staat bij de rijen van de tabel, maar er volgen geen waarden. Het kan een lege rij "
        "zijn, een tussenkop, of het begin van de naam eronder.",
        BY_HAND,
    )
