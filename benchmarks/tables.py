"""The tables of Meedoen in an empty database, and filling one of them as fast as it can be."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

ROOT = Path(__file__).resolve().parent.parent


def make_tables() -> None:
    """Make every table straight from the models: migrating takes half a minute each time."""
    sys.path.append(str(ROOT))
    from tests.from_models import make_tables as from_models

    from_models()


def fill(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Put rows in an empty table as they are: COPY on PostgreSQL, one statement on SQLite.

    Nothing is checked, and indexes are made when all is there.
    """
    names = ", ".join(columns)
    with _bare(table), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["?"] * len(columns))
            statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608
            cursor.connection.executemany(statement, rows)
    with connection.cursor() as cursor:
        # As a standing database does by itself in the night.
        cursor.execute(f"ANALYZE {table}")


@contextmanager
def _bare(table: str) -> Iterator[None]:
    """Take off what makes filling a table slow; what refers to other rows stays unchecked."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgresql:
            _run(cursor, f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", *_references(table))
        else:
            indexes = _indexes(table)
            off = [f"DROP INDEX {name}" for name in indexes]
            _run(cursor, "PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON", *off)
        yield
        if postgresql:
            _run(cursor, f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        else:
            on = indexes.values()
            _run(cursor, *on, "PRAGMA foreign_keys = ON", "PRAGMA ignore_check_constraints = OFF")


def _run(cursor: Any, *statements: str) -> None:
    for statement in statements:
        cursor.execute(statement)


def _references(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass",
            [table],
        )
        return [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for (name,) in cursor.fetchall()]


def _indexes(table: str) -> dict[str, str]:
    """Return the indexes of a table that can be made again, with how."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
            [table],
        )
        return dict(cursor.fetchall())
