"""Goals as imported, pages as published, for policy and for everyone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Manager, Max, QuerySet

from meedoen.records.budget.cells import EXPECTED, Cell, page_cells
from meedoen.records.budget.day_tables import day_tables
from meedoen.records.budget.models import (
    Activity,
    Criterion,
    Goal,
    ImportedRow,
    ImportedValue,
    Publication,
    PublishedCell,
    Target,
)
from meedoen.records.budget.quoted_cells import QUOTED
from meedoen.records.budget.targets import all_standing, standing_targets
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.budget.page import CellKind
from meedoen.rules.budget.values import NO_ANSWER, read_value

GoalsByCode = Mapping[tuple[int, str], Sequence[tuple[int | None, int]]]
"""The year and id of each goal, by municipality and code."""
GOAL_TEXTS = ("sections", "portfolio_holders", "policy_notes")
"""The long fields of a goal, which a list of goals has no use for."""


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
class LinkCard:
    """An indicator that was linked to a goal, with the number that its text promises."""

    indicator: str
    target: int | None
    target_year: int | None


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
    links: Sequence[LinkCard]
    source: str
    publication_id: int | None


@dataclass(frozen=True, slots=True)
class PublicCell:
    """A published cell; `counted_on` is set for what Meedoen counted, no id is a draft.

    A `streef` without a label was typed, because no table of the page gives it. `known_at` is what
    was known when it was measured, which may be earlier than that of the page, and `counted_by` the
    day from which it is counted as it was: both of a published cell only.
    """

    cell_id: int | None
    label: str
    year: int | None
    kind: str
    text: str
    hidden: bool
    counted_on: date | None
    district: str = ""
    """Name of the district of which it is, as it was called then; empty for the whole."""
    place_kind: str = ""
    organisation: str = ""
    """Name of the organisation of which it is, as it was called then."""
    known_at: datetime | None = None
    counted_by: date | None = None


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A published row: an indicator with its cells in order; `unit` as it was printed.

    `source` is the document it was printed in: of a draft with rows of several documents only.
    `parts` are the cells of its breakdowns on the last day; `ahead` is what was expected then for
    the end of a year: the lowest, the middle, the highest.
    """

    name: str
    indicator: str
    cells: tuple[PublicCell, ...]
    unit: str = ""
    parts: tuple[PublicCell, ...] = ()
    ahead: tuple[PublicCell, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A goal's page as it was published; only where its mentions lead may change later."""

    publication_id: int
    municipality: str
    municipality_code: str
    threshold: int
    rounding: int
    goal_id: int
    title: str
    sections: Sequence[Mapping[str, Any]]
    references: Sequence[ReferenceCard]
    explanation: str
    reference_date: date
    known_at: datetime
    published_at: datetime
    rows: tuple[PublicRow, ...]
    municipality_id: int
    document_key: UUID | None = None
    """Of the document that was adopted with it."""
    goal_year: int | None = None


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A published page in a list, with the title under which it was published.

    `year` is that of the goal, None when it names none; `document_key` is that of the document
    with which it was published.
    """

    publication_id: int
    goal_id: int
    municipality: str
    municipality_code: str
    code: str
    title: str
    published_at: datetime
    year: int | None = None
    document_key: UUID | None = None


@dataclass(frozen=True, slots=True)
class CountedCell:
    """How a published cell came about; the number only as it was shown."""

    municipality_id: int
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
    rounding: int = 0


@dataclass(frozen=True, slots=True)
class TargetCard:
    """What a goal aims for: `text` as printed under `label`, or the `number` that was typed.

    A typed number has no label, and a year only when the goal names one.
    """

    label: str
    text: str
    goal_id: int
    goal_code: str
    number: int | None = None
    year: int | None = None


def goals(viewer: Viewer) -> Sequence[GoalLine]:
    """Return the goals of the municipality, by code, for who may see figures."""
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    rows = Goal.objects.filter(municipality_id=viewer.municipality_id)
    newest = {
        row.goal_id: row
        for row in _newest_publications()
        .filter(municipality_id=viewer.municipality_id)
        .only("goal_id", "published_at")
    }
    return [
        GoalLine(
            goal_id=row.pk,
            code=row.code,
            year=row.year,
            title=row.title,
            published_at=newest[row.pk].published_at if row.pk in newest else None,
            publication_id=newest[row.pk].pk if row.pk in newest else None,
        )
        for row in rows.only("code", "year", "title").order_by("code", "-year")
    ]


def goal(viewer: Viewer, *, goal_id: int) -> GoalCard | None:
    """Return a goal; None when it is not there or not for this viewer."""
    if not viewer.may(Permission.SEE_FIGURES):
        return None
    row = Goal.objects.filter(municipality_id=viewer.municipality_id, pk=goal_id).first()
    return None if row is None else _goal_card(row)


def _goal_card(row: Goal) -> GoalCard:
    mentions = [{"kind": one.kind, "code": one.code} for one in row.references.order_by("position")]
    return GoalCard(
        goal_id=row.pk,
        code=row.code,
        year=row.year,
        title=row.title,
        sections=row.sections,
        criteria=_texts(row.criteria),
        activities=_texts(row.activities),
        portfolio_holders=row.portfolio_holders,
        policy_notes=row.policy_notes,
        references=_references(
            row,
            mentions,
            _goals_of_codes([row.municipality_id], [one["code"] for one in mentions]),
        ),
        rows=[_imported_row(one) for one in _rows(row)],
        links=_links(row),
        source=row.source,
        publication_id=row.publications.order_by("-pk").values_list("pk", flat=True).first(),
    )


def _texts(lines: "Manager[Criterion] | Manager[Activity]") -> list[str]:
    return list(lines.order_by("position", "pk").values_list("text", flat=True))


def _links(row: Goal) -> tuple[LinkCard, ...]:
    """Return the linked indicators, each with the promise that was recorded last."""
    standing = standing_targets(row)
    return tuple(
        _link(code, standing.get(code, ()))
        for code in row.indicators.order_by("pk").values_list("indicator", flat=True)
    )


def _link(code: str, standing: Sequence[Target]) -> LinkCard:
    newest = max(standing, key=lambda one: one.pk, default=None)
    return LinkCard(code, newest.number if newest else None, newest.year if newest else None)


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


def _goals_of_codes(municipality_ids: Collection[int], codes: Collection[str]) -> GoalsByCode:
    found: dict[tuple[int, str], list[tuple[int | None, int]]] = {}
    rows = Goal.objects.filter(municipality_id__in=municipality_ids, code__in=codes)
    for town, code, year, pk in rows.values_list("municipality_id", "code", "year", "pk"):
        found.setdefault((town, code), []).append((year, pk))
    return found


def _references(
    goal: Goal, mentions: Sequence[Mapping[str, str]], goals: GoalsByCode
) -> list[ReferenceCard]:
    """Return the mentions; each finds the goal of the same year, else the newest of that code."""
    return [
        ReferenceCard(
            one["kind"],
            one["code"],
            _meant(goals.get((goal.municipality_id, one["code"]), ()), goal.year)
            if one["kind"] == "goal"
            else None,
        )
        for one in mentions
    ]


def _meant(candidates: Sequence[tuple[int | None, int]], year: int | None) -> int | None:
    best = max(candidates, key=lambda one: (one[0] == year, one[0] or 0), default=None)
    return best[1] if best else None


def _newest_publications() -> QuerySet[Publication]:
    newest = Publication.objects.order_by().values("goal_id").annotate(newest=Max("pk"))
    return Publication.objects.filter(pk__in=newest.values("newest"))


def _newest_of_documents() -> QuerySet[Publication]:
    of_documents = Publication.objects.order_by().filter(document_key__isnull=False)
    newest = of_documents.values("goal_id", "document_key").annotate(newest=Max("pk"))
    return Publication.objects.filter(pk__in=newest.values("newest"))


def published_pages(
    *, municipality_code: str = "", every_document: bool = False
) -> Sequence[PublicLine]:
    """Return the newest published page of every goal, for everyone; of one municipality or all.

    With `every_document` also that of each other document about the goal: an annual account does
    not replace a budget, nor the other way round. Those of one code come newest first.
    """
    rows = _newest_publications()
    if every_document:
        rows |= _newest_of_documents()
    if municipality_code:
        rows = rows.filter(municipality__code=municipality_code)
    lines = [
        PublicLine(
            publication_id=row["pk"],
            goal_id=row["goal_id"],
            municipality=row["municipality__name"],
            municipality_code=row["municipality__code"],
            code=row["goal__code"],
            title=row["title"].removeprefix(f"{row['goal__code']} "),
            published_at=row["published_at"],
            year=row["goal__year"],
            document_key=row["document_key"],
        )
        for row in rows.values(
            "pk",
            "goal_id",
            "municipality__name",
            "municipality__code",
            "goal__code",
            "goal__year",
            "title",
            "published_at",
            "document_key",
        )
    ]
    return sorted(lines, key=_place_in_list)


def _place_in_list(line: PublicLine) -> tuple[str, str, list[tuple[int, str]], int]:
    """Sort codes as numbers: goal 10.1 after goal 2.1."""
    numbers = [(len(part), part) for part in line.code.split(".")]
    return line.municipality, line.municipality_code, numbers, -line.publication_id


def published_page(publication_id: int) -> PublicPage | None:
    """Return a page as it was published, for everyone; None when there is none."""
    return pages_as_published([publication_id]).get(publication_id)


def pages_as_published(publication_ids: Collection[int]) -> Mapping[int, PublicPage]:
    """Return pages as they were published, for everyone; as many questions for many as for one."""
    publications = (
        Publication.objects.filter(pk__in=publication_ids)
        .select_related("goal", "municipality")
        .defer(*(f"goal__{name}" for name in GOAL_TEXTS))
        .order_by("pk")
    )
    rows = list(publications)
    cells: dict[int, list[PublishedCell]] = {row.pk: [] for row in rows}
    of_pages = (
        PublishedCell.objects.filter(publication_id__in=cells)
        .exclude(kind=QUOTED)
        .annotate(
            known_then=F("figure__measuring__known_at"),
            counted_by=F("figure__definition_version"),
        )
    )
    for cell in of_pages.order_by("publication_id", "position"):
        cells[cell.publication_id].append(cell)
    goals = _goals_of_codes(
        {row.municipality_id for row in rows},
        {one["code"] for row in rows for one in row.references},
    )
    return {
        row.pk: PublicPage(
            publication_id=row.pk,
            municipality=row.municipality.name,
            municipality_code=row.municipality.code,
            threshold=row.threshold,
            rounding=row.rounding,
            goal_id=row.goal_id,
            title=row.title,
            sections=row.sections,
            references=_references(row.goal, row.references, goals),
            explanation=row.explanation,
            reference_date=row.reference_date,
            known_at=row.known_at,
            published_at=row.published_at,
            rows=_public_rows(cells[row.pk]),
            municipality_id=row.municipality_id,
            document_key=row.document_key,
            goal_year=row.goal.year,
        )
        for row in rows
    }


def _public_rows(
    cells: Sequence[PublishedCell | Cell], sources: Sequence[str] = ()
) -> tuple[PublicRow, ...]:
    """Put cells together in rows; `sources` are those of the first rows, empty to tell none."""
    by_row: dict[int, list[PublishedCell | Cell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row_position, []).append(cell)
    return tuple(
        PublicRow(
            name=theirs[0].row,
            indicator=next((cell.indicator for cell in theirs if cell.indicator), ""),
            cells=tuple(_public_cell(cell) for cell in theirs if _is_whole(cell)),
            unit=theirs[0].unit,
            parts=tuple(_public_cell(cell) for cell in theirs if _is_part(cell)),
            ahead=tuple(_public_cell(cell) for cell in theirs if cell.kind in EXPECTED),
            source=sources[position] if position < len(sources) else "",
        )
        for position, theirs in by_row.items()
    )


def _is_whole(cell: PublishedCell | Cell) -> bool:
    return not _is_part(cell) and cell.kind not in EXPECTED


def _is_part(cell: PublishedCell | Cell) -> bool:
    at_one = cell.district_id is not None or cell.organisation_id is not None
    return at_one or bool(cell.place_kind)


def _public_cell(cell: PublishedCell | Cell) -> PublicCell:
    is_counted = cell.figure_id is not None and not _is_part(cell)
    return PublicCell(
        cell_id=cell.pk if isinstance(cell, PublishedCell) and is_counted else None,
        label=cell.label,
        year=cell.year,
        kind=cell.kind,
        text=cell.text,
        hidden=cell.hidden,
        counted_on=cell.counted_on,
        district="" if cell.district_id is None else cell.place,
        place_kind=cell.place_kind,
        organisation="" if cell.organisation_id is None else cell.place,
        known_at=getattr(cell, "known_then", None),
        counted_by=getattr(cell, "counted_by", None),
    )


def draft_rows(viewer: Viewer, *, goal_id: int) -> tuple[PublicRow, ...]:
    """Return the rows as they would be published with the newest measuring, before publishing."""
    if not viewer.may(Permission.SEE_FIGURES):
        return ()
    row = Goal.objects.filter(municipality_id=viewer.municipality_id, pk=goal_id).first()
    if row is None:
        return ()
    return _public_rows(list(page_cells(viewer, row, day_tables(viewer))), _sources(row))


def _sources(row: Goal) -> Sequence[str]:
    """Return the document of each printed row of a goal; nothing when all are of one."""
    sources = [
        one or row.source for one in row.rows.order_by("position").values_list("source", flat=True)
    ]
    return sources if len(set(sources)) > 1 else []


def targets(viewer: Viewer) -> dict[str, TargetCard]:
    """Return what is aimed for, by indicator: the newest year that a page prints.

    Where no page prints one, or only a sign such as a dash, it is what was typed with a goal.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return {}
    printed = _printed_targets(viewer)
    typed = _typed_targets(viewer)
    without = {code for code, card in printed.items() if not _names_something(card.text)}
    return printed | {
        code: card for code, card in typed.items() if code not in printed or code in without
    }


def _printed_targets(viewer: Viewer) -> dict[str, TargetCard]:
    rows = (
        ImportedValue.objects.filter(
            municipality_id=viewer.municipality_id, kind=CellKind.STREEF, year__isnull=False
        )
        .exclude(row__indicator="")
        .order_by("year", "row__goal__year", "pk")
        .values_list("row__indicator", "label", "value", "row__goal_id", "row__goal__code")
    )
    return {
        code: TargetCard(label=label, text=text, goal_id=goal_id, goal_code=goal_code)
        for code, label, text, goal_id, goal_code in rows
    }


def _typed_targets(viewer: Viewer) -> dict[str, TargetCard]:
    rows = sorted(all_standing(viewer), key=lambda row: (row.year or row.goal.year or 0, row.pk))
    return {
        row.indicator: TargetCard("", "", row.goal_id, row.goal.code, row.number, row.year)
        for row in rows
    }


def _names_something(printed: str) -> bool:
    return read_value(printed).meaning not in NO_ANSWER


def counted_cell(cell_id: int) -> CountedCell | None:
    """Return how a published cell was counted, for everyone; None for an imported one.

    A cell of a breakdown is counted as its whole. It has no page of its own: of cells that are all
    hidden, those in which nobody is would be the ones without.
    """
    row = (
        PublishedCell.objects.filter(
            pk=cell_id,
            figure__isnull=False,
            district__isnull=True,
            place_kind="",
            organisation__isnull=True,
        )
        .exclude(kind=QUOTED)
        .select_related("publication", "figure__measuring")
        .defer("publication__sections", "publication__references")
        .first()
    )
    if row is None or row.figure is None or row.counted_on is None:
        return None
    return CountedCell(
        municipality_id=row.municipality_id,
        publication_id=row.publication_id,
        page_title=row.publication.title,
        row=row.row,
        text=row.text,
        hidden=row.hidden,
        indicator=row.indicator,
        definition_version=row.figure.definition_version,
        counted_on=row.counted_on,
        known_at=row.figure.measuring.known_at,
        threshold=row.publication.threshold,
        rounding=row.publication.rounding,
    )
