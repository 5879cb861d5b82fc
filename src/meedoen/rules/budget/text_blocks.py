"""Plain text of a page as blocks: blank lines separate, bullets make lists, tabs make grids."""

import re
from collections.abc import Iterator

from meedoen.rules.budget.amounts import check_pieces, check_run, within_limits
from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow, Source
from meedoen.rules.budget.text_grids import find_grid, one_to_a_line
from meedoen.rules.budget.text_lines import Line
from meedoen.rules.budget.values import Meaning, read_value
from meedoen.rules.budget.wording import tidy, tidy_cell

_BULLET = re.compile(r"\s*(?:[•·▪◦●○‣∙]\s*|[*\u2013\u2014-]\s+)(?=\S)")
_NUMBERED = re.compile(r"\s*(?:[0-9]{1,2}|[a-z])[.)]\s+(?=[^\W\d_])")
_MARKED_HEADING = re.compile(r"^#{1,6}\s+(?=\S)")
"""A heading in Markdown."""
_SEPARATOR = re.compile("sep=.", re.IGNORECASE)
"""How Excel is told which sign stands between cells."""
_WIDEST = 200
_ADDRESS = re.compile(r"https?://\S+")


def text_source(text: str) -> Source:
    """Give the blocks of a page copied as text.

    An address alone on the first line tells where the page was found; it is no part of it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    address = ""
    if _SEPARATOR.fullmatch(lines[0].strip()):
        lines[0] = ""
    lines = [_MARKED_HEADING.sub("", line) for line in lines]
    if _ADDRESS.fullmatch(tidy(lines[0])):
        address, lines[0] = tidy(lines[0]), ""
    stretches = list(_stretches(lines))
    check_pieces(len(stretches))
    blocks = (block for stretch in stretches for block in _blocks(stretch))
    return Source(within_limits(blocks), address=address)


def _stretches(lines: list[str]) -> Iterator[list[Line]]:
    stretch: list[Line] = []
    for number, line in enumerate(lines, start=1):
        if tidy(line):
            stretch.append((number, line))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _blocks(stretch: list[Line]) -> Iterator[Block]:
    check_run(stretch)
    if found := find_grid(stretch):
        if found.above:
            yield from _blocks(found.above)
        yield found.grid
        if found.below:
            yield from _blocks(found.below)
    elif cells := one_to_a_line(stretch):
        yield from map(_paragraph, cells)
    else:
        yield from _text(stretch)


def _text(stretch: list[Line]) -> Iterator[Block]:
    mark = _mark(stretch)
    first = next((n for n, (_, line) in enumerate(stretch) if mark and mark.match(line)), None)
    if mark is None or first is None:
        yield _grid(stretch) if _is_tabbed(stretch) else _paragraph(stretch)
        return
    if first:
        yield _paragraph(stretch[:first])
    yield _list(stretch[first:], mark)


def _mark(stretch: list[Line]) -> re.Pattern[str] | None:
    """Say what begins an item. One numbered line alone may as well be a heading or a name."""
    if any(_BULLET.match(line) for _, line in stretch):
        return _BULLET
    if sum(bool(_NUMBERED.match(line)) for _, line in stretch) > 1:
        return _NUMBERED
    return None


def _paragraph(stretch: list[Line]) -> Block:
    lines = tuple(tidy(line) for _, line in stretch)
    return Block(BlockKind.PARAGRAPH, _where(stretch), lines)


def _list(stretch: list[Line], mark: re.Pattern[str]) -> Block:
    items: list[str] = []
    marks: list[str] = []
    for _, line in stretch:
        if found := mark.match(line):
            items.append(tidy(line[found.end() :]))
            marks.append(tidy(found[0]))
        else:
            items[-1] = f"{items[-1]} {tidy(line)}"
    return Block(BlockKind.LIST, _where(stretch), tuple(items), marks=tuple(marks))


def _is_tabbed(stretch: list[Line]) -> bool:
    tabbed = [line.split("\t") for _, line in stretch if 0 < line.strip().count("\t") < _WIDEST]
    return len(tabbed) > 1 or any(
        read_value(cell).meaning not in {Meaning.TEXT, Meaning.EMPTY}
        for line in tabbed
        for cell in line
    )


def _grid(stretch: list[Line]) -> Block:
    """Lay out lines whose cells are separated by tabs, as a browser copies a table."""
    rows = tuple(
        GridRow(tuple(GridCell(tidy_cell(cell)) for cell in line.split("\t")), f"regel {number}")
        for number, line in stretch
    )
    return Block(BlockKind.GRID, _where(stretch), rows=rows)


def _where(stretch: list[Line]) -> str:
    return f"regel {stretch[0][0]}"
