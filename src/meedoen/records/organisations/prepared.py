"""Small questions that are put together once and asked again and again.

Putting a queryset together takes ten times as long as the database needs to answer it. Where many
small questions are asked for one page, that is most of the time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from meedoen.records.organisations import clock
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Role, Viewer

Question = Callable[[Viewer, Q, date], QuerySet[Any, Any]]
"""From who looks, whose rows, and the day of today to a queryset of tuples."""

# In the place of the real values while a question is put together; no real value is like these.
_TOWN, _PERSON, _DAY = -7_000_001, -7_000_002, date(1, 2, 3)
_ANYBODY = Viewer(municipality_id=_TOWN, role=Role.SYSTEM)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement, what goes in it, and how values of columns become those of Python."""

    sql: str
    values: tuple[Any, ...]
    converters: Any


class Prepared:
    """One question about a municipality or one person there, for who may see all of that.

    Whether somebody may look is to be asked before: no role plays a part in it.
    """

    def __init__(self, question: Question) -> None:
        """Take what puts the question together; it may use its three values only as such."""
        self._question = question
        self._statements: dict[str, _Statement] = {}

    def ask(
        self, *, municipality_id: int, pseudonym_id: int | None = None
    ) -> list[tuple[Any, ...]]:
        """Return the rows as the queryset would; about nobody, none of theirs."""
        statement = self._statements.get(connection.vendor)
        if statement is None:
            statement = self._put_together()
            self._statements[connection.vendor] = statement
        today = clock.today()
        real: dict[Any, Any] = {
            _TOWN: municipality_id,
            _PERSON: pseudonym_id,
            _DAY: today,
            # How SQLite keeps a day.
            _DAY.isoformat(): today.isoformat(),
        }
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [real.get(one, one) for one in statement.values])
            rows = cursor.fetchall()
        return [_converted(row, statement.converters) for row in rows]

    def _put_together(self) -> _Statement:
        rows = self._question(_ANYBODY, Q(pseudonym_id=_PERSON), _DAY)
        if isinstance(rows, ScopedQuerySet):
            rows.demand_scope()
        compiler = rows.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        return _Statement(sql, tuple(values), compiler.get_converters(columns))


def _converted(row: tuple[Any, ...], converters: Any) -> tuple[Any, ...]:
    """Return a row with the values of Python, as Django's compiler converts them."""
    if not converters:
        return row
    values = list(row)
    for position, (functions, column) in converters.items():
        for function in functions:
            values[position] = function(values[position], column, connection)
    return tuple(values)
