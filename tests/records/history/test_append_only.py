from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.operations import AlterField
from django.db.models import CharField

from meedoen.records.history import append_only
from meedoen.records.history.models import Entry


def test_every_guarded_table_is_locked(db):
    assert append_only.locked_tables(connection) == set(append_only.guarded_tables())
    assert "history_entry" in append_only.guarded_tables()


@pytest.mark.parametrize("statement", ["UPDATE {} SET municipality_id = 0", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["history_entry"])
def test_the_database_refuses_to_change_history(town, table, statement):
    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_the_orm_cannot_change_history_either(town):
    entries = Entry.objects.visible_to(town.connie)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        entries.update(starts_on=date(2000, 1, 1))
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        entries._raw_delete("default")


def test_locks_survive_a_migration_that_remakes_the_table(transactional_db):
    from django.core.management import call_command

    from django.db.migrations.state import ProjectState

    # What Django does around a migration: take the locks off, remake the table, put them back.
    config = apps.get_app_config("history")
    from django.db.models.signals import post_migrate, pre_migrate

    pre_migrate.send(sender=config, using="default", app_config=config)
    state = ProjectState.from_apps(apps)
    operation = AlterField("entry", "ladder_version", CharField(max_length=30, blank=True))
    after = state.clone()
    operation.state_forwards("history", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("history", editor, state, after)
    assert "history_entry" not in append_only.locked_tables(connection)
    post_migrate.send(sender=config, using="default", app_config=config)
    assert append_only.locked_tables(connection) == set(append_only.guarded_tables())
    call_command("check")
