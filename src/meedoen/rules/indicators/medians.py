"""Medians of numbers of days, per date and group: they do not add up, so each is looked up."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.grouping import Grouping
from meedoen.rules.indicators.sorting import in_order, places_among
from meedoen.rules.indicators.spell import Spells


def lower_medians(spells: Spells, dates: Sequence[date], grouping: Grouping) -> NDArray[np.int64]:
    """Return the lower median of the days of what counts, dates x groups; 0 where nothing does.

    Raises ValueError for stretches without days.
    """
    if spells.days is None:
        raise ValueError("a median needs stretches with a number of days")
    asked = np.array([day_number(day) for day in dates], dtype=np.int64)
    days, back = np.unique(asked, return_inverse=True)
    cells = grouping.cells_of(spells)
    # In this order the rows of each date are in order too.
    rows = in_order(cells, spells.days)
    rows = rows[spells.starts[rows] < spells.ends[rows]]
    cells, taken = cells[rows], spells.days[rows]
    # All rows are gone through for every date: the smaller they are, the sooner that is done.
    small = np.min_scalar_type(len(days))
    first = places_among(days, spells.starts[rows]).astype(small)
    last = places_among(days, spells.ends[rows]).astype(small)
    medians = np.zeros((len(days), grouping.width), dtype=np.int64)
    for place in range(len(days)):
        there = np.flatnonzero((first <= place) & (place < last))
        sizes = np.bincount(cells[there], minlength=grouping.width)
        some = sizes > 0
        middles = np.cumsum(sizes) - sizes + np.maximum(sizes - 1, 0) // 2
        medians[place, some] = taken[there[middles[some]]]
    return medians[back]
