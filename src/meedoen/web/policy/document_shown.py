"""A document as its pages show it: chapters, texts in paragraphs, lights and comments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.documents.cards import (
    ChapterCard,
    CommentCard,
    DocumentCard,
    LightCard,
    QuotableLine,
    QuotedCard,
    TextCard,
)
from meedoen.records.documents.quoting import Newest, NotNewest
from meedoen.rules.documents.headings import WITH_LIGHTS
from meedoen.rules.documents.words import LightSubject, Question, QuotedKind
from meedoen.rules.indicators.disclosure import Shown
from meedoen.web.policy.document_words import COLOUR_KINDS, COLOURS, HEADINGS, SUBJECTS
from meedoen.web.shared.counting import in_language, shown_text
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or a figure in it with what it is.

    `newest` is what was measured last where everyone reads something else, and `why_not` says so.
    """

    text: str
    indicator: str = ""
    name: str = ""
    about: str = ""
    is_there: bool = True
    revised: str = ""
    newest: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure of a chapter in a list under it."""

    name: str
    about: str
    text: str
    revised: str


@dataclass(frozen=True, slots=True)
class TextShown:
    """The text of a question with its heading, in paragraphs of pieces."""

    question: Question
    heading: Words
    paragraphs: Sequence[Sequence[Piece]]
    by: str
    at: object
    comments: Sequence[CommentCard]
    is_kept: bool
    """Whether anybody ever wrote it, so that it has versions."""

    @property
    def not_newest(self) -> Sequence[str]:
        """Return of every figure that is not what was measured last why it is not."""
        return not_newest(self.paragraphs)


@dataclass(frozen=True, slots=True)
class LightShown:
    """A traffic light, or the place of one that was not set yet."""

    subject: LightSubject
    name: Words
    colour: Words
    kind: str
    card: LightCard | None


@dataclass(frozen=True, slots=True)
class ChapterShown:
    """A chapter with all that stands in it."""

    card: ChapterCard
    texts: Sequence[TextShown]
    lights: Sequence[LightShown]
    figures: Sequence[FigureLine]
    comments: Sequence[CommentCard]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was ever written about it, so that it may be taken out."""
        wrote = any(text.text_id is not None for text in self.card.texts)
        said = self.comments or any(text.comments for text in self.texts)
        return not (wrote or said or self.card.lights)


def chapters_shown(card: DocumentCard) -> list[ChapterShown]:
    """Return the chapters of a document as its pages show them."""
    return [_chapter(card, chapter) for chapter in card.chapters]


def in_paragraphs(pieces: Sequence[str | QuotedCard]) -> list[list[Piece]]:
    """Cut a text with figures where an empty line stands."""
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, QuotedCard):
            paragraphs[-1].append(_figure(piece))
            continue
        first, *rest = piece.split("\n\n")
        paragraphs[-1].append(Piece(first.lstrip("\n") if not paragraphs[-1] else first))
        paragraphs += [[Piece(one.strip("\n"))] for one in rest]
    kept = ([piece for piece in one if piece.text] for one in paragraphs)
    return [one for one in kept if any(piece.text.strip() for piece in one)]


def not_newest(paragraphs: Sequence[Sequence[Piece]]) -> list[str]:
    """Return why figures in a text are not what was measured last, each reason once."""
    whys = (piece.why_not for paragraph in paragraphs for piece in paragraph if piece.why_not)
    return list(dict.fromkeys(whys))


def _chapter(card: DocumentCard, chapter: ChapterCard) -> ChapterShown:
    comments = [one for one in card.comments if one.chapter == chapter.number]
    return ChapterShown(
        card=chapter,
        texts=[_text(card, text, comments) for text in chapter.texts],
        lights=list(_lights(chapter)) if card.kind in WITH_LIGHTS else [],
        figures=list(_figures(chapter)),
        comments=[one for one in comments if one.question is None],
    )


def _text(card: DocumentCard, text: TextCard, comments: Sequence[CommentCard]) -> TextShown:
    return TextShown(
        question=text.question,
        heading=HEADINGS[card.kind][text.question],
        paragraphs=in_paragraphs(text.pieces),
        by=text.by,
        at=text.at,
        comments=[one for one in comments if one.question is text.question],
        is_kept=text.text_id is not None,
    )


def _lights(chapter: ChapterCard) -> Iterator[LightShown]:
    for subject, name in SUBJECTS.items():
        light = chapter.lights.get(subject)
        yield LightShown(
            subject=subject,
            name=name,
            colour=COLOURS[light.colour] if light else _("Nog niet gezet"),
            kind=COLOUR_KINDS[light.colour] if light else "inactive",
            card=light,
        )


def _figures(chapter: ChapterCard) -> Iterator[FigureLine]:
    seen = set()
    for text in chapter.texts:
        for piece in text.pieces:
            if isinstance(piece, QuotedCard):
                shown = _figure(piece)
                line = FigureLine(shown.name, shown.about, shown.text, shown.revised)
                if line not in seen:
                    seen.add(line)
                    yield line


def _figure(card: QuotedCard) -> Piece:
    text = shown_text(Shown(card.text, hidden=card.hidden))
    return Piece(
        text=text,
        indicator=card.indicator,
        name=name_of(card),
        about=about(card.kind, card.year, card.reference_date, card.district),
        is_there=card.is_there,
        revised="" if card.revised is None else shown_text(card.revised),
        newest=newest_text(card),
        why_not="" if card.newest is None else _why_not(card, card.newest, text),
    )


def newest_text(one: QuotedCard | QuotableLine) -> str:
    """Return what was measured last; empty where that is what everyone reads."""
    return "" if one.newest is None else shown_text(one.newest.shown)


def _why_not(card: QuotedCard, newest: Newest, text: str) -> str:
    words = {
        "text": text,
        "newest": shown_text(newest.shown),
        "name": name_of(card),
        "about": about(card.kind, card.year, card.reference_date, card.district),
    }
    if newest.why is NotNewest.PUBLIC_ALREADY:
        return (
            _(
                "In dit stuk komt %(text)s bij “%(name)s” (%(about)s): dat staat al openbaar bij "
                "deze dag. De nieuwste meting zegt %(newest)s. Die komt er pas voor in de plaats "
                "als daarin geen verschil van een paar mensen te zien is."
            )
            % words
        )
    return (
        _(
            "In dit stuk komt %(text)s bij “%(name)s” (%(about)s). De nieuwste meting zegt "
            "%(newest)s, maar naast wat er nog meer openbaar is zou dat iets zeggen over een paar "
            "mensen."
        )
        % words
    )


def name_of(one: QuotedCard | QuotableLine) -> str:
    """Name a figure; by its code when the indicator cannot be read any more."""
    return one.indicator if one.name is None else in_language(one.name)


def about(kind: QuotedKind, year: int | None, on: date | None, district: str = "") -> str:
    """Say what a figure is: counted on a day, aimed for, budgeted or expected."""
    words = {
        QuotedKind.ACHIEVED: _("geteld op %(day)s") % {"day": day_text(on, "medium")},
        QuotedKind.AIMED: _("doel %(year)s") % {"year": year},
        QuotedKind.BUDGETED: _("begroot %(year)s") % {"year": year},
        QuotedKind.FORECAST: _("verwacht eind %(year)s") % {"year": year},
    }
    return f"{words[kind]}, {district}" if district else words[kind]
