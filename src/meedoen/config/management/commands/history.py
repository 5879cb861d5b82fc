"""`meedoen history --csv`: the entries about people, under numbers, to count again elsewhere."""

import csv
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError

from meedoen.config.commands import OwnCommand
from meedoen.config.management.commands.figures import known_at
from meedoen.records.history.export import COLUMNS, entry_rows
from meedoen.records.organisations.queries import UnknownMunicipalityError, system_viewer
from meedoen.records.organisations.viewer import Viewer


class Command(OwnCommand):
    """Write the history of one municipality as CSV, row by row."""

    help = (
        "Write every entry of the history as CSV. It holds no names, but it is personal data: "
        "keep it where only those who count can read it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("--municipality", required=True, help="CBS code, such as GM0014")
        parser.add_argument("--csv", action="store_true", help="write CSV, the only form there is")
        parser.add_argument(
            "--known-at",
            type=known_at,
            help="only what was recorded up to the end of this day (YYYY-MM-DD), "
            "or up to this moment (YYYY-MM-DDTHH:MM:SS+01:00)",
        )
        parser.add_argument(
            "--output",
            type=Path,
            help="a new file, which only its owner may read; without it to the screen",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the rows to the file or to the screen."""
        if not options["csv"]:
            raise CommandError("Say --csv: that is the only form there is.")
        try:
            viewer = system_viewer(options["municipality"])
        except UnknownMunicipalityError as error:
            raise CommandError(str(error)) from error
        moment: datetime | None = options["known_at"]
        file: Path | None = options["output"]
        if file is None:
            write_rows(self.stdout, viewer, moment)
            return
        with new_file(file) as stream:
            count = write_rows(stream, viewer, moment)
        self.stdout.write(f"{count} entries written to {file}.")


def write_rows(stream: Any, viewer: Viewer, moment: datetime | None) -> int:
    """Write a heading and the entries, and return how many entries there were."""
    lines = csv.writer(stream, lineterminator="\n")
    lines.writerow(COLUMNS)
    count = 0
    for row in entry_rows(viewer, known_at=moment):
        lines.writerow(row)
        count += 1
    return count


@contextmanager
def new_file(file: Path) -> Iterator[TextIO]:
    """Open a file that is not there yet, for its owner only; it is gone when writing fails.

    Raises CommandError when it cannot be made.
    """
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CommandError(f"{file} is there already; remove it or give another name.") from error
    except OSError as error:
        raise CommandError(f"{file} cannot be made: {error.strerror}.") from error
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as stream:
            yield stream
    except BaseException:
        file.unlink(missing_ok=True)
        raise
