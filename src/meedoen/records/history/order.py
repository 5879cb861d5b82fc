"""Writing and counting in an order that can be told afterwards.

An entry says when it was recorded before its transaction is over. Without order a measuring
could miss an entry that, by its own word, was there already, and counting again "as known at"
that moment would give another figure. So writers of history share a lock, and a measuring waits
until it has it alone. SQLite has one writer at a time, which is order enough.
"""

from django.db import connection

FAMILY = 7_302_018
"""Keeps these locks apart from other advisory locks in the same database."""


def share_with_other_writers(municipality_id: int) -> None:
    """Wait until no measuring is going on, and hold the next one up to the end of the transaction.

    What is written gets its moment after this.
    """
    _lock("pg_advisory_xact_lock_shared", municipality_id)


def wait_for_writers(municipality_id: int) -> None:
    """Wait until everything that was being written is there; new writers wait for us."""
    _lock("pg_advisory_xact_lock", municipality_id)


def is_being_written(municipality_id: int) -> bool:
    """Tell whether somebody else may be writing entries with numbers that we cannot see yet.

    On SQLite an entry gets its number and is there in the same order, so never.
    """
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"
            " AND classid = %s::bigint::oid AND objid = %s::bigint::oid AND pid <> pg_backend_pid()"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [FAMILY, municipality_id],
        )
        return cursor.fetchone() is not None


def _lock(function: str, municipality_id: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [FAMILY, municipality_id])
