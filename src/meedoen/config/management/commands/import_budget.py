"""`meedoen import-budget`: read a published budget page."""

import json
import re
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from meedoen.config.commands import OwnCommand
from meedoen.records.budget.actions import PageRefusedError, import_page
from meedoen.records.organisations.queries import UnknownMunicipalityError, system_viewer
from meedoen.rules.budget.as_json import page_as_json
from meedoen.rules.budget.decoding import UnreadablePageError
from meedoen.rules.budget.page import IndicatorRow, Page
from meedoen.rules.budget.reader import read_document, why_no_rows


class Command(OwnCommand):
    """Read a page or a table; show what was read, print it as JSON, or keep it."""

    help = (
        "Read a published budget page or table (text, HTML, XLSX or CSV); what is not certain is "
        "refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("file", type=Path, help="the page, as text, HTML, XLSX or CSV")
        parser.add_argument(
            "--municipality",
            type=_code,
            help="CBS code of the municipality to keep it for, such as GM0014",
        )
        way = parser.add_mutually_exclusive_group()
        way.add_argument(
            "--preview",
            action="store_true",
            help="show what was read and keep nothing (the default)",
        )
        way.add_argument("--json", action="store_true", help="print what was read as one object")
        way.add_argument("--save", action="store_true", help="keep it, all or nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read the page and do what was asked."""
        file: Path = options["file"]
        if options["save"] and not options["municipality"]:
            raise CommandError("--save needs --municipality: for whom should it be kept?")
        page = _read(file)
        if not page.indicators:
            self.stderr.write(why_no_rows(page))
        if options["json"]:
            self.stdout.write(json.dumps(_told(page), ensure_ascii=False, indent=2))
        elif options["save"]:
            self.stdout.write(f"Kept: {', '.join(_save(page, file, options['municipality']))}.")
        else:
            self._show(page)

    def _show(self, page: Page) -> None:
        for goal in page.goals:
            self.stdout.write(f"{goal.code} {goal.title}")
        for row in page.indicators:
            self.stdout.write(f"  {_row(row)}")
        if page.refused:
            self.stdout.write(_refused("", [one.line for one in page.refused]))
            self.stdout.write("Nothing was kept.")
        else:
            self.stdout.write("Nothing was kept; --save keeps it.")


def _told(page: Page) -> dict[str, Any]:
    """Give the page as one object; of a page without rows of indicators also why it has none."""
    reason = {} if page.indicators else {"reason": why_no_rows(page)}
    return page_as_json(page) | reason


def _row(row: IndicatorRow) -> str:
    """Put a row on one line: values as printed, each with its column, year and kind."""
    cells = "; ".join(
        f"{cell.label or '?'} [{cell.year or '-'}, {cell.kind or '?'}]: {cell.value.shown}"
        for cell in row.columns
    )
    note = f" ({row.note})" if row.note else ""
    return f"{row.indicator} [{row.unit}]: {cells}{note}"


def _code(text: str) -> str:
    if not re.fullmatch("GM[0-9]{4}", text):
        raise ArgumentTypeError(f"{text!r} is no code of a municipality: GM and four digits.")
    return text


def _refused(heading: str, reasons: Iterable[str]) -> str:
    """Put reasons, which are in Dutch, on lines of their own under an English heading."""
    return "\n".join([f"{heading} Refused:".strip(), *(f"  {reason}" for reason in reasons)])


def _read(file: Path) -> Page:
    try:
        return read_document(file.read_bytes(), name=file.name)
    except OSError as error:
        raise CommandError(f"{file} cannot be opened: {error.strerror}.") from error
    except UnreadablePageError as error:
        raise CommandError(_refused(f"{file} cannot be read.", error.problems)) from error


def _save(page: Page, file: Path, municipality: str) -> list[str]:
    try:
        return import_page(system_viewer(municipality), page=page, source=file.name)
    except UnknownMunicipalityError as error:
        raise CommandError(f"Nothing was kept. {error}") from error
    except PageRefusedError as error:
        raise CommandError(_refused("Nothing was kept.", str(error).splitlines())) from error
