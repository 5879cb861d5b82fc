"""Reads a table whose cells have a place: of HTML, of a workbook, or text with signs between."""

from collections.abc import Iterator, Sequence

from meedoen.rules.budget.blocks import Block, GridRow
from meedoen.rules.budget.captions import Figures, doubt_of_caption
from meedoen.rules.budget.columns import UnreadableHeadingsError
from meedoen.rules.budget.grid_columns import (
    Below,
    GridColumn,
    heading_rows,
    heads_columns,
    is_caption,
    is_title,
    read_headings,
)
from meedoen.rules.budget.grid_rows import read_body
from meedoen.rules.budget.groups import doubts_of_rows
from meedoen.rules.budget.headings import Document
from meedoen.rules.budget.money import (
    MONEY_ADVICE,
    MONEY_REASON,
    Named,
    counts_itself,
    heads_money,
    is_money_row,
    refuse_among_money,
)
from meedoen.rules.budget.page import Refusal
from meedoen.rules.budget.roles import Role
from meedoen.rules.budget.rows import ReadTable
from meedoen.rules.budget.turned_grids import turned
from meedoen.rules.budget.wording import listed

_FIX_HEADINGS = (
    "Geef elke kolom een opschrift met een woord (behaald, begroting, beoogd) en een jaar, "
    "of vul deze tabel met de hand in."
)
_Part = tuple[Sequence[GridRow], Sequence[GridRow]]


def read_grid(block: Block, document: Document | None, *, above: Sequence[str]) -> ReadTable:
    """Read a table with headings above its columns, once or again after a page break.

    ``above`` is the heading the table stands under, and short texts right above it. A table that
    is laid out another way, or whose headings leave room for doubt, is refused as a whole.
    """
    rows = tuple(row for row in block.rows if any(cell.text for cell in row.cells))
    if block.problem or not rows:
        return _refuse(block, rows, block.problem or "In deze tabel staat niets.")
    start = _start(rows)
    above = [*above, *(next(cell.text for cell in row.cells if cell.text) for row in rows[:start])]
    tables = [_read(block, head, body, document, above) for head, body in _parts(rows[start:])]
    return ReadTable(
        tuple(row for table in tables for row in table.rows),
        tuple(refusal for table in tables for refusal in table.refused),
    )


def _start(rows: Sequence[GridRow]) -> int:
    """Say where the headings begin: below captions and titles over the whole table."""
    return next((n for n, row in enumerate(rows) if not (is_caption(row) or is_title(row))), 0)


def _parts(rows: Sequence[GridRow]) -> Iterator[_Part]:
    """Cut a table where other headings begin; headings that come again are left out."""
    count = heading_rows(rows)
    head = rows[:count]
    body: list[GridRow] = []
    at = count
    while at < len(rows):
        if _texts(rows[at]) in map(_texts, head):
            at += 1
        elif len(rows[at].cells) > 1 and heads_columns(rows[at]):
            yield head, body
            count = heading_rows(rows[at:])
            head, body = rows[at : at + count], []
            at += count
        else:
            body.append(rows[at])
            at += 1
    yield head, body


def _texts(row: GridRow) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)


def _read(
    block: Block,
    head: Sequence[GridRow],
    body: Sequence[GridRow],
    document: Document | None,
    above: Sequence[str],
) -> ReadTable:
    rows = (*head, *body)
    if around := turned(head, body):
        head, body = around[:1], around[1:]
    columns: Sequence[GridColumn] = ()
    try:
        columns = read_headings(head, document)
        why = _why_not(head, body, columns, above)
    except UnreadableHeadingsError as error:
        why = str(error)
    name_at = Below(columns, document).name_at
    named = [_named(row, name_at) for row in body]
    money = any(map(is_money_row, named))
    headings = [*above, *(cell.text for row in head for cell in row.cells)]
    if heads_money(headings) or (money and not any(map(counts_itself, named))):
        return _refuse(block, rows, MONEY_REASON, MONEY_ADVICE)
    if why:
        return _refuse(block, rows, why)
    below = Below(columns, document)
    return _among_money(body, below) if money else read_body(body, below)


def _among_money(body: Sequence[GridRow], below: Below) -> ReadTable:
    """Read the rows that say what they count; refuse those of money and those in doubt."""
    counted: list[tuple[GridRow, str]] = []
    refused: list[Refusal] = []
    for row, doubt in zip(body, doubts_of_rows(body, below), strict=True):
        named = _named(row, below.name_at)
        if counts_itself(named):
            counted.append((row, doubt))
        elif any(named[1]):
            refused.append(refuse_among_money(named, row.where))
    read = read_body([row for row, _ in counted], below, [doubt for _, doubt in counted])
    return ReadTable(read.rows, (*read.refused, *refused))


def _named(row: GridRow, name_at: int) -> Named:
    """Give the name of a row and its cells; what stands before the name may tell of money too."""
    texts = [cell.text for cell in row.cells]
    at = name_at if name_at < len(texts) and not is_money_row((texts[0], ())) else 0
    return texts[at], texts[at + 1 :]


def _why_not(
    head: Sequence[GridRow],
    body: Sequence[GridRow],
    columns: Sequence[GridColumn],
    above: Sequence[str],
) -> str:
    """Say why a table cannot be read although its headings can; empty when it can."""
    if not body:
        return "Deze tabel heeft geen rijen onder de opschriften."
    if any(_is_longer(row, len(columns)) for row in body):
        return "Een rij heeft meer cellen dan er kolommen zijn."
    if _has_cells_without_heading(head, body):
        return "Boven een kolom met waarden staat geen opschrift."
    return doubt_of_caption(above, _figures(body, Below(columns, None)))


def _figures(body: Sequence[GridRow], below: Below) -> Figures:
    figures = [at for at, one in enumerate(below.columns) if one.role is Role.VALUE]
    rows = [
        (below.name_of(row), [row.cells[at].text for at in figures if at < len(row.cells)])
        for row in body
    ]
    return Figures(below.columns, rows)


def _is_longer(row: GridRow, width: int) -> bool:
    return any(cell.text for cell in row.cells[width:])


def _has_cells_without_heading(head: Sequence[GridRow], body: Sequence[GridRow]) -> bool:
    width = len(head[0].cells)
    bare = [at for at in range(1, width) if not any(row.cells[at].text for row in head)]
    return any(row.cells[at].text for row in body for at in bare if at < len(row.cells))


def _refuse(
    block: Block, rows: Sequence[GridRow], why: str, what_to_do: str = _FIX_HEADINGS
) -> ReadTable:
    names = listed([row.cells[0].text for row in rows if row.cells[0].text], most=5)
    what = f"De tabel met {names or 'lege rijen'} ({len(rows)} rijen), in haar geheel."
    return ReadTable(refused=(Refusal(block.where, what, why, what_to_do),))
