"""Reads tables of which only loose cells are left: each cell a paragraph of its own.

That is how a table arrives in copied text. A blank cell leaves no trace there, so a row is
read only when it has exactly one value for every column, and nothing is ever moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow
from meedoen.rules.budget.columns import UnreadableHeadingsError
from meedoen.rules.budget.grid_columns import GridColumn
from meedoen.rules.budget.grid_rows import Below, is_below, read_body
from meedoen.rules.budget.headings import Document
from meedoen.rules.budget.loose_heads import LooseHead, head_columns, loose_head
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
from meedoen.rules.budget.periods import read_period
from meedoen.rules.budget.roles import Role, part_of
from meedoen.rules.budget.rows import BY_HAND, ReadTable, lost_cells
from meedoen.rules.budget.units import unit_in
from meedoen.rules.budget.values import Meaning, Value, read_value
from meedoen.rules.budget.wording import listed

_DOUBTFUL = {Meaning.DATED, Meaning.WORDED_NUMBER, Meaning.UNCERTAIN}
_ABOVE = 2
"""How many blocks above a table may say that it is of money."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it was found: the texts before its values, its values, and texts left over."""

    texts: tuple[Block, ...]
    values: tuple[Block, ...]
    left: tuple[Block, ...] = ()
    problem: str = ""

    @property
    def name(self) -> Block:
        return self.texts[-1]


def read_loose_table(stretch: Stretch, start: int, document: Document | None) -> LooseTable | None:
    """Read the table whose headings begin at ``start``; None when no table begins there."""
    head = loose_head(stretch, start)
    if head is None or not _begins_table(stretch, start, head):
        return None
    below = start + head.length
    stop = max(below, stretch.last_value + 1)
    above = stretch.blocks[max(0, start - _ABOVE) : start]
    whole = stretch.blocks[start:stop]
    try:
        columns = head_columns(head, document)
        rows, after = _rows(stretch, below, columns)
    except UnreadableHeadingsError as error:
        if _is_money(stretch, above, whole, []):
            return LooseTable(stop, refuse_whole(whole, MONEY_REASON, MONEY_ADVICE))
        return LooseTable(stop, refuse_whole(whole, str(error)))
    if _is_money(stretch, above, whole[: head.length], rows):
        return LooseTable(stop, refuse_whole(whole, MONEY_REASON, MONEY_ADVICE))
    read = [_read(row, columns, document) for row in rows]
    return LooseTable(
        after,
        ReadTable(
            tuple(row for part in read for row in part.rows),
            tuple(refusal for part in read for refusal in part.refused),
        ),
    )


def _is_money(
    stretch: Stretch, above: Sequence[Block], head: Sequence[Block], rows: Sequence[_Row]
) -> bool:
    amounts = [read_value(block.text) for row in rows for block in row.values]
    money = sum(value.meaning is Meaning.AMOUNT for value in amounts)
    headings = [stretch.section, *(block.text for block in (*above, *head) if not is_prose(block))]
    return (bool(money) and 2 * money >= len(amounts)) or is_about_money(
        headings=headings, names=(row.name.text for row in rows)
    )


def _begins_table(stretch: Stretch, start: int, head: LooseHead) -> bool:
    """Tell whether headings head a table: one alone may as well be a word in the text."""
    below = start + head.length
    if head.before and not head.names:
        return False
    first = head.values[0]
    if head.names:
        return _texts_until_value(stretch, below) >= _columns_before(head)
    if first.word is None and first.entity is None:
        return False
    if len(head.values) > 1 or (below < stretch.end and _begins_row(stretch, below)):
        return True
    return stretch.kind is SectionKind.INDICATORS and first.period is not None


def _columns_before(head: LooseHead) -> int:
    """Say how many texts a row has before its values; of titles above headings one is enough."""
    names = sum(part.role is Role.NAME for part in head.before)
    return len(head.before) if names > 1 else 1


def _texts_until_value(stretch: Stretch, below: int) -> int:
    """Count the texts before the first value; nothing when there is no value at all."""
    at = below
    while at < stretch.end and (at == below or cell_value(stretch.blocks[at]) is None):
        at += 1
    return at - below if at < stretch.end else 0


