"""Asking about a document, answering, and settling what was asked."""

from uuid import UUID

from django.utils.translation import gettext as _

from meedoen.records.budget.checks import number_problems
from meedoen.records.documents.keeping import chapter_of, held_for_comments
from meedoen.records.documents.models import Comment, Document
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.documents.words import Question

LONGEST_COMMENT = 2_000


@action(Permission.WRITE_DOCUMENTS)
def comment(
    viewer: Viewer, *, key: UUID, text: str, chapter: int = 0, question: Question | None = None
) -> int:
    """Say something about a document, a chapter or one of its texts; return the id.

    `chapter` 0 is the whole document. An open comment keeps the document from being offered and
    adopted. Raises ActionRefusedError.
    """
    document = held_for_comments(viewer, key)
    row = chapter_of(document, chapter) if chapter else None
    made = Comment.objects.create(
        municipality_id=viewer.municipality_id,
        document=document,
        chapter=row,
        question=question.value if question and row else "",
        text=_checked(text),
        at=clock.now(),
        by_id=viewer.membership_id,
    )
    return made.pk


@action(Permission.WRITE_DOCUMENTS)
def answer(viewer: Viewer, *, key: UUID, comment_id: int, text: str, settles: bool = False) -> None:
    """Answer a comment, and settle it with that when `settles`. Raises ActionRefusedError."""
    document = held_for_comments(viewer, key)
    _reply(viewer, document, comment_id, _checked(text), settles=settles)


@action(Permission.WRITE_DOCUMENTS)
def settle(viewer: Viewer, *, key: UUID, comment_id: int) -> None:
    """Settle a comment without a word. Raises ActionRefusedError."""
    _reply(viewer, held_for_comments(viewer, key), comment_id, "", settles=True)


def _reply(
    viewer: Viewer, document: Document, comment_id: int, text: str, *, settles: bool
) -> None:
    asked = document.comments.filter(pk=comment_id, answers__isnull=True).first()
    if asked is None:
        raise ActionRefusedError(_("Deze opmerking staat niet in het document."))
    if asked.replies.filter(settles=True).exists():
        raise ActionRefusedError(_("Deze opmerking is al afgehandeld."))
    Comment.objects.create(
        municipality_id=viewer.municipality_id,
        document=document,
        chapter_id=asked.chapter_id,
        question=asked.question,
        answers=asked,
        settles=settles,
        text=text,
        at=clock.now(),
        by_id=viewer.membership_id,
    )


def _checked(text: str) -> str:
    kept = text.strip()
    if not kept:
        raise ActionRefusedError(_("Schrijf eerst iets op."))
    if len(kept) > LONGEST_COMMENT:
        raise ActionRefusedError(
            _("Een opmerking heeft hoogstens %(most)s tekens. Kort die in.")
            % {"most": LONGEST_COMMENT}
        )
    if problems := number_problems(kept):
        raise ActionRefusedError("\n".join(problems))
    return kept
