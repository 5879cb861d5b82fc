"""The second lock on other municipalities' rows: PostgreSQL itself hides them.

The first lock is in the queries, which ask who is looking. This one holds even when a query
forgets to: while someone is signed in, the database connection knows for which municipality,
and row level security leaves out every row of another. SQLite has no such thing.

A connection that was not told a municipality sees all: commands on the server, migrations, and
pages for everyone. A backup by `pg_dump` needs `--enable-row-security`, or a role that may
bypass it.
"""

from django.apps import apps
from django.db import connection as default_connection
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

SETTING = "meedoen.municipality"
POLICY = "own_municipality_once_asked"
FORMER_POLICIES = ("own_municipality", "only_own_municipality")
"""Said the same in words that made PostgreSQL choose slow ways, or look up the setting per row."""
# True when the connection was told nothing: no narrowing. Coalesce stands outside on purpose.
# Inside, PostgreSQL expects one row in 200 to pass and chooses slow ways to join; now it expects
# half of them. The setting is selected, which PostgreSQL does once for a question; else it looks it
# up for every row, and that takes longer than reading the row.
CONDITION = (
    "coalesce(municipality_id ="
    f" (SELECT nullif(current_setting('{SETTING}', true), '')::bigint), true)"
)


def tables_to_lock() -> list[str]:
    """Return the names of the tables of which every row belongs to a municipality."""
    return sorted(
        model._meta.db_table  # noqa: SLF001 - public API of Django, its name notwithstanding
        for model in apps.get_models()
        if any(field.column == "municipality_id" for field in model._meta.local_concrete_fields)  # noqa: SLF001
    )


def lock(connection: BaseDatabaseWrapper) -> None:
    """Put the second lock on every table that misses it; the others are not touched.

    Each table at once: row level security without its policy would hide every row.
    """
    for table in unlocked_tables(connection):
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for former in (POLICY, *FORMER_POLICIES):
                cursor.execute(f"DROP POLICY IF EXISTS {former} ON {table}")
            cursor.execute(
                f"CREATE POLICY {POLICY} ON {table} USING ({CONDITION}) WITH CHECK ({CONDITION})"
            )
            # Without FORCE the owner of the tables, who serves the site, would pass by.
            cursor.execute(
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
            )


def unlocked_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the tables that are there and miss the second lock; none on SQLite."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = ANY (current_schemas(false)) AND p.polname = %s"
            " AND c.relrowsecurity AND c.relforcerowsecurity",
            [POLICY],
        )
        locked = {row[0] for row in cursor.fetchall()}
    return [table for table in tables_to_lock() if table in present - locked]


def is_passed_by(connection: BaseDatabaseWrapper) -> bool:
    """Return whether the role that Meedoen connects as is above row level security."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        found = cursor.fetchone()
    return bool(found and found[0])


def narrow_to(municipality_id: int | None) -> None:
    """Tell the database for which municipality this connection works from now on; None is all."""
    if default_connection.vendor != "postgresql":
        return
    with default_connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, str(municipality_id or "")])
