"""Asks a database for everything of many rows as two values, and unpacks these into columns.

A million rows as objects would take longer than all the counting after it. While the database
puts together what it packed, Python is free.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from numpy.typing import NDArray

from meedoen.records.history.packed import (
    BETWEEN_ROWS,
    BETWEEN_WORDS,
    WORDS,
    Arrays,
    PackedError,
    unpacked_from_postgresql,
    unpacked_from_sqlite,
)
from meedoen.records.history.words import Words, words_of


@dataclass(frozen=True, slots=True, eq=False)
class WholeColumns:
    """Columns of the same rows, in an order that the database chose; days and moments from 1970."""

    numbers: Arrays
    words: Mapping[str, Words]


FROM_SQLITE = f"""
    WITH asked (numbers, words) AS ({{}})
    SELECT CAST(group_concat(numbers, '') AS BLOB),
        CAST(group_concat(words, '{chr(BETWEEN_ROWS)}') AS BLOB) FROM asked
"""  # noqa: S608 - nothing of it is said by anybody
FROM_POSTGRESQL = f"""
    COPY (
        WITH asked (numbers, words) AS ({{}})
        SELECT string_agg(numbers, ''), convert_to(string_agg(words, chr({BETWEEN_ROWS})), 'UTF8')
        FROM asked
    ) TO STDOUT (FORMAT binary)
"""  # noqa: S608 - nothing of it is said by anybody
COPY_START = 19
"""Bytes of a binary COPY before its first row: manual of PostgreSQL, COPY."""
FIELDS_BYTES, LENGTH_BYTES = 2, 4
"""Bytes that say how many values a row has, and how long each is; a length of -1 is NULL."""


def whole_columns(rows: "QuerySet[Any]", database: BaseDatabaseWrapper) -> WholeColumns:
    """Return the columns of entries; raises PackedError for what cannot be unpacked."""
    packed, written = _packed(rows, database)
    unpacked = unpacked_from_postgresql if database.vendor == "postgresql" else unpacked_from_sqlite
    numbers = unpacked(packed)
    words = words_of(written.decode().split(chr(BETWEEN_ROWS)) if packed else [])
    if len(words) != len(numbers["entry"]):
        raise PackedError(
            f"the words of {len(words)} rows were written where {len(numbers['entry'])} rows are"
        )
    return WholeColumns(numbers, _one_by_one(words))


def _packed(rows: "QuerySet[Any]", database: BaseDatabaseWrapper) -> tuple[bytes, bytes]:
    """Return the numbers and the words of all rows; nothing when there are none."""
    query = rows.order_by().values_list("packed_numbers", "packed_words").query
    try:
        sql, params = query.get_compiler(connection=database).as_sql()
    except EmptyResultSet:
        return b"", b""
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            with cursor.cursor.copy(FROM_POSTGRESQL.format(sql), params) as copy:
                packed, written = _only_row(b"".join(copy))
        else:
            packed, written = cursor.execute(FROM_SQLITE.format(sql), params).fetchone()
    return packed or b"", written or b""


def _only_row(sent: bytes) -> list[bytes]:
    """Take the only row of a binary COPY apart."""
    fields = int.from_bytes(sent[COPY_START : COPY_START + FIELDS_BYTES])
    found, at = [], COPY_START + FIELDS_BYTES
    for _ in range(fields):
        begin = at + LENGTH_BYTES
        at = begin + max(int.from_bytes(sent[at:begin], signed=True), 0)
        found.append(sent[begin:at])
    return found


def _one_by_one(rows: Words) -> dict[str, Words]:
    """Return each column of words, from rows in which all of them stand together."""
    apart = [row.split(chr(BETWEEN_WORDS)) for row in rows.words]
    for words in apart:
        if len(words) != len(WORDS):
            raise PackedError(f"{len(words)} words were written where {len(WORDS)} were: {words}")
    columns = zip(*apart, strict=True) if apart else [()] * len(WORDS)
    return {
        name: _each_once(words, rows.places) for name, words in zip(WORDS, columns, strict=True)
    }


def _each_once(words: Sequence[str], places: NDArray[np.int64]) -> Words:
    """Return a column of words in which each stands once."""
    column = words_of(words)
    return Words(column.words, column.places[places])
