"""A short way to write a page and what a careful person reads on it.

The pages are made up, in the ways in which municipalities print them. They stand in text files:
``# name``, the page (of a table its title first), ``--- reading``, ``--- refused`` with words that
must stand in what is refused; without such words nothing of the page may be refused.

A copied page has one line for each row of the printed table, with ``|`` between its cells;
a ``~`` in a cell is a line break. Cells that the page leaves blank are simply not there.

A reading starts with a line of columns after ``:`` and then gives rows. A column is written
``label~year~kind``, and further ``~entity~period`` where a page gives those; an empty year is no
year. A row is ``name [unit] = value | value``; ``?`` before it says that cells were lost, so that
nobody can know which value belongs to which column.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from meedoen.rules.budget.page import Page
from meedoen.rules.budget.wording import NOTE, THIN

PAGES = Path(__file__).parent
Cell = tuple[str | None, int | None, str | None, str, str | None, str | None]
Row = tuple[str, str, list[Cell]]


@dataclass(frozen=True)
class Given:
    """A page of a file, and how it must be read."""

    page: str
    reading: str
    refused: list[str]


def pages(name: str) -> dict[str, Given]:
    """Give the pages of a file by their names."""
    parts = re.split(r"^# ", (PAGES / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return dict(map(_given, parts))


def _given(part: str) -> tuple[str, Given]:
    named, refused = part.split("--- refused\n")
    named, read = named.split("--- reading\n")
    name, page = named.split("\n", 1)
    return name, Given(page.strip("\n"), read, refused.split("\n\n")[0].splitlines())


def copied(page: str) -> str:
    """Write a page as it arrives when copied: blank lines between cells, no lines of a table."""
    cells = [cell.strip(" ") for line in page.split("\n") for cell in line.split(" | ")]
    return "\n\n".join(cell.replace("~", "\n") for cell in cells if cell)


def grid(table: str) -> list[list[str]]:
    """Give the cells of a table, blank ones included, each row as long as the first."""
    lines = [
        [cell.strip().replace("~", "\n") for cell in line.split("|")] for line in table.split("\n")
    ]
    return [[*line, *[""] * (len(lines[0]) - len(line))] for line in lines]


def reading(text: str) -> list[Row]:
    """Give the rows that a reading tells of, as ``told_of`` gives those of a page."""
    rows: list[Row] = []
    columns: list[list[str]] = []
    for line in text.strip().splitlines():
        if line.startswith(":"):
            columns = [column.split("~") for column in line[1:].strip().split(" | ")]
            continue
        name, _, values = line.partition(" = ")
        name, _, unit = name.rpartition(" [")
        rows.append(_row(name, unit.removesuffix("]"), values.split(" | "), columns))
    return rows


def _row(name: str, unit: str, values: list[str], columns: list[list[str]]) -> Row:
    if name.startswith("? "):
        kinds = {column[2] for column in columns}
        kind = kinds.pop() if len(kinds) == 1 else None
        return (
            f"{name.removeprefix('? ')} (ambiguous)",
            unit,
            [(None, None, kind, value.strip(), None, None) for value in values],
        )
    assert len(values) == len(columns), (name, values, columns)
    return (name, unit, [_cell(*pair) for pair in zip(columns, values, strict=True)])


def _cell(column: list[str], value: str) -> Cell:
    label, year, kind, entity, period = [*(part.strip() for part in column), "", ""][:5]
    return (
        label,
        int(year) if year else None,
        kind,
        value.strip().replace("_", ""),
        entity or None,
        period or None,
    )


def told_of(page: Page) -> list[Row]:
    """Give the rows that were read, in the shape of ``reading``."""
    return [
        (
            f"{row.indicator} (ambiguous)" if row.ambiguous else row.indicator,
            row.unit,
            [
                (
                    cell.label,
                    cell.year,
                    cell.kind.value if cell.kind else None,
                    cell.value.shown.replace(THIN, " ").replace(NOTE, " "),
                    cell.entity,
                    cell.period,
                )
                for cell in row.columns
            ],
        )
        for row in page.indicators
    ]
