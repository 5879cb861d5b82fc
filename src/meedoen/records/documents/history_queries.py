"""The earlier versions of a text and of a traffic light, for who writes and adopts documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from meedoen.records.documents.cards import LightCard, light_card
from meedoen.records.documents.keeping import may_read
from meedoen.records.documents.models import Chapter, ChapterText, Light
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.words import LightSubject, Question

VERSIONS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A text as somebody kept it, with its quotes as they were typed.

    `before` is the version that it took the place of, None for the first. `by` is empty when
    Meedoen itself wrote it.
    """

    text: str
    before: str | None
    at: datetime
    by: str


def text_versions(
    viewer: Viewer, *, key: UUID, chapter: int, question: Question, page: int = 1
) -> Page[TextVersion]:
    """Return a page of the versions of a text, newest first; an empty one when there are none."""
    rows = ChapterText.objects.filter(
        chapter__in=_chapters(viewer, key, chapter), question=question.value
    )
    rows = rows.select_related("by__account").order_by("-pk")
    return page_of(rows, partial(_versions, rows), number=page, size=VERSIONS_A_PAGE)


def light_versions(
    viewer: Viewer, *, key: UUID, chapter: int, subject: LightSubject, page: int = 1
) -> Page[LightCard]:
    """Return a page of the colours that a light had, newest first."""
    rows = Light.objects.filter(chapter__in=_chapters(viewer, key, chapter), subject=subject.value)
    return page_of(rows.select_related("by__account").order_by("-pk"), _lights, number=page)


def _chapters(viewer: Viewer, key: UUID, chapter: int) -> QuerySet[Chapter]:
    """Return the one chapter of a document that the viewer may read; nothing for anyone else."""
    rows = Chapter.objects.filter(
        municipality_id=viewer.municipality_id, document__key=key, position=chapter
    )
    return rows if may_read(viewer) else rows.none()


def _versions(every: QuerySet[ChapterText], rows: Sequence[ChapterText]) -> list[TextVersion]:
    """Set the versions of a page beside those before them, of which the last is on the next."""
    if not rows:
        return []
    earlier = every.filter(pk__lt=rows[-1].pk).first()
    before = [*(one.text for one in rows[1:]), earlier.text if earlier else None]
    return [
        TextVersion(row.text, text, row.at, row.by.account.name if row.by else "")
        for row, text in zip(rows, before, strict=True)
    ]


def _lights(rows: Sequence[Light]) -> list[LightCard]:
    return [light_card(row) for row in rows]
