"""Two documents side by side: what changed in the texts, and the figures of both."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.documents.cards import ChapterCard, DocumentCard, QuotedCard, TextCard
from meedoen.records.documents.queries import document
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.documents.word_differences import Stretch, word_differences
from meedoen.rules.documents.words import DocumentState
from meedoen.rules.indicators.disclosure import Shown
from meedoen.web.policy.document_forms import CompareForm
from meedoen.web.policy.document_shown import about, name_of
from meedoen.web.policy.document_words import HEADINGS
from meedoen.web.policy.views.documents import about_document, to_choose
from meedoen.web.shared.counting import shown_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class TextCompared:
    """A text of both documents, in stretches of words."""

    heading: Words
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class FigureCompared:
    """A figure in both documents; a dash where one does not quote it."""

    name: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class ChapterCompared:
    """A goal in both documents; `only_in` is the title of the one that has it, if one has not."""

    code: str
    title: str
    only_in: str
    texts: Sequence[TextCompared]
    figures: Sequence[FigureCompared]


@page(Permission.WRITE_DOCUMENTS, methods=("GET", "HEAD"))
def documents_compare(request: ViewerRequest) -> HttpResponse:
    """Compare two documents."""
    form = CompareForm(request.GET or None, offered=_offered(request))
    if not form.is_valid():
        context = {"form": form, "crumbs": _crumbs()}
        status = 422 if form.is_bound else 200
        return render(request, "policy/documents_compare.html", context, status=status)
    first, second = (_document(request, form.cleaned_data[name]) for name in ("first", "second"))
    context = {
        "form": form,
        "first": about_document(first),
        "second": about_document(second),
        "is_adopted": first.state is second.state is DocumentState.ADOPTED,
        "chapters": list(_chapters(first, second)),
        "crumbs": _crumbs(),
    }
    return render(request, "policy/documents_compare.html", context)


def _offered(request: ViewerRequest) -> list[tuple[str, str]]:
    """Offer the newest documents, and those that the address names."""
    offered = dict(to_choose(request.viewer))
    for name in ("first", "second"):
        key = request.GET.get(name, "")
        if key and key not in offered and (card := _found(request, key)):
            offered[key] = card.title
    return list(offered.items())


def _found(request: ViewerRequest, key: str) -> DocumentCard | None:
    try:
        return document(request.viewer, key=uuid.UUID(key))
    except ValueError:
        return None


def _document(request: ViewerRequest, key: str) -> DocumentCard:
    card = _found(request, key)
    if card is None:
        raise Http404
    return card


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Documenten"), reverse("policy:documents"))]


def _chapters(first: DocumentCard, second: DocumentCard) -> Iterator[ChapterCompared]:
    before = {one.code: one for one in first.chapters}
    after = {one.code: one for one in second.chapters}
    for code in dict.fromkeys([*before, *after]):
        one, other = before.get(code), after.get(code)
        there = other or one
        if there is None:
            continue
        yield ChapterCompared(
            code=code,
            title=there.title,
            only_in="" if one and other else (first.title if one else second.title),
            texts=list(_texts(first, second, one, other)),
            figures=list(_figures(one, other)),
        )


def _texts(
    first: DocumentCard,
    second: DocumentCard,
    one: ChapterCard | None,
    other: ChapterCard | None,
) -> Iterator[TextCompared]:
    """Compare every text, also of a question that only one of the two kinds of documents has."""
    before = {text.question: _read(text) for text in one.texts} if one else {}
    after = {text.question: _read(text) for text in other.texts} if other else {}
    headings = {**HEADINGS[first.kind], **HEADINGS[second.kind]}
    for question, heading in headings.items():
        found = word_differences(before.get(question, ""), after.get(question, ""))
        yield TextCompared(heading, found)


def _read(text: TextCard) -> str:
    """Return a text as it reads, with its figures."""
    return "".join(piece if isinstance(piece, str) else _shown(piece) for piece in text.pieces)


def _figures(one: ChapterCard | None, other: ChapterCard | None) -> Iterator[FigureCompared]:
    before, after = _by_subject(one), _by_subject(other)
    for subject in dict.fromkeys([*before, *after]):
        # Under another name since, it is still the same figure: the later document names it.
        name = (after.get(subject) or before[subject]).name
        yield FigureCompared(name, _joined(before.get(subject)), _joined(after.get(subject)))


@dataclass(frozen=True, slots=True)
class _Named:
    """What a chapter says of one figure, and what it calls it."""

    name: str
    shown: tuple[str, ...]


def _joined(named: _Named | None) -> str:
    return "-" if named is None else "; ".join(dict.fromkeys(named.shown))


def _by_subject(chapter: ChapterCard | None) -> Mapping[tuple[str, str], _Named]:
    """Return the figures of a chapter by indicator and district.

    What is counted and aimed for stand together.
    """
    found: dict[tuple[str, str], _Named] = {}
    for text in chapter.texts if chapter else ():
        for piece in text.pieces:
            if isinstance(piece, QuotedCard):
                subject = piece.indicator, piece.district
                there = found[subject].shown if subject in found else ()
                shown = f"{_shown(piece)} ({_about(piece)})"
                found[subject] = _Named(_what(piece), (*there, shown))
    return found


def _what(piece: QuotedCard) -> str:
    name = name_of(piece)
    return f"{name}, {piece.district}" if piece.district else name


def _about(piece: QuotedCard) -> str:
    return about(piece.kind, piece.year, piece.reference_date)


def _shown(piece: QuotedCard) -> str:
    return shown_text(Shown(piece.text, hidden=piece.hidden))
