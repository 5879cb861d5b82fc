"""`meedoen prepare`: make the database ready; doing it again changes nothing."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Bring tables, shared cache and static files up to date."""

    help = "Make the database and the static files ready for this version."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do each step, quietly unless asked otherwise."""
        verbosity = options["verbosity"] - 1
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=verbosity)
        call_command("collectstatic", interactive=False, verbosity=verbosity)
