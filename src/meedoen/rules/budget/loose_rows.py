"""Finds the rows among loose cells: which texts and values stand together.

Between the values of two rows stand the texts behind the first and before the second. When there
are as many as there are columns for them, it is certain which one is the name.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from meedoen.rules.budget.blocks import Block, BlockKind
from meedoen.rules.budget.columns import UnreadableHeadingsError
from meedoen.rules.budget.grid_columns import GridColumn
from meedoen.rules.budget.grid_rows import is_below
from meedoen.rules.budget.loose_parts import Stretch, cell_value, ends_sentence, is_prose
from meedoen.rules.budget.periods import read_period
from meedoen.rules.budget.roles import Role, part_of

FIGURES = frozenset((Role.VALUE, Role.REST))
"""Columns whose cells look like values."""
_MOST_LEFT = 8
_EXTRA = "Niet zeker is welke tekst de naam van deze rij is."


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row as it was found: the texts before its values, its values, and texts left over."""

    texts: tuple[Block, ...]
    values: tuple[Block, ...]
    left: tuple[Block, ...] = ()
    problem: str = ""

    @property
    def name(self) -> Block:
        """Return the text right before the values."""
        return self.texts[-1]


@dataclass(frozen=True, slots=True)
class _Lay:
    """How many texts a row has before and behind its values, and how many values.

    ``number`` is that of the first row where rows begin with a number, else 0.
    """

    before: int
    behind: int
    width: int
    number: int


def _lay(stretch: Stretch, below: int, columns: Sequence[GridColumn]) -> _Lay:
    figures = [at for at, one in enumerate(columns) if one.role in FIGURES]
    number = _first_number(stretch, below)
    headed = bool(number) and figures[0] > 1 and columns[0].role is Role.PASSED
    before = figures[0] - 1 if headed else figures[0]
    return _Lay(before, len(columns) - figures[-1] - 1, len(figures), number)


def find_rows(
    stretch: Stretch, below: int, columns: Sequence[GridColumn]
) -> tuple[list[LooseRow], int]:
    """Give the rows and the index after them.

    Between the values of two rows stand the texts behind the first and before the second. When
    there are as many as there are columns for them, it is certain which one is the name.
    """
    lay = _lay(stretch, below, columns)
    number = lay.number
    rows: list[LooseRow] = []
    texts: list[Block] = []
    themes: set[str] = set()
    at = below
    while at < stretch.end and not _stops(stretch, at, columns, rows):
        behind = lay.behind if rows else 0
        run = run_of_values(stretch, at, lay.width) if texts else []
        if _numbers_row(stretch, at, lay, first=at == below, texts=len(texts) - behind):
            at += 1
        elif not run:
            texts.append(stretch.blocks[at])
            at += 1
        elif are_years(run) or (rows and len(_about_rows(texts)) > lay.before + behind + 1):
            break
        else:
            at += len(run)
            if lay.number and not lay.behind and texts_until_value(stretch, at) == lay.before:
                number, run = _next_number(run, number), run[:-1]
            rows.append(_placed(texts, run, lay, columns, themes if rows else None))
            themes |= {block.text for block in rows[-1].texts[:-1]}
            texts = []
    if not rows:
        raise UnreadableHeadingsError(_no_row(stretch.blocks[below : stretch.end]))
    titled = at < stretch.end and len(texts) == lay.behind + 1
    follow = at < stretch.end and cell_value(stretch.blocks[at]) is not None
    rows = _doubted(rows, lay)
    return _closed(rows, texts, at, lay.behind, titled=titled, values_follow=follow)


def _doubted(rows: list[LooseRow], lay: _Lay) -> list[LooseRow]:
    """Doubt the names when every row has as many texts too many: a column without a heading."""
    extra = {len(row.left) for row in rows}
    if lay.behind or extra not in ({1}, {2}):
        return rows
    return [replace(row, problem=_EXTRA) for row in rows]


def _numbers_row(stretch: Stretch, at: int, lay: _Lay, *, first: bool, texts: int) -> bool:
    """Tell whether a block is the number of a row, with no text of the row before it."""
    numbered = bool(lay.number) and texts == 0 and (first or lay.behind > 0)
    return numbered and _number(stretch.blocks[at]) > 0


def _about_rows(texts: Sequence[Block]) -> list[Block]:
    return [block for block in texts if not is_below(block.text)]


