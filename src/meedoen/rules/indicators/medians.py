"""Medians of numbers of days, per date and group: they do not add up, so each is looked up."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.grouping import Grouping
from meedoen.rules.indicators.sorting import in_order
from meedoen.rules.indicators.spell import Spells

DATES_AT_ONCE = 12
"""What counts on a date is put in order for so many dates at once, and not for all: for room."""


def lower_medians(spells: Spells, dates: Sequence[date], grouping: Grouping) -> NDArray[np.int64]:
    """Return the lower median of the days of what counts, dates x groups; 0 where nothing does.

    Raises ValueError for stretches without days.
    """
    if spells.days is None:
        raise ValueError("a median needs stretches with a number of days")
    asked = np.array([day_number(day) for day in dates], dtype=np.int64)
    days, back = np.unique(asked, return_inverse=True)
    first, last = places_among(days, spells.starts), places_among(days, spells.ends)
    cells = grouping.cells_of(spells)
    medians = np.zeros((len(days), grouping.width), dtype=np.int64)
    for begin in range(0, len(days), DATES_AT_ONCE):
        end = min(begin + DATES_AT_ONCE, len(days))
        row, place = _on_each(np.maximum(first, begin), np.minimum(last, end))
        keys = (place - begin) * grouping.width + cells[row]
        found = _per_key(spells.days[row], keys, (end - begin) * grouping.width)
        medians[begin:end] = found.reshape(end - begin, grouping.width)
    return medians[back]


def places_among(days: NDArray[np.int64], asked: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place of each day among days in order, that of the first one not before it.

    Of many days in few years each is looked up once.
    """
    if not len(days) or days[-1] - days[0] >= len(asked):
        return np.searchsorted(days, asked).astype(np.int64)
    first, last = int(days[0]), int(days[-1])
    places = np.searchsorted(days, np.arange(first, last + 2)).astype(np.int64)
    return places.take(np.clip(asked, first, last + 1) - first)


def _on_each(
    first: NDArray[np.int64], last: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for every place from first up to last which row it belongs to, and the place."""
    counts = np.maximum(last - first, 0)
    row = np.repeat(np.arange(len(first)), counts)
    before = np.cumsum(counts) - counts
    return row, first[row] + np.arange(len(row)) - before[row]


def _per_key(taken: NDArray[np.int64], keys: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Return the lower median of numbers per key; 0 for a key without any."""
    grouped = taken[in_order(keys, taken)]
    sizes = np.bincount(keys, minlength=size)
    middles = np.cumsum(sizes) - sizes + np.maximum(sizes - 1, 0) // 2
    found = np.zeros(size, dtype=np.int64)
    found[sizes > 0] = grouped[middles[sizes > 0]]
    return found
