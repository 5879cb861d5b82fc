"""`meedoen protection CODE`: from how many people on figures are shown, and their rounding."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from meedoen.config.commands import OwnCommand
from meedoen.records.figures.protecting import protection_of, set_protection
from meedoen.records.organisations.queries import UnknownMunicipalityError, system_viewer
from meedoen.rules.indicators.published_table import ROUNDINGS, Protection


class Command(OwnCommand):
    """Say how a municipality protects small numbers, and change it."""

    help = "Say, or set, from how many people on figures are shown and to what they are rounded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("code", help="CBS code, such as GM0014")
        parser.add_argument("--threshold", type=int, help="from how many people on; never under 5")
        parser.add_argument(
            "--rounding", type=int, choices=ROUNDINGS, help="to what numbers; 0 is not at all"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Change what was given and say how it is."""
        try:
            viewer = system_viewer(options["code"])
            now = protection_of(viewer)
            threshold, rounding = options["threshold"], options["rounding"]
            wanted = Protection(
                now.threshold if threshold is None else threshold,
                now.rounding if rounding is None else rounding,
            )
        except (UnknownMunicipalityError, ValueError) as error:
            raise CommandError(str(error)) from error
        if wanted != now:
            set_protection(viewer, protection=wanted)
        self.stdout.write(
            f"{options['code']}: figures are shown from {wanted.threshold} people on, "
            + (f"rounded to {wanted.rounding}." if wanted.rounding else "not rounded.")
        )
