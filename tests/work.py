"""Doing the work of the queue in the test itself, as the worker does it in its own process."""

from unittest.mock import patch

from django.core.management import call_command

CLOSING = "django_tasks_db.management.commands.db_worker.close_old_connections"


def work_off() -> None:
    """Do all the work that is in the queue and due now."""
    # A worker begins with a fresh connection; on PostgreSQL that would end the test's own.
    with patch(CLOSING):
        call_command("db_worker", queue_name="*", batch=True, startup_delay=False, interval=0)
