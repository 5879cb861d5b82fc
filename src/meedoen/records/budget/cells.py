"""What the page of a goal shows: the printed cells, and beside them what Meedoen counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.records.budget.models import Goal
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.queries import NOT_MEASURED, MeasuringCard


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a page; `counted_on` and `figure_id` are set for what Meedoen counted."""

    row: str
    label: str
    year: int | None
    kind: str
    text: str
    indicator: str = ""
    hidden: bool = False
    counted_on: date | None = None
    figure_id: int | None = None


def cells_of(goal: Goal, measurings: Sequence[MeasuringCard]) -> Iterator[Cell]:
    """Return the cells in order: each printed row with its counts, then the linked indicators.

    Printed cells are copies of what was printed. Small numbers are protected.
    """
    seen = set()
    for row in goal.rows.order_by("position").prefetch_related("values"):
        for value in sorted(row.values.all(), key=lambda one: one.position):
            yield Cell(row.name, value.label, value.year, value.kind, value.value, row.indicator)
        if row.indicator:
            seen.add(row.indicator)
            yield from _counted(row.name, row.indicator, measurings)
    for link in goal.indicators.order_by("pk"):
        if link.indicator not in seen:
            name = catalogue()[link.indicator].name.nl
            yield from _counted(name, link.indicator, measurings)


def _counted(row: str, indicator: str, measurings: Sequence[MeasuringCard]) -> Iterator[Cell]:
    for measuring in measurings:
        figure = measuring.figures.get(indicator)
        shown = figure.shown if figure else NOT_MEASURED
        yield Cell(
            row=row,
            label="",
            year=measuring.reference_date.year,
            kind="realisatie",
            text=shown.text,
            indicator=indicator,
            hidden=shown.hidden,
            counted_on=measuring.reference_date,
            figure_id=figure.figure_id if figure else None,
        )
