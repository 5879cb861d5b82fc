"""Making a document of the budget cycle, and bringing it from a draft to what was adopted."""

import uuid
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.budget.checks import number_problems
from meedoen.records.budget.targets import FIRST_YEAR, LAST_YEAR
from meedoen.records.documents.adopted import adopt_figures
from meedoen.records.documents.keeping import (
    chapter_of,
    held,
    held_draft,
    make_step,
    write_step,
)
from meedoen.records.documents.making import add_chapters, goals_of_year, make_chapters
from meedoen.records.documents.missing import missing_from
from meedoen.records.documents.models import Document
from meedoen.records.documents.newest import chapters_of
from meedoen.records.documents.publishing import publish_document, read_figures
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.documents.reference_days import reference_days
from meedoen.rules.documents.words import DocumentKind, DocumentMove, DocumentState

LONGEST_TITLE, LONGEST_NOTE = 200, 2_000
MOST_INTERIM = 12
"""Interim reports in one year."""


@action(Permission.WRITE_DOCUMENTS)
def make_document(
    viewer: Viewer,
    *,
    kind: DocumentKind,
    year: int,
    title: str,
    reference_date: date,
    number: int = 0,
    codes: Sequence[str] | None = None,
    start_from: UUID | None = None,
) -> UUID:
    """Begin a document with a chapter for every goal of the year, and return its key.

    `number` is that of an interim report, 0 for the others. `codes` are those of the goals it is
    about, None for all. With `start_from` the order and the texts are those of an earlier
    document. Raises ActionRefusedError with all that is wrong, also for a reference date that does
    not go with the year.
    """
    problems = _problems(kind, year, title, number, reference_date)
    earlier = _earlier(viewer, start_from)
    if start_from is not None and earlier is None:
        problems.append(_("Het document waarmee u wilt beginnen, is er niet of is vervallen."))
    goals = [one for one in goals_of_year(viewer, year) if codes is None or one.code in set(codes)]
    if not goals:
        problems.append(_("Er is geen doel gekozen dat in dit jaar bestaat. Kies of maak er een."))
    if problems:
        raise ActionRefusedError("\n".join(problems))
    document = Document(
        municipality_id=viewer.municipality_id,
        key=uuid.uuid4(),
        kind=kind.value,
        year=year,
        number=number,
        title=title.strip(),
        reference_date=reference_date,
    )
    _insert(document)
    make_chapters(viewer, document, goals, earlier)
    write_step(viewer, document, DocumentMove.MADE)
    return document.key


def _problems(
    kind: DocumentKind, year: int, title: str, number: int, reference_date: date
) -> list[str]:
    problems = []
    words = {"first": FIRST_YEAR, "last": LAST_YEAR}
    if not FIRST_YEAR <= year <= LAST_YEAR:
        problems.append(_("Het jaar ligt tussen %(first)s en %(last)s.") % words)
    problems += _day_problems(kind, year, reference_date)
    if not title.strip():
        problems.append(_("Geef het document een titel."))
    if len(title.strip()) > LONGEST_TITLE:
        problems.append(_("De titel heeft hoogstens %(most)s tekens.") % {"most": LONGEST_TITLE})
    if kind is DocumentKind.INTERIM and not 1 <= number <= MOST_INTERIM:
        problems.append(
            _("Geef de tussenrapportage een nummer van 1 tot en met %(most)s.")
            % {"most": MOST_INTERIM}
        )
    if kind is not DocumentKind.INTERIM and number:
        problems.append(_("Alleen een tussenrapportage heeft een nummer."))
    return [*problems, *number_problems(title)]


