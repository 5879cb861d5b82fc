"""`meedoen figures`: print every figure, counted anew from the history."""

import json
from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.queries import counted_now
from meedoen.records.organisations.queries import UnknownMunicipalityError, system_viewer
from meedoen.rules.indicators.evaluate import FigureResult
from meedoen.rules.indicators.language import NoVersionError


class Command(BaseCommand):
    """Count on a day, with what is known now or was known at the end of an earlier day."""

    help = "Print every figure on a day, as known now or at the end of an earlier day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("--municipality", required=True, help="CBS code, such as GM0014")
        parser.add_argument(
            "--on", required=True, type=date.fromisoformat, help="reference date, YYYY-MM-DD"
        )
        parser.add_argument(
            "--known-at",
            type=known_at,
            help="count with what was recorded up to the end of this day (YYYY-MM-DD), "
            "or up to this moment (YYYY-MM-DDTHH:MM:SS+01:00)",
        )
        parser.add_argument("--json", action="store_true", help="print one object")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Count and print; small numbers are not protected here, this is for the server."""
        try:
            viewer = system_viewer(options["municipality"])
            results = counted_now(viewer, on=options["on"], known_at=options["known_at"])
        except (UnknownMunicipalityError, NoVersionError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            whole = {
                "municipality": options["municipality"],
                "on": options["on"].isoformat(),
                "known_at": options["known_at"].isoformat() if options["known_at"] else None,
                "figures": [_as_json(result) for result in results],
            }
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=2))
            return
        for line in _table(results):
            self.stdout.write(line)


def known_at(word: str) -> datetime:
    """Read a day, meaning its end in the Netherlands, or a moment with its time zone.

    Raises ValueError for anything else.
    """
    try:
        day = date.fromisoformat(word)
    except ValueError:
        moment = datetime.fromisoformat(word)
        if timezone.is_naive(moment):
            raise ValueError(f"{word} has no time zone; write one behind it, as +01:00") from None
        return moment
    midnight = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(midnight) - timedelta(microseconds=1)


def _as_json(result: FigureResult) -> dict[str, Any]:
    definition = catalogue()[result.code]
    return {
        "indicator": result.code,
        "name": definition.name.nl,
        "unit": definition.unit.nl,
        "definition_version": result.version.isoformat(),
        "value": result.value if result.measured else None,
        "parts": dict(result.parts) if result.measured else {},
    }


def _table(results: list[FigureResult]) -> list[str]:
    lines = []
    for result in results:
        name = catalogue()[result.code].name.nl
        lines.append(f"{name:<72}{result.value if result.measured else '-':>8}")
        if result.measured:
            lines += [f"    {part:<68}{value:>8}" for part, value in result.parts.items()]
    return lines
