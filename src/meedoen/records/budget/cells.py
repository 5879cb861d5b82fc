"""What the page of a goal shows: the printed cells, and beside them what Meedoen counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from meedoen.records.budget.models import Goal, Target
from meedoen.records.budget.targets import standing_targets
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
    linked = goal.indicators.order_by("pk").values_list("indicator", flat=True)
    promised = standing_targets(goal)
    printed = list(goal.rows.order_by("position").prefetch_related("values"))
    for position, one in enumerate(printed):
        row = _Row(position, one.name, one.unit, one.indicator)
        values = sorted(one.values.all(), key=lambda value: value.position)
        yield from (_cell(row, each.label, each.year, each.kind, each.value) for each in values)
        if one.indicator:
            if not any(value.kind == CellKind.STREEF for value in values):
                yield from _typed_targets(row, promised)
            yield from _counted(row, measurings)
    seen = {row.indicator for row in printed}
    unprinted = (code for code in linked if code not in seen)
    for position, code in enumerate(unprinted, start=len(printed)):
        row = _Row(position, catalogue()[code].name.nl, "", code)
        yield from _typed_targets(row, promised)
        yield from _counted(row, measurings)


def _cell(row: _Row, label: str, year: int | None, kind: str, text: str) -> Cell:
    return Cell(row.position, row.name, row.unit, label, year, kind, text, row.indicator)


def _typed_targets(row: _Row, promised: Mapping[str, Sequence[Target]]) -> Iterator[Cell]:
    for one in promised.get(row.indicator, ()):
        yield _cell(row, "", one.year, CellKind.STREEF.value, str(one.number))


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
