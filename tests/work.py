"""Doing the work of the queue in the test itself, as the worker does it in its own process."""

from django.core.management import call_command


def work_off() -> None:
    """Do all the work that is in the queue and due now."""
    call_command("db_worker", queue_name="*", batch=True, startup_delay=False, interval=0)
