"""What somebody who writes can quote: the figures there are, with what to type for them."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from meedoen.records.budget.models import GoalIndicator, ImportedRow
from meedoen.records.documents.cards import QuotableLine
from meedoen.records.documents.keeping import may_read
from meedoen.records.documents.models import Chapter, Document
from meedoen.records.documents.quoting import Quotable, quotable
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.words import QuotedKind
from meedoen.rules.indicators.published_table import Cell


def figures_to_quote(viewer: Viewer, *, key: UUID, chapter: int) -> Sequence[QuotableLine]:
    """Return the figures that a chapter can quote, those of its own goal first.

    Only what was measured on the reference date, and what is aimed for in the year of the
    document. Empty for a document that is not there or not for this viewer.
    """
    row = (
        Chapter.objects.filter(
            municipality_id=viewer.municipality_id, document__key=key, position=chapter
        )
        .select_related("document")
        .first()
    )
    if row is None or not may_read(viewer):
        return []
    known = quotable(viewer, row.document, [])
    own = _of_goal(row.goal_id)
    lines = [*_counted(known), *_aimed(known, row.document)]
    return sorted(lines, key=lambda line: line.indicator not in own)


def _of_goal(goal_id: int) -> set[str]:
    printed = ImportedRow.objects.filter(goal_id=goal_id).exclude(indicator="")
    linked = GoalIndicator.objects.filter(goal_id=goal_id)
    codes = printed.values_list("indicator", flat=True)
    return {*codes, *linked.values_list("indicator", flat=True)}


def _counted(known: Quotable) -> Iterator[QuotableLine]:
    table = known.days.get(known.reference_date)
    for cell, shown in table.shown.items() if table else ():
        if cell == Cell(cell.indicator):
            yield QuotableLine(
                quote=f"{{{cell.indicator}}}",
                indicator=cell.indicator,
                kind=QuotedKind.ACHIEVED,
                year=None,
                reference_date=known.reference_date,
                text=shown.text,
            )


def _aimed(known: Quotable, document: Document) -> Iterator[QuotableLine]:
    for (code, year), text in known.aimed.items():
        if year == document.year:
            yield QuotableLine(
                quote=f"{{{code} target {year}}}",
                indicator=code,
                kind=QuotedKind.AIMED,
                year=year,
                reference_date=None,
                text=text,
            )
