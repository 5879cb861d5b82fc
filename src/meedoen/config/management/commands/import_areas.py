"""`meedoen import-areas`: read in where districts and postcode areas are."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import translation

from meedoen.config.commands import OwnCommand
from meedoen.records.directory.area_actions import keep_areas
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import UnknownMunicipalityError, system_viewer
from meedoen.rules.areas import AreasError, read_areas


class Command(OwnCommand):
    """Read in the middle of areas, to tell how far places are; again changes nothing."""

    help = (
        "Read in where districts and postcode areas are, from GeoJSON (WGS 84) or from CSV with "
        "the columns postcode;latitude;longitude; again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("file", type=Path, help="GeoJSON or CSV")
        parser.add_argument("--municipality", required=True, help="CBS code, such as GM0014")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read it in and say what became of it; refusals in English."""
        with translation.override("en"):
            try:
                viewer = system_viewer(options["municipality"])
                kept = keep_areas(viewer, areas=read_areas(_text(options["file"])))
            except (UnknownMunicipalityError, ActionRefusedError, AreasError) as error:
                raise CommandError(f"Nothing was changed. {error}") from error
        self.stdout.write(
            f"New or moved: {kept.districts} districts, {kept.postcodes} postcode areas. "
            f"The same as before: {kept.same}. Of other municipalities: {kept.elsewhere}."
        )
        if kept.without_middle:
            self.stdout.write(f"Still without a middle: {', '.join(kept.without_middle)}.")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is no text in UTF-8; save it as UTF-8.") from error
