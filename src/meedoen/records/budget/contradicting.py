"""Which imported figures contradict each other, of what is known or is about to be kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from django.db.models import QuerySet

from meedoen.records.budget.day_tables import DayTable, day_tables
from meedoen.records.budget.models import ImportedValue
from meedoen.records.budget.queries import PublicRow
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.budget.contradictions import Contradiction, Stated, contradictions
from meedoen.rules.budget.page import Cell, CellKind, IndicatorRow
from meedoen.rules.budget.roles import is_compared
from meedoen.rules.budget.values import read_value
from meedoen.rules.indicators.published_table import Cell as FigureCell


def contradictions_of_goal(viewer: Viewer, *, goal_id: int) -> list[Contradiction]:
    """Return every contradiction in which a figure of this goal has a part.

    Asks two questions, however many figures there are.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    own = set(
        _values(viewer).filter(row__goal_id=goal_id).values_list("row_id", flat=True).distinct()
    )
    return [
        one
        for one in contradictions(_known(viewer))
        if any(figure.row in own for figure in one.figures)
    ]


def contradictions_with(
    viewer: Viewer, *, rows: Sequence[tuple[IndicatorRow, str]], source: str
) -> list[Contradiction]:
    """Return the contradictions that rows would bring, among each other and with what is known.

    `rows` have the code of their indicator, empty without one. What the same source gave before
    is left out, for it is replaced.
    """
    if not viewer.may(Permission.IMPORT_BUDGET):
        return []
    known = [one for one in _known(viewer) if one.source != source]
    new = [
        Stated(
            name=row.indicator,
            unit=row.unit,
            year=cell.year,
            kind=cell.kind or "",
            shown=cell.value.shown,
            source=source,
            row=at,
            indicator=indicator,
            period=cell.period or "",
            entity=cell.entity or "",
        )
        for at, (row, indicator) in zip(count(-1, -1), rows, strict=False)
        if not row.ambiguous
        for cell in row.columns
    ]
    return [
        one
        for one in contradictions([*known, *new])
        if any(figure.row < 0 for figure in one.figures)
    ]


@dataclass(frozen=True, slots=True)
class CountedOtherwise:
    """A printed figure of a year, and what Meedoen counted at the end of it, as it may be shown."""

    name: str
    year: int
    printed: str
    counted: str


def counted_otherwise(rows: Iterable[PublicRow]) -> list[CountedOtherwise]:
    """Return where the rows of a goal print another figure than Meedoen counted on 31 December.

    What is protected in the rows stays so: a hidden count is compared with nothing.
    """
    return [
        CountedOtherwise(row.name, printed.year, printed.text, counted.text)
        for row in rows
        for printed in row.cells
        for counted in row.cells
        if printed.kind == CellKind.REALISATIE
        and printed.counted_on is None
        and printed.year is not None
        and counted.counted_on == date(printed.year, 12, 31)
        and not counted.hidden
        and _differs(printed.text, counted.text)
    ]


def counted_beside(
    viewer: Viewer, *, rows: Sequence[tuple[IndicatorRow, str]]
) -> list[CountedOtherwise]:
    """Return where rows that are about to be kept print another figure than Meedoen counted.

    `rows` have the code of their indicator, empty without one. Counted is as it is shown on the
    page of a goal, on 31 December: figures of a part of a year or of another area have no such.
    """
    if not (viewer.may(Permission.IMPORT_BUDGET) and viewer.may(Permission.SEE_FIGURES)):
        return []
    if not any(code for _, code in rows):
        return []
    tables = {one.reference_date: one for one in day_tables(viewer)}
    return [
        CountedOtherwise(row.indicator, cell.year, cell.value.shown, counted)
        for row, code in rows
        if code and not row.ambiguous
        for cell in row.columns
        if cell.kind is CellKind.REALISATIE and cell.year is not None and _is_of_ours(cell)
        if (counted := _counted(tables.get(date(cell.year, 12, 31)), code))
        and _differs(cell.value.shown, counted)
    ]


def _is_of_ours(cell: Cell) -> bool:
    return not (cell.entity and is_compared(cell.entity)) and cell.period in {
        None,
        str(cell.year),
        f"31-12-{cell.year}",
    }


def _counted(table: DayTable | None, code: str) -> str:
    """Return what was counted of an indicator as everyone may see it; empty where that is not."""
    if table is None or not table.is_there(code):
        return ""
    shown = table.shown[FigureCell(code)]
    return "" if shown.hidden else shown.text


def _differs(printed: str, counted: str) -> bool:
    numbers = read_value(printed).number, read_value(counted).number
    return None not in numbers and numbers[0] != numbers[1]


def _values(viewer: Viewer) -> QuerySet[ImportedValue]:
    return ImportedValue.objects.filter(municipality_id=viewer.municipality_id)


def _known(viewer: Viewer) -> list[Stated]:
    found = (
        _values(viewer).select_related("row__goal").order_by("row__goal_id", "row_id", "position")
    )
    return [
        Stated(
            name=one.row.name,
            unit=one.row.unit,
            year=one.year,
            kind=one.kind,
            shown=one.value,
            source=one.row.source or one.row.goal.source,
            row=one.row_id,
            indicator=one.row.indicator,
            period=one.period,
            entity=one.entity,
        )
        for one in found
    ]
