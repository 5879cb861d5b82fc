"""`meedoen import-caseload`: compare a file with the caseload, and take it over when asked.

The taking over is put in the queue and done here: when this process is killed, the worker goes
on with it, and doing it twice at once does no harm.
"""

import uuid
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import translation

from meedoen.config.commands import OwnCommand
from meedoen.records.caseloads.actions import cancel, start_applying, start_preview, upload
from meedoen.records.caseloads.apply import apply
from meedoen.records.caseloads.preview import preview
from meedoen.records.caseloads.queries import (
    FileCard,
    coach_with_email,
    file,
    flawed_rows,
    work_of,
)
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import UnknownMunicipalityError, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.sent_files.leaving_off import MAY_BE_CANCELLED
from meedoen.rules.caseload.words import Field, RowVerdict
from meedoen.rules.files.words import FileState

MOST_ROWS_TOLD = 200


class Command(OwnCommand):
    """Report on a file with a caseload; `--save` takes it over."""

    help = (
        "Compare a file with the caseload (CSV, XLSX, XLS or ODS) row by row; --save takes it over."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("file", type=Path, help="the file as the municipality exports it")
        parser.add_argument("--municipality", required=True, help="CBS code, such as GM0014")
        parser.add_argument(
            "--column",
            type=_column,
            action="append",
            default=[],
            metavar="FIELD=HEADING",
            help=f"which column holds what; fields: {', '.join(Field)}",
        )
        parser.add_argument(
            "--complete",
            action="store_true",
            help="it holds everybody on benefit: who is missing has left",
        )
        parser.add_argument(
            "--reference-date",
            type=_day,
            help="the day on which the file was true (YYYY-MM-DD); today unless given",
        )
        parser.add_argument("--coach", help="e-mail address of the coach for who is new")
        parser.add_argument("--save", action="store_true", help="take it over")
        parser.add_argument(
            "--leavers-confirmed",
            action="store_true",
            help="the benefit of more than a tenth ends, and that is right",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the report, and take the file over when asked; refusals in English."""
        with translation.override("en"):
            try:
                viewer = system_viewer(options["municipality"])
                self._handle(viewer, options)
            except (UnknownMunicipalityError, ActionRefusedError) as error:
                raise CommandError(f"Nothing was changed. {error}") from error

    def _handle(self, viewer: Viewer, options: Mapping[str, Any]) -> None:
        key = upload(viewer, name=options["file"].name, content=_content(options["file"]))
        try:
            card = self._preview(viewer, key, options)
            if not options["save"]:
                self.stdout.write("Nothing was changed; --save takes it over.")
                return
            start_applying(viewer, key=key, leavers_confirmed=options["leavers_confirmed"])
        finally:
            _tidy(viewer, key)
        apply(viewer.municipality_id, work_of(viewer, key=key))
        self.stdout.write(_outcome(_card(viewer, key), card))

    def _preview(self, viewer: Viewer, key: uuid.UUID, options: Mapping[str, Any]) -> FileCard:
        """Make the report and print it."""
        mapping = {field.value: heading for field, heading in _card(viewer, key).mapping.items()}
        start_preview(
            viewer,
            key=key,
            mapping=mapping | dict(options["column"]),
            is_complete=options["complete"],
            reference_date=options["reference_date"],
            default_coach_id=_coach(viewer, options["coach"]),
            in_background=False,
        )
        preview(viewer.municipality_id, work_of(viewer, key=key))
        card = _card(viewer, key)
        if card.state == FileState.FAILED:
            raise CommandError(f"Nothing was changed. {card.refusal}")
        self._report(viewer, card)
        return card

    def _report(self, viewer: Viewer, card: FileCard) -> None:
        self.stdout.write(f"{card.total} rows, as of {card.reference_date}:")
        for verdict, count in card.counts.items():
            if count:
                self.stdout.write(f"  {verdict.value.replace('_', ' ')}: {count}")
        flawed = flawed_rows(viewer, key=card.key)
        for row in flawed[:MOST_ROWS_TOLD]:
            told = "; ".join(
                f"{problem.column}: {_plain(problem.problem)}".removeprefix(": ")
                + "".join(f", {name} {value}" for name, value in problem.facts.items())
                for problem in row.problems
            )
            self.stdout.write(f"line {row.line} ({row.verdict.value.replace('_', ' ')}): {told}")
        if len(flawed) > MOST_ROWS_TOLD:
            self.stdout.write(f"and {len(flawed) - MOST_ROWS_TOLD} more lines with something.")


def _column(text: str) -> tuple[str, str]:
    field, _, heading = text.partition("=")
    if field not in set(Field) or not heading:
        raise ArgumentTypeError(f"{text!r} is not FIELD=HEADING; fields: {', '.join(Field)}.")
    return field, heading


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day: YYYY-MM-DD.") from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error


def _card(viewer: Viewer, key: uuid.UUID) -> FileCard:
    card = file(viewer, key=key)
    if card is None:
        raise CommandError("The file was removed in the meantime.")
    return card


def _coach(viewer: Viewer, email: str | None) -> int | None:
    if email is None:
        return None
    found = coach_with_email(viewer, email=email)
    if found is None:
        raise CommandError(f"Nothing was changed. There is no coach {email} here.")
    return found


def _tidy(viewer: Viewer, key: uuid.UUID) -> None:
    """Remove what the file said, unless it is being taken over (or was, by the worker)."""
    if _card(viewer, key).state in MAY_BE_CANCELLED:
        cancel(viewer, key=key)


def _outcome(done: FileCard, told: FileCard) -> str:
    taken = f"Taken over: {done.done} rows."
    if wrong := done.counts[RowVerdict.WRONG]:
        taken += f" Left out because something is wrong: {wrong}."
    if told.undecided:
        taken += f" Left out because they look like somebody: {told.undecided}."
    return taken


def _plain(word: str) -> str:
    return str(word).replace("_", " ")
