"""Reads loose cells that name their own year, so that a lost one moves nothing.

A target with its date ("< 410 eind 2020") and one cell with a value for each year ("2019: -",
"2018: 436") belong to the name right before the target. Texts may stand among them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from meedoen.rules.budget.blocks import Block, BlockKind
from meedoen.rules.budget.cells import Dated, own_years
from meedoen.rules.budget.columns import UnreadableHeadingsError, Word, kind_of
from meedoen.rules.budget.headings import Document
from meedoen.rules.budget.loose_parts import LooseTable, Stretch, cell_value, is_prose
from meedoen.rules.budget.page import Cell, IndicatorRow, Refusal
from meedoen.rules.budget.roles import Part, Role, part_of
from meedoen.rules.budget.rows import BY_HAND, ReadTable, noted, refuse_without_unit
from meedoen.rules.budget.units import unit_of
from meedoen.rules.budget.values import Meaning, Value, read_value
from meedoen.rules.budget.wording import listed

_MOST_BETWEEN = 2
"""How many texts may stand between a target and the results: remarks in their cells."""
_CUT_OFF = re.compile(r"(?:19|20)[0-9]{2}\s?:?|[12][0-9]{0,2}")


def read_own_year_rows(
    stretch: Stretch, start: int, document: Document | None
) -> LooseTable | None:
    """Read the table whose headings begin at ``start``; None when they are not of this kind."""
    head = _headings(stretch, start)
    aimed = [part for part in head if part.word is Word.AIMED]
    achieved = [part for part in head if part.word in {Word.ACHIEVED, Word.RESULT}]
    if len(aimed) != 1 or len(achieved) != 1 or any(part.period for part in head):
        return None
    lists = [
        at
        for at in range(start + len(head), stretch.end)
        if _is_list(stretch.blocks[at]) or _cut_off(stretch, at)
    ]
    if not lists:
        return None
    rows: list[IndicatorRow] = []
    refused: list[Refusal] = []
    used = set(range(start, start + len(head)))
    for at in lists:
        target = _target_before(stretch.blocks, at, start + len(head))
        used |= set(range((at if target is None else target - 1), at + 1))
        read = _row(stretch, target, at, aimed[0], achieved[0], document)
        if isinstance(read, Refusal):
            refused.append(read)
            continue
        rows.append(replace(read, where=stretch.blocks[target - 1].where if target else ""))
        if not read.unit:
            refused.append(refuse_without_unit(read, stretch.blocks[at].where))
    stop = max(used) + 1
    between = tuple(stretch.blocks[at] for at in range(start, stop) if at not in used)
    refused += _unused(between)
    return LooseTable(stop, ReadTable(tuple(rows), tuple(refused)), text=between)


def _headings(stretch: Stretch, start: int) -> list[Part]:
    parts: list[Part] = []
    for block in stretch.from_here(start):
        part = part_of(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if part is None or (parts and part.role is Role.NAME):
            break
        parts.append(part)
    return parts if parts and parts[0].role is Role.NAME else []


def _is_list(block: Block) -> bool:
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    dated = own_years(block.text)
    return bool(dated) and all(one.value.meaning is not Meaning.BOUND for one in dated)


def _cut_off(stretch: Stretch, at: int) -> tuple[Dated, ...]:
    """Give the values of the last cell of a page when its last line broke off half-way."""
    block = stretch.blocks[at]
    whole = block.lines[:-1]
    if at + 1 < len(stretch.blocks) or not whole or not _CUT_OFF.fullmatch(block.lines[-1]):
        return ()
    return own_years(" ".join(whole))


def _target_before(blocks: Sequence[Block], at: int, first: int) -> int | None:
    """Find the target with its own year that stands before a cell with results."""
    for place in range(at - 1, max(first, at - 1 - _MOST_BETWEEN) - 1, -1):
        if own_years(blocks[place].text) or _target(blocks[place].text):
            return place if _target(blocks[place].text) and place > first - 1 else None
        if cell_value(blocks[place]) or blocks[place].kind is not BlockKind.PARAGRAPH:
            return None
    return None


def _target(text: str) -> tuple[int | None, Value] | None:
    """Give a target with the year that its cell names, None when it names none."""
    for dated in own_years(text):
        return (dated.year, dated.value) if dated.value.meaning is Meaning.BOUND else None
    value = read_value(text)
    return (None, value) if value.meaning is Meaning.BOUND else None


def _row(
    stretch: Stretch,
    target: int | None,
    at: int,
    aimed: Part,
    achieved: Part,
    document: Document | None,
) -> IndicatorRow | Refusal:
    block = stretch.blocks[at]
    name = stretch.blocks[target - 1] if target else None
    if target is None or name is None or cell_value(name) or is_prose(name):
        return _refuse(block, "Niet te zien is bij welke indicator deze waarden horen.")
    results = own_years(block.text) or _cut_off(stretch, at)
    aim = _target(stretch.blocks[target].text) or (None, read_value(""))
    cells = [(aimed, *aim), *((achieved, one.year, one.value) for one in results)]
    try:
        read = tuple(
            Cell(part.text, year, kind_of(part.text, part.word, year, document), value)
            for part, year, value in cells
        )
    except UnreadableHeadingsError as error:
        return _refuse(block, str(error))
    unit = unit_of(name.text, [cell.value for cell in read]) or ""
    row = noted(IndicatorRow(name.text, unit, read))
    return replace(row, partial=True) if _cut_off(stretch, at) else row


def _unused(blocks: Sequence[Block]) -> list[Refusal]:
    return [
        _refuse(block, "Niet te zien is bij welke indicator deze waarde hoort.")
        for block in blocks
        if cell_value(block)
    ]


def _refuse(block: Block, why: str) -> Refusal:
    return Refusal(block.where, f"Waarden {listed(list(block.lines))}.", why, BY_HAND)
