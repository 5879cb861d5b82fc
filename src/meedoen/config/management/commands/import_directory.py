"""`meedoen import-directory`: compare a list of organisations and places with the directory.

With `--apply` it is taken over. That is put in the queue and done here: when this process is
killed, the worker goes on with it, and doing it twice at once does no harm.
"""

import uuid
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import translation

from meedoen.config.commands import OwnCommand
from meedoen.records.directory_imports.actions import (
    cancel,
    start_applying,
    start_preview,
    upload,
)
from meedoen.records.directory_imports.apply import apply
from meedoen.records.directory_imports.preview import preview
from meedoen.records.directory_imports.queries import FileCard, file, flawed_rows, work_of
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import UnknownMunicipalityError, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.sent_files.leaving_off import MAY_BE_CANCELLED
from meedoen.rules import half_days
from meedoen.rules.directory_file.judge import Defaults
from meedoen.rules.directory_file.words import ONLY_HSDS, Field, RowVerdict
from meedoen.rules.files.words import FileState
from meedoen.rules.half_days import HalfDaysError
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind

MOST_ROWS_TOLD = 200
FIELDS = tuple(field for field in Field if field not in ONLY_HSDS)


class Command(OwnCommand):
    """Report on a list of organisations and places; `--apply` takes it over."""

    help = (
        "Compare a list of organisations and places (CSV, XLSX, XLS, ODS, or JSON of Open "
        "Referral) with the directory; --apply takes it over."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("file", type=Path, help="the list as its source gives it")
        parser.add_argument("--municipality", required=True, help="CBS code, such as GM0014")
        parser.add_argument(
            "--source",
            help="whose list it is; the same name again finds what it made; by default the name "
            "of the file",
        )
        parser.add_argument(
            "--column",
            type=_column,
            action="append",
            default=[],
            metavar="FIELD=HEADING",
            help=f"which column holds what; fields: {', '.join(FIELDS)}",
        )
        parser.add_argument(
            "--complete",
            action="store_true",
            help="it holds all that the source has: what is missing is told (and stays)",
        )
        parser.add_argument(
            "--organisation-kind",
            choices=[kind.value for kind in OrganisationKind],
            help="of a new organisation where the list does not say it",
        )
        parser.add_argument(
            "--kind",
            choices=[kind.value for kind in PlaceKind],
            help="of a new place where the list does not say it",
        )
        parser.add_argument(
            "--capacity", type=int, help="of a new place where the list does not say it"
        )
        parser.add_argument(
            "--half-days",
            type=_half_days,
            default=0,
            metavar="CODES",
            help="of a new place where the list does not say it, such as mon_morning,tue_morning",
        )
        parser.add_argument("--apply", action="store_true", help="take it over")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the report, and take the list over when asked; refusals in English."""
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
            if not options["apply"]:
                self.stdout.write("Nothing was changed; --apply takes it over.")
                return
            start_applying(viewer, key=key)
        finally:
            _tidy(viewer, key)
        apply(viewer.municipality_id, work_of(viewer, key=key))
        self.stdout.write(_outcome(_card(viewer, key), card))

    def _preview(self, viewer: Viewer, key: uuid.UUID, options: Mapping[str, Any]) -> FileCard:
        """Make the report and print it."""
        known = _card(viewer, key)
        mapping = {field.value: heading for field, heading in known.mapping.items()}
        start_preview(
            viewer,
            key=key,
            source=options["source"] or known.source or options["file"].stem[:100],
            mapping=mapping | dict(options["column"]),
            defaults=_defaults(options),
            is_complete=options["complete"],
            in_background=False,
        )
        preview(viewer.municipality_id, work_of(viewer, key=key))
        card = _card(viewer, key)
        if card.state == FileState.FAILED:
            raise CommandError(f"Nothing was changed. {card.refusal}")
        self._report(viewer, card)
        return card

    def _report(self, viewer: Viewer, card: FileCard) -> None:
        self.stdout.write(f"{card.total} rows from {card.source}:")
        for verdict, count in card.counts.items():
            if count:
                self.stdout.write(f"  {verdict.value}: {count}")
        flawed = flawed_rows(viewer, key=card.key)
        for row in flawed[:MOST_ROWS_TOLD]:
            told = "; ".join(
                (f"{problem.field.value}: " if problem.field else "")
                + problem.problem.value.replace("_", " ")
                + "".join(f", {name} {value}" for name, value in problem.facts.items())
                for problem in row.problems
            )
            where = f"line {row.line}" if row.line else row.title
            self.stdout.write(f"{where} ({row.verdict.value}): {told}".removesuffix(": "))
        if len(flawed) > MOST_ROWS_TOLD:
            self.stdout.write(f"and {len(flawed) - MOST_ROWS_TOLD} more lines with something.")


def _column(text: str) -> tuple[str, str]:
    field, _, heading = text.partition("=")
    if field not in set(FIELDS) or not heading:
        raise ArgumentTypeError(f"{text!r} is not FIELD=HEADING; fields: {', '.join(FIELDS)}.")
    return field, heading


def _half_days(text: str) -> int:
    try:
        return half_days.from_codes(text.split(","))
    except HalfDaysError as error:
        raise ArgumentTypeError(str(error)) from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error


def _defaults(options: Mapping[str, Any]) -> Defaults:
    kind, organisation_kind = options["kind"], options["organisation_kind"]
    return Defaults(
        organisation_kind=OrganisationKind(organisation_kind) if organisation_kind else None,
        kind=PlaceKind(kind) if kind else None,
        capacity=options["capacity"],
        half_days=options["half_days"],
    )


def _card(viewer: Viewer, key: uuid.UUID) -> FileCard:
    card = file(viewer, key=key)
    if card is None:
        raise CommandError("The file was removed in the meantime.")
    return card


def _tidy(viewer: Viewer, key: uuid.UUID) -> None:
    """Remove what the file said, unless it is being taken over (or was, by the worker)."""
    if _card(viewer, key).state in MAY_BE_CANCELLED:
        cancel(viewer, key=key)


def _outcome(done: FileCard, told: FileCard) -> str:
    taken = f"Looked at and taken over where needed: {done.done} rows."
    if refused := done.counts[RowVerdict.REFUSED]:
        taken += f" Left out because something is wrong: {refused}."
    if told.undecided:
        taken += f" Left out because the organisation may be one that is known: {told.undecided}."
    return taken
