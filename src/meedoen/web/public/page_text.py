"""A published page as plain text in the shape of a budget page, always in Dutch."""

from collections.abc import Iterator, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from meedoen.records.budget.queries import PublicPage, PublicRow, published_page
from meedoen.records.documents.council_queries import council_questions_of
from meedoen.rules.budget.own_page import Layout, OwnColumn, OwnPage, OwnRow, page_text
from meedoen.rules.budget.page import Section, SectionKind
from meedoen.web.public.own_table import cell_in, layout_of, source_notes
from meedoen.web.public.page_shown import rectified_of
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
        ]
        + [*_put_right(published), *_asked(published)],
        rows=[OwnRow(row.name, _values(row, layout)) for row in published.rows],
        notes=list(source_notes(published)),
    )


def _put_right(published: PublicPage) -> Iterator[Section]:
    """Give what was put right of the numbers after the document was adopted, if anything was."""
    said = _("was %(was)s, is rechtgezet op %(day)s: %(now)s.")
    items = [
        f"{one.name}: {said % {'was': one.was, 'day': one.day, 'now': one.now}} {one.reason}"
        for one in rectified_of(published)
    ]
    if items:
        yield Section(_("Wat is rechtgezet"), SectionKind.OTHER, items=tuple(items))


def _asked(published: PublicPage) -> Iterator[Section]:
    """Give what the council asked about the page, each question with its answer."""
    for number, one in enumerate(council_questions_of(published.publication_id)):
        who = _("%(who)s, %(day)s") % {"who": one.asked_by, "day": day_text(one.asked_on)}
        answer = _("Hier is nog geen antwoord op.")
        if one.answer and one.answered_at:
            day = day_text(one.answered_at)
            answer = _("Antwoord van %(day)s:") % {"day": day} + f" {one.answer}"
        passage = [f"“{one.passage}”"] if one.passage else []
        yield Section(
            _("Vragen van de raad") if number == 0 else "",
            SectionKind.OTHER,
            paragraphs=(who, *passage, one.text, answer),
        )


def _values(row: PublicRow, layout: Layout) -> Mapping[OwnColumn, str]:
    found = ((column, cell_in(row.cells, column, layout.year)) for column in layout.columns)
    return {column: cell.text for column, cell in found if cell is not None}
