"""Where people are half a year, a year and two years after a placement ended.

Two questions, answered apart: does somebody take part, and is their rung lower than before? A
window that is not over is never counted as fine, and neither is a rung that nobody measured. The
windows stand in catalogue/flows/fall_back.toml, dated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.dated_tables import (
    Row,
    holding,
    read_series,
    shipped_text,
)
from meedoen.rules.indicators.after_ends import (
    RUNG_SINCE,
    WHERE,
    RungSince,
    Where,
    fell_back,
    rung_since,
    was_followed,
    where_on,
)
from meedoen.rules.indicators.columns import KnownColumns
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.participating import Participations
from meedoen.rules.indicators.rungs import Rungs

LONGEST_WINDOW, LONGEST_TEXT = 3_660, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """The windows from a day on: the last day of each, day 0 being the first without the place."""

    valid_from: date
    valid_to: date | None
    last_days: tuple[int, ...]
    source: str

    @property
    def first_days(self) -> tuple[int, ...]:
        """Return the first day of each window."""
        return (0, *(day + 1 for day in self.last_days[:-1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowCounts:
    """What happened in one window after placements ended; counts ends, not people.

    `where` and `rung` each add up to `ends`. `fell_back` are those with no activity or a lower
    rung, out of `followed`; of these `measured` have a rung that can be compared.
    """

    first_day: int
    last_day: int
    ends: int
    where: Mapping[Where, int]
    rung: Mapping[RungSince, int]
    fell_back: int
    followed: int
    measured: int


def fall_back(
    found: Participations,
    known: KnownColumns,
    *,
    start: date,
    end: date,
    on: date,
    windows: Windows | None = None,
) -> tuple[WindowCounts, ...]:
    """Say where people are after the placements that ended after `start`, up to and with `end`.

    As in the reconciliation an end falls on the first day on which it was over. `on` is the day
    on which is looked: a window is over when its last day lies before it. Measurements are taken
    from `known`. Of the ends of a person the last one before the end of a window says where they
    went. Raises ValueError for a period that does not end after its start.
    """
    if end <= start:
        raise ValueError(f"the period ends on {end}: give a day after {start}")
    held = windows or windows_on(end)
    first, last = day_number(start), day_number(end)
    rows = np.flatnonzero((found.ends > first) & (found.ends <= last))
    rungs = Rungs.of(known, found.person[rows], found.ends[rows] - 1)
    counts = []
    for first_day, last_day in zip(held.first_days, held.last_days, strict=True):
        over = found.ends[rows] + last_day < day_number(on)
        where = where_on(found, rows, found.ends[rows] + last_day)
        where[~over] = WHERE.index(Where.NOT_YET_KNOWN)
        rung = rung_since(rungs, found.ends[rows] + first_day, found.ends[rows] + last_day)
        rung[~over] = RUNG_SINCE.index(RungSince.NOT_YET_KNOWN)
        counts.append(_counts(where, rung, first_day, last_day))
    return tuple(counts)


def _counts(
    where: NDArray[np.int64], rung: NDArray[np.int64], first_day: int, last_day: int
) -> WindowCounts:
    followed = was_followed(where)
    measured = [RUNG_SINCE.index(one) for one in (RungSince.LOWER, RungSince.NOT_LOWER)]
    return WindowCounts(
        first_day=first_day,
        last_day=last_day,
        ends=len(where),
        where={name: int(np.sum(where == at)) for at, name in enumerate(WHERE)},
        rung={name: int(np.sum(rung == at)) for at, name in enumerate(RUNG_SINCE)},
        fell_back=int(np.sum(fell_back(where, rung))),
        followed=int(np.sum(followed)),
        measured=int(np.sum(followed & np.isin(rung, measured))),
    )


def windows_on(on: date, all_windows: Sequence[Windows] | None = None) -> Windows:
    """Return the windows that hold on a day; before the first, the first."""
    return holding(all_windows or shipped_windows(), on)


@cache
def shipped_windows() -> tuple[Windows, ...]:
    """Return the windows that come with Meedoen, oldest first. Raises DatedTableError."""
    return read_windows(shipped_text("flows", "fall_back.toml"), "fall_back.toml")


def read_windows(text: str, file_name: str) -> tuple[Windows, ...]:
    """Read the windows from TOML, oldest first.

    Raises DatedTableError with every mistake at once; when the lines themselves are right, with
    every gap and overlap in their dates.
    """
    return read_series(text, file_name, "windows", _line)


def _line(row: Row) -> Windows:
    row.refuse_unknown(field.name for field in fields(Windows))
    valid_from, valid_to = row.dates()
    return Windows(
        valid_from=valid_from,
        valid_to=valid_to,
        last_days=row.whole_numbers("last_days", LONGEST_WINDOW),
        source=row.text("source", LONGEST_TEXT),
    )
