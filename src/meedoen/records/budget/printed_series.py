"""What imported pages print of one indicator, as a series with the source of each figure."""

from dataclasses import dataclass

from meedoen.records.budget.models import ImportedValue
from meedoen.records.organisations.viewer import Permission, Viewer


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One figure as printed; `unit`, `period` and `entity` too. `goal_id` is where it stands."""

    year: int | None
    period: str
    entity: str
    kind: str
    shown: str
    unit: str
    source: str
    goal_id: int


def printed_series(viewer: Viewer, *, indicator: str) -> tuple[PrintedFigure, ...]:
    """Return what imported pages print of an indicator, by year; those without a year last.

    Figures that differ between documents stand beside each other, each with its source.
    """
    if not indicator or not viewer.may(Permission.SEE_FIGURES):
        return ()
    found = ImportedValue.objects.filter(
        municipality_id=viewer.municipality_id, row__indicator=indicator
    )
    figures = [
        PrintedFigure(
            year=one.year,
            period=one.period,
            entity=one.entity,
            kind=one.kind,
            shown=one.value,
            unit=one.row.unit,
            source=one.row.source or one.row.goal.source,
            goal_id=one.row.goal_id,
        )
        for one in found.select_related("row__goal").order_by("row_id", "position")
    ]
    return tuple(sorted(figures, key=lambda one: (one.year is None, one.year or 0, one.source)))
