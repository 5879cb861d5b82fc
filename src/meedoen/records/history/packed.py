"""What the database writes beside each entry: all of it in two values, for who reads every entry.

Asked for column by column, a database makes some twenty texts of each of millions of rows, and that
takes longer than everything after it. Generated columns it fills in once, when the row is written,
and they cannot say anything else than the row (decision 33). The layouts stand in databases that
are in use: another layout is another class, with a migration.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import accumulate
from typing import Any

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BinaryField, Func, TextField
from django.db.models.sql.compiler import SQLCompiler
from numpy.typing import NDArray

from meedoen.records.history.digits import Rows, day_numbers, digits, moments, numbers

Arrays = Mapping[str, NDArray[Any]]
"""An array of whole numbers for each column."""


class PackedError(ValueError):
    """What the database wrote is not what it was asked for; the message says what is wrong."""


class Shape(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    """A whole number from 0, or nothing, which is 0."""
    DIGIT = "digit"
    """A whole number from 0 to 9."""
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, and what it holds."""

    name: str
    shape: Shape


COLUMNS: Mapping[str, Column] = {
    "entry": Column("id", Shape.NUMBER),
    "person": Column("pseudonym_id", Shape.NUMBER),
    "replaces": Column("replaces_id", Shape.NUMBER),
    "starts": Column("starts_on", Shape.DAY),
    "ends": Column("ends_on", Shape.DAY),
    "recorded": Column("recorded_at", Shape.MOMENT),
    "district": Column("district_id", Shape.NUMBER),
    "organisation": Column("organisation_id", Shape.NUMBER),
    **{name: Column(name, Shape.DIGIT) for name in ("rung", "score")},
    **{name: Column(name, Shape.FLAG) for name in ("withdrawn", "self_found")},
}
"""What is packed as numbers, by the name that it has for those who count."""
WORDS = ("kind", "state", "place_kind", "outcome", "legal_task", "ladder_version", "domain")

DIGITS = 10
DAY_WIDTH, MOMENT_WIDTH = len("2026-01-31"), len("2026-01-31 12:00:00.000000")
SQLITE_SQL = {
    Shape.NUMBER: f"printf('%%0{DIGITS}d', coalesce({{}}, 0))",
    Shape.DIGIT: "{}",
    Shape.FLAG: "{}",
    Shape.DAY: "{}",
    Shape.MOMENT: f"printf('%%-{MOMENT_WIDTH}s', {{}})",
}
"""How SQLite writes each shape; none cuts anything off, so that what is too long is noticed."""
SQLITE_WIDTHS = {
    Shape.NUMBER: DIGITS,
    Shape.DIGIT: 1,
    Shape.FLAG: 1,
    Shape.DAY: DAY_WIDTH,
    Shape.MOMENT: MOMENT_WIDTH,
}
FROM_DIGITS: Mapping[Shape, Callable[[Rows, int], NDArray[Any]]] = {
    Shape.NUMBER: partial(numbers, width=DIGITS),
    Shape.DIGIT: digits,
    Shape.FLAG: digits,
    Shape.DAY: day_numbers,
    Shape.MOMENT: moments,
}
POSTGRESQL_SQL = {
    Shape.NUMBER: "int8send(coalesce({}, 0)::bigint)",
    Shape.DIGIT: "int2send({})",
    Shape.FLAG: "boolsend({})",
    Shape.DAY: "date_send({})",
    Shape.MOMENT: "timestamptz_send({})",
}
POSTGRESQL_TYPES = {
    Shape.NUMBER: ">i8",
    Shape.DIGIT: ">i2",
    Shape.FLAG: "i1",
    Shape.DAY: ">i4",
    Shape.MOMENT: ">i8",
}
DAYS_TO_2000 = 10_957
"""PostgreSQL counts days and moments from 1 January 2000, and we from that of 1970."""
MICROSECONDS_TO_2000 = DAYS_TO_2000 * 24 * 60 * 60 * 1_000_000
BETWEEN_WORDS, BETWEEN_ROWS = 31, 30
"""The characters that Unicode has for this, unit and record separator; in no word that is typed."""


class PackedNumbers(Func):
    """All numbers, days and moments of an entry, each as wide in every row."""

    output_field = BinaryField()

    def __init__(self) -> None:
        """Take the columns in their order."""
        super().__init__(*(column.name for column in COLUMNS.values()))

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_rest: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return what writes them as digits."""
        return self._one_after_another(compiler, SQLITE_SQL)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_rest: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return what writes them as PostgreSQL sends them."""
        return self._one_after_another(compiler, POSTGRESQL_SQL)

    def _one_after_another(
        self, compiler: SQLCompiler, ways: Mapping[Shape, str]
    ) -> tuple[str, tuple[str | int, ...]]:
        columns = zip(_compiled(self, compiler), COLUMNS.values(), strict=True)
        return " || ".join(ways[column.shape].format(sql) for sql, column in columns), ()


class PackedWords(Func):
    """All words of an entry, with a character between that is in none of them."""

    output_field = TextField()

    def __init__(self) -> None:
        """Take the columns in their order."""
        super().__init__(*WORDS)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_rest: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return what writes them with the character between."""
        return f" || char({BETWEEN_WORDS}) || ".join(_compiled(self, compiler)), ()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_rest: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return what writes them with the character between."""
        return f" || chr({BETWEEN_WORDS}) || ".join(_compiled(self, compiler)), ()


def _compiled(expression: Func, compiler: SQLCompiler) -> list[str]:
    """Return the SQL of the columns of an expression; columns have no parameters."""
    return [compiler.compile(source)[0] for source in expression.get_source_expressions()]


def unpacked_from_sqlite(packed: bytes) -> Arrays:
    """Return the columns of rows that SQLite packed. Raises PackedError for a wider value."""
    widths = [SQLITE_WIDTHS[column.shape] for column in COLUMNS.values()]
    rows = _rows(packed, np.dtype((np.uint8, sum(widths))))
    places = accumulate(widths, initial=0)
    return {
        name: FROM_DIGITS[column.shape](rows, at)
        for (name, column), at in zip(COLUMNS.items(), places, strict=False)
    }


def unpacked_from_postgresql(packed: bytes) -> Arrays:
    """Return the columns of rows that PostgreSQL packed."""
    layout = [(name, POSTGRESQL_TYPES[column.shape]) for name, column in COLUMNS.items()]
    rows = _rows(packed, np.dtype(layout))
    since = {Shape.DAY: DAYS_TO_2000, Shape.MOMENT: MICROSECONDS_TO_2000}
    return {
        name: rows[name].astype(np.int64) + since.get(column.shape, 0)
        for name, column in COLUMNS.items()
    }


def _rows(packed: bytes, layout: "np.dtype[Any]") -> NDArray[Any]:
    if len(packed) % layout.itemsize:
        raise PackedError(
            f"{len(packed)} bytes were written where each row has {layout.itemsize}; is there a "
            f"number of more than {DIGITS} digits?"
        )
    return np.frombuffer(packed, dtype=layout) if packed else np.empty(0, dtype=layout)
