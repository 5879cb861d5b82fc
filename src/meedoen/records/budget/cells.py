"""What the page of a goal shows: the printed cells, and beside them what Meedoen counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from meedoen.records.budget.models import Goal, GoalIndicator
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.queries import NOT_MEASURED, MeasuringCard
from meedoen.rules.budget.page import CellKind


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a page; `counted_on` and `figure_id` are set for what Meedoen counted.

    `row_position` tells rows of the same name apart. A target that was typed because no table
    of the page gives one has no label.
    """

    row_position: int
    row: str
    unit: str
    label: str
    year: int | None
    kind: str
    text: str
    indicator: str = ""
    hidden: bool = False
    counted_on: date | None = None
    figure_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    position: int
    name: str
    unit: str
    indicator: str


def cells_of(goal: Goal, measurings: Sequence[MeasuringCard]) -> Iterator[Cell]:
    """Return the cells in order: each printed row with its counts, then the linked indicators.

    Printed cells are copies of what was printed. Small numbers are protected.
    """
    links = {link.indicator: link for link in goal.indicators.order_by("pk")}
    printed = list(goal.rows.order_by("position").prefetch_related("values"))
    for position, one in enumerate(printed):
        row = _Row(position, one.name, one.unit, one.indicator)
        values = sorted(one.values.all(), key=lambda value: value.position)
        yield from (_cell(row, each.label, each.year, each.kind, each.value) for each in values)
        if one.indicator:
            if not any(value.kind == CellKind.STREEF for value in values):
                yield from _typed_target(row, links.get(one.indicator))
            yield from _counted(row, measurings)
    seen = {row.indicator for row in printed}
    linked = (link for code, link in links.items() if code not in seen)
    for position, link in enumerate(linked, start=len(printed)):
        row = _Row(position, catalogue()[link.indicator].name.nl, "", link.indicator)
        yield from _typed_target(row, link)
        yield from _counted(row, measurings)


def _cell(row: _Row, label: str, year: int | None, kind: str, text: str) -> Cell:
    return Cell(row.position, row.name, row.unit, label, year, kind, text, row.indicator)


def _typed_target(row: _Row, link: GoalIndicator | None) -> Iterator[Cell]:
    if link is not None and link.target is not None:
        yield _cell(row, "", link.target_year, CellKind.STREEF.value, str(link.target))


def _counted(row: _Row, measurings: Sequence[MeasuringCard]) -> Iterator[Cell]:
    for measuring in measurings:
        figure = measuring.figures.get(row.indicator)
        shown = figure.shown if figure else NOT_MEASURED
        year = measuring.reference_date.year
        yield replace(
            _cell(row, "", year, CellKind.REALISATIE.value, shown.text),
            hidden=shown.hidden,
            counted_on=measuring.reference_date,
            figure_id=figure.figure_id if figure else None,
        )
