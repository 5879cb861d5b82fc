"""`meedoen add-municipality`: enter a municipality with its districts."""

import csv
import io
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from meedoen.config.commands import OwnCommand
from meedoen.records.organisations.actions import found_municipality
from meedoen.records.organisations.known import known_municipality
from meedoen.records.organisations.queries import districts as all_districts
from meedoen.records.organisations.queries import municipality_name

MOST_CHARACTERS = 100
CODE = re.compile(r"GM[0-9]{4}")
DISTRICT = re.compile(r"WK[0-9A-Z]{6}")


class Command(OwnCommand):
    """Enter a municipality; doing it again adds the districts that are missing."""

    help = "Enter a municipality with its districts (wijken); again adds what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("code", help="CBS code, such as GM0014")
        parser.add_argument("--name", help="left out for a municipality that the package knows")
        parser.add_argument(
            "--districts",
            type=Path,
            help="CSV file with the columns code and name; left out likewise",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Enter it and say so."""
        code: str = options["code"]
        if not CODE.fullmatch(code):
            raise CommandError(
                f"{code} is no CBS code of a municipality; write GM and four digits."
            )
        known = known_municipality(code)
        name = options["name"] or (known.name if known else "")
        if not name:
            raise CommandError(f"The package does not know {code}: give its name with --name.")
        file: Path | None = options["districts"]
        districts = _read(file) if file else dict(known.districts) if known else {}
        if faults := [one for one in districts if not one.startswith(f"WK{code[2:]}")]:
            raise CommandError(f"Not districts of {code}: {', '.join(faults)}.")
        too_long = [one for one in (name, *districts.values()) if len(one) > MOST_CHARACTERS]
        if too_long:
            raise CommandError(f"Longer than {MOST_CHARACTERS} characters: {', '.join(too_long)}.")
        viewer = found_municipality(code=code, name=name, districts=districts)
        kept = municipality_name(viewer)
        self.stdout.write(f"{code} {kept} is there, with {len(all_districts(viewer))} districts.")
        if kept != name:
            self.stdout.write(f"It was there already under this name, which stays: {kept}.")


def _read(file: Path) -> dict[str, str]:
    """Return the districts of the file, code to name; raise with every line that is wrong."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read as UTF-8 text: {error}") from error
    rows = csv.DictReader(io.StringIO(text))
    if not {"code", "name"} <= set(rows.fieldnames or ()):
        raise CommandError(f"{file} needs the columns code and name in its first line.")
    districts: dict[str, str] = {}
    faults = []
    for line, row in enumerate(rows, start=2):
        code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
        if not DISTRICT.fullmatch(code) or not name or code in districts:
            faults.append(f"line {line}: {code or 'no code'}, {name or 'no name'}")
        districts[code] = name
    if faults:
        raise CommandError(
            f"{file}: each line needs a code such as WK001400, once, and a name. "
            + "; ".join(faults)
        )
    return districts
