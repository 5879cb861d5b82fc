"""Goals as imported, pages as published, for policy and for everyone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from meedoen.records.budget.cells import Cell, cells_of
from meedoen.records.budget.models import (
    Goal,
    ImportedRow,
    ImportedValue,
    Publication,
    PublishedCell,
    Reference,
)
from meedoen.records.figures.queries import newest_with_year_ends
from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.viewer import Permission, Viewer


@dataclass(frozen=True, slots=True)
class ReferenceCard:
    """A mention of another goal or programme; `goal_id` is None while that is not there."""

    kind: str
    code: str
    goal_id: int | None


@dataclass(frozen=True, slots=True)
class ImportedCell:
    """A value as printed."""

    label: str
    year: int | None
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportedRowCard:
    """A row of an imported table."""

    name: str
    unit: str
    indicator: str
    cells: tuple[ImportedCell, ...]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal in a list; the last two are of its newest publication."""

    goal_id: int
    code: str
    year: int | None
    title: str
    published_at: datetime | None
    publication_id: int | None


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal with all of its page; `publication_id` is its newest publication."""

    goal_id: int
    code: str
    year: int | None
    title: str
    sections: Sequence[Mapping[str, Any]]
    criteria: Sequence[str]
    activities: Sequence[str]
    portfolio_holders: Sequence[str]
    policy_notes: Sequence[str]
    references: Sequence[ReferenceCard]
    rows: Sequence[ImportedRowCard]
    indicators: Sequence[str]
    source: str
    publication_id: int | None


@dataclass(frozen=True, slots=True)
class PublicCell:
    """A published cell; `counted_on` is set for what Meedoen counted, no id is a draft."""

    cell_id: int | None
    label: str
    year: int | None
    kind: str
    text: str
    hidden: bool
    counted_on: date | None


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A published row: an indicator with its cells in order."""

    name: str
    indicator: str
    cells: tuple[PublicCell, ...]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A goal's page as it was published; only the mentions of other goals may resolve later."""

    publication_id: int
    municipality: str
    municipality_code: str
    threshold: int
    goal_id: int
    title: str
    sections: Sequence[Mapping[str, Any]]
    references: Sequence[ReferenceCard]
    explanation: str
    reference_date: date
    known_at: datetime
    published_at: datetime
    rows: tuple[PublicRow, ...]


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A published page in a list."""

    publication_id: int
    municipality: str
    municipality_code: str
    code: str
    title: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class CountedCell:
    """How a published cell came about; the number only as it was shown."""

    publication_id: int
    page_title: str
    row: str
    text: str
    hidden: bool
    indicator: str
    definition_version: date
    counted_on: date
    known_at: datetime
    threshold: int


@dataclass(frozen=True, slots=True)
class TargetCard:
    """What a goal aims for, as it was printed."""

    label: str
    text: str
    goal_id: int
    goal_code: str


def goals(viewer: Viewer) -> Sequence[GoalLine]:
    """Return the goals of the municipality, by code, for who may see figures."""
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    rows = Goal.objects.filter(municipality_id=viewer.municipality_id)
    newest = _newest_publications(viewer.municipality_id)
    return [
        GoalLine(
            goal_id=row.pk,
            code=row.code,
            year=row.year,
            title=row.title,
            published_at=newest[row.pk].published_at if row.pk in newest else None,
            publication_id=newest[row.pk].pk if row.pk in newest else None,
        )
        for row in rows.order_by("code", "-year")
    ]


def goal(viewer: Viewer, *, goal_id: int) -> GoalCard | None:
    """Return a goal; None when it is not there or not for this viewer."""
    if not viewer.may(Permission.SEE_FIGURES):
        return None
    row = Goal.objects.filter(municipality_id=viewer.municipality_id, pk=goal_id).first()
    return None if row is None else _goal_card(row)


def _goal_card(row: Goal) -> GoalCard:
    return GoalCard(
        goal_id=row.pk,
        code=row.code,
        year=row.year,
        title=row.title,
        sections=row.sections,
        criteria=row.criteria,
        activities=row.activities,
        portfolio_holders=row.portfolio_holders,
        policy_notes=row.policy_notes,
        references=_references(row),
        rows=[_imported_row(one) for one in _rows(row)],
        indicators=list(row.indicators.order_by("pk").values_list("indicator", flat=True)),
        source=row.source,
        publication_id=row.publications.order_by("-pk").values_list("pk", flat=True).first(),
    )


def _rows(goal_row: Goal) -> Sequence[ImportedRow]:
    return list(goal_row.rows.order_by("position").prefetch_related("values"))


def _imported_row(row: ImportedRow) -> ImportedRowCard:
    values = sorted(row.values.all(), key=lambda one: one.position)
    return ImportedRowCard(
        name=row.name,
        unit=row.unit,
        indicator=row.indicator,
        cells=tuple(ImportedCell(one.label, one.year, one.kind, one.value) for one in values),
    )


def _references(goal_row: Goal) -> list[ReferenceCard]:
    """Return the mentions; each finds the goal of the same year, else the newest of that code."""
    mentions: list[Reference] = list(goal_row.references.order_by("position"))
    found: dict[str, int] = {}
    candidates = Goal.objects.filter(
        municipality_id=goal_row.municipality_id, code__in=[one.code for one in mentions]
    )
    for one in sorted(candidates, key=lambda row: (row.year == goal_row.year, row.year or 0)):
        found[one.code] = one.pk
    return [
        ReferenceCard(one.kind, one.code, found.get(one.code) if one.kind == "goal" else None)
        for one in mentions
    ]


def _newest_publications(municipality_id: int | None = None) -> dict[int, Publication]:
    rows = Publication.objects.select_related("goal", "municipality").order_by("pk")
    if municipality_id is not None:
        rows = rows.filter(municipality_id=municipality_id)
    return {row.goal_id: row for row in rows}


def published_pages() -> Sequence[PublicLine]:
    """Return the newest published page of every goal, for everyone."""
    lines = [
        PublicLine(
            publication_id=row.pk,
            municipality=row.municipality.name,
            municipality_code=row.municipality.code,
            code=row.goal.code,
            title=row.goal.title,
            published_at=row.published_at,
        )
        for row in _newest_publications().values()
    ]
    return sorted(lines, key=lambda line: (line.municipality, line.code, -line.publication_id))


def published_goal_ids(municipality_code: str) -> dict[int, int]:
    """Return the newest publication of each goal of a municipality, by goal, for everyone."""
    municipality = Municipality.objects.filter(code=municipality_code).first()
    if municipality is None:
        return {}
    return {goal_id: row.pk for goal_id, row in _newest_publications(municipality.pk).items()}


def published_page(publication_id: int) -> PublicPage | None:
    """Return a page as it was published, for everyone; None when there is none."""
    row = (
        Publication.objects.filter(pk=publication_id).select_related("goal", "municipality").first()
    )
    if row is None:
        return None
    cells = list(PublishedCell.objects.filter(publication=row).order_by("position"))
    return PublicPage(
        publication_id=row.pk,
        municipality=row.municipality.name,
        municipality_code=row.municipality.code,
        threshold=row.municipality.disclosure_threshold,
        goal_id=row.goal_id,
        title=row.title,
        sections=row.sections,
        references=_references(row.goal),
        explanation=row.explanation,
        reference_date=row.reference_date,
        known_at=row.known_at,
        published_at=row.published_at,
        rows=_public_rows(cells),
    )


def _public_rows(cells: Sequence[PublishedCell | Cell]) -> tuple[PublicRow, ...]:
    by_row: dict[str, list[PublishedCell | Cell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    return tuple(
        PublicRow(
            name=name,
            indicator=next((cell.indicator for cell in theirs if cell.indicator), ""),
            cells=tuple(_public_cell(cell) for cell in theirs),
        )
        for name, theirs in by_row.items()
    )


def _public_cell(cell: PublishedCell | Cell) -> PublicCell:
    return PublicCell(
        cell_id=cell.pk if isinstance(cell, PublishedCell) and cell.figure_id else None,
        label=cell.label,
        year=cell.year,
        kind=cell.kind,
        text=cell.text,
        hidden=cell.hidden,
        counted_on=cell.counted_on,
    )


def draft_rows(viewer: Viewer, *, goal_id: int) -> tuple[PublicRow, ...]:
    """Return the rows as they would be published with the newest measuring, before publishing."""
    if not viewer.may(Permission.SEE_FIGURES):
        return ()
    row = Goal.objects.filter(municipality_id=viewer.municipality_id, pk=goal_id).first()
    return () if row is None else _public_rows(list(cells_of(row, newest_with_year_ends(viewer))))


def targets(viewer: Viewer) -> dict[str, TargetCard]:
    """Return what the imported pages aim for, by indicator: the newest year that is printed."""
    if not viewer.may(Permission.SEE_FIGURES):
        return {}
    rows = (
        ImportedValue.objects.filter(
            municipality_id=viewer.municipality_id, kind="streef", year__isnull=False
        )
        .exclude(row__indicator="")
        .order_by("year", "row__goal__year", "pk")
        .select_related("row__goal")
    )
    return {
        row.row.indicator: TargetCard(
            label=row.label, text=row.value, goal_id=row.row.goal_id, goal_code=row.row.goal.code
        )
        for row in rows
    }


def counted_cell(cell_id: int) -> CountedCell | None:
    """Return how a published cell was counted, for everyone; None for an imported one."""
    row = (
        PublishedCell.objects.filter(pk=cell_id, figure__isnull=False)
        .select_related("publication__municipality", "figure__measuring")
        .first()
    )
    if row is None or row.figure is None or row.counted_on is None:
        return None
    return CountedCell(
        publication_id=row.publication_id,
        page_title=row.publication.title,
        row=row.row,
        text=row.text,
        hidden=row.hidden,
        indicator=row.indicator,
        definition_version=row.figure.definition_version,
        counted_on=row.counted_on,
        known_at=row.figure.measuring.known_at,
        threshold=row.publication.municipality.disclosure_threshold,
    )
