"""Start + new - ended = end, as Statistics Netherlands prints it, with what does not fit shown.

CBS table 82342NED has the column "administratief verschil": what is at the end beyond what the
flows explain. Counted as known at one moment it is zero. When the start is what was published
then, it is the sum of what was corrected since, and every correction has a name.

A period begins after its first day and ends with its last: for a month they are the last day of
the month before, and of the month itself. Who took part on the first day is the stock at the
start. New is who began after it; ended is whoever was no longer there on a later day up to the
last. Somebody whose last day is the last day of the period is still in the stock at its end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.flows.participations import Runs, participations, runs_of
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number
from meedoen.rules.indicators.participating import Participations
from meedoen.rules.vocabulary import Outcome, PlaceKind

KINDS, OUTCOMES = tuple(PlaceKind), tuple(Outcome)
Name = TypeVar("Name")


class Unit(StrEnum):
    """What is counted.

    A person with two placements counts once. A person is new in a group when they took part in
    nothing of that group the day before, and ended when they do not the day after: whoever goes
    on elsewhere without a day between is neither, whoever comes back later is new again.
    """

    PLACEMENTS = "placements"
    PEOPLE = "people"


class Correction(StrEnum):
    """Why the start was published as something else than what is known now."""

    LATE_START = "late_start"
    """Took part, but it was not known then."""
    LATE_END = "late_end"
    """Had stopped, but it was not known then."""
    WITHDRAWN = "withdrawn"
    """Did not take part at all, as is known now."""
    CHANGED_DATES = "changed_dates"
    """Began or ended on another day than was thought then."""
    CHANGED_GROUP = "changed_group"
    """Counted under another kind or district then."""


CORRECTIONS = tuple(Correction)


@dataclass(frozen=True, slots=True)
class Group:
    """What a line is about; None is all of them together. District 0 is no district."""

    kind: PlaceKind | None = None
    district: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """One line of the reconciliation; `ended` by outcome, None where none was given.

    `corrections` says what the difference is made of: signed, and only what is not zero.
    """

    start: int
    new: int
    ended: Mapping[Outcome | None, int]
    end: int
    corrections: Mapping[Correction, int]

    @property
    def difference(self) -> int:
        """Return the administrative difference: what is at the end beyond what is explained."""
        return self.end - (self.start + self.new - sum(self.ended.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which period, what is counted, and per what."""

    start: date
    end: date
    unit: Unit = Unit.PLACEMENTS
    by_kind: bool = True
    by_district: bool = False

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"the period ends on {self.end}: give a day after {self.start}")


def reconcile(found: Participations, question: Question) -> dict[Group, Balance]:
    """Count every group that occurs, as known at one moment: each difference is zero.

    Raises ValueError, when the question is made, for a period that does not end after its start.
    """
    return _balances(found, found, question)


def reconcile_published(
    columns: Columns,
    placement: NDArray[np.int64],
    question: Question,
    *,
    published_at: datetime,
    known_at: datetime | None = None,
) -> dict[Group, Balance]:
    """Count with the start as it was known when it was published, and the rest as known later.

    The difference of each line is the sum of its corrections. Raises ValueError as
    `participations` does.
    """
    before = participations(columns, placement, published_at)
    return reconcile_between(before, participations(columns, placement, known_at), question)


def reconcile_between(
    before: Participations, now: Participations, question: Question
) -> dict[Group, Balance]:
    """Count with the start from what was known before, and the rest from what is known now."""
    return _balances(before, now, question)


