"""Budget pages for everyone: what was promised, what was counted, and how."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.budget.queries import (
    CountedCell,
    PublicLine,
    PublicPage,
    ReferenceCard,
    counted_cell,
    published_page,
    published_pages,
)
from meedoen.records.documents.page_queries import Occasion, occasions
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.documents.words import DocumentKind
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.language import Definition
from meedoen.web.public.own_table import occasion_name
from meedoen.web.public.page_shown import page_shown
from meedoen.web.public.protection_words import protection_text
from meedoen.web.shared.counting import (
    MEASURES,
    how_counted,
    in_language,
    indicator_name,
    shown_text,
)
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import public_page
from meedoen.web.shared.programmes import programme_anchor, programme_of


@dataclass(frozen=True, slots=True)
class ProgrammePages:
    """The published pages of one programme of the budget, by code of the goal."""

    code: str
    anchor: str
    lines: tuple["ListedPage", ...]


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page in the list; `document` names the one with which it was published, or its budget."""

    line: PublicLine
    document: str


@dataclass(frozen=True, slots=True)
class MunicipalityPages:
    """The published pages of one municipality, by programme."""

    name: str
    programmes: tuple[ProgrammePages, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Another goal or programme that the page mentions; `url` when that page is published."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The pages before and after this one, and the newest of this goal when that is another.

    `place` is where this goal stands in the list of all pages.
    """

    before: PublicLine | None
    after: PublicLine | None
    newest: int | None
    place: str


@public_page
def pages(request: HttpRequest) -> HttpResponse:
    """List the published pages, by municipality and programme."""
    municipalities = [
        MunicipalityPages(name, tuple(_programmes(theirs)))
        for (name, _code), theirs in groupby(
            _listed(published_pages(every_document=True)),
            key=lambda one: (one.line.municipality, one.line.municipality_code),
        )
    ]
    return render(request, "public/pages.html", {"municipalities": municipalities})


def _listed(lines: Sequence[PublicLine]) -> list[ListedPage]:
    known = occasions({line.document_key for line in lines if line.document_key})
    return [ListedPage(line, _document_of(line, known)) for line in lines]


def _document_of(line: PublicLine, known: Mapping[UUID, Occasion]) -> str:
    found = None if line.document_key is None else known.get(line.document_key)
    if found is None and line.year is not None:
        found = Occasion(DocumentKind.BUDGET, line.year, number=0)
    return "" if found is None else occasion_name(found)


def _programmes(listed: Iterable[ListedPage]) -> Iterator[ProgrammePages]:
    for code, theirs in groupby(listed, key=lambda one: programme_of(one.line.code)):
        kept = tuple(theirs)
        place = programme_anchor(code, kept[0].line.municipality_code)
        yield ProgrammePages(code, place, kept)


@public_page
def page(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Show a page as it was published."""
    published = published_page(publication_id)
    if published is None:
        raise Http404
    lines = published_pages(municipality_code=published.municipality_code, every_document=True)
    context = {
        **page_shown(published),
        "mentions": _mentions(published, lines),
        "neighbours": _neighbours(published, lines),
        "crumbs": [(_("Wat bereikt de gemeente"), reverse("public:pages"))],
    }
    return render(request, "public/page.html", context)


def _mentions(published: PublicPage, lines: Sequence[PublicLine]) -> list[Mention]:
    return [_mention(one, lines) for one in published.references]


def _mention(one: ReferenceCard, lines: Sequence[PublicLine]) -> Mention:
    """Lead to the page of a goal, and from a programme to its goals in the list of pages."""
    words = {"code": one.code}
    if one.kind == "programme":
        line = next((line for line in lines if programme_of(line.code) == one.code), None)
        place = line and programme_anchor(one.code, line.municipality_code)
        url = f"{reverse('public:pages')}#{place}" if place else ""
        return Mention(_("Programma %(code)s") % words, url)
    publication_id = next(
        (line.publication_id for line in lines if line.goal_id == one.goal_id), None
    )
    url = "" if publication_id is None else reverse("public:page", args=[publication_id])
    return Mention(_("Doel %(code)s") % words, url)


def _neighbours(published: PublicPage, lines: Sequence[PublicLine]) -> Neighbours:
    """Lead to the goals of the same document, else of the same budget, else to all there are."""
    newest = next(line for line in lines if _replaces(line, published)).publication_id
    lines = _beside(published, lines)
    at = next(at for at, line in enumerate(lines) if line.goal_id == published.goal_id)
    return Neighbours(
        before=lines[at - 1] if at > 0 else None,
        after=lines[at + 1] if at + 1 < len(lines) else None,
        newest=newest if newest != published.publication_id else None,
        place=programme_anchor(programme_of(lines[at].code), published.municipality_code),
    )


def _replaces(line: PublicLine, published: PublicPage) -> bool:
    """Tell whether a page is this one or a newer one; what another document says stands beside."""
    of_goal = line.goal_id == published.goal_id
    return of_goal and published.document_key in {None, line.document_key}


def _beside(published: PublicPage, lines: Sequence[PublicLine]) -> Sequence[PublicLine]:
    together = [
        line
        for line in lines
        if published.document_key is not None and line.document_key == published.document_key
    ]
    newest: dict[int, PublicLine] = {}
    for line in lines:
        newest.setdefault(line.goal_id, line)
    of_year = [line for line in newest.values() if line.year == published.goal_year]
    for some in (together, of_year):
        if len(some) > 1 and published.goal_id in {line.goal_id for line in some}:
            return some
    # Of one code it is this goal itself: that of another year is no next goal.
    of_code: dict[str, PublicLine] = {}
    for line in newest.values():
        if line.goal_id == published.goal_id or line.code not in of_code:
            of_code[line.code] = line
    return [*of_code.values()]


@public_page
def cell(request: HttpRequest, cell_id: int) -> HttpResponse:
    """Say how a published number was counted."""
    found = counted_cell(cell_id)
    if found is None:
        raise Http404
    known = catalogue_of(found.municipality_id)
    definition = known.definitions.get(found.indicator)
    if definition is None:
        raise Http404
    text = shown_text(Shown(found.text, hidden=found.hidden))
    context = {
        "cell": found,
        "text": text,
        "name": indicator_name(
            found.indicator, printed=found.row, known=known, on=found.definition_version
        ),
        "unit": in_language(definition.unit_on(found.definition_version)),
        "facts": _facts(found, definition),
        "sentences": how_counted(
            definition,
            version=found.definition_version,
            on=found.counted_on,
            known_at=found.known_at,
        ),
        "protection": protection_text(found, text, definition.versions[-1].count),
        "crumbs": [
            (_("Wat bereikt de gemeente"), reverse("public:pages")),
            (found.page_title, reverse("public:page", args=[found.publication_id])),
        ],
    }
    return render(request, "public/cell.html", context)


def _facts(found: CountedCell, definition: Definition) -> list[tuple[str, str]]:
    return [
        (_("Indicator"), in_language(definition.name_on(found.definition_version))),
        (_("De vraag"), in_language(definition.question)),
        (_("Wat voor cijfer"), str(MEASURES[definition.measures])),
        (_("Peildatum"), day_text(found.counted_on)),
        (_("Bekend op"), day_text(found.known_at)),
        (_("Manier van tellen geldt vanaf"), day_text(found.definition_version)),
        (_("Bron"), definition.source.document),
    ]
