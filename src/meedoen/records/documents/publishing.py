"""The figures of a document as read now, and its texts and lights on the pages of its goals."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.budget.actions import NewPage, publish_all
from meedoen.records.budget.quoted_cells import QuotedCell, keep_quoted
from meedoen.records.documents.models import Chapter, Document, Light
from meedoen.records.documents.newest import chapters_of, lights_of, texts_of
from meedoen.records.documents.quoting import Quotable, is_there, quotable, quoted
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.headings import (
    HEADINGS,
    MAY_BE_EMPTY,
    LightSaid,
    as_section,
    lights_section,
    without_answers,
)
from meedoen.rules.documents.quotes import Quoted, filled
from meedoen.rules.documents.words import Colour, DocumentKind, LightSubject, Question, QuotedKind
from meedoen.rules.indicators.published_table import Cell


@dataclass(frozen=True, slots=True)
class FiguresRead:
    """The figures of a document in the order of its texts.

    `filled` are the texts with the figures in them, by chapter and question; `known` is what the
    figures were read from.
    """

    quotes: tuple[Quoted, ...]
    known_at: datetime
    filled: Mapping[tuple[int, Question], str]
    known: Quotable

    @property
    def print(self) -> str:
        """Return what tells these figures from any others."""
        return print_of(self.quotes)


def print_of(quotes: Sequence[Quoted]) -> str:
    """Return what tells these figures, as they read, from any others."""
    lines = (
        f"{one.chapter_id} {one.indicator} {one.kind} {one.reference_date} {one.year} "
        f"{one.district_id} {one.text}"
        for one in quotes
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def read_figures(viewer: Viewer, document: Document) -> FiguresRead:
    """Read every figure that is quoted in a document, as known at the newest measuring.

    Raises ActionRefusedError when was not measured on the reference date.
    """
    texts = {place: row.text for place, row in texts_of(document).items()}
    known = quotable(viewer, document, list(texts.values()))
    table = known.days.get(document.reference_date)
    if table is None:
        raise ActionRefusedError(_("Op de peildatum is nog niet gemeten. Meet eerst."))
    read = {
        (chapter.pk, question): _fill(known, chapter.pk, texts.get((chapter.pk, question), ""))
        for chapter in chapters_of(document)
        for question in HEADINGS[DocumentKind(document.kind)]
    }
    return FiguresRead(
        quotes=tuple(one for _text, quotes in read.values() for one in quotes),
        known_at=table.known_at,
        filled={place: text for place, (text, _quotes) in read.items()},
        known=known,
    )


def _fill(known: Quotable, chapter_id: int, text: str) -> tuple[str, list[Quoted]]:
    quotes = known.read(text).quotes
    figures = [quoted(known, chapter_id, quote) for quote in quotes]
    return filled(text, quotes, [_in_dutch(one.text) for one in figures]), figures


def _in_dutch(text: str) -> str:
    """Write a number with dots between the thousands: what is kept is Dutch."""
    return f"{int(text):,}".replace(",", ".") if text.isdecimal() else text


def publish_document(viewer: Viewer, document: Document, read: FiguresRead) -> list[int]:
    """Publish the pages of its goals with the texts of the document; return their ids.

    The numbers that its texts name become public with them.
    """
    chapters = chapters_of(document)
    lights = lights_of(document)
    published = publish_all(
        viewer,
        pages=[_page(document, chapter, read, _lights_of(chapter, lights)) for chapter in chapters],
        on=document.reference_date,
        document_key=document.key,
    )
    for chapter, publication_id in zip(chapters, published, strict=True):
        named = [one for one in read.quotes if one.chapter_id == chapter.pk]
        keep_quoted(viewer, publication_id=publication_id, cells=list(_named(named, read.known)))
    return published


def _page(
    document: Document, chapter: Chapter, read: FiguresRead, lights: Sequence[LightSaid]
) -> NewPage:
    sections = [
        *without_answers(chapter.goal.sections),
        *_sections(document, chapter.pk, read),
        *([lights_section(lights)] if lights else []),
    ]
    return NewPage(goal_id=chapter.goal_id, sections=sections)


def _lights_of(
    chapter: Chapter, lights: Mapping[tuple[int, LightSubject], Light]
) -> list[LightSaid]:
    found = [(subject, lights.get((chapter.pk, subject))) for subject in LightSubject]
    return [
        LightSaid(subject, Colour(row.colour), row.cause, row.consequence, row.steering)
        for subject, row in found
        if row is not None
    ]


def _named(quotes: Sequence[Quoted], known: Quotable) -> Iterator[QuotedCell]:
    """Give what was counted. For a cell in which nobody is, the figure is that of its whole."""
    for one in quotes:
        table = known.days.get(one.reference_date) if one.reference_date else None
        if table is not None and one.kind is QuotedKind.ACHIEVED and is_there(one):
            yield QuotedCell(
                indicator=one.indicator,
                counted_on=table.reference_date,
                text=one.text,
                hidden=one.hidden,
                district_id=one.district_id,
                place_kind=one.place_kind,
                figure_id=one.figure_id or table.figure_ids[Cell(one.indicator)],
            )


def _sections(document: Document, chapter_id: int, read: FiguresRead) -> list[dict[str, Any]]:
    kind = DocumentKind(document.kind)
    texts = {question: read.filled[chapter_id, question] for question in HEADINGS[kind]}
    return [
        as_section(kind, question, text)
        for question, text in texts.items()
        if text.strip() or question not in MAY_BE_EMPTY
    ]
