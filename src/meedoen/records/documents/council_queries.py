"""What the council asked about adopted documents, and what it was answered."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from meedoen.records.budget.models import Publication
from meedoen.records.documents.cards import CouncilQuestionCard
from meedoen.records.documents.keeping import may_read
from meedoen.records.documents.models import CouncilAnswer, CouncilQuestion
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.words import DocumentState, Question

Page = tuple[UUID, int, Question]
"""The key of a document, the id of a goal, and which text."""


def council_questions(viewer: Viewer, *, document_id: int) -> Sequence[CouncilQuestionCard]:
    """Return what the council asked about a document, oldest first."""
    if not may_read(viewer):
        return []
    rows = CouncilQuestion.objects.filter(
        municipality_id=viewer.municipality_id, chapter__document_id=document_id
    )
    return _cards(rows)


def council_questions_of(publication_id: int) -> Sequence[CouncilQuestionCard]:
    """Return what the council asked about the text of a published page, for everyone."""
    page = Publication.objects.filter(pk=publication_id).only("document_key", "goal_id").first()
    if page is None or page.document_key is None:
        return []
    rows = CouncilQuestion.objects.filter(
        chapter__document__key=page.document_key,
        chapter__document__state=DocumentState.ADOPTED.value,
        chapter__goal_id=page.goal_id,
    )
    return _cards(rows)


def _cards(rows: QuerySet[CouncilQuestion]) -> list[CouncilQuestionCard]:
    asked = list(
        rows.select_related("chapter__goal", "chapter__document").order_by("asked_on", "pk")
    )
    if not asked:
        return []
    answers = CouncilAnswer.objects.filter(asked__in=asked).order_by("pk")
    newest = {row.asked_id: row for row in answers}
    pages = _pages(asked)
    return [_card(row, newest.get(row.pk), pages) for row in asked]


def _card(
    row: CouncilQuestion, answer: CouncilAnswer | None, pages: Mapping[Page, Sequence[str]]
) -> CouncilQuestionCard:
    question = Question(row.question)
    parts = pages.get((row.chapter.document.key, row.chapter.goal_id, question), [])
    is_there = 0 < row.paragraph <= len(parts)
    return CouncilQuestionCard(
        key=row.key,
        code=row.chapter.goal.code,
        question=question,
        paragraph=row.paragraph,
        passage=parts[row.paragraph - 1] if is_there else "",
        asked_by=row.asked_by,
        asked_on=row.asked_on,
        text=row.text,
        answer=answer.text if answer else None,
        answered_at=answer.at if answer else None,
    )


def _pages(asked: Sequence[CouncilQuestion]) -> dict[Page, Sequence[str]]:
    """Return the paragraphs of the texts as they were published, with the figures in them."""
    pages = Publication.objects.filter(
        document_key__in={row.chapter.document.key for row in asked},
        goal_id__in={row.chapter.goal_id for row in asked},
    ).only("document_key", "goal_id", "sections")
    found: dict[Page, Sequence[str]] = {}
    for page in pages.order_by("pk"):
        if page.document_key is None:
            continue
        for section in page.sections:
            if answers := section.get("question"):
                place = (page.document_key, page.goal_id, Question(answers))
                found[place] = section["paragraphs"]
    return found
