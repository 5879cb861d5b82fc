"""Writing in a draft: the texts of its chapters and their traffic lights."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from meedoen.records.budget.checks import number_problems
from meedoen.records.documents.keeping import DocumentMovedError, chapter_of, held_draft
from meedoen.records.documents.light_reasons import reasons_missing
from meedoen.records.documents.models import ChapterText, Light
from meedoen.records.documents.text_problems import text_problems
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.documents.headings import HEADINGS, WITH_LIGHTS
from meedoen.rules.documents.words import Colour, DocumentKind, LightSubject, Question

LONGEST_REASON = 2_000


@action(Permission.WRITE_DOCUMENTS)
def write_text(
    viewer: Viewer, *, key: UUID, chapter: int, question: Question, text: str, seen: int | None
) -> None:
    """Write the text of a question of a chapter; the one before it stays.

    `seen` is the id of the text that was shown, None when there was none yet. Raises
    DocumentMovedError when a colleague wrote in between, and ActionRefusedError with a line for
    every quote that cannot be read, and for a citizen service number.
    """
    document = held_draft(viewer, key)
    row = chapter_of(document, chapter)
    if question not in HEADINGS[DocumentKind(document.kind)]:
        raise ActionRefusedError(_("Deze vraag hoort niet bij dit soort document."))
    if problems := text_problems(viewer, document, text):
        raise ActionRefusedError("\n".join(problems))
    newest = row.texts.filter(question=question.value).order_by("pk").last()
    if (newest.pk if newest else None) != seen:
        raise DocumentMovedError(
            _(
                "Een collega bewaarde deze tekst intussen. Uw tekst staat er nog. Lees die van uw "
                "collega en bewaar daarna opnieuw."
            )
        )
    if newest is not None and newest.text == text:
        return
    ChapterText.objects.create(
        municipality_id=viewer.municipality_id,
        chapter=row,
        question=question.value,
        text=text,
        at=clock.now(),
        by_id=viewer.membership_id,
    )


@action(Permission.WRITE_DOCUMENTS)
def set_light(
    viewer: Viewer,
    *,
    key: UUID,
    chapter: int,
    subject: LightSubject,
    colour: Colour,
    cause: str = "",
    consequence: str = "",
    steering: str = "",
) -> None:
    """Set a traffic light of a chapter; the one before it stays.

    Raises ActionRefusedError with a line for all that is wrong: orange and red say why, what it
    means and what is done.
    """
    document = held_draft(viewer, key)
    row = chapter_of(document, chapter)
    if DocumentKind(document.kind) not in WITH_LIGHTS:
        raise ActionRefusedError(_("In een begroting staan geen stoplichten."))
    reasons = [one.strip() for one in (cause, consequence, steering)]
    if problems := _light_problems(colour, reasons):
        raise ActionRefusedError("\n".join(problems))
    Light.objects.create(
        municipality_id=viewer.municipality_id,
        chapter=row,
        subject=subject.value,
        colour=colour.value,
        cause=reasons[0],
        consequence=reasons[1],
        steering=reasons[2],
        at=clock.now(),
        by_id=viewer.membership_id,
    )


def _light_problems(colour: Colour, reasons: Sequence[str]) -> list[str]:
    """Return what is wrong with the cause, the consequence and the steering, in that order."""
    problems = [*reasons_missing(colour, *reasons).values()]
    if any(len(said) > LONGEST_REASON for said in reasons):
        problems.append(
            _("Oorzaak, gevolg en bijsturing hebben elk hoogstens %(most)s tekens.")
            % {"most": LONGEST_REASON}
        )
    return [*problems, *number_problems(*reasons)]
