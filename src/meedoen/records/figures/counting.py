"""From the history to the rows of a measuring: every figure, with the breakdowns it may have."""

from collections.abc import Iterator, Sequence
from datetime import date

from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.figures.sources import sources
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.cells import counted_cells
from meedoen.rules.indicators.language import Catalogue, Definition, NoVersionError
from meedoen.rules.indicators.sources import Known


def defined_on(catalogue: Catalogue, on: date) -> list[Definition]:
    """Return the indicators that counted on a day. Raises NoVersionError when there was none."""
    found = [each for each in catalogue if each.counts_on(on)]
    if not found:
        first = min(each.versions[0].valid_from for each in catalogue)
        raise NoVersionError(
            f"no indicator existed on {on.isoformat()}; the first is valid from {first.isoformat()}"
        )
    return found


def counted_rows(
    viewer: Viewer, measurings: Sequence[Measuring]
) -> Iterator[tuple[Measuring, list[Figure]]]:
    """Count each measuring as known at its own moment; its rows are not kept yet.

    What was not measured has no row: it is no zero. Of a breakdown only what is not zero has one.
    """
    read, catalogue = sources(viewer), catalogue_of(viewer.municipality_id)
    for measuring in measurings:
        known = read.known_at(measuring.known_at)
        definitions = defined_on(catalogue, measuring.reference_date)
        yield measuring, [row for each in definitions for row in _rows(measuring, each, known)]


def _rows(measuring: Measuring, definition: Definition, known: Known) -> Iterator[Figure]:
    on = measuring.reference_date
    version = definition.version_on(on)
    for cell, value in counted_cells(definition, version, known, on).items():
        yield Figure(
            municipality_id=measuring.municipality_id,
            measuring=measuring,
            indicator=cell.indicator,
            definition_version=version.valid_from,
            part=cell.part,
            district_id=cell.district,
            place_kind=cell.place_kind,
            value=value,
        )
