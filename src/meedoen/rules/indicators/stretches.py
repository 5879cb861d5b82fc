"""Stretches of days of many people at once: put together, compared, and looked up on a day.

A stretch is half-open. Everything here takes arrays of equal length and no loop over people.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.days import DAY_SPAN, FAR_FUTURE_DAY, day_number, plus_months
from meedoen.rules.indicators.sorting import changes, in_order

Numbers = NDArray[np.int64]
Rows = NDArray[np.intp]
FIRST_DAY = day_number(date.min)
NONE = -1
"""In an array of rows: there is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Stretches of which those of one group that touch or overlap were made one.

    In order of group and first day. `opened` is the row with which a run began, the first of
    several; `closed` the row that ended last, the last of several.
    """

    group: Numbers
    starts: Numbers
    ends: Numbers
    opened: Rows
    closed: Rows

    def numbered(self) -> tuple[Numbers, Numbers]:
        """Return the groups, each once and in order, and the place of the group of each run."""
        return numbered(self.group)


def numbered(group: Numbers) -> tuple[Numbers, Numbers]:
    """Return numbers in order each once, and the place of each among those."""
    opens = changes(group)
    return group[opens], np.cumsum(opens) - 1


def runs_of(group: Numbers, starts: Numbers, ends: Numbers) -> Runs:
    """Make stretches of one group that touch or overlap one; those without a day are left out."""
    kept = np.flatnonzero(starts < ends)
    kept = kept[in_order(group[kept], starts[kept])]
    if not len(kept):
        return Runs(group[kept], starts[kept], ends[kept], kept, kept)
    own, stops = group[kept], ends[kept]
    opens, latest = openings(changes(own), starts[kept], stops)
    first = np.flatnonzero(opens)
    until = latest[np.append(first[1:], len(kept)) - 1]
    run = np.cumsum(opens) - 1
    # Of several rows that end last the last is written last, and stays.
    closing = np.flatnonzero(stops == until[run])
    closed = np.empty(len(first), dtype=np.intp)
    closed[run[closing]] = kept[closing]
    return Runs(own[first], starts[kept[first]], until, kept[first], closed)


def openings(
    other: NDArray[np.bool_], starts: Numbers, ends: Numbers
) -> tuple[NDArray[np.bool_], Numbers]:
    """Say which stretches begin a run, and the latest end so far within their group.

    `other` says where another group begins; the stretches are in order of group and first day.
    """
    # Each group is lifted above the one before it, so that a single running maximum gives the
    # latest end so far within the group.
    lift = np.cumsum(other) * DAY_SPAN
    latest = np.maximum.accumulate(ends + lift) - lift
    opens = other.copy()
    opens[1:] |= starts[1:] > latest[:-1]
    return opens, latest


def on_one_line(group: NDArray[np.integer], day: NDArray[np.integer]) -> Numbers:
    """Give days of several groups numbers that rise by group first, so that one search finds all.

    The groups are counted from 0.
    """
    numbers: Numbers = group.astype(np.int64) * DAY_SPAN + (day - FIRST_DAY)
    return numbers


def last_of_group(
    keys: Numbers, group: NDArray[np.integer], asked: NDArray[np.integer], days: Numbers
) -> Rows:
    """Return the last place on a line up to a day within a group; NONE where there is none."""
    at = np.searchsorted(keys, on_one_line(asked, days), side="right") - 1
    theirs = at >= 0
    theirs[theirs] = group[at[theirs]] == asked[theirs]
    return np.where(theirs, at, NONE)


def held(runs: Runs, group: Numbers, days: Numbers) -> NDArray[np.bool_]:
    """Tell whether a run of a group holds each day."""
    known, place = runs.numbered()
    asked, there = find(known, group)
    at = last_of_group(on_one_line(place, runs.starts), place, asked, days)
    there &= at != NONE
    there[there] = days[there] < runs.ends[at[there]]
    return there


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Pieces of stretches: of which row each is a part, and its days."""

    row: Rows
    starts: Numbers
    ends: Numbers


def within(group: Numbers, starts: Numbers, ends: Numbers, runs: Runs) -> Pieces:
    """Return the pieces of stretches that lie in runs of the same group."""
    known, place = runs.numbered()
    asked, there = find(known, group)
    first = np.searchsorted(on_one_line(place, runs.ends), on_one_line(asked, starts), side="right")
    last = np.searchsorted(on_one_line(place, runs.starts), on_one_line(asked, ends), side="left")
    counts = np.where(there, np.maximum(last - first, 0), 0)
    row = np.repeat(np.arange(len(group)), counts)
    within_row = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    run = first[row] + within_row
    return Pieces(
        row, np.maximum(starts[row], runs.starts[run]), np.minimum(ends[row], runs.ends[run])
    )


def outside(group: Numbers, starts: Numbers, ends: Numbers, runs: Runs) -> Pieces:
    """Return the pieces of stretches that lie in no run of the same group."""
    inside = within(group, starts, ends, _gaps(runs))
    _asked, there = find(runs.numbered()[0], group)
    free = np.flatnonzero(~there)
    return Pieces(
        np.concatenate([inside.row, free]),
        np.concatenate([inside.starts, starts[free]]),
        np.concatenate([inside.ends, ends[free]]),
    )


def _gaps(runs: Runs) -> Runs:
    """Return the days around and between the runs of each group that has one."""
    count = len(runs.group)
    opens = changes(runs.group)
    closes = np.ones(count, dtype=np.bool_)
    closes[:-1] = opens[1:]
    # One gap before every run, and one more after the last of each group.
    before = np.arange(count) + np.cumsum(opens) - 1
    after = before[closes] + 1
    size = count + len(after)
    group, starts, ends = (np.empty(size, dtype=np.int64) for _ in range(3))
    group[before], group[after] = runs.group, runs.group[closes]
    starts[before] = np.where(opens, FIRST_DAY, np.roll(runs.ends, 1))
    starts[after], ends[before], ends[after] = runs.ends[closes], runs.starts, FAR_FUTURE_DAY
    nothing = np.full(size, NONE)
    return Runs(group, starts, ends, nothing, nothing)


def find(known: Numbers, wanted: Numbers) -> tuple[Rows, NDArray[np.bool_]]:
    """Return the place of each wanted number among known ones in order, and whether it is there."""
    if not len(known):
        return np.zeros(len(wanted), dtype=np.intp), np.zeros(len(wanted), dtype=np.bool_)
    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return places, known[places] == wanted


def months_after(days: Numbers, months: int) -> Numbers:
    """Move days a number of months later, never past the end of all days."""
    later: Numbers = np.minimum(plus_months(days, months), FAR_FUTURE_DAY)
    return later
