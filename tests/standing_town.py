"""The test town, built once in a process and put back row by row for the tests after that.

Building goes through the actions and asks the database a hundred questions; putting the same
rows back asks one for each table. The rows say when they were written, so there is a town for each
moment that tests live in; while time travels on there is none, and the town is built anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import time_machine
from django.db import connection, transaction

from meedoen.records.organisations import clock
from tests.town import Town, build_town


@dataclass(frozen=True)
class Standing:
    """The town as it was built: the cast, and the rows of each table that it filled."""

    town: Town
    rows: dict[str, tuple[Sequence[str], Sequence[tuple]]]


_standing: dict[tuple[str, datetime | None], Standing] = {}


def standing_town() -> Town:
    """Return the town, in a database in which it is not there yet."""
    if time_machine.escape_hatch.is_travelling():
        return build_town()
    key = (str(connection.settings_dict["NAME"]), clock._moment.get())
    if key not in _standing:
        before = _rows()
        town = build_town()
        filled = {table: rows for table, rows in _rows().items() if table not in before}
        _standing[key] = Standing(town, filled)
        return town
    _put_back(_standing[key])
    return _standing[key].town


def _rows() -> dict[str, tuple[Sequence[str], Sequence[tuple]]]:
    """Return the columns and rows of every table that holds any."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            if rows := cursor.fetchall():
                found[table] = ([column[0] for column in cursor.description], rows)
    return found


def _put_back(standing: Standing) -> None:
    # Foreign keys are looked at in the end, so the order of the tables plays no part.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, rows) in standing.rows.items():
            names = ", ".join(map(connection.ops.quote_name, columns))
            one = f"({', '.join(['%s'] * len(columns))})"
            places = ", ".join([one] * len(rows))
            values = [value for row in rows for value in row]
            cursor.execute(
                f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES {places}",  # noqa: S608
                values,
            )
