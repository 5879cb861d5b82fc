"""The locks on tables that are only added to, on SQLite and on PostgreSQL.

A model with `append_only = True` gets triggers that refuse UPDATE and DELETE (and TRUNCATE).
Django remakes SQLite tables when a migration changes them, and triggers do not survive that
silently; so they are taken off before every migration and put back after it.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

FUNCTION = "meedoen_refuse_change"


def guarded_tables() -> list[str]:
    """Return the names of the tables of which rows never change, in alphabetical order."""
    return sorted(
        model._meta.db_table  # noqa: SLF001 - public API of Django, its name notwithstanding
        for model in apps.get_models()
        if getattr(model, "append_only", False) and issubclass(model, models.Model)
    )


def lock(connection: BaseDatabaseWrapper) -> None:
    """Put the locks on every guarded table that exists; doing it again changes nothing."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        tables = [table for table in guarded_tables() if table in present]
        if connection.vendor == "postgresql" and tables:
            cursor.execute(_postgresql_function())
        for table in tables:
            for statement in _unlocking(connection.vendor, table):
                cursor.execute(statement)
            for statement in _locking(connection.vendor, table):
                cursor.execute(statement)


def unlock(connection: BaseDatabaseWrapper) -> None:
    """Take the locks off, for as long as a migration rebuilds tables."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in guarded_tables():
            if table in present:
                for statement in _unlocking(connection.vendor, table):
                    cursor.execute(statement)


def locked_tables(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the tables that have their full set of locks at this moment."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname LIKE 'append_only_%%' AND t.tgenabled = 'O'"
        )
    else:
        query = (
            "SELECT tbl_name FROM sqlite_master"
            " WHERE type = 'trigger' AND name LIKE 'append_only_%%'"
        )
    with connection.cursor() as cursor:
        cursor.execute(query.replace("%%", "%"))
        found = [row[0] for row in cursor.fetchall()]
    return {table for table in guarded_tables() if found.count(table) == 2}


def _postgresql_function() -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is only added to: write a new row that replaces the old one',"
        " TG_TABLE_NAME; END $$"
    )


def _locking(vendor: str, table: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield (
            f"CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
        )
        yield (
            f"CREATE TRIGGER append_only_table BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER append_only_{table}_{change.lower()} BEFORE {change} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is only added to:"
            " write a new row that replaces the old one'); END"
        )


def _unlocking(vendor: str, table: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield f"DROP TRIGGER IF EXISTS append_only_rows ON {table}"
        yield f"DROP TRIGGER IF EXISTS append_only_table ON {table}"
        return
    for change in ("update", "delete"):
        yield f"DROP TRIGGER IF EXISTS append_only_{table}_{change}"