def _day_problems(kind: DocumentKind, year: int, reference_date: date) -> list[str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return []
    first, last = reference_days(kind, year)
    if first <= reference_date <= last:
        return []
    return [
        _("De peildatum past niet bij dit jaar. Kies een dag van %(first)s tot en met %(last)s.")
        % {"first": f"{first:%-d-%-m-%Y}", "last": f"{last:%-d-%-m-%Y}"}
    ]


def _earlier(viewer: Viewer, key: UUID | None) -> Document | None:
    if key is None:
        return None
    rows = Document.objects.filter(municipality_id=viewer.municipality_id, key=key)
    return rows.exclude(state=DocumentState.DROPPED).first()


def _insert(document: Document) -> None:
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError as error:
        raise ActionRefusedError(
            _("Dit document is er al voor dit jaar. Open het, of laat het eerst vervallen.")
        ) from error


@action(Permission.WRITE_DOCUMENTS)
def add_chapter(viewer: Viewer, *, key: UUID, code: str) -> int:
    """Add a chapter about the goal with this code behind the others; return its number.

    Raises ActionRefusedError for a goal that does not stand in this year or is in it already.
    """
    document = held_draft(viewer, key)
    goals = {goal.code: goal for goal in goals_of_year(viewer, document.year)}
    there = chapters_of(document)
    if code not in goals or code in {one.goal.code for one in there}:
        raise ActionRefusedError(_("Dit doel bestaat niet in dit jaar, of staat er al in."))
    [chapter] = add_chapters(
        viewer, document, [goals[code]], first=max((one.position for one in there), default=0) + 1
    )
    return chapter.position


@action(Permission.WRITE_DOCUMENTS)
def remove_chapter(viewer: Viewer, *, key: UUID, chapter: int) -> None:
    """Take a chapter out of a draft, when nothing was written about it.

    Raises ActionRefusedError when there are texts, lights or comments: those stay to be read.
    """
    document = held_draft(viewer, key)
    row = chapter_of(document, chapter)
    if row.texts.exists() or row.lights.exists() or document.comments.filter(chapter=row).exists():
        raise ActionRefusedError(
            _("Bij dit hoofdstuk is al geschreven. Daarom blijft het in het document staan.")
        )
    row.delete()


@action(Permission.WRITE_DOCUMENTS)
def offer(viewer: Viewer, *, key: UUID, seen: int, note: str = "") -> None:
    """Offer a draft to who adopts it; nobody writes in it from then on.

    `seen` is the revision that was shown. Raises ActionRefusedError with a line for all that is
    missing, open comments among them.
    """
    document = held_draft(viewer, key)
    _check_note(note)
    if lines := missing_from(viewer, document):
        raise ActionRefusedError("\n".join(line.text for line in lines))
    make_step(viewer, document, DocumentMove.OFFERED, seen=seen, note=note)


@action(Permission.ADOPT_DOCUMENTS)
def send_back(viewer: Viewer, *, key: UUID, seen: int, note: str) -> None:
    """Send an offered document back to who writes, and say why. Raises ActionRefusedError."""
    document = held(viewer, key)
    _check_note(note)
    if not note.strip():
        raise ActionRefusedError(_("Schrijf op wat er nog moet gebeuren."))
    make_step(viewer, document, DocumentMove.SENT_BACK, seen=seen, note=note)


@action(Permission.WRITE_DOCUMENTS)
def drop(viewer: Viewer, *, key: UUID, seen: int, note: str) -> None:
    """Let a draft come to nothing, and say why. Raises ActionRefusedError."""
    document = held(viewer, key)
    _check_note(note)
    if not note.strip():
        raise ActionRefusedError(_("Schrijf op waarom het document vervalt."))
    make_step(viewer, document, DocumentMove.DROPPED, seen=seen, note=note)


@action(Permission.ADOPT_DOCUMENTS)
def adopt(viewer: Viewer, *, key: UUID, seen: int, figures_seen: str, note: str = "") -> list[int]:
    """Adopt an offered document and return the ids of the pages that are public with it.

    All of it or nothing: the figures in its texts are frozen, the moment up to which what was
    recorded counts is fixed, and the pages of its goals are published. Whoever offered it cannot
    adopt it; who wrote in it may, when somebody else offered it: two people stand for the whole.
    `figures_seen` is the print of the figures that were shown. Raises ActionRefusedError.
    """
    document = held(viewer, key)
    _check_note(note)
    _check_four_eyes(viewer, document)
    reading = read_figures(viewer, document)
    if lines := missing_from(viewer, document, reading.known):
        raise ActionRefusedError("\n".join(line.text for line in lines))
    if reading.print != figures_seen:
        raise ActionRefusedError(
            _("De cijfers zijn opnieuw gemeten nadat u ze las. Lees het document nog een keer.")
        )
    make_step(
        viewer,
        document,
        DocumentMove.ADOPTED,
        seen=seen,
        note=note,
        known_at=reading.known_at,
    )
    adopt_figures(viewer, document, reading.quotes)
    return publish_document(viewer, document, reading)


def _check_note(note: str) -> None:
    if len(note.strip()) > LONGEST_NOTE:
        raise ActionRefusedError(
            _("De toelichting heeft hoogstens %(most)s tekens. Kort die in.")
            % {"most": LONGEST_NOTE}
        )
    if problems := number_problems(note):
        raise ActionRefusedError("\n".join(problems))


def _check_four_eyes(viewer: Viewer, document: Document) -> None:
    """Refuse who offered it; one person may have two roles, so accounts are compared."""
    offered = document.steps.filter(move=DocumentMove.OFFERED.value).select_related("by")
    last = offered.order_by("pk").last()
    if last is not None and last.by is not None and last.by.account_id == viewer.account_id:
        raise ActionRefusedError(
            _("U bood dit document zelf aan. Een collega leest het en stelt het vast.")
        )
