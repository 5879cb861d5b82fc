"""The texts of a document with the figures in them: as they would be public, then frozen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from meedoen.records.documents.cards import QuotedCard, TextCard
from meedoen.records.documents.models import AdoptedFigure, Chapter, ChapterText, Document
from meedoen.records.documents.newest import texts_of
from meedoen.records.documents.publishing import print_of
from meedoen.records.documents.quoting import (
    Quotable,
    is_there,
    newest_of,
    quotable,
    quoted,
    what_can_be_quoted,
)
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.headings import HEADINGS
from meedoen.rules.documents.quotes import Quote, Quoted, around_quotes, pieces
from meedoen.rules.documents.words import DocumentKind, DocumentState, Question, QuotedKind
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.texts import Text


@dataclass(frozen=True, slots=True)
class DocumentTexts:
    """The texts of each chapter by its id, and the print of the figures that stand in them.

    `known` is what the figures were read from.
    """

    by_chapter: Mapping[int, Sequence[TextCard]]
    figures_print: str
    known: Quotable


def document_texts(
    viewer: Viewer, document: Document, chapters: Sequence[Chapter]
) -> DocumentTexts:
    """Return all texts of a document, in the order of its chapters and questions."""
    rows = texts_of(document)
    is_adopted = document.state == DocumentState.ADOPTED
    # What was adopted is read from its copies: the figures of today are not asked for.
    read = (
        what_can_be_quoted
        if is_adopted
        else partial(quotable, texts=[row.text for row in rows.values()])
    )
    known = read(viewer, document)
    frozen = iter(_frozen(document)) if is_adopted else None
    shown: list[Quoted] = []
    by_chapter = {
        chapter.pk: [
            _text_card(known, chapter, question, rows.get((chapter.pk, question)), frozen, shown)
            for question in HEADINGS[DocumentKind(document.kind)]
        ]
        for chapter in chapters
    }
    return DocumentTexts(by_chapter, print_of(shown), known)


def preview(viewer: Viewer, document: Document, text: str) -> list[str | QuotedCard]:
    """Return a text that is being written with the figures in it, as they would be public."""
    known = quotable(viewer, document, [text])
    read = known.read(text)
    return [
        piece if isinstance(piece, str) else _live_card(known, quoted(known, 0, piece), piece)
        for piece in pieces(text, read.quotes)
        if piece
    ]


def _frozen(document: Document) -> list[AdoptedFigure]:
    rows = AdoptedFigure.objects.filter(document=document).order_by("position")
    return list(rows.select_related("district").prefetch_related("rectifications"))


def _text_card(
    known: Quotable,
    chapter: Chapter,
    question: Question,
    row: ChapterText | None,
    frozen: Iterator[AdoptedFigure] | None,
    shown: list[Quoted],
) -> TextCard:
    text = row.text if row else ""
    return TextCard(
        question=question,
        text_id=row.pk if row else None,
        text=text,
        pieces=list(_pieces(known, chapter, text, frozen, shown)),
        at=row.at if row else None,
        by=row.by.account.name if row and row.by else "",
    )


def _pieces(
    known: Quotable,
    chapter: Chapter,
    text: str,
    frozen: Iterator[AdoptedFigure] | None,
    shown: list[Quoted],
) -> Iterator[str | QuotedCard]:
    if frozen is not None:
        yield from _frozen_pieces(known, text, frozen)
        return
    for piece in pieces(text, known.read(text).quotes):
        if isinstance(piece, Quote):
            shown.append(quoted(known, chapter.pk, piece))
            yield _live_card(known, shown[-1], piece)
        elif piece:
            yield piece


def _frozen_pieces(
    known: Quotable, text: str, frozen: Iterator[AdoptedFigure]
) -> Iterator[str | QuotedCard]:
    """Put the copies in their places, whatever became of the indicators and districts since."""
    for piece in around_quotes(text):
        if piece is None:
            yield _frozen_card(known, next(frozen))
        elif piece:
            yield piece


def _live_card(known: Quotable, one: Quoted, quote: Quote) -> QuotedCard:
    return QuotedCard(
        text=one.text,
        hidden=one.hidden,
        indicator=one.indicator,
        name=_name(known, one.indicator, one.reference_date),
        kind=one.kind,
        year=one.year,
        reference_date=one.reference_date,
        district=quote.district,
        is_there=is_there(one),
        figure_id=one.figure_id,
        newest=newest_of(known, one),
    )


def _frozen_card(known: Quotable, row: AdoptedFigure) -> QuotedCard:
    last = max(row.rectifications.all(), key=lambda one: one.pk, default=None)
    return QuotedCard(
        text=row.text,
        hidden=row.hidden,
        indicator=row.indicator,
        name=_name(known, row.indicator, row.reference_date),
        kind=QuotedKind(row.kind),
        year=row.year,
        reference_date=row.reference_date,
        district=row.district.name if row.district else "",
        is_there=True,
        figure_id=row.figure_id,
        revised=Shown(last.text, hidden=last.hidden) if last else None,
    )


def _name(known: Quotable, indicator: str, on: date | None) -> Text | None:
    definition = known.indicators.get(indicator)
    return None if definition is None else definition.name_on(on)
