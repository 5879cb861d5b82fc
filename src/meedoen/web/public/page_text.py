"""A published page as plain text in the shape of a budget page, always in Dutch."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from meedoen.records.budget.queries import PublicPage, PublicRow, published_page
from meedoen.rules.budget.own_page import Layout, OwnColumn, OwnPage, OwnRow, page_text
from meedoen.rules.budget.page import Section, SectionKind
from meedoen.web.public.own_table import cell_in, layout_of, source_notes
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
    """Return the page in the shape of a budget page, with the table that the page itself has."""
    layout = layout_of(published)
    code, _space, title = published.title.partition(" ")
    return OwnPage(
        layout=layout,
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
        rows=[OwnRow(row.name, _values(row, layout)) for row in published.rows],
        notes=list(source_notes(published)),
    )


def _values(row: PublicRow, layout: Layout) -> Mapping[OwnColumn, str]:
    found = ((column, cell_in(row.cells, column, layout.year)) for column in layout.columns)
    return {column: cell.text for column, cell in found if cell is not None}
