"""Tables in text whose cells are set apart by a sign: a tab, a bar, a semicolon, a comma, spaces.

Signs also stand in sentences, so lines are a table only when the first of them reads as headings.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow
from meedoen.rules.budget.columns import heading_piece
from meedoen.rules.budget.loose_parts import is_unit
from meedoen.rules.budget.periods import read_period
from meedoen.rules.budget.quoted_lines import quoted_rows, row_of
from meedoen.rules.budget.roles import Part, Role, part_of
from meedoen.rules.budget.text_lines import Line, ended_rows
from meedoen.rules.budget.values import Meaning, read_value
from meedoen.rules.budget.wording import tidy, tidy_cell

_RULE = re.compile(r"[\s|+:=\-\u2500-\u257f]*")
_BAR = re.compile(r"(?<!\\)\|")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1")
"""How Markdown marks strong words; one star alone may be that of a footnote."""
_LINE_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_GAP = re.compile(r"\s{2,}")
_SIGNS = "\t;,"
_WIDEST = 200
_LONGEST_HEAD = 2_000
_LEAST_EVEN = 3
"""Columns of a table that is known by its values alone."""
_MOST_TRIED = 20
"""Lines looked at to see whether there are values in all of them."""


@dataclass(frozen=True, slots=True)
class FoundGrid:
    """A table in a stretch of lines: the lines above it, the table, and the lines below it."""

    above: list[Line]
    grid: Block
    below: list[Line]


def find_grid(stretch: list[Line]) -> FoundGrid | None:
    """Find the table in a stretch of lines without a blank one; None when there is none."""
    for find in (_piped, _signed, _aligned, _ended):
        if found := find(stretch):
            return found
    return None


def _found(stretch: list[Line], start: int, stop: int, rows: Sequence[GridRow]) -> FoundGrid:
    grid = Block(BlockKind.GRID, f"regel {stretch[start][0]}", rows=tuple(rows))
    return FoundGrid(stretch[:start], grid, stretch[stop:])


def _piped(stretch: list[Line]) -> FoundGrid | None:
    """Find lines with bars between the cells; a line of dashes only rules the table."""
    at = [n for n, (_, line) in enumerate(stretch) if _is_piped(line) or _is_rule(line)]
    start, stop = _longest_run(at)
    rows = [
        row_of(number, map(tidy_cell, _between_bars(line)))
        for number, line in stretch[start:stop]
        if not _is_rule(line)
    ]
    return _found(stretch, start, stop, rows) if len(rows) > 1 else None


def _is_piped(line: str) -> bool:
    return 1 < line.count("|") <= _WIDEST


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line)) and len(line.strip()) > 2 and line.count("-") > 2


def _between_bars(line: str) -> list[str]:
    line = _LINE_BREAK.sub(" ", line.strip())
    cells = _BAR.split(line.removeprefix("|").removesuffix("|"))
    return [_BOLD.sub(r"\2", cell.replace("\\|", "|")) for cell in cells]


def _signed(stretch: list[Line]) -> FoundGrid | None:
    """Find lines with the same sign between their cells, and headings in the first of them."""
    for sign in _SIGNS:
        lines = _mended(stretch) if sign == "\t" else stretch
        at = [n for n, (_, line) in enumerate(lines) if sign in line.strip("\r\n")]
        start = next(
            (n for n in at if _begins([_split(line, sign) for _, line in lines[n : n + 3]])), None
        )
        if start is None and _is_even([_split(line, sign) for _, line in lines[:_MOST_TRIED]]):
            start = 0
        if start is None:
            continue
        stop = _end(lines, start, sign)
        rows, problem = quoted_rows(lines[start:stop], sign)
        if problem:
            broken = Block(BlockKind.GRID, f"regel {lines[start][0]}", problem=problem)
            return FoundGrid(lines[:start], broken, lines[stop:])
        if len(rows) > 1 and len(rows[0].cells) <= _WIDEST:
            whole = _with_corner(rows) if sign == "\t" else rows
            return _found(lines, start, stop, whole)
    return None


def _with_corner(rows: Sequence[GridRow]) -> Sequence[GridRow]:
    """Put back the blank first cell of headings that a copy began with, and lost.

    Years stand above values, so where every row has one cell more it is that of the names.
    """
    head, *body = rows
    begins = bool(head.cells) and _is_dated(head.cells[0].text)
    if begins and all(len(row.cells) == len(head.cells) + 1 for row in body):
        return [GridRow((GridCell(""), *head.cells), head.where), *body]
    return rows


def _end(lines: Sequence[Line], start: int, sign: str) -> int:
    """Find where a table ends: at a line without the sign that is no part of a quoted cell.

    Of a table with tabs such a line between two others is a heading of a group.
    """
    stop, quoted = start, False
    while stop < len(lines):
        line = lines[stop][1]
        last = stop + 1 == len(lines)
        between = sign == "\t" and not last and sign in lines[stop + 1][1]
        if not (sign in line or quoted or between):
            break
        quoted ^= line.count('"') % 2 == 1
        stop += 1
    return stop


def _mended(stretch: list[Line]) -> list[Line]:
    """Join lines of a table with tabs that were broken within a cell, as browsers copy them.

    A heading goes on with its year below it, and a name with a small letter.
    """
    lines: list[Line] = []
    for number, line in stretch:
        if lines and _goes_on(lines[-1][1], line):
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line.lstrip(' ')}")
        else:
            lines.append((number, line))
    return lines


def _goes_on(above: str, line: str) -> bool:
    if len(above) > _LONGEST_HEAD:
        return False
    if "\t" not in above:
        return "\t" in line and line.strip()[:1].islower() and part_of(tidy(above)) is None
    *before, last = map(part_of, map(tidy, above.split("\t")))
    year = heading_piece(tidy(line.split("\t", 1)[0]))
    # Below words that all lack a year, a year heads a group of rows.
    broken = not any(map(_lacks_year, before)) and _lacks_year(last)
    return bool(broken and year and not year.word)


def _lacks_year(part: Part | None) -> bool:
    return part is not None and bool(part.word) and not part.period


def _begins(lines: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first of some lines has headings, or the two below it begin with those."""
    if _has_headings(lines[0]):
        return True
    return len(lines) > 2 and all(len(row) > 1 and _is_dated(tidy(row[0])) for row in lines[1:])


