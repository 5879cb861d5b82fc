"""What a document still lacks before it can be offered, all of it at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.documents.models import Chapter, Comment, Document
from meedoen.records.documents.newest import chapters_of, lights_of, texts_of
from meedoen.records.documents.quoting import (
    NotNewest,
    Quotable,
    is_there,
    quotable,
    quoted,
    why_not_there,
)
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.headings import HEADINGS, LIGHTS_ASKED, MAY_BE_EMPTY
from meedoen.rules.documents.quotes import Quote, Quoted
from meedoen.rules.documents.words import DocumentKind, LightSubject, Question, QuotedKind

Texts = Mapping[tuple[int, Question], str]


@dataclass(frozen=True, slots=True)
class MissingLine:
    """One thing that is missing; `chapter` is the number of its chapter, 0 for the whole.

    `comment` is the id of the first comment that nobody settled.
    """

    text: str
    chapter: int = 0
    question: Question | None = None
    subject: LightSubject | None = None
    comment: int | None = None


def missing_from(
    viewer: Viewer, document: Document, known: Quotable | None = None
) -> list[MissingLine]:
    """Return what is missing, in the order of the document; empty when it can be offered.

    `known` is what its quotes are answered from, when that was read already.
    """
    chapters = chapters_of(document)
    texts = {place: row.text for place, row in texts_of(document).items()}
    if known is None:
        known = quotable(viewer, document, list(texts.values()))
    lights = set(lights_of(document))
    lines = list(_of_the_whole(document, known, len(chapters)))
    for chapter in chapters:
        lines += _in_texts(document, chapter, texts, known)
        lines += _in_lights(document, chapter, lights)
    return lines


def _open_comments(document: Document) -> list[int]:
    """Return the ids of the comments that nobody settled, the oldest first."""
    comments = Comment.objects.filter(document=document, answers__isnull=True)
    unsettled = comments.exclude(replies__settles=True).order_by("pk")
    return list(unsettled.values_list("pk", flat=True))


def _of_the_whole(document: Document, known: Quotable, chapters: int) -> Iterator[MissingLine]:
    if not chapters:
        yield MissingLine(_("Er staat nog geen hoofdstuk in het document."))
    if document.reference_date not in known.days:
        yield MissingLine(_("Op de peildatum is nog niet gemeten. Meet eerst."))
    if unsettled := _open_comments(document):
        yield MissingLine(
            ngettext(
                "%(count)s opmerking staat nog open. Handel die af.",
                "%(count)s opmerkingen staan nog open. Handel ze af.",
                len(unsettled),
            )
            % {"count": len(unsettled)},
            comment=unsettled[0],
        )


def _in_texts(
    document: Document, chapter: Chapter, texts: Texts, known: Quotable
) -> Iterator[MissingLine]:
    for question, heading in HEADINGS[DocumentKind(document.kind)].items():
        text = texts.get((chapter.pk, question), "")
        # The headings are translated where pages name them, see `web.policy.document_words`.
        words = {"code": chapter.goal.code, "heading": _(heading)}
        if not text.strip() and question not in MAY_BE_EMPTY:
            line = _("Doel %(code)s: er staat nog niets bij “%(heading)s”.") % words
            yield MissingLine(line, chapter.position, question)
        read = known.read(text)
        for mistake in read.mistakes:
            words["quote"] = mistake.text
            line = _("Doel %(code)s, “%(heading)s”: het cijfer %(quote)s bestaat niet meer.")
            yield MissingLine(line % words, chapter.position, question)
        for quote in read.quotes:
            one = quoted(known, chapter.pk, quote)
            if not is_there(one):
                words["quote"] = _written(text, quote)
                line = _not_there(known, one) % words
                yield MissingLine(line, chapter.position, question)


def _not_there(known: Quotable, one: Quoted) -> str:
    """Say that nothing is behind a quote; with what to do where only the public may not read it."""
    why = why_not_there(known, one)
    is_ahead = one.kind is QuotedKind.FORECAST
    if why is NotNewest.PUBLIC_ALREADY and is_ahead:
        return _(
            "Doel %(code)s, “%(heading)s”: %(quote)s kan niet in dit document. Bij deze dag staat "
            "al een eerder cijfer openbaar, en de verwachting gaat uit van de nieuwste meting. "
            "Haal het uit de tekst."
        )
    if why is NotNewest.PUBLIC_ALREADY:
        return _(
            "Doel %(code)s, “%(heading)s”: %(quote)s kan niet in dit document. Bij deze dag staat "
            "al een eerdere meting openbaar, en daarin zit dit cijfer niet. Haal het uit de tekst."
        )
    if why is NotNewest.PROTECTED and is_ahead:
        return _(
            "Doel %(code)s, “%(heading)s”: %(quote)s kan niet in dit document. Het cijfer waar de "
            "verwachting van uitgaat, is beschermd. Haal het uit de tekst."
        )
    return _("Doel %(code)s, “%(heading)s”: bij %(quote)s hoort geen cijfer.")


def _written(text: str, quote: Quote) -> str:
    return text[quote.start : quote.end]


def _in_lights(
    document: Document, chapter: Chapter, lights: set[tuple[int, LightSubject]]
) -> Iterator[MissingLine]:
    names = {
        LightSubject.GOAL: _("het doel"),
        LightSubject.ACTION: _("wat we doen"),
        LightSubject.MONEY: _("het geld"),
    }
    for subject in LIGHTS_ASKED[DocumentKind(document.kind)]:
        if (chapter.pk, subject) not in lights:
            words = {"code": chapter.goal.code, "subject": names[subject]}
            line = _("Doel %(code)s: er is nog geen stoplicht voor %(subject)s.") % words
            yield MissingLine(line, chapter.position, subject=subject)
