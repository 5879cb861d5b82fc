"""From the history to the rows of a measuring: every figure, with the breakdowns it may have."""

from collections.abc import Iterator, Sequence
from datetime import date

from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.figures.sources import sources
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.evaluate import FigureResult, figures
from meedoen.rules.indicators.language import Definition, NoVersionError


def defined_on(on: date) -> list[Definition]:
    """Return the indicators that existed on a day. Raises NoVersionError when there was none."""
    found = [each for each in catalogue() if each.versions[0].valid_from <= on]
    if not found:
        first = min(each.versions[0].valid_from for each in catalogue())
        raise NoVersionError(
            f"no indicator existed on {on.isoformat()}; the first is valid from {first.isoformat()}"
        )
    return found


def counted_rows(
    viewer: Viewer, measurings: Sequence[Measuring]
) -> Iterator[tuple[Measuring, list[Figure]]]:
    """Count each measuring as known at its own moment; its rows are not kept yet.

    What was not measured has no row: it is no zero.
    """
    read = sources(viewer)
    for measuring in measurings:
        on, moment = measuring.reference_date, measuring.known_at
        results = figures(defined_on(on), read, on, moment)
        measured = (result for result in results if result.measured)
        yield measuring, [row for result in measured for row in _whole(measuring, result)]


def _whole(measuring: Measuring, result: FigureResult) -> Iterator[Figure]:
    for part, value in {"": result.value, **result.parts}.items():
        yield Figure(
            municipality_id=measuring.municipality_id,
            measuring=measuring,
            indicator=result.code,
            definition_version=result.version,
            part=part,
            value=value,
        )
