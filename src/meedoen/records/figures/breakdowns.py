"""Kept figures with their parts and breakdowns, protected together as one publication."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.figures.names import names_then
from meedoen.records.figures.protecting import protection_of
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.shown import family_of
from meedoen.rules.indicators.shown_again import show_again


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A kept figure; one that stands in no row, because nobody is in it, has no `figure_id`."""

    figure_id: int | None
    value: int
    shown: Shown


@dataclass(frozen=True, slots=True)
class BrokenDown:
    """A measuring with its figures by cell: the whole, its parts and its breakdowns.

    `districts` and `organisations` are names by number, as they were when it was measured;
    `versions` the days from which the definitions are valid by which was counted.
    """

    measuring_id: int
    reference_date: date
    known_at: datetime
    measured_at: datetime
    cells: Mapping[Cell, KeptCell]
    versions: Mapping[str, date]
    districts: Mapping[int, str]
    organisations: Mapping[int, str]


def broken_down(
    viewer: Viewer,
    *,
    on: date,
    indicators: Collection[str] | None = None,
    known_at: datetime | None = None,
) -> BrokenDown | None:
    """Return the newest measuring of a day, or the one that knew what was known at a moment.

    With `indicators` only those and what they could be worked out from. None when there is no such
    measuring, and for who may not see figures. As many questions for many figures as for a few.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return None
    rows = Measuring.objects.done().filter(
        municipality_id=viewer.municipality_id, reference_date=on
    )
    if known_at is not None:
        rows = rows.filter(known_at=known_at)
    measuring = rows.select_related("done").order_by("-known_at", "-pk").first()
    if measuring is None:
        return None
    catalogue = catalogue_of(viewer.municipality_id)
    kept = kept_figures([measuring.pk], together(catalogue, indicators))[measuring.pk]
    numbers = {cell: figure.value for cell, figure in kept.items()}
    shown = show_again(catalogue, numbers, protection_of(viewer))
    organisations = {cell.organisation for cell in shown if cell.organisation is not None}
    names = names_then(viewer, measuring.done.names, organisations)
    return BrokenDown(
        measuring_id=measuring.pk,
        reference_date=on,
        known_at=measuring.known_at,
        measured_at=measuring.measured_at,
        cells={
            cell: KeptCell(kept[cell].pk if cell in kept else None, numbers.get(cell, 0), one)
            for cell, one in shown.items()
        },
        versions={cell.indicator: figure.definition_version for cell, figure in kept.items()},
        districts=names.districts,
        organisations=names.organisations,
    )


def together(catalogue: Catalogue, indicators: Collection[str] | None) -> tuple[str, ...]:
    """Return the codes that must be protected together with these; None is all there are."""
    if indicators is None:
        return tuple(catalogue.definitions)
    known = [code for code in indicators if code in catalogue.definitions]
    return tuple(dict.fromkeys(one for code in known for one in family_of(catalogue, code)))


class KeptFigure(NamedTuple):
    """What was kept in a cell, without its row: a page reads thousands of them."""

    pk: int
    value: int
    definition_version: date


def kept_figures(
    measuring_ids: Sequence[int], codes: Collection[str]
) -> dict[int, dict[Cell, KeptFigure]]:
    """Return the figures of measurings by cell, in order of importance, in one question."""
    found: dict[int, dict[Cell, KeptFigure]] = {one: {} for one in measuring_ids}
    rows = Figure.objects.filter(measuring_id__in=measuring_ids, indicator__in=codes)
    for measuring_id, pk, value, version, code, part, district, kind, at in rows.order_by(
        "pk"
    ).values_list(
        "measuring_id",
        "pk",
        "value",
        "definition_version",
        "indicator",
        "part",
        "district_id",
        "place_kind",
        "organisation_id",
    ):
        found[measuring_id][Cell(code, part, district, kind, at)] = KeptFigure(pk, value, version)
    return found


def cell_of(figure: Figure) -> Cell:
    """Return of which people a kept figure is."""
    return Cell(
        figure.indicator,
        figure.part,
        figure.district_id,
        figure.place_kind,
        figure.organisation_id,
    )
