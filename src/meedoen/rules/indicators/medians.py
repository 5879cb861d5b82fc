"""Medians of days to answer, per date and group: they do not add up, so each is looked up."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.asks import asks_of
from meedoen.rules.indicators.days import day_number, plus_months
from meedoen.rules.indicators.language import DaysToAnswer
from meedoen.rules.indicators.referral_columns import KnownReferrals
from meedoen.rules.indicators.referral_spells import answered, days_taken


def lower_medians(
    word: DaysToAnswer,
    known: KnownReferrals,
    dates: Sequence[date],
    groups: NDArray[np.int32] | None,
) -> NDArray[np.int64]:
    """Return the lower median of the days to answer, dates x groups; 0 where nothing was answered.

    `groups` are districts in order, None is everything together.
    """
    asks = asks_of(known.about(word.themes).steps)
    rows = answered(asks)
    taken = days_taken(asks, rows)
    rows, taken = rows[np.argsort(taken, kind="stable")], np.sort(taken)
    width = 1 if groups is None else len(groups)
    places = (
        np.zeros(len(rows), dtype=np.int64)
        if groups is None
        else np.searchsorted(groups, asks.district[rows])
    )
    starts = asks.answered[rows]
    ends = plus_months(starts, word.months)
    medians = np.zeros((len(dates), width), dtype=np.int64)
    for row, day in enumerate(map(day_number, dates)):
        counted = np.flatnonzero((starts <= day) & (day < ends))
        medians[row] = _per_group(taken[counted], places[counted], width)
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
