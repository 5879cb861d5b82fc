"""Questions of the council about an adopted document, entered for the registrar of the council."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.budget.checks import number_problems
from meedoen.records.documents.keeping import chapter_of, held
from meedoen.records.documents.models import ChapterText, CouncilAnswer, CouncilQuestion
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.documents.headings import paragraphs
from meedoen.rules.documents.words import DocumentState, Question

LONGEST_ASKED_BY, LONGEST_COUNCIL_TEXT = 120, 5_000


@action(Permission.WRITE_DOCUMENTS)
def note_council_question(
    viewer: Viewer,
    *,
    key: UUID,
    chapter: int,
    question: Question,
    paragraph: int,
    asked_by: str,
    asked_on: date,
    text: str,
) -> UUID:
    """Write down what the council asks about a paragraph of an adopted document; return its key.

    `paragraph` counts from 1, 0 is the whole text. Everyone can read it on the public page of
    the goal. Raises ActionRefusedError with all that is wrong.
    """
    document = held(viewer, key)
    if document.state != DocumentState.ADOPTED:
        raise ActionRefusedError(_("De raad stelt vragen over een document dat is vastgesteld."))
    row = chapter_of(document, chapter)
    newest = row.texts.filter(question=question.value).order_by("pk").last()
    problems = _problems(newest, paragraph, asked_by)
    problems += _day_problems(asked_on, document.year)
    problems += _text_problems(text, asked_by)
    if problems:
        raise ActionRefusedError("\n".join(problems))
    made = CouncilQuestion.objects.create(
        municipality_id=viewer.municipality_id,
        chapter=row,
        question=question.value,
        paragraph=paragraph,
        asked_by=asked_by.strip(),
        asked_on=asked_on,
        text=text.strip(),
        at=clock.now(),
        by_id=viewer.membership_id,
    )
    return made.key


@action(Permission.WRITE_DOCUMENTS)
def answer_council_question(viewer: Viewer, *, question_key: UUID, text: str) -> None:
    """Answer a question of the council; a later answer takes the place of this one.

    Raises ActionRefusedError for a question that is not there and for a text that cannot be.
    """
    asked = CouncilQuestion.objects.filter(
        municipality_id=viewer.municipality_id, key=question_key
    ).first()
    if asked is None:
        raise ActionRefusedError(_("Deze vraag van de raad is er niet."))
    if problems := _text_problems(text):
        raise ActionRefusedError("\n".join(problems))
    CouncilAnswer.objects.create(
        municipality_id=viewer.municipality_id,
        asked=asked,
        text=text.strip(),
        at=clock.now(),
        by_id=viewer.membership_id,
    )


def _problems(text: ChapterText | None, paragraph: int, asked_by: str) -> list[str]:
    problems = []
    count = len(paragraphs(text.text)) if text else 0
    if not 0 <= paragraph <= count:
        problems.append(
            ngettext(
                "Deze tekst heeft %(count)s alinea. Kies 1, of 0 voor de hele tekst.",
                "Deze tekst heeft %(count)s alinea's. Kies er een, of 0 voor de hele tekst.",
                count,
            )
            % {"count": count}
        )
    if not asked_by.strip():
        problems.append(_("Vul in welke fractie of commissie de vraag stelt."))
    if len(asked_by.strip()) > LONGEST_ASKED_BY:
        problems.append(
            _("De naam van de fractie heeft hoogstens %(most)s tekens.")
            % {"most": LONGEST_ASKED_BY}
        )
    return problems


def _day_problems(asked_on: date, year: int) -> list[str]:
    """Return what is wrong with the day: a budget is asked about from the year before its own."""
    if asked_on > clock.today():
        return [_("Deze dag is nog niet geweest. Kies vandaag of een dag ervoor.")]
    if asked_on.year < year - 1:
        return [
            _("Deze dag is te vroeg voor een stuk over %(year)s. Kies een dag vanaf %(first)s.")
            % {"year": year, "first": f"1-1-{year - 1}"}
        ]
    return []


def _text_problems(text: str, asked_by: str = "") -> list[str]:
    """Return what is wrong with a question or an answer, and with the name of who asks."""
    if not text.strip():
        return [_("Schrijf eerst iets op.")]
    if len(text) > LONGEST_COUNCIL_TEXT:
        return [
            _("De tekst heeft hoogstens %(most)s tekens. Kort die in.")
            % {"most": LONGEST_COUNCIL_TEXT}
        ]
    return number_problems(text, asked_by)
