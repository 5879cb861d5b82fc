"""The table of a page in the shape that councils know: achieved, budgeted, aimed for, by year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.budget.queries import PublicCell, PublicPage, PublicRow
from meedoen.records.documents.page_queries import Occasion, occasion
from meedoen.rules.budget.own_page import ABOUT_ABSENT, ABSENT, Layout, Moment, OwnColumn
from meedoen.rules.budget.page import CellKind
from meedoen.rules.documents.words import DocumentKind
from meedoen.web.public.counted_otherwise import counted_otherwise_notes
from meedoen.web.public.known_then import known_line, known_notes
from meedoen.web.shared.budget_table import TableCell, row_name, table_cell
from meedoen.web.shared.counting import is_printed_name, marks_in
from meedoen.web.shared.figures import day_text


@dataclass(frozen=True, slots=True)
class OwnTableRow:
    """An indicator with each heading and the cell under it; None where nothing is known."""

    name: str
    stored: bool
    cells: tuple[tuple[str, TableCell | None], ...]


@dataclass(frozen=True, slots=True)
class OwnTable:
    """The whole table; a heading is two lines. `marks` are those of protected numbers in it."""

    headings: tuple[tuple[str, str], ...]
    rows: tuple[OwnTableRow, ...]
    marks: Mapping[str, str]


def layout_of(page: PublicPage) -> Layout:
    """Return how the page is laid out: as its document is, or else as the year of its goal asks.

    A page about a year that is still to come reads as a budget. With figures of that year itself
    it reads as an account, or as a report when the year had not ended.
    """
    day = page.reference_date
    document = occasion_of(page)
    if document is not None:
        return Layout(Moment(document.kind.value), document.year, day)
    if page.goal_year is None or day.year < page.goal_year:
        return Layout(Moment.BUDGET, page.goal_year or day.year + 1)
    moment = Moment.ACCOUNT if day == _end_of(day.year) else Moment.INTERIM
    return Layout(moment, day.year, day)


def occasion_of(page: PublicPage) -> Occasion | None:
    """Return with which document the page was published; None when it was published alone."""
    return None if page.document_key is None else occasion(page.document_key)


def document_name(page: PublicPage) -> str:
    """Name the document with which the page was published; empty when it was published alone."""
    found = occasion_of(page)
    return "" if found is None else occasion_name(found)


def occasion_name(found: Occasion) -> str:
    """Name a document by its kind and year; of interim reports there are several in a year."""
    words = {
        DocumentKind.BUDGET: _("Begroting %(year)s"),
        DocumentKind.INTERIM: _("Tussenrapportage %(number)s van %(year)s"),
        DocumentKind.ACCOUNT: _("Jaarrekening %(year)s"),
    }
    return words[found.kind] % {"year": found.year, "number": found.number}


def cell_in(cells: Sequence[PublicCell], column: OwnColumn, year: int) -> PublicCell | None:
    """Return what stands in a column of the page of a year; None when there is nothing.

    What was printed goes before what was counted. A promise for a year is what was budgeted for
    it, and one that names the year goes before one that names none.
    """
    cells = sorted(cells, key=lambda cell: cell.year is None)
    kept = [cell for cell in cells if cell.counted_on is None and _is_of(cell, column, year)]
    printed = [cell for cell in kept if cell.kind == column.kind and column.on is None]
    promised = [
        cell for cell in kept if column.kind is CellKind.BEGROTING and cell.kind == CellKind.STREEF
    ]
    counted = [
        cell
        for cell in cells
        if column.kind is CellKind.REALISATIE
        and cell.counted_on == (column.on or _end_of(column.year))
    ]
    return next(iter((*printed, *promised, *counted)), None)


def own_table(page: PublicPage) -> OwnTable:
    """Put the rows of a page in the columns that its document has."""
    layout = layout_of(page)
    cells = _cells(page, layout)
    return OwnTable(
        headings=tuple(_heading(column) for column in layout.columns),
        rows=tuple(
            _row(row, layout.columns, theirs) for row, theirs in zip(page.rows, cells, strict=True)
        ),
        marks=marks_in(cell.text for theirs in cells for cell in theirs if cell and cell.hidden),
    )


def own_table_lines(page: PublicPage) -> tuple[list[str], list[Sequence[str | int]]]:
    """Return the headings and the lines of the table as a file, with what stands under it."""
    layout = layout_of(page)
    lines: list[Sequence[str | int]] = [
        [row_name(row), *(_in_file(cell) for cell in cells)]
        for row, cells in zip(page.rows, _cells(page, layout), strict=True)
    ]
    headings = [_("Indicator"), *map(_label, layout.columns)]
    return headings, [*lines, [], [ABOUT_ABSENT], *([one] for one in source_notes(page))]


def source_line(page: PublicPage) -> str:
    """Say where the numbers come from, of which day they are, and what was known by then."""
    words = {"municipality": page.municipality, "day": day_text(page.reference_date)}
    source = (
        _(
            "Bron: begroting van de gemeente %(municipality)s, en tellingen met Meedoen. "
            "Peildatum: %(day)s."
        )
        % words
    )
    return f"{source} {known_line(page)}"


def source_notes(page: PublicPage) -> Iterator[str]:
    """Say of a table in a file where its numbers come from, and what is hidden."""
    yield source_line(page)
    yield from known_notes(page)
    yield from counted_otherwise_notes(page)
    if any(cell.hidden for row in page.rows for cell in row.cells):
        yield _("Kleine aantallen tonen we niet: daar staat x of een grens.")


def _cells(page: PublicPage, layout: Layout) -> list[list[PublicCell | None]]:
    return [
        [cell_in(row.cells, column, layout.year) for column in layout.columns] for row in page.rows
    ]


def _in_file(cell: PublicCell | None) -> str | int:
    if cell is None:
        return ABSENT
    return int(cell.text) if cell.text.isdecimal() else cell.text


def _is_of(cell: PublicCell, column: OwnColumn, year: int) -> bool:
    """Tell whether a cell is of the year of a column; without a year it is of this document."""
    return (year if cell.year is None else cell.year) == column.year


def _end_of(year: int) -> date:
    return date(year, 12, 31)


def _row(
    row: PublicRow, columns: Sequence[OwnColumn], cells: Sequence[PublicCell | None]
) -> OwnTableRow:
    return OwnTableRow(
        name=row_name(row),
        stored=is_printed_name(row.indicator, printed=row.name),
        cells=tuple(
            (_label(column), None if cell is None else table_cell(cell))
            for column, cell in zip(columns, cells, strict=True)
        ),
    )


def _label(column: OwnColumn) -> str:
    return " ".join(_heading(column))


def _heading(column: OwnColumn) -> tuple[str, str]:
    if column.on is not None:
        return _("Stand op"), day_text(column.on, "medium")
    words = {
        CellKind.REALISATIE: _("Behaald"),
        CellKind.BEGROTING: _("Begroot"),
        CellKind.STREEF: _("Beoogd"),
    }
    return words[column.kind], str(column.year)
