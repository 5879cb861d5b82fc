"""Taking hold of one document for a change, and letting it make a step."""

import uuid
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from meedoen.records.documents.models import Chapter, Document, DocumentStep
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.documents.steps import COMMENTED_IN, WRITTEN_IN, NoSuchStepError, after
from meedoen.rules.documents.words import DocumentMove, DocumentState


class DocumentMovedError(ActionRefusedError):
    """Somebody else moved the document since it was shown."""


def may_read(viewer: Viewer) -> bool:
    """Return whether the viewer writes or adopts documents; nobody else knows of a draft."""
    return viewer.may(Permission.WRITE_DOCUMENTS) or viewer.may(Permission.ADOPT_DOCUMENTS)


def held(viewer: Viewer, key: uuid.UUID) -> Document:
    """Return the document, held until the end of the transaction. Raises ActionRefusedError."""
    rows = Document.objects.filter(municipality_id=viewer.municipality_id, key=key)
    document = rows.select_for_update(of=("self",)).first()
    if document is None:
        raise ActionRefusedError(_("Dit document bestaat niet of is niet voor u."))
    return document


def held_draft(viewer: Viewer, key: uuid.UUID) -> Document:
    """Return the document, held, while it is still being written. Raises ActionRefusedError."""
    document = held(viewer, key)
    if document.state not in WRITTEN_IN:
        raise ActionRefusedError(
            _("Aan dit document wordt niet meer geschreven: het is aangeboden of afgerond.")
        )
    return document


def held_for_comments(viewer: Viewer, key: uuid.UUID) -> Document:
    """Return the document, held, while one may ask about it. Raises ActionRefusedError."""
    document = held(viewer, key)
    if document.state not in COMMENTED_IN:
        raise ActionRefusedError(_("Dit document is afgerond. U kunt er niets meer bij zetten."))
    return document


def chapter_of(document: Document, number: int) -> Chapter:
    """Return a chapter by its place, from 1. Raises ActionRefusedError when it is not there."""
    chapter = document.chapters.filter(position=number).first()
    if chapter is None:
        raise ActionRefusedError(_("Dit hoofdstuk staat niet in het document."))
    return chapter


def make_step(
    viewer: Viewer,
    document: Document,
    move: DocumentMove,
    *,
    seen: int,
    note: str = "",
    known_at: datetime | None = None,
) -> None:
    """Move a document that was shown with the revision `seen`, and write the step down.

    Of two who press at once the second finds another revision. Raises DocumentMovedError then,
    and also when the document does not stand where the move begins.
    """
    try:
        state = after(DocumentState(document.state), move)
    except NoSuchStepError:
        state = None
    same = Q(pk=document.pk, revision=seen, state=document.state)
    values = {"state": state, "revision": seen + 1}
    if state is None or not Document.objects.filter(same).update(**values):
        raise DocumentMovedError(
            _(
                "Iemand anders heeft dit document intussen verder gebracht. Kijk hoe het er nu "
                "voor staat."
            )
        )
    document.state, document.revision = state.value, seen + 1
    write_step(viewer, document, move, note=note, known_at=known_at)


def write_step(
    viewer: Viewer,
    document: Document,
    move: DocumentMove,
    *,
    note: str = "",
    known_at: datetime | None = None,
) -> None:
    """Write down that a document made a step."""
    DocumentStep.objects.create(
        municipality_id=viewer.municipality_id,
        document=document,
        move=move.value,
        note=note.strip(),
        known_at=known_at,
        at=clock.now(),
        by_id=viewer.membership_id,
    )
