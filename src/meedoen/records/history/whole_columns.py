"""Asks a database for every column of many rows as one value.

A million rows as objects would take longer than all the counting after it. SQLite writes a column
as text with commas between, nearly as it stands; PostgreSQL sends numbers, days and moments as
bytes of a fixed size. While a database does so Python is free.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from numpy.typing import NDArray

from meedoen.records.history.written import Written

Numbers = NDArray[np.int64]
DAYS_TO_2000 = 10_957
"""PostgreSQL counts days and moments from 1 January 2000, and we from that of 1970."""
MICROSECONDS_TO_2000 = DAYS_TO_2000 * 24 * 60 * 60 * 1_000_000


class Shape(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    """A whole number from 0."""
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    WORD = "word"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A column of words: each word once, the empty one first, and of each row its place there."""

    words: Sequence[str]
    places: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is asked of each row: the name of a field or an expression, never NULL."""

    what: Any
    shape: Shape


@dataclass(frozen=True, slots=True, eq=False)
class WholeColumns:
    """Columns of the same rows, in an order that the database chose; days and moments from 1970."""

    numbers: Mapping[str, Numbers]
    words: Mapping[str, Words]


ON_SQLITE = "CAST(group_concat({}) AS BLOB)"
ON_POSTGRESQL = {
    Shape.NUMBER: "string_agg(int8send(({})::bigint), '')",
    Shape.FLAG: "string_agg(boolsend({}), '')",
    Shape.DAY: "string_agg(date_send({}), '')",
    Shape.MOMENT: "string_agg(timestamptz_send({}), '')",
    Shape.WORD: "convert_to(string_agg({}, ','), 'UTF8')",
}


COPY_START = 19
"""Bytes of a binary COPY before its first row: manual of PostgreSQL, COPY."""
FIELDS_BYTES, LENGTH_BYTES = 2, 4
"""Bytes that say how many values a row has, and how long each is; a length of -1 is NULL."""


def whole_columns(
    rows: "QuerySet[Any]", asked: Mapping[str, Asked], database: BaseDatabaseWrapper
) -> WholeColumns:
    """Return columns of rows; the first of them is of numbers.

    Raises WrittenError for a word with a comma in it.
    """
    values = _values(rows, list(asked.values()), database)
    written = dict(zip(asked, values, strict=True))
    take_apart = _from_postgresql if database.vendor == "postgresql" else _from_sqlite
    numbers = {
        name: take_apart(one.shape, written[name])
        for name, one in asked.items()
        if one.shape is not Shape.WORD
    }
    size = len(next(iter(numbers.values())))
    words = {
        name: Words(*Written(written[name], size).words())
        for name, one in asked.items()
        if one.shape is Shape.WORD
    }
    return WholeColumns(numbers, words)


def _values(
    rows: "QuerySet[Any]", asked: Sequence[Asked], database: BaseDatabaseWrapper
) -> Sequence[bytes]:
    """Return the value of each column; nothing when there are no rows."""
    query = rows.order_by().values_list(*(one.what for one in asked)).query
    try:
        sql, params = query.get_compiler(connection=database).as_sql()
    except EmptyResultSet:
        return [b""] * len(asked)
    on_postgresql = database.vendor == "postgresql"
    names = [f"c{number}" for number in range(len(asked))]
    wholes = [
        (ON_POSTGRESQL[one.shape] if on_postgresql else ON_SQLITE).format(name)
        for name, one in zip(names, asked, strict=True)
    ]
    whole = f"WITH asked ({', '.join(names)}) AS ({sql}) SELECT {', '.join(wholes)} FROM asked"  # noqa: S608
    with database.cursor() as cursor:
        if on_postgresql:
            with cursor.cursor.copy(f"COPY ({whole}) TO STDOUT (FORMAT binary)", params) as copy:
                found = _only_row(b"".join(copy))
        else:
            found = cursor.execute(whole, params).fetchone()
    return [value or b"" for value in found]


def _only_row(sent: bytes) -> list[bytes]:
    """Take the only row of a binary COPY apart."""
    fields = int.from_bytes(sent[COPY_START : COPY_START + FIELDS_BYTES])
    found, at = [], COPY_START + FIELDS_BYTES
    for _ in range(fields):
        begin = at + LENGTH_BYTES
        at = begin + max(int.from_bytes(sent[at:begin], signed=True), 0)
        found.append(sent[begin:at])
    return found


def _from_sqlite(shape: Shape, written: bytes) -> Numbers:
    values = Written(written)
    match shape:
        case Shape.DAY:
            return values.days()
        case Shape.MOMENT:
            return values.moments()
        case _:
            return values.numbers()


def _from_postgresql(shape: Shape, sent: bytes) -> Numbers:
    match shape:
        case Shape.DAY:
            return np.frombuffer(sent, dtype=">i4").astype(np.int64) + DAYS_TO_2000
        case Shape.FLAG:
            return np.frombuffer(sent, dtype=np.int8).astype(np.int64)
        case Shape.MOMENT:
            return np.frombuffer(sent, dtype=">i8").astype(np.int64) + MICROSECONDS_TO_2000
        case _:
            return np.frombuffer(sent, dtype=">i8").astype(np.int64)