def _begins_row(stretch: Stretch, at: int) -> bool:
    values = _run(stretch, at + 1, 1)
    return _can_be_name(stretch.blocks[at]) and bool(values) and not _are_years(values)


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


def _rows(stretch: Stretch, below: int, columns: Sequence[GridColumn]) -> tuple[list[_Row], int]:
    """Give the rows and the index after them.

    Between the values of two rows stand the texts behind the first and before the second. When
    there are as many as there are columns for them, it is certain which one is the name.
    """
    figures = [at for at, one in enumerate(columns) if one.role in {Role.VALUE, Role.REST}]
    before, behind = figures[0], len(columns) - figures[-1] - 1
    numbered = _is_numbered(stretch, below)
    rows: list[_Row] = []
    texts: list[Block] = []
    at = below
    while at < stretch.end and not _stops(stretch, at, columns, rows):
        run = [] if not texts else _run(stretch, at, len(figures))
        if numbered and not texts and _is_number(stretch.blocks[at], len(rows) + 1):
            at += 1
            continue
        if not run:
            texts.append(stretch.blocks[at])
            at += 1
            continue
        most = before + (behind if rows else 0) + 1
        if _are_years(run) or (rows and len(_about_rows(texts)) > most):
            break
        at += len(run)
        if numbered and _is_number(run[-1], len(rows) + 2) and at < stretch.end:
            run = run[:-1]
        if len(run) > len(figures):
            raise UnreadableHeadingsError(
                f"Bij “{texts[-1].text}” staan {len(run)} waarden, meer dan er kolommen zijn."
            )
        rows.append(_placed(texts, run, before, behind if rows else 0, columns))
        texts = []
    if not rows:
        raise UnreadableHeadingsError(_no_row(stretch.blocks[below : stretch.end]))
    titled = at < stretch.end and len(texts) == behind + 1
    return _closed(rows, texts, at, behind, titled=titled)


def _about_rows(texts: Sequence[Block]) -> list[Block]:
    return [block for block in texts if not is_below(block.text)]


def _closed(
    rows: list[_Row], texts: Sequence[Block], at: int, behind: int, *, titled: bool
) -> tuple[list[_Row], int]:
    """Leave what stands below the last row to the page, but for its own texts and a lost name.

    ``titled``: one text right before the headings of a next table, which is its title.
    """
    left = texts[behind:]
    if left and not behind and not (ends_sentence(left[0]) or is_below(left[0].text) or titled):
        rows = [*rows, _Row((left[0],), ())]
        left = left[1:]
    return rows, at - len(left)


def _is_numbered(stretch: Stretch, below: int) -> bool:
    """Tell whether rows begin with their number, under a heading or without one."""
    return (
        below + 1 < stretch.end
        and _is_number(stretch.blocks[below], 1)
        and cell_value(stretch.blocks[below + 1]) is None
    )


def _is_number(block: Block, number: int) -> bool:
    return block.kind is BlockKind.PARAGRAPH and block.text in {f"{number}", f"{number}."}


def _stops(stretch: Stretch, at: int, columns: Sequence[GridColumn], rows: Sequence[_Row]) -> bool:
    """Tell whether the table ends here: at running text, or where headings come again."""
    block = stretch.blocks[at]
    if block.kind is not BlockKind.PARAGRAPH:
        return True
    if cell_value(block):
        return False
    part = part_of(block.text)
    names = part is not None and part.role in {Role.NAME, Role.UNIT, Role.PERIOD}
    heads = part is not None and part.role is Role.VALUE and (part.word or part.period)
    passed = any(column.role is Role.PASSED for column in columns)
    if names or (heads and not passed):
        return True
    return is_prose(block) and not (passed and at < stretch.last_value)


def _placed(
    texts: Sequence[Block],
    run: Sequence[Block],
    before: int,
    behind: int,
    columns: Sequence[GridColumn],
) -> _Row:
    """Say which texts are the row's own, and which are left over or leave doubt."""
    left = tuple(texts[behind:-before]) if len(texts) > before + behind else ()
    own = tuple(texts[-before:])
    name_is_last = columns[before - 1].role is Role.NAME
    if len(texts) == before + behind or (not behind and name_is_last):
        return _Row(own, tuple(run), left)
    return _Row(own, tuple(run), problem="Niet zeker is welke tekst de naam van deze rij is.")


