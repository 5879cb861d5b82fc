"""`meedoen prepare`: make the database ready; doing it again changes nothing."""

from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from meedoen.config import first_tables
from meedoen.records.history import append_only
from meedoen.records.organisations import second_lock


class Command(BaseCommand):
    """Bring tables, shared cache and static files up to date."""

    help = "Make the database and the static files ready for this version."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do each step, quietly unless asked otherwise."""
        verbosity = options["verbosity"] - 1
        if first_tables.is_empty():
            first_tables.make_tables()
        try:
            call_command("migrate", interactive=False, verbosity=verbosity)
        finally:
            # Also when a migration failed half-way: history must not stay open to change.
            append_only.lock(connection)
            second_lock.lock(connection)
        call_command("createcachetable", verbosity=verbosity)
        # Raises for anything that is wrong; that all is well need not be said.
        call_command("check", databases=["default"], stdout=StringIO())
        call_command("collectstatic", interactive=False, verbosity=verbosity)
        if connection.vendor == "sqlite":
            _for_the_owner_only(Path(settings.DATABASES["default"]["NAME"]))


def _for_the_owner_only(file: Path) -> None:
    """Let nobody else on this machine read the database; its journals follow its permissions."""
    if file.exists():
        file.chmod(0o600)
