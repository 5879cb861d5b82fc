"""Tables for a process that a test starts, quicker than by migrating."""

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings


def make_tables() -> None:
    """Make every table straight from the models, and write down that nothing is to be migrated.

    Migrating takes more than ten seconds; that it leads to the same tables is a test of its own.
    """
    without = {app.label: None for app in apps.get_app_configs()}
    with override_settings(MIGRATION_MODULES=without):
        call_command("migrate", verbosity=0, run_syncdb=True, skip_checks=True)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(connection).disk_migrations:
        recorder.record_applied(app, name)