def _is_even(lines: Sequence[Sequence[str]]) -> bool:
    """Tell whether lines are a table whatever its headings: cells in every line, then values."""
    if len(lines) < 2 or len({len(cells) for cells in lines}) > 1 or len(lines[0]) < _LEAST_EVEN:
        return False
    values = (sum(map(_is_value, cells[1:])) for cells in lines[1:])
    return all(tidy(cell) for cell in lines[0][1:]) and all(count > 1 for count in values)


def _is_dated(text: str) -> bool:
    part = part_of(text) if text else None
    return part is not None and part.role is Role.VALUE and part.period is not None


def _split(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error:  # A cell that is too long; the table says so where it is read.
        return line.split(sign)


def _has_headings(cells: Sequence[str]) -> bool:
    """Tell whether cells are headings: at least one of a value, and most of them known."""
    if len(cells) > _WIDEST:
        return False
    texts = [tidy(cell) for cell in cells if tidy(cell)]
    parts = [part for part in map(part_of, texts) if part]
    told = [part for part in parts if part.role is Role.VALUE]
    return len(cells) > 1 and bool(told) and 2 * len(parts) >= len(texts)


def _aligned(stretch: list[Line]) -> FoundGrid | None:
    """Find lines whose cells stand under each other, with at least two spaces between columns."""
    at = [n for n, (_, line) in enumerate(stretch) if _GAP.search(line.strip())]
    start, stop = _longest_run(at)
    first = next(
        (
            n
            for n in range(start, stop)
            if _begins([_GAP.split(line.strip()) for _, line in stretch[n : n + 3]])
        ),
        None,
    )
    if first is None or stop - first < 2:
        return None
    lines = stretch[first:stop]
    edges = _columns([line.expandtabs() for _, line in lines])
    if len(edges) < 2:
        return None
    rows = [
        # Cells that touch in every line may have become one: spaces in them say nothing.
        row_of(number, [tidy(line.expandtabs()[start:end]) for start, end in edges])
        for number, line in lines
    ]
    return _found(stretch, first, stop, rows)


def _ended(stretch: list[Line]) -> FoundGrid | None:
    """Find lines that end in as many values as a line above them ends in headings."""
    at, rows = ended_rows(stretch)
    return _found(stretch, at, len(stretch), rows) if rows else None


def _columns(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Give where each column begins and ends: between stretches that are blank in every line."""
    width = max(map(len, lines))
    filled = [
        any(at < len(line) and not line[at].isspace() for line in lines) for at in range(width)
    ]
    edges: list[tuple[int, int]] = []
    for at in range(width):
        if not filled[at]:
            continue
        if edges and at - edges[-1][1] < 2:
            edges[-1] = (edges[-1][0], at + 1)
        else:
            edges.append((at, at + 1))
    return edges


def _longest_run(places: Sequence[int]) -> tuple[int, int]:
    """Give the longest run of numbers that follow each other, as first and one past the last."""
    best = run = (0, 0)
    for place in places:
        run = (run[0], place + 1) if place == run[1] and run[1] else (place, place + 1)
        best = max(best, run, key=lambda one: one[1] - one[0])
    return best


def one_to_a_line(stretch: list[Line]) -> Iterator[list[Line]] | None:
    """Cut a stretch in which each line is a cell; None when the lines are running text.

    A name over several lines stays together: its next line begins with a small letter.
    """
    values = [line for _, line in stretch if _is_value(line)]
    headings = [line for _, line in stretch if (part := part_of(tidy(line))) and part.word]
    if len(values) < 2 or not headings or 3 * (len(values) + len(headings)) < len(stretch):
        return None
    parts = [part_of(tidy(line)) for _, line in stretch]
    return _cut(stretch, units=any(part and part.role is Role.UNIT for part in parts))


def _is_value(line: str) -> bool:
    meaning = read_value(line).meaning
    return meaning not in {Meaning.TEXT, Meaning.EMPTY, Meaning.DATED}


def _cut(stretch: list[Line], *, units: bool) -> Iterator[list[Line]]:
    """Cut lines into cells; with ``units`` a small letter may also begin the unit of a row."""
    cell: list[Line] = []
    for at, (number, line) in enumerate(stretch):
        goes_on = cell and tidy(line)[0].islower() and not _is_value(line)
        if units and goes_on:
            goes_on = not _is_unit_here(stretch, at)
        if cell and not (goes_on and not _is_value(cell[-1][1])):
            yield cell
            cell = []
        cell.append((number, line))
    yield cell


def _is_unit_here(stretch: list[Line], at: int) -> bool:
    """Tell whether a line is the unit of the row whose values, or whose period, come behind it."""
    after = tidy(stretch[at + 1][1]) if at + 1 < len(stretch) else ""
    follows = bool(after) and (_is_value(after) or read_period(after) is not None)
    return follows and is_unit(tidy(stretch[at][1]), tidy(stretch[at - 1][1]))
