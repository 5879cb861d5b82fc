"""Documents of the budget cycle, for who writes and adopts them and for nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from meedoen.records.documents.cards import (
    ChapterCard,
    CommentCard,
    DocumentCard,
    DocumentLine,
    QuotedCard,
    ReplyCard,
    StepCard,
    light_card,
)
from meedoen.records.documents.council_queries import council_questions
from meedoen.records.documents.keeping import may_read
from meedoen.records.documents.making import goals_of_year
from meedoen.records.documents.missing import missing_from
from meedoen.records.documents.models import Comment, Document, DocumentStep
from meedoen.records.documents.newest import chapters_of, lights_of
from meedoen.records.documents.text_cards import document_texts, preview
from meedoen.records.documents.text_problems import text_problems
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.words import (
    DocumentKind,
    DocumentMove,
    DocumentState,
    Question,
)

ORDERS: Mapping[str, tuple[str, ...]] = {
    "year": ("-year", "kind", "-number", "-pk"),
    "moved": ("-moved_at", "-pk"),
    "title": ("title", "pk"),
}
"""The ways to sort documents, the usual one first."""


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents are wanted; None and empty is all. `text` stands in the title."""

    kind: DocumentKind | None = None
    state: DocumentState | None = None
    year: int | None = None
    text: str = ""
    order: str = "year"


def documents(viewer: Viewer, *, wanted: DocumentFilter, page: int = 1) -> Page[DocumentLine]:
    """Return a page of the documents of the municipality, in three questions."""
    rows = Document.objects.filter(municipality_id=viewer.municipality_id)
    if not may_read(viewer):
        rows = rows.none()
    for field in ("kind", "state", "year"):
        value = getattr(wanted, field)
        if value is not None:
            rows = rows.filter(**{field: value})
    if wanted.text:
        rows = rows.filter(title__icontains=wanted.text)
    rows = rows.annotate(moved_at=Max("steps__at")).order_by(*ORDERS[wanted.order])
    return page_of(rows, _lines, number=page)


def _lines(rows: Sequence[Document]) -> list[DocumentLine]:
    return [
        DocumentLine(
            key=row.key,
            kind=DocumentKind(row.kind),
            year=row.year,
            number=row.number,
            title=row.title,
            reference_date=row.reference_date,
            state=DocumentState(row.state),
            moved_at=row.moved_at,  # type: ignore[attr-defined]
        )
        for row in rows
    ]


def years_of_documents(viewer: Viewer) -> list[int]:
    """Return the years of which there is a document, newest first."""
    if not may_read(viewer):
        return []
    rows = Document.objects.filter(municipality_id=viewer.municipality_id)
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)


def document(viewer: Viewer, *, key: UUID) -> DocumentCard | None:
    """Return a document with all that stands in it; None when it is not there or not for you."""
    row = _row(viewer, key)
    if row is None:
        return None
    chapters = chapters_of(row)
    texts = document_texts(viewer, row, chapters)
    lights = lights_of(row)
    steps = list(row.steps.select_related("by__account").order_by("pk"))
    is_draft = row.state == DocumentState.DRAFT
    return DocumentCard(
        key=row.key,
        kind=DocumentKind(row.kind),
        year=row.year,
        number=row.number,
        title=row.title,
        reference_date=row.reference_date,
        state=DocumentState(row.state),
        revision=row.revision,
        chapters=[
            ChapterCard(
                number=one.position,
                goal_id=one.goal_id,
                code=one.goal.code,
                title=one.goal.title,
                texts=texts.by_chapter[one.pk],
                lights={
                    subject: light_card(light)
                    for (chapter_id, subject), light in lights.items()
                    if chapter_id == one.pk
                },
            )
            for one in chapters
        ],
        comments=_comments(row),
        steps=[_step(one) for one in steps],
        missing=missing_from(viewer, row, texts.known) if is_draft else (),
        council_questions=council_questions(viewer, document_id=row.pk),
        figures_print=texts.figures_print,
        offered_by_viewer=_offered_by(viewer, steps),
    )


def preview_of(viewer: Viewer, *, key: UUID, text: str) -> Sequence[str | QuotedCard]:
    """Return a text that is being written for a document, as it would be public."""
    row = _row(viewer, key)
    return [] if row is None else preview(viewer, row, text)


def problems_of(viewer: Viewer, *, key: UUID, text: str) -> Sequence[str]:
    """Return what is wrong with a text that is being written, a line for each; empty when nothing.

    The same lines refuse to keep it, see `write_text`.
    """
    row = _row(viewer, key)
    return [] if row is None else text_problems(viewer, row, text)


def goals_to_add(viewer: Viewer, *, key: UUID) -> Sequence[tuple[str, str]]:
    """Return the goals that stand in the year of a document and are not in it: code and title."""
    row = _row(viewer, key)
    if row is None:
        return []
    there = {one.goal.code for one in chapters_of(row)}
    return [
        (goal.code, goal.title)
        for goal in goals_of_year(viewer, row.year)
        if goal.code not in there
    ]


def goals_to_write_about(viewer: Viewer) -> Sequence[tuple[str, str]]:
    """Return the code and newest title of every goal, for who makes a document."""
    if not may_read(viewer):
        return []
    return [(goal.code, goal.title) for goal in goals_of_year(viewer, 9999)]


def _row(viewer: Viewer, key: UUID) -> Document | None:
    if not may_read(viewer):
        return None
    return Document.objects.filter(municipality_id=viewer.municipality_id, key=key).first()


def _step(row: DocumentStep) -> StepCard:
    return StepCard(
        move=DocumentMove(row.move),
        note=row.note,
        known_at=row.known_at,
        at=row.at,
        by=row.by.account.name if row.by else "",
    )


def _offered_by(viewer: Viewer, steps: Sequence[DocumentStep]) -> bool:
    offers = [one for one in steps if one.move == DocumentMove.OFFERED]
    by = offers[-1].by if offers else None
    return by is not None and by.account_id == viewer.account_id


def _comments(row: Document) -> list[CommentCard]:
    rows = list(row.comments.select_related("by__account", "chapter").order_by("pk"))
    replies: dict[int, list[Comment]] = {}
    for one in rows:
        if one.answers_id is not None:
            replies.setdefault(one.answers_id, []).append(one)
    return [
        CommentCard(
            comment_id=one.pk,
            chapter=one.chapter.position if one.chapter else 0,
            question=Question(one.question) if one.question else None,
            text=one.text,
            at=one.at,
            by=one.by.account.name if one.by else "",
            replies=[_reply(each) for each in replies.get(one.pk, ())],
        )
        for one in rows
        if one.answers_id is None
    ]


def _reply(row: Comment) -> ReplyCard:
    by = row.by.account.name if row.by else ""
    return ReplyCard(row.text, row.settles, row.at, by)
