"""The table of a budget page: printed columns, and beside them the counted ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.records.budget.queries import PublicCell, PublicRow
from meedoen.rules.indicators.disclosure import Shown
from meedoen.web.shared.counting import indicator_name, marks_in, shown_text
from meedoen.web.shared.course import Course, course

ColumnKey = tuple[str, int | None, int]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as shown; `cell_id` is set when there is a page about how it was counted."""

    text: str
    counted_on: date | None = None
    cell_id: int | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with a cell for every column; None where the page has nothing."""

    name: str
    printed: tuple[TableCell | None, ...]
    counted: tuple[TableCell | None, ...]


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """A whole table; a printed heading is one or two lines, the year on the second.

    `marks` are those of protected numbers that occur, for the legend.
    """

    printed: tuple[tuple[str, ...], ...]
    counted: tuple[date, ...]
    rows: tuple[TableRow, ...]
    marks: Mapping[str, str]


def budget_table(rows: Sequence[PublicRow]) -> BudgetTable:
    """Put rows in one table; cells with the same printed column and year share a column."""
    printed = [_by_column(row) for row in rows]
    keys = list(dict.fromkeys(key for cells in printed for key in cells))
    days = sorted({cell.counted_on for row in rows for cell in row.cells if cell.counted_on})
    return BudgetTable(
        printed=tuple(_heading(key) for key in keys),
        counted=tuple(days),
        rows=tuple(
            TableRow(
                name=indicator_name(row.indicator, printed=row.name),
                printed=tuple(_printed_cell(cells.get(key)) for key in keys),
                counted=tuple(_counted_cell(row, day) for day in days),
            )
            for row, cells in zip(rows, printed, strict=True)
        ),
        marks=marks_in(cell.text for row in rows for cell in row.cells if cell.hidden),
    )


def courses(rows: Sequence[PublicRow]) -> list[Course]:
    """Return the course of every row of which at least two counted values are shown."""
    found = (
        course(
            indicator_name(row.indicator, printed=row.name),
            [
                (cell.counted_on, Shown(cell.text, hidden=cell.hidden))
                for cell in row.cells
                if cell.counted_on
            ],
            _target(row),
        )
        for row in rows
    )
    return [one for one in found if one is not None]


def _target(row: PublicRow) -> tuple[str, str] | None:
    """Return what was aimed for in the last printed year that aims for something."""
    aimed = [cell for cell in row.cells if cell.kind == "streef" and cell.counted_on is None]
    if not aimed:
        return None
    last = max(aimed, key=lambda cell: cell.year or 0)
    return last.text, last.label


def _by_column(row: PublicRow) -> Mapping[ColumnKey, PublicCell]:
    return dict(_keyed(cell for cell in row.cells if cell.counted_on is None))


def _keyed(cells: Iterator[PublicCell]) -> Iterator[tuple[ColumnKey, PublicCell]]:
    """Give each cell its column; a second cell of one label and year gets a column of its own."""
    seen: dict[tuple[str, int | None], int] = {}
    for cell in cells:
        column = (cell.label, cell.year)
        seen[column] = seen.get(column, -1) + 1
        yield (*column, seen[column]), cell


def _heading(key: ColumnKey) -> tuple[str, ...]:
    label, year, _place = key
    words = label.removesuffix(str(year)).strip()
    if year is None or (str(year) in label and words == label):
        return (label,)
    return (words, str(year)) if words else (str(year),)


def _printed_cell(cell: PublicCell | None) -> TableCell | None:
    return None if cell is None else TableCell(cell.text)


def _counted_cell(row: PublicRow, day: date) -> TableCell | None:
    cell = next((one for one in row.cells if one.counted_on == day), None)
    if cell is None:
        return None
    return TableCell(shown_text(Shown(cell.text, hidden=cell.hidden)), day, cell.cell_id)