def _run(stretch: Stretch, start: int, most: int) -> list[Block]:
    """Give the values that stand behind each other. Behind one, a letter is a value too."""
    values: list[Block] = []
    for at in range(start, stretch.end):
        block = stretch.blocks[at]
        letter = 0 < len(values) < most and len(block.text) == 1 and block.text.isupper()
        if cell_value(block) is None and not letter:
            break
        values.append(block)
    return values


def _no_row(below: Sequence[Block]) -> str:
    if not below:
        return "Onder de opschriften staan geen rijen."
    return f"Na de opschriften staat “{below[0].text[:80]}”; dat is geen rij met waarden."


def _can_be_name(block: Block) -> bool:
    return (
        block.kind is BlockKind.PARAGRAPH
        and cell_value(block) is None
        and part_of(block.text) is None
        and not is_prose(block)
    )


def _are_years(values: Sequence[Block]) -> bool:
    """Tell whether values are years in a row: then they head columns of a next table."""
    periods = [read_period(value.text) for value in values]
    years = [period.year or 0 for period in periods if period and not period.shown]
    if len(values) < 2 or len(years) < len(values):
        return False
    return all(later == year + 1 for year, later in pairwise(years))


def _read(row: _Row, columns: Sequence[GridColumn], document: Document | None) -> ReadTable:
    empty = tuple(_refuse_empty(block) for block in row.left if not is_below(block.text))
    if not row.values:
        return ReadTable(refused=(_refuse_empty(row.name),))
    read = _whole(row, columns, document)
    return ReadTable(read.rows, (*empty, *read.refused))


def _whole(row: _Row, columns: Sequence[GridColumn], document: Document | None) -> ReadTable:
    figures = [at for at, one in enumerate(columns) if one.role in {Role.VALUE, Role.REST}]
    values = [read_value(block.text) for block in row.values]
    name_at = next(at for at, one in enumerate(columns) if one.role is Role.NAME)
    texts = ["", *(block.text for block in row.texts)][-figures[0] :]
    texts = [*[""] * (figures[0] - len(texts)), *texts]
    name = texts[name_at]
    if row.problem:
        return _refused(row, name, values, row.problem)
    if len(values) < len(figures):
        known = [column for column in columns if column.role is Role.VALUE]
        kinds = {column.kind for column in known}
        kind = kinds.pop() if len(kinds) == 1 else None
        labels = [column.label for column in known]
        return lost_cells(name, values, labels, kind, row.name.where)
    doubtful = [value.shown for value in values if value.meaning in _DOUBTFUL]
    if doubtful and not _same_words(values):
        why = f"Niet zeker is of {listed(doubtful)} een waarde is of een deel van een naam."
        return _refused(row, name, values, why)
    cells = [*texts, *(value.shown for value in values)]
    cells += [""] * (len(columns) - len(cells))
    line = GridRow(tuple(map(GridCell, cells)), row.name.where)
    return read_body([line], Below(columns, document))


def _same_words(values: Sequence[Value]) -> bool:
    """Tell whether all numbers of a row, more than one, have the same words behind them."""
    numbers = [value for value in values if value.meaning in _DOUBTFUL or value.number is not None]
    worded = all(value.meaning is Meaning.WORDED_NUMBER for value in numbers)
    return worded and len(numbers) > 1 and len({unit_in(value.shown) for value in numbers}) == 1


def _refused(row: _Row, name: str, values: Sequence[Value], why: str) -> ReadTable:
    shown = listed([value.shown for value in values])
    refusal = Refusal(row.name.where, f"Rij “{name}”: {shown}.", why, BY_HAND)
    return ReadTable(refused=(refusal,))


def _refuse_empty(block: Block) -> Refusal:
    return Refusal(
        block.where,
        f"“{block.text}”: geen enkele waarde.",
        "Dit staat bij de rijen van de tabel, maar er volgen geen waarden. Het kan een lege rij "
        "zijn, een tussenkop, of het begin van de naam eronder.",
        BY_HAND,
    )
