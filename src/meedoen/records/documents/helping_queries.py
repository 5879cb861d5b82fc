"""What somebody who writes can quote: the figures there are, with what to type for them."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from meedoen.records.budget.aims import aimed_numbers
from meedoen.records.budget.day_tables import day_tables
from meedoen.records.budget.models import GoalIndicator, ImportedRow
from meedoen.records.documents.cards import QuotableLine
from meedoen.records.documents.keeping import may_read
from meedoen.records.documents.models import Chapter, Document
from meedoen.records.documents.quoting import newest_beside
from meedoen.records.figures.queries import newest_with_year_ends
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.documents.words import QuotedKind
from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.published_table import Cell


def figures_to_quote(viewer: Viewer, *, key: UUID, chapter: int) -> Sequence[QuotableLine]:
    """Return the figures that a chapter can quote, those of its own goal first.

    Only what was measured on the reference date, as it would be public, and what is aimed for in
    the year of the document. Empty for a document that is not there or not for this viewer.
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
    document, own = row.document, _of_goal(row.goal_id)
    known = catalogue_of(viewer.municipality_id)
    lines = [*_counted(viewer, document, known), *_aimed(viewer, document, known)]
    return sorted(lines, key=lambda line: line.indicator not in own)


def _of_goal(goal_id: int) -> set[str]:
    printed = ImportedRow.objects.filter(goal_id=goal_id).exclude(indicator="")
    linked = GoalIndicator.objects.filter(goal_id=goal_id)
    codes = printed.values_list("indicator", flat=True)
    return {*codes, *linked.values_list("indicator", flat=True)}


def _counted(viewer: Viewer, document: Document, known: Catalogue) -> Iterator[QuotableLine]:
    measured = newest_with_year_ends(viewer, on=document.reference_date)
    tables = day_tables(viewer, on=document.reference_date)
    for code, figure in measured[-1].figures.items() if measured and tables else ():
        if not tables[-1].is_there(code):
            # Measured since, while an earlier measuring without it is public of this day.
            continue
        yield QuotableLine(
            quote=f"{{{code}}}",
            indicator=code,
            name=known[code].name_on(document.reference_date),
            kind=QuotedKind.ACHIEVED,
            year=None,
            reference_date=document.reference_date,
            text=tables[-1].shown[Cell(code)].text,
            newest=newest_beside(tables[-1], Cell(code), figure.shown),
        )


def _aimed(viewer: Viewer, document: Document, known: Catalogue) -> Iterator[QuotableLine]:
    for (code, year), text in aimed_numbers(viewer).items():
        if year == document.year:
            yield QuotableLine(
                quote=f"{{{code} target {year}}}",
                indicator=code,
                name=known[code].name if code in known.definitions else None,
                kind=QuotedKind.AIMED,
                year=year,
                reference_date=None,
                text=text,
            )
