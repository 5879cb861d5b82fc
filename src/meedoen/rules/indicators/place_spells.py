"""From a word about places to the parts of a figure: what counts on each day, in which group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import code_of
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.grouping import Group, Grouping, grouping_of
from meedoen.rules.indicators.place_columns import KnownPlaces
from meedoen.rules.indicators.place_pieces import PlacePieces, pieces_of
from meedoen.rules.indicators.place_words import (
    DistrictsWithPlaces,
    PlaceFilters,
    PlacesListed,
    PlaceWord,
    Seats,
    SeatsOf,
    SharePlacesConfirmed,
)
from meedoen.rules.indicators.sorting import places_among

Numbers = NDArray[np.int64]


def place_grouping(known: KnownPlaces, group: Group | None) -> Grouping:
    """Return a grouping with every district that there is, and all that a place ever was at."""
    said = known.statements
    districts = np.concatenate([said.district, known.districts])
    return grouping_of(group, districts, said.kind, said.organisation)


def place_parts(
    word: PlaceWord, known: KnownPlaces, dates: Sequence[date], grouping: Grouping
) -> Numbers:
    """Count the parts of a figure about places, dates x parts x groups; one for a word without.

    The grouping is one that `place_grouping` gives.
    """
    pieces = pieces_of(known)
    rows = np.flatnonzero(passing(word.where, pieces))
    cells = grouping.cells(pieces.district[rows], pieces.kind[rows], pieces.organisation[rows])
    width = grouping.width
    each = _Stretches(pieces.starts[rows], pieces.ends[rows], dates)
    ones = np.ones(len(rows), dtype=np.int64)
    match word:
        case PlacesListed():
            parts = [each.sums(cells, width, ones)]
        case Seats():
            seats = pieces.capacity if word.of is SeatsOf.CAPACITY else pieces.free
            parts = [each.sums(cells, width, seats[rows])]
        case SharePlacesConfirmed():
            fresh = pieces.fresh[rows].astype(np.int64)
            parts = [each.sums(cells, width, one) for one in (fresh, ones)]
        case DistrictsWithPlaces():
            parts = _districts(known.districts, pieces.district[rows], cells, each, grouping)
        case _:
            assert_never(word)
    return np.stack(parts, axis=1)


def days_recorded(known: KnownPlaces) -> Numbers:
    """Return from which days on something is known of places."""
    return known.statements.starts.astype(np.int64)


def passing(where: PlaceFilters, pieces: PlacePieces) -> NDArray[np.bool_]:
    """Tell which pieces pass the filters."""
    asked = _among(pieces.kind, [code_of(kind) for kind in where.place_kinds])
    asked &= _among(pieces.district, where.districts)
    asked &= _among(pieces.organisation, where.organisations)
    asked &= _among(pieces.legal_task, [code_of(task) for task in where.legal_tasks])
    if where.free:
        asked &= pieces.free > 0
    return asked if where.confirmed is None else asked & (pieces.fresh == where.confirmed)


def _among(column: NDArray[np.generic], wanted: Sequence[int]) -> NDArray[np.bool_]:
    """Tell which values are wanted; nothing wanted in particular is everything."""
    return np.isin(column, wanted) if wanted else np.ones(len(column), dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class _Stretches:
    starts: Numbers
    ends: Numbers
    dates: Sequence[date]

    def sums(self, cells: Numbers, width: int, weights: Numbers) -> Numbers:
        """Add up the weights of the stretches that hold each date, dates x cells."""
        asked = np.array([day_number(day) for day in self.dates], dtype=np.int64)
        days, back = np.unique(asked, return_inverse=True)
        size = (len(days) + 1) * width
        # Sums of whole numbers as floats: exact as long as there are fewer seats than 2 to the 53.
        changes = np.bincount(places_among(days, self.starts) * width + cells, weights, size)
        changes -= np.bincount(places_among(days, self.ends) * width + cells, weights, size)
        running = np.cumsum(changes.astype(np.int64).reshape(len(days) + 1, width), axis=0)
        found: Numbers = running[:-1][back]
        return found


def _districts(
    known: NDArray[np.int32],
    districts: NDArray[np.int32],
    cells: Numbers,
    each: _Stretches,
    grouping: Grouping,
) -> list[Numbers]:
    """Count the districts with a place, and all districts, per date and group."""
    there = np.flatnonzero(np.isin(districts, known))
    own = _Stretches(each.starts[there], each.ends[there], each.dates)
    # A district may be in several groups, so it is counted in each of them on its own.
    pairs = cells[there] * len(known) + np.searchsorted(known, districts[there])
    counts = own.sums(pairs, grouping.width * len(known), np.ones(len(there), dtype=np.int64))
    with_places = (counts > 0).reshape(len(each.dates), grouping.width, len(known)).sum(axis=2)
    everywhere = np.tile(_in_each_cell(known, grouping), (len(each.dates), 1))
    return [with_places, everywhere]


def _in_each_cell(known: NDArray[np.int32], grouping: Grouping) -> Numbers:
    """Count all districts per group: each is in the groups of every kind and organisation."""
    kinds = grouping.kinds if len(grouping.kinds) else np.zeros(1, dtype=np.int8)
    if not grouping.width or grouping.group in (None, "organisation"):
        return np.full(grouping.width, len(known), dtype=np.int64)
    everywhere, of_each = np.repeat(known, len(kinds)), np.tile(kinds, len(known))
    cells = grouping.cells(everywhere, of_each, np.zeros_like(everywhere))
    pairs = np.unique(cells * len(known) + np.repeat(np.arange(len(known)), len(kinds)))
    return np.bincount(pairs // max(len(known), 1), minlength=grouping.width)
