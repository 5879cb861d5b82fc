"""From the history to the rows of a measuring: every figure, with the breakdowns it may have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.figures.sources import sources
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.cells import cells_on
from meedoen.rules.indicators.cube import cube
from meedoen.rules.indicators.evaluate import Counts, are_measured
from meedoen.rules.indicators.grouping import Group
from meedoen.rules.indicators.language import Catalogue, Definition, NoVersionError, Version
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
    Those of one moment are counted together.
    """
    read, catalogue = sources(viewer), catalogue_of(viewer.municipality_id)
    in_order = sorted(measurings, key=lambda row: (row.known_at, row.reference_date, row.pk))
    for moment, theirs in groupby(in_order, key=lambda row: row.known_at):
        yield from _at_one_moment(list(theirs), catalogue, read.known_at(moment))


def _at_one_moment(
    measurings: Sequence[Measuring], catalogue: Catalogue, known: Known
) -> Iterator[tuple[Measuring, list[Figure]]]:
    counted = _counted([row.reference_date for row in measurings], catalogue, known)
    for measuring in measurings:
        yield measuring, [row for each in counted for row in _rows(measuring, each)]


@dataclass(frozen=True, slots=True)
class _Counted:
    """One version of an indicator in all its groups, and where in them the days are."""

    definition: Definition
    version: Version
    groups: Mapping[Group | None, Counts]
    places: Mapping[date, int]
    """Only days on which it was measured."""


def _counted(days: Sequence[date], catalogue: Catalogue, known: Known) -> list[_Counted]:
    found = cube(catalogue, known, sorted(set(days)))
    return [
        _Counted(each, version, groups, _measured_places(version, known, groups[None].dates))
        for each in catalogue
        for version in each.versions
        if (groups := found.groups_of(each.code, version))
    ]


def _measured_places(version: Version, known: Known, days: Sequence[date]) -> dict[date, int]:
    measured = are_measured(version, known, days)
    return {day: place for place, day in enumerate(days) if measured[place]}


def _rows(measuring: Measuring, counted: _Counted) -> Iterator[Figure]:
    place = counted.places.get(measuring.reference_date)
    if place is None:
        return
    for cell, value in cells_on(counted.definition, counted.groups, place).items():
        yield Figure(
            municipality_id=measuring.municipality_id,
            measuring=measuring,
            indicator=cell.indicator,
            definition_version=counted.version.valid_from,
            part=cell.part,
            district_id=cell.district,
            place_kind=cell.place_kind,
            organisation_id=cell.organisation,
            value=value,
        )
