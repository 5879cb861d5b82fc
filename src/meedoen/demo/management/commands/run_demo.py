"""`meedoen run_demo`: take the demo town through the chain and print its figures."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from meedoen.demo.build import is_built
from meedoen.demo.chain import run_chain, table
from meedoen.records.signals.tasks import put_the_night_in_queue


class Command(BaseCommand):
    """Runs the chain once, and prints the figures every time."""

    help = "Takes the demo town from a conversation to a published page and prints the figures."
    # `meedoen prepare` checks the settings and every address; it goes before.
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run the chain, all or nothing, and print the table."""
        if not is_built():
            raise CommandError("The demo town is not there: run `meedoen build-demo` first.")
        with transaction.atomic():
            run_chain(tell=self.stdout.write)
        # The work of a night, so that the coaches find their signals in the morning.
        put_the_night_in_queue()
        call_command("work", once=True)
        self.stdout.write("")
        for line in table():
            self.stdout.write(line)
