"""Kept figures counted again with what is known at another moment, protected as they were kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from meedoen.records.figures.breakdowns import KeptFigure, kept_figures, together
from meedoen.records.figures.models import Figure
from meedoen.records.figures.protecting import protection_of
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.cells import counted_cells
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.published_table import Cell, Protection
from meedoen.rules.indicators.shown import show_published
from meedoen.rules.indicators.sources import Sources


@dataclass(frozen=True, slots=True)
class Recount:
    """The figures of one measuring, as kept and as counted again.

    What was hidden when it was kept is hidden in both. A cell that is not in `numbers` was not
    measured, or nobody is in it any more.
    """

    numbers: Mapping[Cell, int]
    then: Mapping[Cell, Shown]
    now: Mapping[Cell, Shown]


def recounts(
    viewer: Viewer,
    catalogue: Catalogue,
    figures: Sequence[Figure],
    read: Sources,
    *,
    until: datetime | None,
) -> dict[int, Recount]:
    """Count again what these figures were kept with, by measuring; None is with all known now.

    `read` is everything that was ever recorded. Each figure comes with its measuring. What they
    could be worked out from is counted with them, by the versions of the definitions by which it
    was counted then.
    """
    codes = together(catalogue, {figure.indicator for figure in figures})
    measurings = {figure.measuring_id: figure.measuring for figure in figures}
    known, protection = read.known_at(until), protection_of(viewer)
    found = {}
    for measuring_id, kept in kept_figures(list(measurings), codes).items():
        on = measurings[measuring_id].reference_date
        again: dict[Cell, int] = {}
        for cell, figure in kept.items():
            if cell == Cell(cell.indicator):
                definition = catalogue[cell.indicator]
                version = definition.version_on(figure.definition_version)
                again |= counted_cells(definition, version, known, on)
        found[measuring_id] = _recount(catalogue, kept, again, protection)
    return found


def _recount(
    catalogue: Catalogue,
    kept: Mapping[Cell, KeptFigure],
    again: Mapping[Cell, int],
    protection: Protection,
) -> Recount:
    before = {cell: figure.value for cell, figure in kept.items()}
    then = show_published(catalogue, before, protection)
    hidden = {cell: shown.text for cell, shown in then.items() if shown.hidden}
    now = show_published(catalogue, again, protection, hidden=hidden)
    return Recount(again, then, now)
