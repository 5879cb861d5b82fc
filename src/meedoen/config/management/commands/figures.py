"""`meedoen figures`: print every figure, counted anew from the history."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from meedoen.config.commands import OwnCommand
from meedoen.records.figures.queries import counted_now
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import UnknownMunicipalityError, system_viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.evaluate import FigureResult
from meedoen.rules.indicators.language import Catalogue, Definition, NoVersionError


class Command(OwnCommand):
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
        if options["on"] > clock.today():
            raise CommandError(f"{options['on']} has not come yet: nobody knows what will be true.")
        try:
            viewer = system_viewer(options["municipality"])
            known = catalogue_of(viewer.municipality_id)
            results = counted_now(viewer, on=options["on"], known_at=options["known_at"])
        except (UnknownMunicipalityError, NoVersionError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            whole = {
                "municipality": options["municipality"],
                "on": options["on"].isoformat(),
                "known_at": options["known_at"].isoformat() if options["known_at"] else None,
                "figures": [_as_json(known[result.code], result) for result in results],
            }
            self.stdout.write(json.dumps(whole, ensure_ascii=False, indent=2))
            return
        for line in _table(known, results):
            self.stdout.write(line)


def known_at(word: str) -> datetime:
    """Read a day, meaning its end in the Netherlands, or a moment with its time zone.

    Raises ArgumentTypeError for anything else.
    """
    try:
        return clock.end_of(date.fromisoformat(word))
    except OverflowError as error:
        raise ArgumentTypeError(f"{word} is too far away; give an earlier day") from error
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(word)
    except ValueError as error:
        raise ArgumentTypeError(f"{word} is no day and no moment; write YYYY-MM-DD") from error
    if timezone.is_naive(moment):
        raise ArgumentTypeError(f"{word} has no time zone; write one behind it, as +01:00")
    return moment


def _as_json(definition: Definition, result: FigureResult) -> dict[str, Any]:
    return {
        "indicator": result.code,
        "name": definition.name_on(result.version).nl,
        "unit": definition.unit_on(result.version).nl,
        "definition_version": result.version.isoformat(),
        "value": result.value if result.measured else None,
        "parts": dict(result.parts) if result.measured else {},
    }


def _table(known: Catalogue, results: list[FigureResult]) -> list[str]:
    lines = []
    for result in results:
        name = known[result.code].name_on(result.version).nl
        lines.append(f"{name:<72}{result.value if result.measured else '-':>8}")
        if result.measured:
            lines += [f"    {part:<68}{value:>8}" for part, value in result.parts.items()]
    return lines
