"""`meedoen measure DATE`: compute every indicator and keep the figures."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meedoen.records.figures.actions import measure
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import (
    UnknownMunicipalityError,
    municipality_codes,
    system_viewer,
)
from meedoen.rules.indicators.language import NoVersionError


class Command(BaseCommand):
    """Measure on a day, for one municipality or for all."""

    help = "Compute every indicator on a day from the history, and keep the figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("date", type=date.fromisoformat, help="reference date, YYYY-MM-DD")
        parser.add_argument("--municipality", help="CBS code; without it all municipalities")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Measure and say so."""
        on: date = options["date"]
        if on > clock.today():
            raise CommandError(f"{on} has not come yet: nobody knows what is true on that day.")
        wanted = options["municipality"]
        for code in [wanted] if wanted else municipality_codes():
            try:
                measure(system_viewer(code), on=on)
            except (UnknownMunicipalityError, NoVersionError) as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"{code}: measured on {on}.")
