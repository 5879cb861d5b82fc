"""A kept figure opened: what it is made of, how it came about, and what it would be now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from meedoen.records.figures.balances import BalanceOfFigure, balance_of
from meedoen.records.figures.breakdowns import broken_down
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.figures.sources import sources
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.cells import counted_cells
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class Address:
    """Where a kept figure belongs: what `open_figure` is asked with."""

    indicator: str
    on: date
    known_at: datetime
    district: int | None
    place_kind: str


@dataclass(frozen=True, slots=True)
class OpenedFigure:
    """A figure with all that is needed to count it again, and the outcome of doing so.

    `parts` are the classes of it, or what it was worked out from. `district` is the name of it and
    empty for all of them, as `place_kind` is None. `same_again` tells whether counting again, as
    known then, gives the same numbers. `balance` is None where nobody begins or ends.
    """

    figure_id: int
    indicator: str
    definition_version: date
    on: date
    known_at: datetime
    measured_at: datetime
    district: str
    place_kind: PlaceKind | None
    shown: Shown
    parts: Mapping[str, Shown]
    same_again: bool
    balance: BalanceOfFigure | None


def address_of(viewer: Viewer, *, figure_id: int) -> Address | None:
    """Return where a kept figure belongs; a part belongs where its whole does.

    None when there is none, when its measuring is not done, and for who may not see figures.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return None
    rows = Figure.objects.filter(
        pk=figure_id,
        municipality_id=viewer.municipality_id,
        measuring__in=Measuring.objects.done(),
    )
    figure = rows.select_related("measuring").first()
    if figure is None or figure.indicator not in catalogue_of(viewer.municipality_id).definitions:
        return None
    return Address(
        indicator=figure.indicator,
        on=figure.measuring.reference_date,
        known_at=figure.measuring.known_at,
        district=figure.district_id,
        place_kind=figure.place_kind,
    )


def open_figure(
    viewer: Viewer,
    *,
    indicator: str,
    on: date,
    known_at: datetime | None = None,
    district: int | None = None,
    place_kind: str = "",
) -> OpenedFigure | None:
    """Open the figure that was kept of a day, by the measuring with this knowledge or the newest.

    None when it was not kept, and for who may not see figures. Figures of few people are protected
    together with all others of that measuring that they could be worked out from.
    """
    kept = broken_down(viewer, on=on, indicators=[indicator], known_at=known_at)
    cell = Cell(indicator, "", district, place_kind)
    if kept is None or cell not in kept.cells or indicator not in kept.versions:
        return None
    figure_id = kept.cells[cell].figure_id
    if figure_id is None:
        return None
    its_own = {
        one.part: each
        for one, each in kept.cells.items()
        if one.part
        and (one.indicator, one.district, one.place_kind) == (indicator, district, place_kind)
    }
    version = kept.versions[indicator]
    again = _again(viewer, indicator, version, on, kept.known_at)
    expected = {one: kept.cells[one].value for one in kept.cells if one.indicator == indicator}
    return OpenedFigure(
        figure_id=figure_id,
        indicator=indicator,
        definition_version=version,
        on=on,
        known_at=kept.known_at,
        measured_at=kept.measured_at,
        district="" if district is None else kept.districts.get(district, ""),
        place_kind=PlaceKind(place_kind) if place_kind else None,
        shown=kept.cells[cell].shown,
        parts={part: each.shown for part, each in its_own.items()},
        same_again=all(again.get(one, 0) == value for one, value in expected.items()),
        balance=balance_of(viewer, indicator=indicator, on=on, known_at=kept.known_at),
    )


def _again(
    viewer: Viewer, indicator: str, version: date, on: date, known_at: datetime
) -> Mapping[Cell, int]:
    """Count a figure again with what was known then, by the version by which it was counted."""
    definition = catalogue_of(viewer.municipality_id)[indicator]
    known = sources(viewer).known_at(known_at)
    return counted_cells(definition, definition.version_on(version), known, on)
