"""Reads tables of which only loose cells are left: each cell a paragraph of its own.

That is how a table arrives in copied text. A blank cell leaves no trace there, so a row is
read only when it has exactly one value for every column, and nothing is ever moved.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow
from meedoen.rules.budget.captions import Figures, doubt_of_caption
from meedoen.rules.budget.columns import UnreadableHeadingsError
from meedoen.rules.budget.grid_columns import Below, GridColumn
from meedoen.rules.budget.grid_rows import is_below, read_body
from meedoen.rules.budget.groups import Grouped, doubts_of_groups
from meedoen.rules.budget.headings import Document
from meedoen.rules.budget.loose_heads import LooseHead, head_columns, loose_head, no_signs
from meedoen.rules.budget.loose_parts import (
    AS_HTML,
    NO_CELL,
    LooseTable,
    Stretch,
    cell_value,
    is_prose,
    is_unit,
    refuse_whole,
)
from meedoen.rules.budget.loose_rows import (
    FIGURES,
    LooseRow,
    are_years,
    can_be_name,
    find_rows,
    run_of_values,
    texts_until_value,
)
from meedoen.rules.budget.money import (
    MONEY_ADVICE,
    MONEY_REASON,
    Named,
    counts_itself,
    heads_money,
    is_money_row,
    refuse_among_money,
)
from meedoen.rules.budget.page import Refusal, SectionKind
from meedoen.rules.budget.roles import Role, heads_areas
from meedoen.rules.budget.rows import BY_HAND, ReadTable, lost_cells
from meedoen.rules.budget.units import short_unit, unit_in
from meedoen.rules.budget.values import Meaning, Value, read_value, unit_of_bound
from meedoen.rules.budget.wording import listed

_DOUBTFUL = {Meaning.DATED, Meaning.WORDED_NUMBER, Meaning.UNCERTAIN}
_NO_UNIT = (
    "“{}” staat op de plaats van de eenheid, maar is geen eenheid die te herkennen is. Misschien "
    "is er een cel weggevallen."
)
_AREAS = "Onder “{}” staan gebieden, en geen indicatoren."
_LIGHT = re.compile(
    r"(?:groen|oranje|geel|rood|blauw|grijs|wit)(?:e? licht)?"
    r"|(?:niet |nog niet )?op (?:koers|schema)|loopt (?:achter|voor)|in gevaar"
    r"|[\u2190-\u2199\u25b2\u25bc\u25b6\u25c0]",
    re.IGNORECASE,
)
"""A light or an arrow that is in the text as a word or a sign."""
_QUESTION = re.compile(r"wat\s", re.IGNORECASE)
"""What heads a column as well as a section: ``Wat hebben we bereikt?``"""
_ABOVE = 2
"""How many blocks above a table may say that it is of money."""


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
        lights = _lights(stretch, below)
        if head.signs and not lights:
            raise no_signs(head.signs[0])
        rows, after = find_rows(stretch, below, columns)
        if head.signs and lights != len(head.signs) * sum(bool(row.values) for row in rows):
            raise no_signs(head.signs[0])
    except UnreadableHeadingsError as error:
        if _is_money(stretch, above, whole, []):
            return LooseTable(stop, refuse_whole(whole, MONEY_REASON, MONEY_ADVICE))
        return LooseTable(stop, refuse_whole(whole, str(error)))
    if _is_money(stretch, above, whole[: head.length], rows):
        return LooseTable(stop, refuse_whole(whole, MONEY_REASON, MONEY_ADVICE))
    texts = [stretch.section, *(block.text for block in above if not is_prose(block))]
    texts += [part.text for part in head.before]
    before = "" if head.names else stretch.blocks[max(0, start - 1)].text
    if doubt := _doubt(texts, columns, rows, before):
        return LooseTable(stop, refuse_whole(whole, doubt))
    money = any(is_money_row(_named(row)) for row in rows)
    read = [_read(row, columns, document, money=money) for row in _in_groups(rows, columns)]
    return LooseTable(
        after,
        ReadTable(
            tuple(row for part in read for row in part.rows),
            tuple(refusal for part in read for refusal in part.refused),
        ),
    )


def _lights(stretch: Stretch, below: int) -> int:
    """Count the lights and arrows that are in the text as a word or a sign: one for each row."""
    return sum(bool(_LIGHT.fullmatch(block.text)) for block in stretch.blocks[below : stretch.end])


def _is_money(
    stretch: Stretch, above: Sequence[Block], head: Sequence[Block], rows: Sequence[LooseRow]
) -> bool:
    amounts = [read_value(block.text) for row in rows for block in row.values]
    money = sum(value.meaning is Meaning.AMOUNT for value in amounts)
    headings = [stretch.section, *(block.text for block in (*above, *head) if not is_prose(block))]
    if heads_money(headings) or (money and 2 * money >= len(amounts)):
        return True
    named = list(map(_named, rows))
    return any(map(is_money_row, named)) and not any(map(counts_itself, named))


def _named(row: LooseRow) -> Named:
    return row.name.text, [block.text for block in row.values]


def _begins_table(stretch: Stretch, start: int, head: LooseHead) -> bool:
    """Tell whether headings head a table: one alone may as well be a word in the text."""
    below = start + head.length
    if head.before and not head.names:
        return False
    first = head.values[0]
    texts = texts_until_value(stretch, below)
    if head.names and texts == len(head.before) - 1 and _QUESTION.match(head.before[0].text):
        return False  # The headings begin one further.
    if head.names:
        return texts >= _columns_before(head)
    if first.word is None and first.entity is None:
        return False
    if len(head.values) > 1 or (below < stretch.end and _begins_row(stretch, below)):
        return True
    return stretch.kind is SectionKind.INDICATORS and first.period is not None


def _columns_before(head: LooseHead) -> int:
    """Say how many texts a row has before its values; of titles above headings one is enough."""
    names = sum(part.role is Role.NAME for part in head.before)
    return len(head.before) if names > 1 else 1


def _begins_row(stretch: Stretch, at: int) -> bool:
    values = run_of_values(stretch, at + 1, 1)
    return can_be_name(stretch.blocks[at]) and bool(values) and not are_years(values)


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
        if value.meaning not in NO_CELL | {Meaning.WORDED_NUMBER} and not unit_of_bound(value.shown)
    ]
    figures = any(sign.isdigit() for _, value in found for sign in value.shown)
    named = kind is SectionKind.INDICATORS and len(blocks) > len(found)
    if not found or not (figures or named):
        return None
    names = listed(_texts_before_values(blocks))
    return Refusal(
        found[0][0].where,
        f"Losse waarden: {listed([value.shown for _, value in found])}"
        f"{f', achter {names}' if names else ''}.",
        "Bij deze waarden zijn geen kolommen met een woord en een jaar te vinden.",
        AS_HTML,
    )


def _texts_before_values(blocks: Sequence[Block]) -> list[str]:
    """Give the short texts that stand right before values: the names of rows are among them."""
    texts: list[str] = []
    for before, block in pairwise(blocks):
        short = before.kind is BlockKind.PARAGRAPH and not is_prose(before)
        if short and cell_value(before) is None and cell_value(block) is not None:
            texts.append(before.text)
    return texts


def _doubt(
    above: Sequence[str], columns: Sequence[GridColumn], rows: Sequence[LooseRow], before: str
) -> str:
    if heads_areas(before):
        return _AREAS.format(before)
    told = [(_name(row, columns), [one.text for one in row.values]) for row in rows if row.values]
    return doubt_of_caption(above, Figures(columns, told))


def _in_groups(rows: Sequence[LooseRow], columns: Sequence[GridColumn]) -> list[LooseRow]:
    """Doubt the rows of which only a heading between the rows tells what they are."""
    group = ""
    grouped: list[Grouped] = []
    for row in rows:
        group = next((one.text for one in reversed(row.left) if not is_below(one.text)), group)
        grouped.append(Grouped(_name(row, columns), group) if row.values else Grouped(""))
    doubts = doubts_of_groups(grouped)
    return [
        replace(row, problem=row.problem or doubt) for row, doubt in zip(rows, doubts, strict=True)
    ]


def _name(row: LooseRow, columns: Sequence[GridColumn]) -> str:
    at = next(at for at, one in enumerate(columns) if one.role is Role.NAME)
    return _texts(row, columns)[at]


def _texts(row: LooseRow, columns: Sequence[GridColumn]) -> list[str]:
    """Give the texts before the values, each in the place of its column; blank where lost."""
    first = next(at for at, one in enumerate(columns) if one.role in FIGURES)
    texts = ["", *(block.text for block in row.texts)][-first:]
    return [*[""] * (first - len(texts)), *texts]


def _read(
    row: LooseRow, columns: Sequence[GridColumn], document: Document | None, *, money: bool
) -> ReadTable:
    """Read a row, with the texts left over before it; ``money`` when others give amounts."""
    left = [block for block in row.left if not is_below(block.text)]
    if not row.values:
        return ReadTable(refused=(_refuse_empty(row.texts),))
    if money and not counts_itself(_named(row)):
        read = ReadTable(refused=(refuse_among_money(_named(row), row.name.where),))
    else:
        read = _whole(row, columns, document)
    return ReadTable(read.rows, (*([_refuse_empty(left)] if left else ()), *read.refused))


def _whole(row: LooseRow, columns: Sequence[GridColumn], document: Document | None) -> ReadTable:
    figures = [at for at, one in enumerate(columns) if one.role in FIGURES]
    values = [read_value(block.text) for block in row.values]
    texts, name = _texts(row, columns), _name(row, columns)
    unit_at = next((at for at, one in enumerate(columns) if one.role is Role.UNIT), None)
    if row.problem:
        return _refused(row, name, values, row.problem)
    unit = texts[unit_at] if unit_at is not None and unit_at < len(texts) else None
    if unit is not None and not is_unit(unit, below=texts[(unit_at or 0) - 1]):
        return _refused(row, name, values, _NO_UNIT.format(unit))
    if len(values) < len(figures):
        known = [column for column in columns if column.role is Role.VALUE]
        kinds = {column.kind for column in known}
        kind = kinds.pop() if len(kinds) == 1 else None
        labels = [column.label for column in known]
        lost = lost_cells(name, values, labels, kind, row.name.where)
        if not unit:
            return lost
        rows = tuple(replace(one, unit=short_unit(unit, name)) for one in lost.rows)
        return replace(lost, rows=rows)
    doubtful = [value.shown for value in values if value.meaning in _DOUBTFUL]
    if doubtful and not (_same_words(values) or _counts_what_is_named(values, name)):
        why = f"Niet zeker is of {listed(doubtful)} een waarde is of een deel van een naam."
        return _refused(row, name, values, why)
    cells = [*texts, *(value.shown for value in values)]
    cells += [""] * (len(columns) - len(cells))
    line = GridRow(tuple(map(GridCell, cells)), row.name.where)
    return read_body([line], Below(columns, document))


def _same_words(values: Sequence[Value]) -> bool:
    """Tell whether all numbers of a row, more than one, have the same words behind them."""
    numbers = [value for value in values if value.meaning in _DOUBTFUL or value.number is not None]
    units = {_unit_behind(value) for value in numbers}
    return len(numbers) > 1 and len(units) == 1 and "" not in units


def _counts_what_is_named(values: Sequence[Value], name: str) -> bool:
    """Tell whether every doubtful value counts what the name is about: ``88 kinderen``."""
    named = {word.casefold() for word in re.findall(r"[^\W\d_]+", name)}
    units = {_unit_behind(value) for value in values if value.meaning in _DOUBTFUL}
    return len(units) == 1 and units <= named


def _unit_behind(value: Value) -> str:
    worded = value.meaning in {Meaning.WORDED_NUMBER, Meaning.BOUND}
    return unit_in(value.shown) if worded else ""


def _refused(row: LooseRow, name: str, values: Sequence[Value], why: str) -> ReadTable:
    shown = listed([value.shown for value in values])
    called = name or " / ".join(block.text for block in row.texts)
    refusal = Refusal(row.name.where, f"Rij “{called}”: {shown}.", why, BY_HAND)
    return ReadTable(refused=(refusal,))


def _refuse_empty(blocks: Sequence[Block]) -> Refusal:
    return Refusal(
        blocks[0].where,
        f"{listed([block.text for block in blocks])}: geen enkele waarde.",
        "Dit staat bij de rijen van de tabel, maar er volgen geen waarden. Het kan een lege rij "
        "zijn, een tussenkop, of het begin van de naam eronder.",
        BY_HAND,
    )
