"""Reads a table whose cells have a place: a table of an HTML page, or text with tabs."""

from collections.abc import Sequence

from meedoen.rules.budget.blocks import Block, GridRow
from meedoen.rules.budget.columns import (
    Column,
    Piece,
    UnreadableHeadingsError,
    heading_piece,
    read_columns,
)
from meedoen.rules.budget.headings import Document
from meedoen.rules.budget.html_words import WRITE_OUT
from meedoen.rules.budget.money import MONEY_ADVICE, MONEY_REASON, is_about_money
from meedoen.rules.budget.page import Refusal
from meedoen.rules.budget.rows import BY_HAND, ReadTable, read_row
from meedoen.rules.budget.values import read_value
from meedoen.rules.budget.wording import listed

_MOST_HEADING_ROWS = 2
_FIX_HEADINGS = (
    "Geef elke kolom een opschrift met een woord (behaald, begroting, beoogd) en een jaar, "
    "of vul deze tabel met de hand in."
)


def read_grid(block: Block, document: Document | None, *, section: str) -> ReadTable:
    """Read a table whose first column has the names and whose other columns have values.

    ``section`` is the heading the table stands under. A table that is laid out another way,
    or whose headings leave room for doubt, is refused as a whole.
    """
    rows = tuple(row for row in block.rows if any(cell.text for cell in row.cells))
    if block.problem or not rows:
        return _refuse(block, rows, block.problem or "In deze tabel staat niets.")
    try:
        columns, body = _columns(rows, document)
    except UnreadableHeadingsError as error:
        return _refuse(block, rows, str(error))
    headings = [section, *(row.cells[0].text for row in rows[: len(rows) - len(body)])]
    if is_about_money(headings=headings, names=(row.cells[0].text for row in body)):
        return _refuse(block, rows, MONEY_REASON, MONEY_ADVICE)
    if any(len(row.cells) > len(columns) + 1 for row in body):
        return _refuse(block, rows, "Een rij heeft meer cellen dan er kolommen zijn.")
    read = [_row(row, columns) for row in body]
    return ReadTable(
        tuple(row for table in read for row in table.rows),
        tuple(refusal for table in read for refusal in table.refused),
    )


def _columns(
    rows: Sequence[GridRow], document: Document | None
) -> tuple[tuple[Column, ...], Sequence[GridRow]]:
    """Take as many rows as the headings need: words and years in one row, or words above years."""
    reason = UnreadableHeadingsError("Deze tabel heeft geen rijen onder de opschriften.")
    for count in range(1, min(_MOST_HEADING_ROWS, len(rows) - 1) + 1):
        try:
            return read_columns(_pieces(rows[:count]), document), rows[count:]
        except UnreadableHeadingsError as error:
            reason = error if count == 1 else reason
    raise reason


def _pieces(rows: Sequence[GridRow]) -> list[Piece]:
    if len({len(row.cells) for row in rows}) > 1:
        raise UnreadableHeadingsError("De rijen met opschriften zijn niet even lang.")
    if any(heading_piece(row.cells[0].text) for row in rows):
        raise UnreadableHeadingsError("Boven de namen van de rijen staat een woord of een jaar.")
    if doubt := next((cell.doubt for row in rows for cell in row.cells[1:] if cell.doubt), ""):
        raise UnreadableHeadingsError(f"Een opschrift van een kolom is niet zeker. {doubt}")
    pieces: list[Piece] = []
    for text in (cell.text for row in rows for cell in row.cells[1:]):
        piece = heading_piece(text)
        if piece is None:
            raise UnreadableHeadingsError(f"Het opschrift “{text}” is niet te lezen.")
        pieces.append(piece)
    return pieces


def _row(row: GridRow, columns: Sequence[Column]) -> ReadTable:
    name, values = row.cells[0].text, [read_value(cell.text) for cell in row.cells[1:]]
    shown = listed([value.shown for value in values if value.shown])
    reason, advice = next((cell.doubt for cell in row.cells if cell.doubt), ""), BY_HAND
    if reason:
        advice = WRITE_OUT
    elif any(cell.stretched for cell in row.cells):
        reason = "Een cel van deze rij loopt door over andere cellen."
    elif not name:
        reason = "Deze rij heeft geen naam."
    elif not shown and len(values) == len(columns):
        reason = "Deze rij heeft geen waarden: het is een tussenkop of een lege rij."
    if reason:
        what = f"Rij “{name}”: {shown or 'geen waarden'}."
        return ReadTable(refused=(Refusal(row.where, what, reason, advice),))
    return read_row(name, values, columns, row.where)


def _refuse(
    block: Block, rows: Sequence[GridRow], why: str, what_to_do: str = _FIX_HEADINGS
) -> ReadTable:
    names = listed([row.cells[0].text for row in rows if row.cells[0].text], most=5)
    what = f"De tabel met {names or 'lege rijen'} ({len(rows)} rijen), in haar geheel."
    return ReadTable(refused=(Refusal(block.where, what, why, what_to_do),))
