"""The days on which people count who began to take part some months before."""

import numpy as np

from meedoen.rules.indicators.columns import KnownColumns
from meedoen.rules.indicators.growth_spells import classes_of
from meedoen.rules.indicators.participating import taking_part
from meedoen.rules.indicators.people_words import (
    GrowthAfterStart,
    GrowthClass,
    ShareStillThere,
    SinceStart,
)
from meedoen.rules.indicators.rungs import Rungs
from meedoen.rules.indicators.spell import Spells, spells_about, together
from meedoen.rules.indicators.stretches import NONE, Numbers, Runs, held, months_after

SINCE = tuple(SinceStart)


def still_there(word: ShareStillThere, columns: KnownColumns) -> Spells:
    """Return the days on which people count who began, and those who are still there."""
    runs = taking_part(columns, word.where)
    looked, ends = _followed(runs, word.after_months, word.months)
    began = spells_about(columns, runs.opened, looked, ends)
    return together(began.kept(held(runs, runs.group, looked)), began.in_part(1))


def growth_after_start(word: GrowthAfterStart, columns: KnownColumns) -> Spells:
    """Return the days on which people count who began, by what became of their rung."""
    runs = taking_part(columns, word.where)
    looked, ends = _followed(runs, word.follow_up_months, word.months)
    rungs = Rungs.of(columns, runs.group, runs.starts)
    has_baseline = rungs.group != NONE
    has_baseline &= runs.starts < months_after(rungs.day, word.baseline_months)
    later = rungs.last_between(runs.starts + 1, looked)
    growth = classes_of(later - rungs.rung, np.zeros(len(later), dtype=np.bool_), word.minimum_step)
    # The classes that both know have the same names.
    names = np.array([SINCE.index(SinceStart(name)) for name in list(GrowthClass)[:3]])
    part = np.select(
        [~has_baseline, later == 0],
        [SINCE.index(SinceStart.NO_BASELINE), SINCE.index(SinceStart.NOT_MEASURED_AGAIN)],
        default=names[growth],
    )
    return spells_about(columns, runs.opened, looked, ends, part.astype(np.int64))


def _followed(runs: Runs, after_months: int, months: int) -> tuple[Numbers, Numbers]:
    """Return on which day is looked after each start, and until when that start counts.

    Of several starts of a person the last one counts.
    """
    looked = months_after(runs.starts, after_months)
    ends = months_after(runs.starts, after_months + months)
    same = runs.group[1:] == runs.group[:-1]
    ends[:-1][same] = np.minimum(ends[:-1], looked[1:])[same]
    return looked, ends
