"""Start + new - ended = end of a figure about people in a state, from its own stretches.

The stretches of one person that touch or overlap are one. So whoever goes on elsewhere without a
day between is neither new nor ended, and whoever comes back later in the period is new again. The
same person can be new and ended in one period; the sum holds all the same, for each stretch apart.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from meedoen.rules.indicators.columns import KnownColumns
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.evaluate import merged
from meedoen.rules.indicators.language import Definition, Measures, Version
from meedoen.rules.indicators.people_words import PeopleInState
from meedoen.rules.indicators.spells import spells_of


@dataclass(frozen=True, slots=True)
class StockBalance:
    """People on the first day, who came after it, who were gone by the last, and who were left."""

    start: int
    new: int
    ended: int
    end: int


def has_balance(definition: Definition, on: date) -> bool:
    """Tell whether a figure of this day is a stock of people with a beginning and an end."""
    word = definition.version_on(on).count
    return definition.measures is Measures.STOCK and isinstance(word, PeopleInState)


def stock_balance(version: Version, known: KnownColumns, start: date, end: date) -> StockBalance:
    """Count what explains the difference between the figure of one day and that of a later one.

    New is whoever began after `start`, up to and including `end`. Ended is whoever was no longer
    there on a later day than `start`, up to and including `end`. Raises ValueError for a word that
    counts no people in a state, and for a period that does not end after its start.
    """
    if not isinstance(version.count, PeopleInState):
        raise ValueError(f"{version.count.word} is no stock of people: nobody begins or ends")
    if end <= start:
        raise ValueError(f"the period ends on {end}: give a day after {start}")
    spells = spells_of(version.count, known)
    _cell, starts, ends = merged(spells, np.zeros(len(spells.person), dtype=np.int64))
    first, last = day_number(start), day_number(end)
    return StockBalance(
        start=int(np.count_nonzero((starts <= first) & (first < ends))),
        new=int(np.count_nonzero((first < starts) & (starts <= last))),
        ended=int(np.count_nonzero((first < ends) & (ends <= last))),
        end=int(np.count_nonzero((starts <= last) & (last < ends))),
    )
