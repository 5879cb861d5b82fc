"""A published page as plain text in the shape of a budget page, always in Dutch."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from meedoen.records.budget.queries import PublicCell, PublicPage, PublicRow, published_page
from meedoen.records.documents.page_queries import budget_year
from meedoen.rules.budget.own_page import OwnColumn, OwnPage, OwnRow, own_columns, page_text
from meedoen.rules.budget.page import CellKind, Section, SectionKind
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import public_page


@public_page
def page_as_text(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Give the page as text: what was achieved, budgeted and aimed for, and what is said of it."""
    published = published_page(publication_id)
    if published is None:
        raise Http404
    with translation.override("nl"):
        text = page_text(own_page(published))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def own_page(published: PublicPage) -> OwnPage:
    """Return the page in the shape of a budget page: of its document, its goal, or the next year.

    What was printed goes before what was counted, as it does on the page itself.
    """
    year = published.goal_year or published.reference_date.year + 1
    if published.document_key is not None:
        year = budget_year(published.document_key) or year
    code, _space, title = published.title.partition(" ")
    return OwnPage(
        year=year,
        code=code,
        title=title,
        sections=[
            Section(
                heading=one["heading"],
                kind=SectionKind(one["kind"]),
                paragraphs=tuple(one["paragraphs"]),
                items=tuple(one["items"]),
            )
            for one in published.sections
        ],
        rows=[OwnRow(row.name, _values(row, year)) for row in published.rows],
        notes=list(_notes(published)),
    )


def _values(row: PublicRow, year: int) -> Mapping[OwnColumn, str]:
    found = ((column, _value(row.cells, column, year)) for column in own_columns(year))
    return {column: text for column, text in found if text}


def _value(cells: tuple[PublicCell, ...], column: OwnColumn, year: int) -> str:
    """Return what stands in a column; a promise for this year is what was budgeted for it.

    A promise that names the year goes before one that names none.
    """
    cells = tuple(sorted(cells, key=lambda cell: cell.year is None))
    printed = [
        cell.text
        for cell in cells
        if cell.counted_on is None and cell.kind == column.kind and _is_of(cell, column.year, year)
    ]
    promised = [
        cell.text
        for cell in cells
        if column.kind is CellKind.BEGROTING
        and cell.kind == CellKind.STREEF
        and cell.year == column.year
    ]
    counted = [
        cell.text
        for cell in cells
        if column.kind is CellKind.REALISATIE and cell.counted_on == date(column.year, 12, 31)
    ]
    return next(iter((*printed, *promised, *counted)), "")


def _is_of(cell: PublicCell, column_year: int, year: int) -> bool:
    """Tell whether a cell is of the year of a column; without a year it is of this budget."""
    return (year if cell.year is None else cell.year) == column_year


def _notes(published: PublicPage) -> Iterator[str]:
    yield _("Bron: tellingen met Meedoen. Peildatum: %(day)s.") % {
        "day": day_text(published.reference_date)
    }
    counted = [cell for row in published.rows for cell in row.cells if cell.hidden]
    if counted:
        yield _("Kleine aantallen tonen we niet: daar staat x of een grens.")
