"""What the page of a goal shows: the printed cells, and beside them what Meedoen counted."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from meedoen.records.budget.day_tables import DayTable
from meedoen.records.budget.models import Goal, Target
from meedoen.records.budget.targets import promised_elsewhere, standing_targets
from meedoen.records.figures.forecasts import Forecast, forecasts
from meedoen.records.figures.names import PlaceNames, district_names, organisation_names
from meedoen.records.figures.queries import NOT_MEASURED
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.budget.page import CellKind
from meedoen.rules.indicators.cells import is_left_out
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.published_table import Cell as FigureCell
from meedoen.rules.vocabulary import PlaceKind

EXPECTED = ("prognose laag", "prognose", "prognose hoog")
"""Kinds of cells that say what is expected for the end of a year, with the band around it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a page; `counted_on` and `figure_id` are set for what Meedoen counted.

    `row_position` tells rows of the same name apart. A target that was typed because no table
    of the page gives one for that year has no label. A cell of a breakdown has a `district_id`, a
    `place_kind` or an `organisation_id`; `place` is the name of the district or the organisation.
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
    district_id: int | None = None
    place_kind: str = ""
    organisation_id: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    position: int
    name: str
    unit: str
    indicator: str


@dataclass(frozen=True, slots=True)
class _Counts:
    """What was counted on the days of the page and what is expected, for all indicators."""

    tables: Sequence[DayTable]
    names: PlaceNames
    forecasts: Mapping[str, Forecast]


def page_cells(viewer: Viewer, goal: Goal, tables: Sequence[DayTable]) -> Iterator[Cell]:
    """Return the cells in order: each printed row with its counts, then the linked indicators.

    Printed cells are copies of what was printed. Small numbers are protected. What was counted on
    the last day is broken down by district, kind of place and organisation, where the definition
    allows it.
    What is expected after it for the end of the year stands behind that, with its band.
    """
    printed = list(goal.rows.order_by("position").prefetch_related("values"))
    linked = list(goal.indicators.order_by("pk").values_list("indicator", flat=True))
    known = catalogue_of(goal.municipality_id).definitions
    seen = {row.indicator for row in printed}
    unprinted = [code for code in linked if code not in seen]
    codes = [code for code in (*seen, *unprinted) if code]
    counts = _Counts(tables, _names(viewer, tables, codes), _ahead(viewer, tables, codes))
    promised = _promised(goal, tables)
    for position, one in enumerate(printed):
        row = _Row(position, one.name, one.unit, one.indicator)
        values = sorted(one.values.all(), key=lambda value: value.position)
        yield from (_cell(row, each.label, each.year, each.kind, each.value) for each in values)
        if one.indicator:
            aims = {value.year for value in values if value.kind == CellKind.STREEF}
            yield from _typed_targets(row, promised, aims)
            yield from _counted(row, counts)
    for position, code in enumerate(unprinted, start=len(printed)):
        row = _Row(position, known[code].name.nl if code in known else code, "", code)
        yield from _typed_targets(row, promised, frozenset())
        yield from _counted(row, counts)


def _promised(goal: Goal, tables: Sequence[DayTable]) -> Mapping[str, Sequence[Target]]:
    """Return what is promised, with what another version promises for the year of the last day."""
    own: dict[str, list[Target]] = standing_targets(goal)
    if not tables:
        return own
    year = tables[-1].reference_date.year
    for code, one in promised_elsewhere(goal, year).items():
        mine = own.setdefault(code, [])
        if not any(each.year in {None, year} for each in mine):
            mine.append(one)
    return own


def _ahead(
    viewer: Viewer, tables: Sequence[DayTable], codes: Sequence[str]
) -> Mapping[str, Forecast]:
    """Look forward from the last day, with what was known when it was measured."""
    ahead = [code for code in codes if tables and tables[-1].may_look_ahead(code)]
    if not ahead:
        return {}
    last = tables[-1]
    return forecasts(viewer, indicators=ahead, on=last.reference_date, known_at=last.known_at)


def _cell(row: _Row, label: str, year: int | None, kind: str, text: str) -> Cell:
    return Cell(row.position, row.name, row.unit, label, year, kind, text, row.indicator)


def _typed_targets(
    row: _Row, promised: Mapping[str, Sequence[Target]], printed: AbstractSet[int | None]
) -> Iterator[Cell]:
    """Give the promises for years for which none is printed; one without a year is for them all."""
    for one in promised.get(row.indicator, ()):
        if one.year in printed or (one.year is None and printed):
            continue
        yield _cell(row, "", one.year, CellKind.STREEF.value, str(one.number))


def _counted(row: _Row, counts: _Counts) -> Iterator[Cell]:
    for table in counts.tables:
        there = table.is_there(row.indicator)
        shown = table.shown[FigureCell(row.indicator)] if there else NOT_MEASURED
        yield _of_day(row, table, FigureCell(row.indicator), shown)
    if counts.tables and counts.tables[-1].is_there(row.indicator):
        yield from _broken_down(row, counts.tables[-1], counts.names)
        yield from _expected(row, counts)


def _expected(row: _Row, counts: _Counts) -> Iterator[Cell]:
    """Give what is expected for the end of the year; nothing where a number of it is hidden."""
    made = counts.forecasts.get(row.indicator)
    if (
        made is None
        or made.numbers is None
        or counts.tables[-1].reference_date >= made.numbers.year_end
    ):
        return
    shown = (made.low, made.expected, made.high)
    if all(one.text.isdecimal() for one in shown):
        for kind, one in zip(EXPECTED, shown, strict=True):
            yield _cell(row, "", made.year, kind, one.text)


def _names(viewer: Viewer, tables: Sequence[DayTable], codes: Sequence[str]) -> PlaceNames:
    """Return how the districts, and the organisations in these figures, are called today."""
    last = tables[-1].shown if tables else {}
    numbers = {cell.organisation for cell in last if cell.indicator in codes}
    organisations = organisation_names(viewer, [one for one in numbers if one is not None])
    return PlaceNames(district_names(viewer), organisations)


def _broken_down(row: _Row, table: DayTable, names: PlaceNames) -> Iterator[Cell]:
    """Give the cells of each breakdown; of one in which nobody is there are none."""
    by_district = [FigureCell(row.indicator, district=one) for one in names.districts]
    by_kind = [FigureCell(row.indicator, place_kind=one.value) for one in PlaceKind]
    at = [FigureCell(row.indicator, organisation=one) for one in names.organisations]
    for cell in (*by_district, *by_kind, *at):
        shown = table.shown.get(cell)
        if shown is not None and not is_left_out(cell, shown):
            place = names.districts[cell.district] if cell.district is not None else ""
            if cell.organisation is not None:
                place = names.organisations[cell.organisation]
            yield replace(_of_day(row, table, cell, shown), place=place)


def _of_day(row: _Row, table: DayTable, cell: FigureCell, shown: Shown) -> Cell:
    day = table.reference_date
    return replace(
        _cell(row, "", day.year, CellKind.REALISATIE.value, shown.text),
        hidden=shown.hidden,
        counted_on=day,
        figure_id=table.figure_ids.get(cell),
        district_id=cell.district,
        place_kind=cell.place_kind,
        organisation_id=cell.organisation,
    )
