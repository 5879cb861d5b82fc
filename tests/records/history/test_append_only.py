from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command, sql
from django.db import DatabaseError, connection, transaction
from django.db.migrations.operations import AlterField
from django.db.migrations.state import ProjectState
from django.db.models import CharField

from meedoen.records.history import append_only
from meedoen.records.history.models import Entry

GUARDED = ["budget_publication", "budget_publishedcell", "figures_figure"]
GUARDED += ["figures_measuring", "history_entry", "history_reading"]


def test_every_guarded_table_is_locked(db):
    assert append_only.guarded_tables() == GUARDED
    assert append_only.locked_tables(connection) == set(GUARDED)


@pytest.mark.parametrize("statement", ["UPDATE {} SET municipality_id = 0", "DELETE FROM {}"])
def test_the_database_refuses_to_change_history(town, statement):
    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("history_entry"))


def test_the_orm_cannot_change_history_either(town):
    entries = Entry.objects.visible_to(town.connie)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        entries.update(starts_on=date(2000, 1, 1))
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        entries._raw_delete("default")


def test_locks_survive_a_migration_that_remakes_the_table(transactional_db):
    """Do what Django does around a migration; SQLite drops triggers when it remakes a table."""
    sql.emit_pre_migrate_signal(0, interactive=False, db="default")
    remake_entries()
    assert "history_entry" not in append_only.locked_tables(connection)
    sql.emit_post_migrate_signal(0, interactive=False, db="default")
    assert append_only.locked_tables(connection) == set(GUARDED)
    remake_entries(back=True)
    call_command("migrate", verbosity=0)
    assert append_only.locked_tables(connection) == set(GUARDED)


def remake_entries(*, back: bool = False) -> None:
    """Alter a column of the history, or alter it back."""
    before = ProjectState.from_apps(apps)
    wider = AlterField("entry", "ladder_version", CharField(max_length=30, blank=True))
    after = before.clone()
    wider.state_forwards("history", after)
    with connection.schema_editor() as editor:
        if back:
            wider.database_backwards("history", editor, after, before)
        else:
            wider.database_forwards("history", editor, before, after)
