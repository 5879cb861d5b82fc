"""From the history to placements: when somebody began taking part, when it stopped, and how.

A placement is in several states after one another; here trial, active and paused are one stretch,
so that a pause is no end and no beginning.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import NOT_A_REPLACEMENT, Columns, code_of
from meedoen.rules.indicators.evaluate import merged
from meedoen.rules.indicators.participating import Participations
from meedoen.rules.indicators.spell import Spells
from meedoen.rules.indicators.stretches import on_one_line
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import EntryKind

NO_PLACEMENT = 0
"""In an array of placements: this statement is not about one."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Stretches in which a person took part without a day between, in one cell.

    In order of person, cell and first day; `row` is the participation that ended last.
    """

    person: NDArray[np.int64]
    cell: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    row: NDArray[np.intp]


def placements_of_entries(
    entry: NDArray[np.int64],
    replaces: NDArray[np.int64],
    standing: NDArray[np.int64],
    placement: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Say of every entry of a history which placement it is about, NO_PLACEMENT for none.

    The records know this only of entries that nothing replaced when they were read: `standing`
    with `placement`. An entry that was replaced is about the same placement as what took its
    place, also when that was done since. `entry` is in increasing order; every id of `standing`
    and `replaces` must be in it.
    """
    follows = np.arange(len(entry))
    replacing = np.flatnonzero(replaces != NOT_A_REPLACEMENT)
    follows[np.searchsorted(entry, replaces[replacing])] = replacing
    while not np.array_equal(onward := follows[follows], follows):
        follows = onward
    known = np.full(len(entry), NO_PLACEMENT, dtype=np.int64)
    known[follows[np.searchsorted(entry, standing)]] = placement
    return known[follows]


def participations(
    columns: Columns, placement: NDArray[np.int64], known_at: datetime | None
) -> Participations:
    """Put together what was known of every placement at a moment; None is with everything.

    `placement` holds the placement of every entry of the columns. A placement without a single
    day of taking part is left out. Raises ValueError for arrays of different lengths.
    """
    if len(placement) != len(columns):
        raise ValueError(f"{len(columns)} entries, but {len(placement)} placements; give one each")
    known = columns.known_at(known_at)
    number = placement[np.searchsorted(columns.entry, known.entry)]
    kept = (known.kind == code_of(EntryKind.PLACEMENT)) & (number != NO_PLACEMENT)
    kept &= np.isin(known.state, [code_of(state) for state in TAKES_PART])
    rows = np.flatnonzero(kept & (known.starts < known.ends))
    number = number[rows]
    starts, ends = known.starts[rows].astype(np.int64), known.ends[rows].astype(np.int64)
    first = _first_of_each(np.lexsort((rows, starts, number)), number)
    last = _first_of_each(np.lexsort((-rows, -ends, number)), number)
    return Participations(
        placement=number[first],
        person=known.person[rows[first]],
        kind=known.place_kind[rows[first]].astype(np.int64),
        district=known.district[rows[first]].astype(np.int64),
        starts=starts[first],
        ends=ends[last],
        outcome=known.outcome[rows[last]].astype(np.int64),
    )


def runs_of(found: Participations, cell: NDArray[np.int64]) -> Runs:
    """Make what touches or overlaps in one cell of one person one run."""
    width = int(cell.max(initial=0)) + 1
    pairs = found.person * width + cell
    spells = Spells(
        person=found.person,
        district=found.district.astype(np.int32),
        kind=found.kind.astype(np.int8),
        organisation=np.zeros(len(found), dtype=np.int32),
        starts=found.starts,
        ends=found.ends,
        part=np.zeros_like(cell),
    )
    pair, starts, ends = merged(spells, pairs)
    distinct = np.unique(pairs)
    order = np.lexsort((found.placement, found.ends, pairs))
    keys = on_one_line(np.searchsorted(distinct, pairs), found.ends)[order]
    wanted = on_one_line(np.searchsorted(distinct, pair), ends)
    row = order[np.searchsorted(keys, wanted, side="right") - 1]
    return Runs(pair // width, pair % width, starts, ends, row)


def _first_of_each(order: NDArray[np.intp], group: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return of each group the place that comes first in an order that has the groups together."""
    sorted_groups = group[order]
    opens = np.ones(len(order), dtype=np.bool_)
    opens[1:] = sorted_groups[1:] != sorted_groups[:-1]
    return order[opens]