def _closed(
    rows: list[LooseRow],
    texts: Sequence[Block],
    at: int,
    behind: int,
    *,
    titled: bool,
    values_follow: bool,
) -> tuple[list[LooseRow], int]:
    """Leave what stands below the last row to the page, but for its own texts and a lost name.

    ``titled``: one text right before the headings of a next table, which is its title.
    ``values_follow``: the table broke off before values whose name is not certain.
    """
    left = texts[behind:]
    count = 0
    if left and not behind and not (ends_sentence(left[0]) or is_below(left[0].text) or titled):
        sentence = (n for n, block in enumerate(left) if ends_sentence(block))
        count = min(next(sentence, len(left)), _MOST_LEFT if values_follow else 1)
        rows = [*rows, LooseRow(tuple(left[:count]), ())]
    return rows, at - len(left) + count


def _first_number(stretch: Stretch, below: int) -> int:
    """Give the number that the first row begins with, under a heading or without; else 0."""
    if below + 1 >= stretch.end or cell_value(stretch.blocks[below + 1]) is not None:
        return 0
    return _number(stretch.blocks[below])


def _number(block: Block) -> int:
    digits = block.text.removesuffix(".")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 0


def _next_number(run: Sequence[Block], before: int) -> int:
    """Give the number of the next row, which stands right behind the values of this one."""
    number = _number(run[-1])
    if number <= before:
        raise UnreadableHeadingsError(
            f"De rijen zijn genummerd, maar na rij {before} staat “{run[-1].text}”."
        )
    return number


def _stops(
    stretch: Stretch, at: int, columns: Sequence[GridColumn], rows: Sequence[LooseRow]
) -> bool:
    """Tell whether the table ends here: at running text, or where headings come again."""
    block = stretch.blocks[at]
    if block.kind is not BlockKind.PARAGRAPH:
        return not _is_bulleted(stretch, at)
    if cell_value(block):
        return False
    part = part_of(block.text)
    names = part is not None and part.role in {Role.NAME, Role.UNIT, Role.PERIOD}
    heads = part is not None and part.role is Role.VALUE and (part.word or part.period)
    passed = any(column.role is Role.PASSED for column in columns)
    if names or (heads and not passed):
        return True
    return is_prose(block) and not (passed and at < stretch.last_value)


def _is_bulleted(stretch: Stretch, at: int) -> bool:
    """Tell whether one item of a list is the name of a row: a value stands right behind it."""
    block = stretch.blocks[at]
    after = stretch.blocks[at + 1] if at + 1 < stretch.end else None
    return (
        block.kind is BlockKind.LIST
        and len(block.lines) == 1
        and after is not None
        and cell_value(after) is not None
    )


def _placed(
    texts: Sequence[Block],
    run: Sequence[Block],
    lay: _Lay,
    columns: Sequence[GridColumn],
    themes: Set[str] | None,
) -> LooseRow:
    """Say which texts are the row's own, and which are left over or leave doubt.

    ``themes`` are the texts that stood before names so far, None at the first row. A theme over
    several rows is printed once, so that later rows may lack it, but not the name.
    """
    if len(run) > lay.width:
        raise UnreadableHeadingsError(
            f"Bij “{texts[-1].text}” staan {len(run)} waarden, meer dan er kolommen zijn."
        )
    before, behind = lay.before, 0 if themes is None else lay.behind
    left = tuple(texts[behind:-before]) if len(texts) > before + behind else ()
    own = tuple(texts[-before:])
    values_at = next(at for at, one in enumerate(columns) if one.role in FIGURES)
    name_is_last = columns[values_at - 1].role is Role.NAME
    if len(texts) < before:
        sure = themes is not None and own[-1].text not in themes
    else:
        sure = not (left and own[-1].text[:1].islower() and not is_below(left[-1].text))
    if len(texts) == before + behind or (not lay.behind and name_is_last and sure):
        return LooseRow(own, tuple(run), left)
    return LooseRow(own, tuple(run), left, _EXTRA)


def run_of_values(stretch: Stretch, start: int, most: int) -> list[Block]:
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


def can_be_name(block: Block) -> bool:
    return (
        block.kind is BlockKind.PARAGRAPH
        and cell_value(block) is None
        and part_of(block.text) is None
        and not is_prose(block)
    )


def are_years(values: Sequence[Block]) -> bool:
    """Tell whether values are years in a row: then they head columns of a next table."""
    periods = [read_period(value.text) for value in values]
    years = [period.year or 0 for period in periods if period and not period.shown]
    if len(values) < 2 or len(years) < len(values):
        return False
    return all(later == year + 1 for year, later in pairwise(years))


def texts_until_value(stretch: Stretch, below: int) -> int:
    """Count the texts before the first value; nothing when there is no value at all."""
    at = below
    while at < stretch.end and (at == below or cell_value(stretch.blocks[at]) is None):
        at += 1
    return at - below if at < stretch.end else 0
