"""A kept figure opened: what it is made of, how it came about, and what it would be now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from meedoen.records.figures.balances import BalanceOfFigure, balance_of
from meedoen.records.figures.breakdowns import BrokenDown, broken_down
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.figures.sources import sources
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.cells import counted_cells, is_left_out
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
    organisation: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A district, kind of place or organisation in which a figure was kept too.

    One with nobody has no id, and neither has one that is hidden: it would tell those two apart.
    """

    district: str
    place_kind: PlaceKind | None
    organisation: str
    shown: Shown
    figure_id: int | None


@dataclass(frozen=True, slots=True)
class OpenedFigure:
    """A figure with all that is needed to count it again, and the outcome of doing so.

    `parts` are the classes of it, or what it was worked out from. `district` and `organisation` are
    names, empty for all of them, as `place_kind` is None. `same_again` tells whether counting
    again, as known then, gives the same numbers. `balance` is None where nobody begins or ends.
    `places` are what the figure of everything is broken down into.
    """

    figure_id: int
    indicator: str
    definition_version: date
    on: date
    known_at: datetime
    measured_at: datetime
    district: str
    place_kind: PlaceKind | None
    organisation: str
    shown: Shown
    parts: Mapping[str, Shown]
    same_again: bool
    balance: BalanceOfFigure | None
    places: Sequence[Place]


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
        organisation=figure.organisation_id,
    )


def open_figure(
    viewer: Viewer,
    *,
    indicator: str,
    on: date,
    known_at: datetime | None = None,
    district: int | None = None,
    place_kind: str = "",
    organisation: int | None = None,
) -> OpenedFigure | None:
    """Open the figure that was kept of a day, by the measuring with this knowledge or the newest.

    None when it was not kept, and for who may not see figures. Figures of few people are protected
    together with all others of that measuring that they could be worked out from.
    """
    kept = broken_down(viewer, on=on, indicators=[indicator], known_at=known_at)
    cell = Cell(indicator, "", district, place_kind, organisation)
    if kept is None or cell not in kept.cells or indicator not in kept.versions:
        return None
    figure_id = kept.cells[cell].figure_id
    # A hidden one with nobody has no page, so no hidden one has: see `Place`.
    if figure_id is None or (kept.cells[cell].shown.hidden and not cell.is_whole):
        return None
    its_own = [one for one in kept.cells if replace(one, part="") == cell]
    version = kept.versions[indicator]
    again = _again(viewer, indicator, version, on, kept.known_at)
    return OpenedFigure(
        figure_id=figure_id,
        indicator=indicator,
        definition_version=version,
        on=on,
        known_at=kept.known_at,
        measured_at=kept.measured_at,
        district="" if district is None else kept.districts.get(district, ""),
        place_kind=PlaceKind(place_kind) if place_kind else None,
        organisation="" if organisation is None else kept.organisations.get(organisation, ""),
        shown=kept.cells[cell].shown,
        parts={one.part: kept.cells[one].shown for one in its_own if one.part},
        same_again=all(again.get(one, 0) == kept.cells[one].value for one in its_own),
        balance=balance_of(viewer, indicator=indicator, on=on, known_at=kept.known_at),
        places=tuple(_places(kept, indicator)) if cell.is_whole else (),
    )


def _places(kept: BrokenDown, indicator: str) -> Iterator[Place]:
    """Give the districts in order of name, the kinds of places, and the organisations."""
    districts = [Cell(indicator, "", one) for one in kept.districts]
    kinds = [Cell(indicator, "", None, kind) for kind in PlaceKind]
    partners = [Cell(indicator, organisation=one) for one in kept.organisations]
    for cell in [*districts, *kinds, *partners]:
        found = kept.cells.get(cell)
        if found is not None and not is_left_out(cell, found.shown):
            district, organisation = cell.district, cell.organisation
            yield Place(
                district="" if district is None else kept.districts[district],
                place_kind=PlaceKind(cell.place_kind) if cell.place_kind else None,
                organisation="" if organisation is None else kept.organisations[organisation],
                shown=found.shown,
                figure_id=None if found.shown.hidden else found.figure_id,
            )


def _again(
    viewer: Viewer, indicator: str, version: date, on: date, known_at: datetime
) -> Mapping[Cell, int]:
    """Count a figure again with what was known then, by the version by which it was counted."""
    definition = catalogue_of(viewer.municipality_id)[indicator]
    known = sources(viewer).known_at(known_at)
    return counted_cells(definition, definition.version_on(version), known, on)
