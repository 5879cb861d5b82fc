"""Worked tables: a little table of history in, statements out.

The first line of the table names its columns, every next line is a statement, and `|` stands
between the cells:

    id | person | kind      | starts     | ends       | state  | place
    1  | Anna   | placement | 2026-01-01 | 2026-03-01 | active | volunteer_work

An empty cell or a column left out is: no end for a stretch and one day for an event, recorded
on the day it starts, replacing nothing, no word, no rung. A person is any name, and `note`
is for the reader.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal, TypeVar

from meedoen.rules.indicators.language import EVENT_KINDS
from meedoen.rules.indicators.mistakes import one_of
from meedoen.rules.indicators.statements import HIGHEST_RUNG, Statement
from meedoen.rules.indicators.texts import Text
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState

COLUMNS = (
    *("id", "person", "kind", "starts", "ends", "recorded", "replaces", "withdrawn", "state"),
    *("place", "self_found", "rung", "ladder", "outcome", "district", "note"),
)
NEEDED = ("id", "person", "kind", "starts")
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

    def __init__(self, mistakes: Sequence[TableMistake]) -> None:
        """Keep the mistakes and say them all in Dutch."""
        self.mistakes = tuple(mistakes)
        super().__init__(
            "\n".join(f"regel {each.line}: {each.what.nl}; {each.possible.nl}" for each in mistakes)
        )


def statements_of(table: str) -> tuple[Statement, ...]:
    """Read a worked table. Raises TableError with every mistake in it."""
    lines = [
        (number, [cell.strip() for cell in line.split(SEPARATOR)])
        for number, line in enumerate(table.splitlines(), start=1)
        if line.strip()
    ]
    if not lines:
        raise TableError([TableMistake(1, NO_HEADER, one_of(COLUMNS))])
    (header_line, header), *rows = lines
    mistakes = _header_mistakes(header_line, header, rows)
    if mistakes:
        raise TableError(mistakes)
    people = _numbered([cells[header.index("person")] for _, cells in rows])
    reading = [_Row(number, dict(zip(header, cells, strict=True)), []) for number, cells in rows]
    statements = [row.statement(people) for row in reading]
    if wrong := [mistake for row in reading for mistake in row.mistakes]:
        raise TableError(wrong)
    return tuple(statement for statement in statements if statement is not None)


def _header_mistakes(
    line: int, header: list[str], rows: list[tuple[int, list[str]]]
) -> list[TableMistake]:
    possible = one_of(COLUMNS)
    found = [
        TableMistake(line, UNKNOWN_COLUMN.filled(value=name or '""'), possible)
        for name in header
        if name not in COLUMNS
    ]
    found += [
        TableMistake(line, MISSING_COLUMN.filled(value=name), possible)
        for name in NEEDED
        if name not in header
    ]
    found += [
        TableMistake(line, COLUMN_TWICE.filled(value=name), possible)
        for name in COLUMNS
        if header.count(name) > 1
    ]
    if not rows:
        found.append(TableMistake(line, NO_ROWS, ADD_ROWS))
    found += [
        TableMistake(number, OTHER_WIDTH.filled(found=len(cells), expected=len(header)), SAME_WIDTH)
        for number, cells in rows
        if len(cells) != len(header)
    ]
    return found


def _numbered(names: Sequence[str]) -> dict[str, int]:
    """Give every person a number, in the order in which they appear."""
    return {name: number for number, name in enumerate(dict.fromkeys(names), start=1)}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table, with the mistakes found while reading it."""

    line: int
    cells: Mapping[str, str]
    mistakes: list[TableMistake]

    def statement(self, people: Mapping[str, int]) -> Statement | None:
        """Read the row; None when something in it is wrong."""
        kind = self._word("kind", EntryKind, needed=True) or EntryKind.BENEFIT
        starts = self._read("starts", date.fromisoformat, A_DATE, needed=True) or date.min
        ends = self._read("ends", date.fromisoformat, A_DATE)
        if ends is None and kind in EVENT_KINDS:
            ends = starts + timedelta(days=1)
        recorded = self._read("recorded", _moment, A_RECORDED)
        replaces = self._number("replaces", 1, HIGHEST_ID)
        statement = Statement(
            id=self._number("id", 1, HIGHEST_ID, needed=True),
            person=people[self._name()],
            kind=kind,
            starts_on=starts,
            ends_on=ends,
            recorded_at=recorded or datetime.combine(starts, NOON),
            replaces=replaces or None,
            withdrawn=self._yes("withdrawn"),
            state=self._word("state", PlacementState) or "",
            place_kind=self._word("place", PlaceKind) or "",
            self_found=self._yes("self_found"),
            rung=self._number("rung", 1, HIGHEST_RUNG),
            ladder_version=self.cells.get("ladder", ""),
            outcome=self._word("outcome", Outcome) or "",
            district=self._number("district", 1, HIGHEST_ID),
        )
        return None if self.mistakes else statement

    def _name(self) -> str:
        name = self.cells["person"]
        if not name:
            self._wrong("person", A_NAME)
        return name

    def _word(self, column: str, words: type[Word], *, needed: bool = False) -> Word | None:
        return self._read(column, words, one_of(tuple(words)), needed=needed)

    def _number(self, column: str, low: int, high: int, *, needed: bool = False) -> int:
        def number(text: str) -> int:
            if not low <= int(text) <= high:
                raise ValueError(text)
            return int(text)

        return self._read(column, number, NUMBERS.filled(low=low, high=high), needed=needed) or 0

    def _yes(self, column: str) -> bool:
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
        value = self.cells[column] or '""'
        what = WRONG_CELL.filled(column=column, value=value)
        self.mistakes.append(TableMistake(self.line, what, possible))


def _moment(text: str) -> datetime:
    """Read a day at noon or a moment with its zone. Raises ValueError for anything else."""
    if "T" not in text:
        return datetime.combine(date.fromisoformat(text), NOON)
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        raise ValueError(text)
    return moment
