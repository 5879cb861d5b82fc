"""Reads loose cells that name their own year, so that a lost one moves nothing.

A target with its date ("< 410 eind 2020") and one cell with a value for each year ("2019: -",
"2018: 436") belong to the name right before the target. Texts may stand among them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from meedoen.rules.budget.blocks import Block, BlockKind
from meedoen.rules.budget.cells import Dated, own_periods, own_years
from meedoen.rules.budget.columns import UnreadableHeadingsError, Word, kind_of
from meedoen.rules.budget.grid_rows import is_below
from meedoen.rules.budget.headings import Document
from meedoen.rules.budget.loose_parts import (
    LooseTable,
    Stretch,
    cell_value,
    ends_sentence,
    is_prose,
)
from meedoen.rules.budget.page import Cell, IndicatorRow, Refusal
from meedoen.rules.budget.roles import Part, Role, part_of
from meedoen.rules.budget.rows import BY_HAND, ReadTable, noted, refuse_without_unit
from meedoen.rules.budget.units import unit_of
from meedoen.rules.budget.values import Meaning, Value, read_value
from meedoen.rules.budget.wording import listed

_MOST_BETWEEN = 2
"""How many texts may stand between a target and the results: remarks in their cells."""
_MOST_ABOVE = 4
"""How many texts before results are named when it is not certain whose they are."""
_CUT_OFF = re.compile(r"(?:19|20)[0-9]{2}\s?:?|[12][0-9]{0,2}")
_YEAR = r"(?:19|20)[0-9]{2}(?:\s?[-/]\s?[0-9]{2,4})?"
_ANSWER = r"(?:\S+\s){0,2}(?:[<>≤≥]=?\s?)?(?:[+\-\u2212]?[0-9]|[-\u2013\u2014.]$|n\.|nb\b|X$)"
_OF_A_YEAR = re.compile(rf"(?:\S+\s){{0,3}}\S{{0,6}}{_YEAR}(?:\s?[:=]\s*{_ANSWER}|\s+[0-9<>≤≥n-])")
_NAMES_YEAR = re.compile(r".*\b(?:19|20)[0-9]{2}\b")
_LONGEST_RESULT = 80
_AIM = re.compile(
    r"(?:[<>≤≥]|[<>]=|min(?:imaal|\.)|minstens|ten\s?minste|max(?:imaal|\.)|hoogstens"
    r"|ten hoogste|meer dan|minder dan)\s*[0-9]"
    rf"|[0-9].{{0,30}}\(?(?:eind|ultimo|in|per|medio|half|begin|voor)\s{_YEAR}\)?$",
    re.IGNORECASE,
)
"""Words with which an aim begins, or the day on which it must be reached."""
_REMARK = re.compile(
    r"[a-z]|.*\b(?:beschikbaar|volgt|volgen|jaarrekening|jaarverslag)\b", re.DOTALL
)
_WHOSE = "Niet te zien is bij welke indicator deze waarden horen."
_NOT_SURE = "Niet met zekerheid te lezen als waarde met een jaar: {}."
_NOT_A_ROW = "Dit staat tussen de rijen van de tabel. Niet te zien is bij welke rij het hoort."


@dataclass(frozen=True, slots=True)
class _Table:
    """The blocks below the headings, and where results stand among them.

    ``behind`` is how many columns stand behind the results.
    """

    stretch: Stretch
    below: int
    behind: int
    aimed: Part
    achieved: Part
    results: tuple[int, ...]
    document: Document | None

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks of the page."""
        return self.stretch.blocks

    def before(self, at: int) -> int:
        """Give the place right behind the results before these, or below the headings."""
        return max((one + 1 for one in self.results if one < at), default=self.below)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found at results: from which block on, the row, and what is refused."""

    first: int
    rows: tuple[IndicatorRow, ...] = ()
    refused: tuple[Refusal, ...] = ()


def read_own_year_rows(
    stretch: Stretch, start: int, document: Document | None
) -> LooseTable | None:
    """Read the table whose headings begin at ``start``; None when they are not of this kind."""
    table = _table(stretch, start, document)
    if table is None:
        return None
    rows: list[IndicatorRow] = []
    refused: list[Refusal] = []
    text: list[Block] = []
    for at in table.results:
        found = _found(table, at)
        gap = table.blocks[table.before(at) : found.first]
        most = len(gap) if table.before(at) == table.below else table.behind
        refused += _left_over(gap, most)
        text += gap
        rows += found.rows
        refused += found.refused
    last = table.results[-1] + 1
    tail = table.blocks[last : _end_of_tail(table, last)]
    refused += _left_over(tail, table.behind)
    return LooseTable(last + len(tail), ReadTable(tuple(rows), tuple(refused)), text=tuple(text))


def _table(stretch: Stretch, start: int, document: Document | None) -> _Table | None:
    head = _headings(stretch, start)
    aimed = [part for part in head if part.word is Word.AIMED]
    achieved = [part for part in head if part.word in {Word.ACHIEVED, Word.RESULT}]
    if len(aimed) != 1 or len(achieved) != 1 or any(part.period for part in head):
        return None
    below = start + len(head)
    found = [at for at in range(below, stretch.end) if _holds_results(stretch, at)]
    results = tuple(at for at in found if not (at + 1 in found and _is_aim(stretch.blocks[at])))
    if not results:
        return None
    behind = len(head) - 1 - max(head.index(aimed[0]), head.index(achieved[0]))
    return _Table(stretch, below, behind, aimed[0], achieved[0], results, document)


def _headings(stretch: Stretch, start: int) -> list[Part]:
    parts: list[Part] = []
    for block in stretch.from_here(start):
        part = part_of(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if part is None or (parts and part.role is Role.NAME):
            break
        parts.append(part)
    return parts if parts and parts[0].role is Role.NAME else []


def _holds_results(stretch: Stretch, at: int) -> bool:
    block = stretch.blocks[at]
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    return bool(_results(stretch, at)) or (_looks_like_results(block) and not is_prose(block))


def _results(stretch: Stretch, at: int) -> tuple[Dated, ...]:
    """Give the results of a cell with the years that it names; nothing when one is in doubt."""
    block = stretch.blocks[at]
    dated = own_periods(block.text)
    if not dated and len(block.lines) > 1:
        lines = [own_periods(line) for line in block.lines]
        dated = tuple(one for line in lines for one in line) if all(lines) else ()
    if any(one.value.meaning is Meaning.BOUND for one in dated):
        return ()
    return dated or _cut_off(stretch, at)


def _looks_like_results(block: Block) -> bool:
    """Tell whether a cell gives values with their years, also where these are not certain."""
    short = [line for line in block.lines if len(line) <= _LONGEST_RESULT]
    dated = [line for line in short if _NAMES_YEAR.match(line) and any(map(str.isdigit, line))]
    return any(map(_OF_A_YEAR.match, short)) or 1 < len(dated) == len(block.lines)


def _cut_off(stretch: Stretch, at: int) -> tuple[Dated, ...]:
    """Give the values of the last cell of a page when its last line broke off half-way."""
    block = stretch.blocks[at]
    whole = block.lines[:-1]
    if at + 1 < len(stretch.blocks) or not whole or not _CUT_OFF.fullmatch(block.lines[-1]):
        return ()
    return own_years(" ".join(whole))


def _found(table: _Table, at: int) -> _Found:
    """Find the name and the aim that stand before results, and make the row of them."""
    block, target = table.blocks[at], _target_before(table, at)
    name = table.blocks[target - 1] if target and target > table.before(at) else None
    if target is None or name is None or not _may_be_name(table, name, target - 1):
        return _without_name(table, at)
    read = _row(table, name, target, at)
    if isinstance(read, Refusal):
        return _Found(target - 1, refused=(read,))
    refused = () if read.unit else (refuse_without_unit(read, block.where),)
    return _Found(target - 1, (replace(read, where=name.where),), refused)


def _target_before(table: _Table, at: int) -> int | None:
    """Find the aim before results: one that names itself, or a value where no cell is lost."""
    first = max(table.before(at), at - 1 - _MOST_BETWEEN)
    for place in range(at - 1, first - 1, -1):
        block = table.blocks[place]
        if block.kind is not BlockKind.PARAGRAPH:
            return None
        if _is_aim(block):
            return place
        if cell_value(block) and place == at - 1 and _is_whole(table, at):
            before = table.blocks[place - 1]  # A remark may stand behind an aim too.
            return place - 1 if _is_aim(before) else place
        if not _is_remark(table, block):
            return None
    return None


def _is_aim(block: Block) -> bool:
    return _target(block.text) is not None or bool(_AIM.match(block.text))


def _is_remark(table: _Table, block: Block) -> bool:
    """Tell whether a text between an aim and results cannot be the name of a row without an aim."""
    if _REMARK.match(block.text):
        return True
    again = sum(one.text == block.text for one in table.blocks[table.below : table.stretch.end])
    return again > 1 and cell_value(block) is None


def _is_whole(table: _Table, at: int) -> bool:
    """Tell whether just a name and an aim stand before results, behind all of the row before."""
    before = table.before(at)
    behind = 0 if before == table.below else table.behind
    return at - before == behind + 2


def _may_be_name(table: _Table, name: Block, at: int) -> bool:
    """Tell whether a text names a row, and is not what stands behind the results before it."""
    if not _is_short(name) or cell_value(name) or _is_aim(name) or name.text.startswith("("):
        return False
    follow = [table.blocks[one + 1] for one in table.results if one + 1 < table.stretch.end]
    beside = sum(block.text == name.text for block in follow)
    if at == table.before(at) != table.below and table.behind:
        return beside == len(follow) == 1 or not beside
    return beside < 2


def _target(text: str) -> tuple[int | None, Value] | None:
    """Give a target with the year that its cell names, None when it names none."""
    for dated in own_years(text):
        aimed = dated.value.meaning is Meaning.BOUND or _AIM.match(text)
        return (dated.year, dated.value) if aimed else None
    value = read_value(text)
    return (None, value) if value.meaning is Meaning.BOUND else None


def _row(table: _Table, name: Block, target: int, at: int) -> IndicatorRow | Refusal:
    shown = table.blocks[target].text
    aim = _target(shown) or _aim_without_year(shown)
    results = _results(table.stretch, at)
    if aim is None or not results:
        doubt = [shown] if aim is None else list(table.blocks[at].lines)
        return _refuse_row(table, name, target, at, _NOT_SURE.format(listed(doubt)))
    dated = [(table.achieved, one) for one in results]
    try:
        read = tuple(
            _cell(part, one, table.document) for part, one in ((table.aimed, Dated(*aim)), *dated)
        )
    except UnreadableHeadingsError as error:
        return _refuse_row(table, name, target, at, str(error))
    unit = unit_of(name.text, [cell.value for cell in read]) or ""
    row = noted(IndicatorRow(name.text, unit, read))
    return replace(row, partial=True) if _cut_off(table.stretch, at) else row


def _cell(part: Part, one: Dated, document: Document | None) -> Cell:
    kind = kind_of(part.text, part.word, one.year, document)
    return Cell(part.text, one.year, kind, one.value, period=one.period)


def _aim_without_year(shown: str) -> tuple[None, Value] | None:
    value = read_value(shown)
    unsure = value.meaning in {Meaning.UNCERTAIN, Meaning.AMOUNT, Meaning.DATED}
    return None if unsure or _NAMES_YEAR.match(shown) else (None, value)


def _refuse_row(table: _Table, name: Block, target: int, at: int, why: str) -> Refusal:
    cells = [*table.blocks[target].lines, *table.blocks[at].lines]
    what = f"Rij “{name.text}”: {listed(cells)}."
    return Refusal(name.where, what, why, BY_HAND)


def _without_name(table: _Table, at: int) -> _Found:
    """Refuse results whose name is not certain, with the texts before them: the name is there."""
    first = at
    earliest = max(table.before(at), at - table.behind - _MOST_ABOVE)
    while first > earliest and _is_short(table.blocks[first - 1]):
        first -= 1
    block = table.blocks[at]
    above = [one.text for one in table.blocks[first:at]]
    told = f", met daarboven {listed(above)}" if above else ""
    what = f"Waarden {listed(list(block.lines))}{told}."
    return _Found(first, refused=(Refusal(block.where, what, _WHOSE, BY_HAND),))


def _is_short(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and not is_prose(block)


def _left_over(blocks: Sequence[Block], most: int) -> list[Refusal]:
    """Refuse what stands between rows when it holds a value, or more texts than have a column."""
    short = [block for block in blocks if _is_short(block) and not is_below(block.text)]
    if not short or not (len(short) > most or any(map(_is_a_value, short))):
        return []
    what = f"Cellen {listed([block.text for block in short])}."
    return [Refusal(short[0].where, what, _NOT_A_ROW, BY_HAND)]


def _is_a_value(block: Block) -> bool:
    return cell_value(block) is not None or _is_aim(block)


def _end_of_tail(table: _Table, start: int) -> int:
    """Give the end of the short texts right below the last row, or of the values that follow."""
    at = end = start
    while at < table.stretch.end and not _heads(table.blocks[at]):
        block = table.blocks[at]
        at += 1
        if _is_short(block) and _is_a_value(block):
            end = at
    run = start
    while run < at and _is_short(table.blocks[run]) and not ends_sentence(table.blocks[run]):
        run += 1
    return max(end, run)


def _heads(block: Block) -> bool:
    part = part_of(block.text)
    return part is not None and (part.role is Role.NAME or bool(part.word or part.period))
