"""`meedoen measure DATE`: compute every indicator and keep the figures, of one day or many."""

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import CommandError

from meedoen.config.commands import OwnCommand
from meedoen.records.figures.actions import begin_measurings, finish_measurings
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import (
    UnknownMunicipalityError,
    municipality_codes,
    system_viewer,
)
from meedoen.rules.indicators.language import NoVersionError
from meedoen.rules.periods import month_ends


class Command(OwnCommand):
    """Measure on a day or on every month end between two, for one municipality or for all."""

    help = (
        "Compute every indicator from the history and keep the figures: on a day, or on every "
        "month end from a day up to another."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument(
            "date", nargs="?", type=date.fromisoformat, help="reference date, YYYY-MM-DD"
        )
        parser.add_argument(
            "--from", dest="first", type=date.fromisoformat, help="with --monthly: the first day"
        )
        parser.add_argument(
            "--to", dest="last", type=date.fromisoformat, help="with --monthly: the last day"
        )
        parser.add_argument(
            "--monthly", action="store_true", help="measure on every month end from --from to --to"
        )
        parser.add_argument("--municipality", help="CBS code; without it all municipalities")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Measure and say so, a line for every day that is kept."""
        days = _days(options)
        if days[-1] > clock.today():
            raise CommandError(
                f"{days[-1]} has not come yet: nobody knows what is true on that day."
            )
        wanted = options["municipality"]
        for code in [wanted] if wanted else municipality_codes():
            self._measure(code, days)

    def _measure(self, code: str, days: Sequence[date]) -> None:
        try:
            viewer = system_viewer(code)
            begun = begin_measurings(viewer, days=days)
        except (UnknownMunicipalityError, NoVersionError) as error:
            raise CommandError(str(error)) from error
        finish_measurings(
            viewer,
            measuring_ids=begun,
            tell=lambda day: self.stdout.write(f"{code}: measured on {day}."),
        )


def _days(options: dict[str, Any]) -> list[date]:
    """Return the days to measure on, in order. Raises CommandError for a choice that is none."""
    one, first, last = options["date"], options["first"], options["last"]
    if one and not (first or last or options["monthly"]):
        return [one]
    if one or not (first and last and options["monthly"]):
        raise CommandError(
            "Give one day (YYYY-MM-DD), or --monthly with both --from and --to, and not both."
        )
    days = list(month_ends(first, last))
    if not days:
        raise CommandError(f"There is no month end from {first} up to and including {last}.")
    return days
