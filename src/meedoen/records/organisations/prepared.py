"""Small questions that are put together once and asked again and again.

Putting a queryset together takes ten times as long as the database needs to answer it. Where many
small questions are asked for one page, that is most of the time.
"""

from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from meedoen.records.organisations import clock
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer

Question = Callable[[Viewer, Q], QuerySet[Any, Any]]
"""From who looks and whose rows are wanted to a queryset of tuples."""

# In the place of the real values while a question is put together; no real value is like these.
_PERSON = -7_000_001
_VIEWER = {
    "municipality_id": -7_000_002,
    "membership_id": -7_000_003,
    "account_id": -7_000_004,
    "organisation_id": -7_000_005,
    "team_id": -7_000_006,
    "link_id": -7_000_007,
}
_NOON = datetime(1901, 2, 3, 12, tzinfo=UTC)
_DAY = _NOON.date()


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement, what goes in it, and how values of columns become those of Python."""

    sql: str
    values: tuple[Any, ...]
    converters: Any


class Prepared:
    """One question about a municipality or about one person there.

    It is put together once for every role. The question may use the ids of who looks, and of the
    clock the day of today, only as values to compare with; it may not choose by them.
    """

    def __init__(self, question: Question) -> None:
        """Take what puts the question together."""
        self._question = question
        self._statements: dict[tuple[Any, ...], _Statement | None] = {}

    def ask(self, viewer: Viewer, *, pseudonym_id: int | None = None) -> list[tuple[Any, ...]]:
        """Return the rows as the queryset would; about nobody, none of theirs."""
        stand_in = _stand_in(viewer)
        key = (connection.vendor, *astuple(stand_in))
        if key not in self._statements:
            self._statements[key] = self._put_together(stand_in)
        statement = self._statements[key]
        if statement is None:
            return []
        real = _real(viewer, pseudonym_id)
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [real.get(one, one) for one in statement.values])
            rows = cursor.fetchall()
        return [_converted(row, statement.converters) for row in rows]

    def _put_together(self, viewer: Viewer) -> _Statement | None:
        """Return the statement; None when it has no answer, whoever asks in this role."""
        with clock.at(_NOON):
            rows = self._question(viewer, Q(pseudonym_id=_PERSON))
        if isinstance(rows, ScopedQuerySet):
            rows.demand_scope()
        compiler = rows.query.get_compiler(connection=connection)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:
            return None
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        return _Statement(sql, tuple(values), compiler.get_converters(columns))


def _stand_in(viewer: Viewer) -> Viewer:
    """Return somebody in the same role; what the viewer does not have stays away."""
    there: dict[str, Any] = {
        name: one for name, one in _VIEWER.items() if getattr(viewer, name) is not None
    }
    return replace(viewer, **there)


def _real(viewer: Viewer, pseudonym_id: int | None) -> dict[Any, Any]:
    today = clock.today()
    real: dict[Any, Any] = {one: getattr(viewer, name) for name, one in _VIEWER.items()}
    # SQLite keeps a day as text.
    return real | {_PERSON: pseudonym_id, _DAY: today, _DAY.isoformat(): today.isoformat()}


def _converted(row: tuple[Any, ...], converters: Any) -> tuple[Any, ...]:
    """Return a row with the values of Python, as Django's compiler converts them."""
    if not converters:
        return row
    values = list(row)
    for position, (functions, column) in converters.items():
        for function in functions:
            values[position] = function(values[position], column, connection)
    return tuple(values)
