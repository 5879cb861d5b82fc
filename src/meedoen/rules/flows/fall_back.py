"""Where people are half a year, a year and two years after a placement ended.

Two questions, answered apart: does somebody take part, and is their rung lower than before? A
window that is not over is never counted as fine, and neither is a rung that nobody measured. The
windows stand in catalogue/flows/fall_back.toml, dated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.dated_tables import (
    Row,
    holding,
    read_series,
    shipped_text,
)
from meedoen.rules.flows.flows import ELSEWHERE_AFTER, Elsewhere, last_outcomes
from meedoen.rules.flows.participations import Participations, on_one_line
from meedoen.rules.indicators.columns import KnownColumns, code_of
from meedoen.rules.indicators.days import day_number
from meedoen.rules.vocabulary import EntryKind, Outcome

LONGEST_WINDOW, LONGEST_TEXT = 3_660, 300


class Where(StrEnum):
    """Where somebody is on the last day of a window."""

    TAKING_PART = "taking_part"
    """Still or again, at any place."""
    MOVED_ON = "moved_on"
    """To paid or supported work, training or volunteering of their own."""
    NO_ACTIVITY = "no_activity"
    GONE = "gone"
    """Moved away or died: nobody can say how it went on."""
    NOT_YET_KNOWN = "not_yet_known"
    """The window is not over."""


class RungSince(StrEnum):
    """The last rung that was measured in a window beside the last one before the end."""

    LOWER = "lower"
    NOT_LOWER = "not_lower"
    NOT_MEASURED = "not_measured"
    """Not before, not in the window, or not in the same version of the ladder."""
    NOT_YET_KNOWN = "not_yet_known"
    """The window is not over."""


WHERE, RUNG_SINCE = tuple(Where), tuple(RungSince)
FOLLOWED = (Where.TAKING_PART, Where.MOVED_ON, Where.NO_ACTIVITY)


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
    rungs = _Rungs.of(known, found.person[rows], found.ends[rows])
    counts = []
    for first_day, last_day in zip(held.first_days, held.last_days, strict=True):
        over = found.ends[rows] + last_day < day_number(on)
        where = _where(found, rows, found.ends[rows] + last_day)
        where[~over] = WHERE.index(Where.NOT_YET_KNOWN)
        rung = rungs.since(found.ends[rows] + first_day, found.ends[rows] + last_day)
        rung[~over] = RUNG_SINCE.index(RungSince.NOT_YET_KNOWN)
        counts.append(_counts(where, rung, first_day, last_day))
    return tuple(counts)


def _counts(
    where: NDArray[np.int64], rung: NDArray[np.int64], first_day: int, last_day: int
) -> WindowCounts:
    followed = np.isin(where, [WHERE.index(one) for one in FOLLOWED])
    lower = rung == RUNG_SINCE.index(RungSince.LOWER)
    idle = where == WHERE.index(Where.NO_ACTIVITY)
    compared = lower | (rung == RUNG_SINCE.index(RungSince.NOT_LOWER))
    return WindowCounts(
        first_day=first_day,
        last_day=last_day,
        ends=len(where),
        where={name: int(np.sum(where == at)) for at, name in enumerate(WHERE)},
        rung={name: int(np.sum(rung == at)) for at, name in enumerate(RUNG_SINCE)},
        fell_back=int(np.sum(followed & (idle | lower))),
        followed=int(np.sum(followed)),
        measured=int(np.sum(followed & compared)),
    )


def _where(
    found: Participations, rows: NDArray[np.intp], days: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return where the person of each row is on a day, as places in WHERE."""
    index = np.unique(found.person, return_inverse=True)[1]
    asked = on_one_line(index[rows], days)
    # What began before less what ended before: of the people that come earlier on the line all
    # that began also ends there, so only the placements of this person are left.
    running = np.searchsorted(np.sort(on_one_line(index, found.starts)), asked, side="right")
    running -= np.searchsorted(np.sort(on_one_line(index, found.ends)), asked, side="right")
    where = _where_after()[last_outcomes(found, index, index[rows], days)]
    where[running > 0] = WHERE.index(Where.TAKING_PART)
    return where


def _where_after() -> NDArray[np.int64]:
    """Return for every code of an outcome, 0 for none, where it led, as a place in WHERE."""
    led = {
        Elsewhere.NOTHING: Where.NO_ACTIVITY,
        Elsewhere.MOVED_AWAY: Where.GONE,
        Elsewhere.DIED: Where.GONE,
    }
    after = [ELSEWHERE_AFTER.get(outcome, Elsewhere.NOTHING) for outcome in Outcome]
    names = [Where.NO_ACTIVITY, *(led.get(one, Where.MOVED_ON) for one in after)]
    return np.array([WHERE.index(name) for name in names], dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Rungs:
    """The rungs of people and versions on one line, and for each end where to look."""

    keys: NDArray[np.int64]
    starts: NDArray[np.int64]
    rungs: NDArray[np.int64]
    group: NDArray[np.int64]
    """Of each end: person with version, -1 where there was no measurement before."""
    before: NDArray[np.int64]
    """Of each end: the rung before it, 0 for none."""

    @classmethod
    def of(
        cls, known: KnownColumns, people: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> "_Rungs":
        rows = np.flatnonzero((known.kind == code_of(EntryKind.MEASUREMENT)) & (known.rung > 0))
        rows = rows[np.lexsort((rows, known.starts[rows], known.person[rows]))]
        names, person = np.unique(known.person[rows], return_inverse=True)
        versions = int(known.ladder_version.max(initial=0)) + 1
        # Numbers of people without a measurement come after all others, and find nothing.
        asked = np.where(np.isin(people, names), np.searchsorted(names, people), len(names))
        at = _last_of_group(on_one_line(person, known.starts[rows]), person, asked, ends - 1)
        there = at >= 0
        group, before = np.full(len(ends), -1, dtype=np.int64), np.zeros(len(ends), dtype=np.int64)
        found = rows[at[there]]
        group[there] = asked[there] * versions + known.ladder_version[found]
        before[there] = known.rung[found]
        own = person * versions + known.ladder_version[rows]
        order = np.lexsort((rows, known.starts[rows], own))
        starts = known.starts[rows[order]].astype(np.int64)
        rungs = known.rung[rows[order]].astype(np.int64)
        return cls(on_one_line(own[order], starts), starts, rungs, group, before)

    def since(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how the last rung of each window compares, as places in RUNG_SINCE."""
        since = np.full(len(first), RUNG_SINCE.index(RungSince.NOT_MEASURED), dtype=np.int64)
        asked = self.group >= 0
        group = np.where(asked, self.group, 0)
        at = np.searchsorted(self.keys, on_one_line(group, last), side="right") - 1
        # The rung before the end is on the line too, so with a group there is something at `at`.
        asked[asked] = self.starts[at[asked]] >= first[asked]
        lower = self.rungs[at[asked]] < self.before[asked]
        names = (RungSince.LOWER, RungSince.NOT_LOWER)
        since[asked] = np.where(lower, *(RUNG_SINCE.index(name) for name in names))
        return since


def _last_of_group(
    keys: NDArray[np.int64],
    group: NDArray[np.integer],
    asked: NDArray[np.integer],
    days: NDArray[np.int64],
) -> NDArray[np.intp]:
    """Return the last place on a line up to a day within a group; -1 where there is none."""
    at = np.searchsorted(keys, on_one_line(asked, days), side="right") - 1
    theirs = at >= 0
    theirs[theirs] = group[at[theirs]] == asked[theirs]
    return np.where(theirs, at, -1)


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