@dataclass(frozen=True, slots=True)
class _Cells:
    """How groups are numbered: cells, `width` of them."""

    question: Question
    districts: NDArray[np.int64]

    @property
    def width(self) -> int:
        return (len(KINDS) + 1) * max(len(self.districts), 1)

    def of(self, found: Participations) -> NDArray[np.int64]:
        kind = found.kind if self.question.by_kind else np.zeros_like(found.kind)
        if not self.question.by_district:
            return kind
        place: NDArray[np.int64] = np.searchsorted(self.districts, found.district)
        return kind + place * (len(KINDS) + 1)

    def group(self, cell: int) -> Group:
        place, kind = divmod(cell, len(KINDS) + 1)
        return Group(
            kind=KINDS[kind - 1] if self.question.by_kind and kind else None,
            district=int(self.districts[place]) if self.question.by_district else None,
        )

    def count(self, cells: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(cells, minlength=self.width).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Stock:
    """Who took part on a day, each once per cell; `row` is the lowest placement that says so."""

    key: NDArray[np.int64]
    cell: NDArray[np.int64]
    row: NDArray[np.intp]


def _balances(
    before: Participations, now: Participations, question: Question
) -> dict[Group, Balance]:
    districts = np.unique(np.concatenate([before.district, now.district]))
    cells = _Cells(question, districts)
    first, last = day_number(question.start), day_number(question.end)
    then, since = _stock(before, cells, first), _stock(now, cells, first)
    start = cells.count(then.cell)
    end = cells.count(_stock(now, cells, last).cell)
    runs = _flowing(now, cells)
    new = cells.count(runs.cell[(first < runs.starts) & (runs.starts <= last)])
    over = (first < runs.ends) & (runs.ends <= last)
    ended = _crossed(cells, runs.cell[over], now.outcome[runs.row[over]], len(OUTCOMES) + 1)
    corrected = _corrected(cells, then, since, before, now, first)
    occurring = np.unique(np.concatenate([cells.of(before), cells.of(now)]))
    return {
        cells.group(cell): Balance(
            start=int(start[cell]),
            new=int(new[cell]),
            ended=_named((None, *OUTCOMES), ended[cell]),
            end=int(end[cell]),
            corrections=_named(CORRECTIONS, corrected[cell]),
        )
        for cell in occurring.tolist()
    }


def _stock(found: Participations, cells: _Cells, day: int) -> _Stock:
    rows = np.flatnonzero((found.starts <= day) & (day < found.ends))
    who = found.person if cells.question.unit is Unit.PEOPLE else found.placement
    cell = cells.of(found)[rows]
    # The rows are in order of placement, so the first of each key is the lowest.
    key, first = np.unique(who[rows] * cells.width + cell, return_index=True)
    return _Stock(key, cell[first], rows[first])


def _flowing(found: Participations, cells: _Cells) -> Runs:
    """Return the stretches whose beginnings and ends are counted."""
    if cells.question.unit is Unit.PEOPLE:
        return runs_of(found, cells.of(found))
    every = np.arange(len(found))
    return Runs(found.person, cells.of(found), found.starts, found.ends, every)


def _crossed(
    cells: _Cells, cell: NDArray[np.int64], code: NDArray[np.int64], codes: int
) -> NDArray[np.int64]:
    counts = np.bincount(cell * codes + code, minlength=cells.width * codes)
    return counts.astype(np.int64).reshape(cells.width, codes)


def _named(names: Sequence[Name], counts: NDArray[np.int64]) -> dict[Name, int]:
    return {names[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()}


def _corrected(
    cells: _Cells,
    then: _Stock,
    since: _Stock,
    before: Participations,
    now: Participations,
    day: int,
) -> NDArray[np.int64]:
    """Count per cell and correction who is in the start now and was not then, less the reverse."""
    added = since.row[~np.isin(since.key, then.key)]
    gone = then.row[~np.isin(then.key, since.key)]
    codes = len(CORRECTIONS)
    more = _crossed(cells, cells.of(now)[added], _why_added(before, now, added, day), codes)
    return more - _crossed(cells, cells.of(before)[gone], _why_gone(before, now, gone, day), codes)


def _why_added(
    before: Participations, now: Participations, rows: NDArray[np.intp], day: int
) -> NDArray[np.int64]:
    there, at = _found_again(before, now.placement[rows])
    counted = there.copy()
    counted[there] = (before.starts[at[there]] <= day) & (day < before.ends[at[there]])
    why = [(~there, Correction.LATE_START), (counted, Correction.CHANGED_GROUP)]
    return _chosen(why)


def _why_gone(
    before: Participations, now: Participations, rows: NDArray[np.intp], day: int
) -> NDArray[np.int64]:
    there, at = _found_again(now, before.placement[rows])
    over, counted = there.copy(), there.copy()
    over[there] = now.ends[at[there]] <= day
    counted[there] = ~over[there] & (now.starts[at[there]] <= day)
    over &= before.ends[rows] == FAR_FUTURE_DAY
    why = [
        (~there, Correction.WITHDRAWN),
        (counted, Correction.CHANGED_GROUP),
        (over, Correction.LATE_END),
    ]
    return _chosen(why)


def _found_again(
    found: Participations, placement: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Say which placements are in others too, and at which row; 0 where they are not."""
    there = np.isin(placement, found.placement)
    return there, np.where(there, np.searchsorted(found.placement, placement), 0)


def _chosen(why: Sequence[tuple[NDArray[np.bool_], Correction]]) -> NDArray[np.int64]:
    """Return the code of the first correction that holds; when none does, the dates changed."""
    codes: NDArray[np.int64] = np.select(
        [mask for mask, _ in why],
        [CORRECTIONS.index(name) for _, name in why],
        default=CORRECTIONS.index(Correction.CHANGED_DATES),
    )
    return codes
