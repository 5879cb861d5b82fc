"""The test town and scenes on it, built once in a process and put back row by row after that.

Building goes through the actions and asks the database hundreds of questions; putting the same
rows back asks one for each table. The rows say when they were written, so there is a town for each
moment that tests live in; while time travels on there is none, and the town is built anew.

A scene is put back only on what it was built on: the town alone, or the town with the same scenes
before it. After anything else was written, a scene is built like any other.
"""

import copy
import functools
import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.utils import translation

from meedoen.records.organisations import clock
from tests.town import Town, build_town

Path = tuple
"""How the database came to what it holds: the town, and the scenes on it in their order."""
DEEPEST = 5
"""Who makes a crowd one by one leaves no state behind for each of them."""
READS = ("SELECT", "SAVEPOINT", "RELEASE", "PRAGMA", "DECLARE")
WRITTEN = re.compile(r'(?:INSERT INTO|INSERT OR IGNORE INTO|UPDATE|DELETE FROM) "(\w+)"')
AT_ONCE = 200
"""So many rows go into one statement."""


@dataclass(frozen=True)
class Table:
    """The rows of a table, by what tells them apart."""

    columns: list[str]
    rows: dict[Any, tuple]


@dataclass(frozen=True)
class Standing:
    """What building gave, all tables with rows after it, and what brings them there again."""

    value: Any
    tables: dict[str, Table]
    statements: list[tuple[str, list]]
    touched: set[str]


@dataclass
class Watch:
    """Sees what is written: it ends the path, and belongs to the scenes that are being built."""

    path: Path | None = None
    building: list[set[str]] = field(default_factory=list)

    def __call__(self, execute, sql, params, many, context):
        if not str(sql).startswith(READS):
            self.path = None
            written = WRITTEN.match(str(sql))
            self.touch({written[1]} if written else set(_keys()))
        return execute(sql, params, many, context)

    def touch(self, tables: set[str]) -> None:
        for scene in self.building:
            scene.update(tables)


_standing: dict[Path, Standing] = {}
_watch = Watch()


@contextmanager
def standing_town() -> Iterator[Town]:
    """Give the town, in a database in which it is not there yet."""
    if time_machine.escape_hatch.is_travelling():
        yield build_town()
        return
    path = ((str(connection.settings_dict["NAME"]), clock._moment.get()),)
    if path not in _standing:
        before = _tables()
        town = build_town()
        _keep(path, town, before, _tables())
    else:
        _put_back(_standing[path])
    with connection.execute_wrapper(_watch):
        _watch.path = path
        try:
            yield _standing[path].value
        finally:
            _watch.path = None


def kept(build: Callable[..., Any]) -> Callable[..., Any]:
    """Let a scene on the town be built once for each way it is asked for, and put back after that.

    The scene takes the town and plain values, and gives plain values. What a test is about, or
    counts the questions of, is no scene.
    """

    @functools.wraps(build)
    def scene(*given: Any, **named: Any) -> Any:
        before = _watch.path
        if not before or len(before) == DEEPEST or time_machine.escape_hatch.is_travelling():
            return build(*given, **named)
        step = (build.__module__, build.__qualname__, *_asked(*given, **named))
        path = (*before, step)
        if path not in _standing:
            _build_on(before, path, lambda: build(*given, **named))
        else:
            _put_back(_standing[path])
        _watch.path = path
        return copy.deepcopy(_standing[path].value)

    return scene


def _asked(*given: Any, **named: Any) -> Iterator[Any]:
    """Yield what makes a scene another one: when, in which language, and with which values."""
    yield clock._moment.get() or clock.today()
    yield translation.get_language()
    # The town is the same one on every path that begins alike.
    values = [*enumerate(given), *sorted(named.items())]
    yield pickle.dumps([value for value in values if not isinstance(value[1], Town)])


def _build_on(before: Path, path: Path, build: Callable[[], Any]) -> None:
    touched: set[str] = set()
    _watch.building.append(touched)
    try:
        value = build()
    finally:
        _watch.building.pop()
    old = _standing[before].tables
    _keep(path, copy.deepcopy(value), old, old | {name: _table(name) for name in touched})


def _keep(path: Path, value: Any, before: dict[str, Table], after: dict[str, Table]) -> None:
    statements: list[tuple[str, list]] = []
    touched = {name for name in after if after[name] != before.get(name)}
    for name in sorted(touched):
        statements += _difference(name, before.get(name), after[name])
    _standing[path] = Standing(value, after, statements, touched)


def _difference(name: str, before: Table | None, after: Table) -> Iterator[tuple[str, list]]:
    """Yield what makes the rows of a table those after, from those before."""
    old = before.rows if before else {}
    quote = connection.ops.quote_name
    if away := [key for key, row in old.items() if after.rows.get(key) != row]:
        places = ", ".join(["%s"] * len(away))
        yield f"DELETE FROM {quote(name)} WHERE {quote(_key_of(name))} IN ({places})", away  # noqa: S608
    new = [row for key, row in after.rows.items() if old.get(key) != row]
    columns = ", ".join(map(quote, after.columns))
    one = f"({', '.join(['%s'] * len(after.columns))})"
    for start in range(0, len(new), AT_ONCE):
        rows = new[start : start + AT_ONCE]
        yield (
            f"INSERT INTO {quote(name)} ({columns}) VALUES {', '.join([one] * len(rows))}",  # noqa: S608
            [value for row in rows for value in row],
        )


def _put_back(standing: Standing) -> None:
    # Foreign keys are looked at in the end, so the order of the tables plays no part.
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, values in standing.statements:
            cursor.execute(statement, values)
    _watch.touch(standing.touched)


def _tables() -> dict[str, Table]:
    """Return every table that holds rows."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return {name: table for name in names if (table := _table(name)).rows}


def _table(name: str) -> Table:
    quote = connection.ops.quote_name
    written = ", ".join(map(quote, _columns()[name])) if name in _columns() else "*"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {written} FROM {quote(name)}")  # noqa: S608
        columns = [column[0] for column in cursor.description]
        key = columns.index(_key_of(name)) if name in _keys() else None
        return Table(columns, {row if key is None else row[key]: row for row in cursor.fetchall()})


def _key_of(name: str) -> str:
    return _keys()[name]


@functools.cache
def _keys() -> dict[str, str]:
    """Return the column of the primary key of every table of a model."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model._meta.pk.column for model in models}


@functools.cache
def _columns() -> dict[str, list[str]]:
    """Return the columns of the table of every model that somebody writes in."""
    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.db_table: [
            one.column for one in model._meta.local_concrete_fields if not one.generated
        ]
        for model in models
    }
