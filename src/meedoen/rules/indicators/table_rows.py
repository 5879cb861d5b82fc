"""A little table in a worked example, read row by row while collecting every mistake.

The first line names the columns, every next line is a row, and `|` stands between the cells.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Literal, TypeVar

from meedoen.rules.indicators.mistakes import one_of
from meedoen.rules.indicators.texts import Text

SEPARATOR = "|"
YES = "yes"
NOON = time(12, tzinfo=UTC)
"""A day without an hour in the column `recorded` is this hour."""
HIGHEST_ID = 10**9

NO_HEADER = Text("de tabel heeft geen kopregel", "the table has no line with column names")
NO_ROWS = Text("de tabel heeft geen regels", "the table has no rows")
ADD_ROWS = Text("zet onder de kop minstens één regel", "put at least one row under the names")
UNKNOWN_COLUMN = Text("de kolom {value} bestaat niet", "the column {value} does not exist")
MISSING_COLUMN = Text("de kolom {value} ontbreekt", "the column {value} is missing")
COLUMN_TWICE = Text("de kolom {value} staat er twee keer", "the column {value} is there twice")
OTHER_WIDTH = Text(
    "deze regel heeft {found} vakken en de kop heeft er {expected}",
    "this row has {found} cells and the line with names has {expected}",
)
SAME_WIDTH = Text("geef elke kolom een vak", "give every column a cell")
WRONG_CELL = Text("{column}: {value} kan hier niet", "{column}: {value} is not possible here")
A_DATE = Text("een datum als 2026-12-31", "a date such as 2026-12-31")
A_RECORDED = Text(
    "een datum als 2026-12-31 of een moment als 2026-12-31T15:00:00Z",
    "a date such as 2026-12-31 or a moment such as 2026-12-31T15:00:00Z",
)
A_NAME = Text("een naam", "a name")
NUMBERS = Text("een heel getal van {low} tot en met {high}", "a whole number from {low} to {high}")
YES_OR_EMPTY = Text("yes of een leeg vak", "yes or an empty cell")

Word = TypeVar("Word", bound=StrEnum)
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class TableMistake:
    """What is wrong in a worked table, and on which of its lines counted from 1."""

    line: int
    what: Text
    possible: Text


class TableError(ValueError):
    """A worked table cannot be read; it holds every mistake found."""

    def __init__(self, mistakes: Iterable[TableMistake]) -> None:
        """Keep the mistakes and say them all in Dutch."""
        self.mistakes = tuple(mistakes)
        super().__init__(
            "\n".join(
                f"regel {each.line}: {each.what.nl}; {each.possible.nl}" for each in self.mistakes
            )
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with the mistakes found while reading it.

    Each method reads one cell, and notes what is wrong with it; a cell that is empty, wrong or
    not there gives None, 0 or an empty text, so that reading goes on.
    """

    line: int
    cells: Mapping[str, str]
    mistakes: list[TableMistake]

    def name(self, column: str, *, needed: bool = False) -> str:
        """Read a name, any text."""
        found = self.cells.get(column, "")
        if needed and not found:
            self._wrong(column, A_NAME)
        return found

    def word(self, column: str, words: type[Word], *, needed: bool = False) -> Word | None:
        """Read one word of a list."""
        return self._read(column, words, one_of(tuple(words)), needed=needed)

    def number(self, column: str, low: int, high: int, *, needed: bool = False) -> int:
        """Read a whole number between two bounds."""

        def number(text: str) -> int:
            if not low <= int(text) <= high:
                raise ValueError(text)
            return int(text)

        return self._read(column, number, NUMBERS.filled(low=low, high=high), needed=needed) or 0

    def day(self, column: str, *, needed: bool = False) -> date | None:
        """Read a date."""
        return self._read(column, date.fromisoformat, A_DATE, needed=needed)

    def moment(self, column: str) -> datetime | None:
        """Read a moment with its zone, or a day, which is noon."""
        return self._read(column, _moment, A_RECORDED)

    def yes(self, column: str) -> bool:
        """Read `yes` or nothing."""

        def yes(text: str) -> Literal[True]:
            if text != YES:
                raise ValueError(text)
            return True

        return self._read(column, yes, YES_OR_EMPTY) is True

    def _read(
        self, column: str, read: Callable[[str], Read], possible: Text, *, needed: bool = False
    ) -> Read | None:
        text = self.cells.get(column, "")
        if text or needed:
            try:
                return read(text)
            except ValueError:
                self._wrong(column, possible)
        return None

    def _wrong(self, column: str, possible: Text) -> None:
        value = self.cells.get(column) or '""'
        what = WRONG_CELL.filled(column=column, value=value)
        self.mistakes.append(TableMistake(self.line, what, possible))


def rows_of(table: str, columns: Sequence[str], needed: Sequence[str]) -> list[Row]:
    """Split a table into rows. Raises TableError for its columns, and rows of another width."""
    lines = [
        (number, [cell.strip() for cell in line.split(SEPARATOR)])
        for number, line in enumerate(table.splitlines(), start=1)
        if line.strip()
    ]
    if not lines:
        raise TableError([TableMistake(1, NO_HEADER, one_of(columns))])
    (header_line, header), *rows = lines
    mistakes = _column_mistakes(header_line, header, columns, needed)
    mistakes += _row_mistakes(header_line, header, rows)
    if mistakes:
        raise TableError(mistakes)
    return [Row(number, dict(zip(header, cells, strict=True)), []) for number, cells in rows]


def demand_right(rows: Iterable[Row]) -> None:
    """Raise TableError with every mistake that was found while reading the rows."""
    if wrong := [mistake for row in rows for mistake in row.mistakes]:
        raise TableError(wrong)


def numbered(names: Iterable[str]) -> dict[str, int]:
    """Give every name a number from 1, in the order in which they appear."""
    return {name: number for number, name in enumerate(dict.fromkeys(names), start=1)}


def _column_mistakes(
    line: int, header: Sequence[str], columns: Sequence[str], needed: Sequence[str]
) -> list[TableMistake]:
    possible = one_of(columns)
    found = [(UNKNOWN_COLUMN, name or '""') for name in header if name not in columns]
    found += [(MISSING_COLUMN, name) for name in needed if name not in header]
    found += [(COLUMN_TWICE, name) for name in columns if header.count(name) > 1]
    return [TableMistake(line, what.filled(value=name), possible) for what, name in found]


def _row_mistakes(
    line: int, header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> list[TableMistake]:
    if not rows:
        return [TableMistake(line, NO_ROWS, ADD_ROWS)]
    return [
        TableMistake(number, OTHER_WIDTH.filled(found=len(cells), expected=len(header)), SAME_WIDTH)
        for number, cells in rows
        if len(cells) != len(header)
    ]


def _moment(text: str) -> datetime:
    """Read a day at noon or a moment with its zone. Raises ValueError for anything else."""
    if "T" not in text:
        return datetime.combine(date.fromisoformat(text), NOON)
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        raise ValueError(text)
    return moment
