"""The chapters and first texts of a new document."""

from collections.abc import Iterator, Mapping, Sequence

from meedoen.records.budget.models import Goal
from meedoen.records.documents.models import Chapter, ChapterText, Document
from meedoen.records.documents.newest import chapters_of, texts_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.headings import HEADINGS, first_text
from meedoen.rules.documents.words import DocumentKind, Question

Texts = Mapping[tuple[str, Question], str]
"""By code of the goal and question."""


def goals_of_year(viewer: Viewer, year: int) -> Sequence[Goal]:
    """Return for every code the goal that stands in a year, in order of the codes.

    That is the goal of that year, else the newest before it, else the one that names no year.
    """
    rows = Goal.objects.filter(municipality_id=viewer.municipality_id)
    standing = [row for row in rows if row.year is None or row.year <= year]
    found = {row.code: row for row in sorted(standing, key=lambda row: (row.year or 0, row.pk))}
    return sorted(found.values(), key=lambda row: _as_numbers(row.code))


def _as_numbers(code: str) -> list[tuple[int, str]]:
    """Sort goal 10.1 after goal 2.1."""
    return [(len(part), part) for part in code.split(".")]


def make_chapters(
    viewer: Viewer, document: Document, goals: Sequence[Goal], earlier: Document | None
) -> None:
    """Give a document its chapters; from an earlier one come the order and the texts."""
    copied: Texts = {}
    if earlier is not None:
        before = chapters_of(earlier)
        copied = _texts_by_code(earlier, before)
        goals = _in_order(goals, [one.goal.code for one in before])
    add_chapters(viewer, document, goals, copied=copied)


def add_chapters(
    viewer: Viewer,
    document: Document,
    goals: Sequence[Goal],
    *,
    first: int = 1,
    copied: Texts | None = None,
) -> Sequence[Chapter]:
    """Add a chapter for each goal, numbered from `first`, with what its texts begin with."""
    chapters = Chapter.objects.bulk_create(
        Chapter(
            municipality_id=viewer.municipality_id,
            document=document,
            goal=goal,
            position=position,
        )
        for position, goal in enumerate(goals, start=first)
    )
    _begin_texts(viewer, document, chapters, copied or {})
    return chapters


def _begin_texts(
    viewer: Viewer, document: Document, chapters: Sequence[Chapter], copied: Texts
) -> None:
    ChapterText.objects.bulk_create(
        ChapterText(
            municipality_id=viewer.municipality_id,
            chapter=chapter,
            question=question.value,
            text=text,
            at=clock.now(),
            by_id=viewer.membership_id,
        )
        for chapter in chapters
        for question, text in _first_texts(document, chapter, copied)
    )


def _first_texts(
    document: Document, chapter: Chapter, copied: Texts
) -> Iterator[tuple[Question, str]]:
    for question in HEADINGS[DocumentKind(document.kind)]:
        text = copied.get((chapter.goal.code, question), "")
        if not text and document.kind == DocumentKind.BUDGET:
            text = first_text(chapter.goal.sections, question)
        if text:
            yield question, text


def _texts_by_code(
    document: Document, chapters: Sequence[Chapter]
) -> dict[tuple[str, Question], str]:
    codes = {one.pk: one.goal.code for one in chapters}
    return {
        (codes[chapter_id], question): row.text
        for (chapter_id, question), row in texts_of(document).items()
    }


def _in_order(goals: Sequence[Goal], codes: Sequence[str]) -> list[Goal]:
    """Put goals in the order of an earlier document; what is new comes behind."""
    places = {code: place for place, code in enumerate(codes)}
    return sorted(goals, key=lambda goal: places.get(goal.code, len(places)))
