"""The texts and lights of a document as they stand: the last one of each."""

from collections.abc import Sequence

from django.db.models import Max

from meedoen.records.documents.models import Chapter, ChapterText, Document, Light
from meedoen.rules.documents.words import LightSubject, Question


def chapters_of(document: Document) -> Sequence[Chapter]:
    """Return the chapters with their goals, in order."""
    return list(document.chapters.select_related("goal").order_by("position"))


def texts_of(document: Document) -> dict[tuple[int, Question], ChapterText]:
    """Return the newest text of each question, by chapter and question."""
    newest = (
        ChapterText.objects.filter(chapter__document=document)
        .order_by()
        .values("chapter_id", "question")
        .annotate(newest=Max("pk"))
    )
    rows = ChapterText.objects.filter(pk__in=newest.values("newest")).select_related("by__account")
    return {(row.chapter_id, Question(row.question)): row for row in rows}


def lights_of(document: Document) -> dict[tuple[int, LightSubject], Light]:
    """Return the newest light of each subject, by chapter and subject."""
    newest = (
        Light.objects.filter(chapter__document=document)
        .order_by()
        .values("chapter_id", "subject")
        .annotate(newest=Max("pk"))
    )
    rows = Light.objects.filter(pk__in=newest.values("newest")).select_related("by__account")
    return {(row.chapter_id, LightSubject(row.subject)): row for row in rows}
