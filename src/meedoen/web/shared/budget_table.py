"""The table of a budget page: printed columns, and beside them the counted ones."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.budget.queries import PublicCell, PublicRow
from meedoen.rules.budget.page import CellKind
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.vocabulary import PlaceKind
from meedoen.web.shared.charts import Ahead
from meedoen.web.shared.counting import indicator_name, is_printed_name, marks_in, shown_text
from meedoen.web.shared.course import Course, Target, course, printed_target, typed_target
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.words import PLACE_KINDS

PLAIN_UNITS = ("", "aantal")
ColumnKey = tuple[str, int | None, int]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as shown; `cell_id` is set when there is a page about how it was counted.

    `stored` is true when the text was printed, and so Dutch in every language of the page.
    """

    text: str
    counted_on: date | None = None
    cell_id: int | None = None
    stored: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with a cell for every column; None where the page has nothing.

    `stored` is true when the name was printed, and so Dutch in every language of the page.
    `source` is the document it was printed in, where the rows are of several.
    """

    name: str
    printed: tuple[TableCell | None, ...]
    counted: tuple[TableCell | None, ...]
    stored: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """A whole table; a printed heading is one or two lines, the year on the second.

    `marks` are those of protected numbers that occur, for the legend.
    """

    printed: tuple[tuple[str, ...], ...]
    counted: tuple[date, ...]
    rows: tuple[TableRow, ...]
    marks: Mapping[str, str]

    @property
    def has_sources(self) -> bool:
        """Tell whether the rows were printed in several documents."""
        return any(row.source for row in self.rows)


@dataclass(frozen=True, slots=True)
class PlaceHeading:
    """An indicator above a column; `stored` when its name was printed, and so Dutch."""

    name: str
    stored: bool


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """What was counted on the last day, broken down: a line for each place, a column each row.

    A cell is None where an indicator is not broken down in this way.
    """

    day: date
    headings: tuple[PlaceHeading, ...]
    lines: tuple[tuple[str, tuple[TableCell | None, ...]], ...]
    marks: Mapping[str, str]

    @property
    def says_something(self) -> bool:
        """Tell whether there is a number in it: a table of nothing but marks is of no use."""
        cells = (cell for _place, cells in self.lines for cell in cells if cell)
        return any(cell.text != "0" and cell.text[0].isdigit() for cell in cells)


def district_table(rows: Sequence[PublicRow]) -> PlaceTable | None:
    """Put the breakdowns by district in one table; None when there are none."""
    return _place_table(rows, lambda cell: cell.district)


def kind_table(rows: Sequence[PublicRow]) -> PlaceTable | None:
    """Put the breakdowns by kind of place in one table; None when there are none."""
    return _place_table(
        rows, lambda cell: str(PLACE_KINDS[PlaceKind(cell.place_kind)]) if cell.place_kind else ""
    )


def organisation_table(rows: Sequence[PublicRow]) -> PlaceTable | None:
    """Put the breakdowns by organisation in one table; None when there are none."""
    return _place_table(rows, lambda cell: cell.organisation)


def _place_table(
    rows: Sequence[PublicRow], place_of: Callable[[PublicCell], str]
) -> PlaceTable | None:
    broken_down = [row for row in rows if any(place_of(cell) for cell in row.parts)]
    cells = [[cell for cell in row.parts if place_of(cell)] for row in broken_down]
    places = dict.fromkeys(place_of(cell) for theirs in cells for cell in theirs)
    days = [cell.counted_on for theirs in cells for cell in theirs if cell.counted_on]
    if not days:
        return None
    return PlaceTable(
        day=days[0],
        headings=tuple(
            PlaceHeading(row_name(row), is_printed_name(row.indicator, printed=row.name))
            for row in broken_down
        ),
        lines=tuple(
            (place, tuple(_cell_at(place, theirs, place_of) for theirs in cells))
            for place in places
        ),
        marks=marks_in(cell.text for theirs in cells for cell in theirs if cell.hidden),
    )


def _cell_at(
    place: str, cells: Sequence[PublicCell], place_of: Callable[[PublicCell], str]
) -> TableCell | None:
    cell = next((one for one in cells if place_of(one) == place), None)
    return _or_none(cell)


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
                name=row_name(row),
                printed=tuple(_or_none(cells.get(key)) for key in keys),
                counted=tuple(_or_none(_counted_on(row, day)) for day in days),
                stored=is_printed_name(row.indicator, printed=row.name),
                source=row.source,
            )
            for row, cells in zip(rows, printed, strict=True)
        ),
        marks=marks_in(cell.text for row in rows for cell in row.cells if cell.hidden),
    )


def courses(rows: Sequence[PublicRow]) -> list[Course]:
    """Return the course of every row of which at least two counted values are shown.

    A name that comes again has a number behind it, so that no two captions are the same.
    """
    found: list[Course] = []
    names: Counter[str] = Counter()
    for row in rows:
        name = row_name(row)
        names[name] += 1
        line = course(
            name if names[name] == 1 else f"{name} ({names[name]})",
            [
                (cell.counted_on, Shown(cell.text, hidden=cell.hidden))
                for cell in row.cells
                if cell.counted_on
            ],
            _target(row),
            stored=is_printed_name(row.indicator, printed=row.name),
            ahead=_ahead(row),
            breaks=breaks_in(row),
        )
        found += [] if line is None else [line]
    return found


def breaks_in(row: PublicRow) -> list[date]:
    """Return the days from which the figures of a row are counted otherwise than before."""
    ways = sorted({cell.counted_by for cell in row.cells if cell.counted_by is not None})
    return ways[1:]


def row_name(row: PublicRow) -> str:
    """Return the name with its unit, unless that is a plain count or is in the name already."""
    name = indicator_name(row.indicator, printed=row.name)
    if row.unit in PLAIN_UNITS or row.unit.lower() in name.lower():
        return name
    return f"{name} ({row.unit})"


def _ahead(row: PublicRow) -> Ahead | None:
    """Return what was expected for the end of the year, when the page was published with it."""
    if len(row.ahead) != 3 or row.ahead[0].year is None:
        return None
    low, expected, high = (int(cell.text) for cell in row.ahead)
    return Ahead(date(row.ahead[0].year, 12, 31), low, expected, high)


def _target(row: PublicRow) -> Target | None:
    """Return what was aimed for in the last year that aims for something."""
    aimed = [cell for cell in row.cells if _is_aim(cell)]
    if not aimed:
        return None
    last = max(aimed, key=lambda cell: cell.year or 0)
    if _is_typed(last):
        return typed_target(int(last.text), last.year)
    return printed_target(last.text, last.label)


def _is_aim(cell: PublicCell) -> bool:
    return cell.kind == CellKind.STREEF and cell.counted_on is None


def _is_typed(cell: PublicCell) -> bool:
    return _is_aim(cell) and not cell.label


def _by_column(row: PublicRow) -> Mapping[ColumnKey, PublicCell]:
    return dict(_keyed(cell for cell in row.cells if cell.counted_on is None))


def _keyed(cells: Iterator[PublicCell]) -> Iterator[tuple[ColumnKey, PublicCell]]:
    """Give each cell its column; a second cell of one label and year gets a column of its own."""
    seen: dict[tuple[str, int | None], int] = {}
    for cell in cells:
        column = (_("Doel") if _is_typed(cell) else cell.label, cell.year)
        seen[column] = seen.get(column, -1) + 1
        yield (*column, seen[column]), cell


def _heading(key: ColumnKey) -> tuple[str, ...]:
    label, year, _order = key
    words = label.removesuffix(str(year)).strip()
    if year is None or (str(year) in label and words == label):
        return (label,)
    return (words, str(year)) if words else (str(year),)


def table_cell(cell: PublicCell) -> TableCell:
    """Return a cell as it is shown: a printed text stays as it was printed."""
    if cell.counted_on is not None:
        text = shown_text(Shown(cell.text, hidden=cell.hidden))
        return TableCell(text, cell.counted_on, cell.cell_id)
    if _is_typed(cell):
        return TableCell(number_text(int(cell.text)))
    return TableCell(cell.text, stored=True)


def _or_none(cell: PublicCell | None) -> TableCell | None:
    return None if cell is None else table_cell(cell)


def _counted_on(row: PublicRow, day: date) -> PublicCell | None:
    return next((one for one in row.cells if one.counted_on == day), None)
