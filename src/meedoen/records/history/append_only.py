"""The locks on tables that are only added to, on SQLite and on PostgreSQL.

A model with `append_only = True` gets triggers that refuse to change or remove a row. On SQLite
they also refuse to insert a row over another one: `REPLACE` removes without a delete trigger.

Django remakes SQLite tables when a migration changes them, and triggers do not survive that
silently; so they are taken off before a migration and put back after it, or after its failure.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, UniqueConstraint

FUNCTION = "meedoen_refuse_change"
EMPTY = "__isnull"


def guarded_models() -> list[type[Model]]:
    """Return the models of which rows never change, by the names of their tables."""
    found = [model for model in apps.get_models() if getattr(model, "append_only", False)]
    return sorted(found, key=_table)


def guarded_tables() -> list[str]:
    """Return the names of the tables of which rows never change, in alphabetical order."""
    return [_table(model) for model in guarded_models()]


def lock(connection: BaseDatabaseWrapper) -> None:
    """Put on the locks that are missing, all at once; doing it again changes nothing."""
    wanted = _wanted(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        present = _present(connection)
        missing = [statement for name, statement in wanted.items() if name not in present]
        if missing and connection.vendor == "postgresql":
            cursor.execute(_postgresql_function())
        for statement in missing:
            cursor.execute(statement)


def unlock(connection: BaseDatabaseWrapper) -> None:
    """Take the locks off, for as long as a migration rebuilds tables."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for table, trigger in _present(connection):
            place = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{place}")


def unlocked_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the guarded tables that are there and miss a lock at this moment."""
    missing = _wanted(connection).keys() - _present(connection)
    return sorted({table for table, _trigger in missing})


def _table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - public API of Django, its name notwithstanding


def _wanted(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """Return the statement for every lock that should be there, by table and trigger."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    locks = _postgresql_locks if connection.vendor == "postgresql" else _sqlite_locks
    return {
        (_table(model), trigger): statement
        for model in guarded_models()
        if _table(model) in tables
        for trigger, statement in locks(model)
    }


def _present(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Return the locks that are there, by table and trigger."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = ANY (current_schemas(false)) AND t.tgname LIKE 'append_only_%'"
            " AND t.tgenabled = 'O'"
        )
    else:
        query = (
            "SELECT tbl_name, name FROM sqlite_master"
            " WHERE type = 'trigger' AND name LIKE 'append_only_%'"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {(table, trigger) for table, trigger in cursor.fetchall()}


def _postgresql_function() -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is only added to: write a new row that replaces the old one',"
        " TG_TABLE_NAME; END $$"
    )


def _postgresql_locks(model: type[Model]) -> Iterator[tuple[str, str]]:
    refuse = f"EXECUTE FUNCTION {FUNCTION}()"
    for trigger, change, each in (
        ("append_only_rows", "UPDATE OR DELETE", "ROW"),
        ("append_only_table", "TRUNCATE", "STATEMENT"),
    ):
        when = f"BEFORE {change} ON {_table(model)} FOR EACH {each}"
        yield trigger, f"CREATE TRIGGER {trigger} {when} {refuse}"


def _sqlite_locks(model: type[Model]) -> Iterator[tuple[str, str]]:
    table = _table(model)
    sentence = f"{table} is only added to: write a new row that replaces the old one"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {_same_row(model)})"  # noqa: S608
    for change, when in (("UPDATE", ""), ("DELETE", ""), ("INSERT", taken)):
        trigger = f"append_only_{table}_{change.lower()}"
        yield trigger, f"CREATE TRIGGER {trigger} BEFORE {change} ON {table} {when} {refuse}"


def _same_row(model: type[Model]) -> str:
    """Return the condition that a new row would take the place of one that is there."""
    meta = model._meta  # noqa: SLF001 - see _table
    unique = [[f"{f.column} = NEW.{f.column}"] for f in meta.local_concrete_fields if f.unique]
    unique += [
        _same_key(model, constraint)
        for constraint in meta.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    return " OR ".join("(" + " AND ".join(same) + ")" for same in unique)


def _same_key(model: type[Model], constraint: UniqueConstraint) -> list[str]:
    """Return when two rows would be one by a constraint, which may hold where a field is empty.

    Raises ValueError for a constraint with another condition: such a row could be replaced.
    """
    conditions = [] if constraint.condition is None else constraint.condition.children
    empty: list[str] = []
    for condition in conditions:
        name, wanted = condition if isinstance(condition, tuple) else ("", None)
        if not name.endswith(EMPTY) or wanted is not True:
            raise ValueError(f"{constraint.name} can guard only where a field is empty")
        empty.append(name.removesuffix(EMPTY))
    equal = [_column(model, name) for name in constraint.fields]
    return [
        *(f"{column} = NEW.{column}" for column in equal),
        *(f"{_column(model, name)} IS NULL" for name in empty),
        *(f"NEW.{_column(model, name)} IS NULL" for name in empty),
    ]


def _column(model: type[Model], name: str) -> str:
    column = model._meta.get_field(name).column  # type: ignore[union-attr] # noqa: SLF001
    return str(column)
