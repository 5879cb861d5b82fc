"""Asking one database several things at once, that all see what was there at one moment."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from django.db import OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from meedoen.records.organisations.second_lock import SETTING

log = logging.getLogger(__name__)

AT_ONCE = 2
"""For two cores."""
ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def as_of_one_moment() -> Iterator[bool]:
    """See on PostgreSQL what was there at one moment, however many questions are put.

    There a lower number can come later than a higher one, and with it an entry that replaces one
    in a block that was read already. SQLite lets one writer in at a time: what was the newest at
    the beginning has everything below it.

    Gives whether other connections can see the same: not what a transaction wrote that is at work
    already, and not a database in memory, which has but one.
    """
    if connection.in_atomic_block:
        yield False
    elif connection.vendor != "postgresql":
        yield not connection.is_in_memory_db()  # type: ignore[attr-defined]  # of SQLite
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(ONE_MOMENT)
            yield True


@contextmanager
def connections_apart() -> Iterator[Sequence[BaseDatabaseWrapper]]:
    """Give connections to ask at the same time, each by one thread, within `as_of_one_moment`.

    They see what this connection sees. There are none when the database lets no more of them in.
    """
    with ExitStack() as to_close:
        yield _opened(to_close)


def _opened(to_close: ExitStack) -> list[BaseDatabaseWrapper]:
    opened = []
    try:
        for _ in range(AT_ONCE):
            database = connection.copy()
            # What waits for its turn in the pool may be waiting for us.
            database.settings_dict["OPTIONS"].pop("pool", None)
            database.inc_thread_sharing()
            to_close.callback(database.close)
            database.ensure_connection()
            opened.append(database)
    except OperationalError as error:
        log.warning("The history is read with one connection, for no other came: %s", error)
        return []
    if connection.vendor == "postgresql":
        _show_the_same(opened)
    return opened


def _show_the_same(opened: Sequence[BaseDatabaseWrapper]) -> None:
    """Let other connections see what this one sees: its moment, and only its municipality."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_export_snapshot(), current_setting('{SETTING}', true)")
        moment, municipality = cursor.fetchone()
    for database in opened:
        database.set_autocommit(False)
        with database.cursor() as cursor:
            cursor.execute(ONE_MOMENT)
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [moment])
            cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, municipality or ""])
