"""Days and moments as whole numbers, worked out by the database itself.

Reading many rows as dates and times costs more than counting them; as numbers they go straight
into columns.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func
from django.db.models.sql.compiler import SQLCompiler


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
