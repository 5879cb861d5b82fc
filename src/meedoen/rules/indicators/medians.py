"""Medians of numbers of days, per date and group: they do not add up, so each is looked up."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.grouping import Grouping
from meedoen.rules.indicators.spell import Spells


def lower_medians(spells: Spells, dates: Sequence[date], grouping: Grouping) -> NDArray[np.int64]:
    """Return the lower median of the days of what counts, dates x groups; 0 where nothing does.

    Raises ValueError for stretches without days.
    """
    if spells.days is None:
        raise ValueError("a median needs stretches with a number of days")
    in_order = spells.kept(np.argsort(spells.days, kind="stable"))
    taken = spells.days[np.argsort(spells.days, kind="stable")]
    places = grouping.cells(in_order.district, in_order.kind)
    medians = np.zeros((len(dates), grouping.width), dtype=np.int64)
    for row, day in enumerate(map(day_number, dates)):
        counted = np.flatnonzero((in_order.starts <= day) & (day < in_order.ends))
        medians[row] = _per_group(taken[counted], places[counted], grouping.width)
    return medians


def _per_group(
    taken: NDArray[np.int64], places: NDArray[np.int64], width: int
) -> NDArray[np.int64]:
    """Return the lower median of numbers in order, per group; 0 for a group without any."""
    grouped = taken[np.argsort(places, kind="stable")]
    sizes = np.bincount(places, minlength=width)
    middles = np.cumsum(sizes) - sizes + np.maximum(sizes - 1, 0) // 2
    found = np.zeros(width, dtype=np.int64)
    found[sizes > 0] = grouped[middles[sizes > 0]]
    return found
