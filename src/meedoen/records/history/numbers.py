"""Days, moments and words as whole numbers, worked out by the database itself.

Reading a million rows as dates, times and words costs more than counting them; as numbers they
go straight into columns. Every value that comes over takes time too, so small numbers come side
by side in one large one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func
from django.db.models.sql.compiler import SQLCompiler
from numpy.typing import NDArray


class DayNumber(Func):
    """A date as days since 1970-01-01."""

    output_field = models.IntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Any:
        """Count from the Julian day, which is exact for whole days."""
        template = "CAST(julianday(%(expressions)s) - 2440587.5 AS INTEGER)"
        return super().as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Any:
        """Subtract two dates, which gives days."""
        template = "(%(expressions)s - DATE '1970-01-01')"
        return super().as_sql(compiler, connection, template=template, **extra)


class MomentNumber(Func):
    """A moment as microseconds since 1970-01-01 in UTC."""

    output_field = models.BigIntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Any:
        """Add the microseconds, which SQLite's own functions round off, to whole seconds.

        Django stores `YYYY-MM-DD HH:MM:SS` with `.ffffff` behind it where there are any.
        """
        template = (
            "(unixepoch(substr(%(expressions)s, 1, 19)) * 1000000"
            " + CAST(substr(%(expressions)s, 21) AS INTEGER))"
        )
        return super().as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Any:
        """Take the exact numeric seconds; a float would lose microseconds."""
        template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
        return super().as_sql(compiler, connection, template=template, **extra)


class CodeOf(Func):
    """A word as the number that stands for it, and `other` for a word that is not among them."""

    output_field = models.IntegerField()

    def __init__(self, word: str, codes: Mapping[str, int], other: int) -> None:
        super().__init__(word)
        self.codes, self.other = codes, other

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Compare with each word in turn, in the order in which they were given."""
        word, params = compiler.compile(self.source_expressions[0])
        whens = " ".join(f"WHEN %s THEN {code}" for code in self.codes.values())
        return f"(CASE {word} {whens} ELSE {self.other} END)", (*params, *self.codes)


class SideBySide(Func):
    """Whole numbers from 0 side by side in one of 63 bits, the first one in the highest of them.

    `bits` tells how many each may take; `unpacked` takes them apart.
    """

    output_field = models.BigIntegerField()

    def __init__(self, *numbers: Any, bits: Sequence[int]) -> None:
        super().__init__(*numbers)
        self.bits = tuple(bits)

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Move each to its place and add them up."""
        large = "::bigint" if connection.vendor == "postgresql" else ""
        parts: list[str] = []
        params: list[str | int] = []
        for number, place in zip(self.source_expressions, places(self.bits), strict=True):
            sql, its_own = compiler.compile(number)
            parts.append(f"({sql}){large} * {1 << place}")
            params += its_own
        return f"({' + '.join(parts)})", tuple(params)


def places(bits: Sequence[int]) -> list[int]:
    """Return by how many bits each of the numbers side by side is moved to its place."""
    return [sum(bits[number + 1 :]) for number in range(len(bits))]


def unpacked(whole: NDArray[np.int64], bits: Sequence[int]) -> list[NDArray[np.int64]]:
    """Take numbers apart that came side by side."""
    return [
        (whole >> place) & ((1 << width) - 1)
        for width, place in zip(bits, places(bits), strict=True)
    ]


CHARACTER_BITS = 20
FIRST_CHARACTER = 1 << 16
"""From here on there are as many characters as numbers of 20 bits, and all of them may be used."""


def in_characters(widths: Mapping[str, int]) -> str:
    """Say in the SQL of SQLite how numbers from 0, of so many bits, become characters in a row."""
    mask = (1 << CHARACTER_BITS) - 1
    pieces = [
        f"{FIRST_CHARACTER} + ({column} >> {place} & {mask})"
        for column, bits in widths.items()
        for place in _moves(bits)
    ]
    return f"char({', '.join(pieces)})"


def from_characters(text: str, widths: Sequence[int]) -> NDArray[np.int64]:
    """Return the numbers that were written as characters, rows x numbers."""
    size = sum(len(_moves(bits)) for bits in widths)
    pieces = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").reshape(-1, size)
    numbers = np.zeros((len(pieces), len(widths)), dtype=np.int64)
    at = 0
    for number, bits in enumerate(widths):
        for move in _moves(bits):
            numbers[:, number] += (pieces[:, at].astype(np.int64) - FIRST_CHARACTER) << move
            at += 1
    return numbers


def _moves(bits: int) -> range:
    """Return by how many bits each piece of a number is moved, the highest first."""
    highest = (bits - 1) // CHARACTER_BITS * CHARACTER_BITS
    return range(highest, -1, -CHARACTER_BITS)
