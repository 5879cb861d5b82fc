"""How people moved on the ladder between two dates: from rung to rung, and up, down or not.

The square says from which rung to which; up, down and equal are what it adds up to, and the same as
the classes of growth of a year when the dates are those of a year. What may be told of it hangs
together: whoever knows how many went up in all could subtract those that are told by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.flows.flows import Flow, RungMoves, rung_flow, rung_moves
from meedoen.rules.flows.named import any_small, name_rows
from meedoen.rules.flows.told_flow import REST, ToldFlow, ToldSource, tell_flow
from meedoen.rules.indicators.columns import KnownColumns
from meedoen.rules.indicators.disclosure import PROTECTED, USUAL_THRESHOLD, Shown, protect
from meedoen.rules.indicators.people_words import GrowthClass

CLASSES = tuple(GrowthClass)
NO_DISTRICT = 0
"""Of whom no district is known."""

Classes = tuple[int, ...]
"""How many people there are in each of CLASSES, in that order."""


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """The exact numbers. Somebody counts in the district of their last measurement."""

    flow: Flow
    classes: Classes
    districts: Mapping[int, Classes]


@dataclass(frozen=True, slots=True)
class ToldLadder:
    """What may be told. `rest_of_districts` is that of the districts that are not named.

    `districts` is empty and there is no rest where the classes themselves cannot be told.
    """

    flow: ToldFlow
    classes: Mapping[GrowthClass, Shown]
    districts: Mapping[int, Classes]
    rest_of_districts: Classes | None


def ladder(known: KnownColumns, start: date, end: date) -> Ladder:
    """Count between two dates, both included. Raises ValueError as `rung_flow` does."""
    moves = rung_moves(known, start, end)
    rows, classes = _classes(known, moves)
    numbers, places = np.unique(known.district[rows], return_inverse=True)
    width = len(CLASSES)
    square = np.bincount(places * width + classes, minlength=len(numbers) * width)
    table = square.reshape(len(numbers), width)
    return Ladder(
        flow=rung_flow(known, start, end).flow,
        classes=tuple(table.sum(axis=0).tolist()),
        districts={
            number: tuple(row) for number, row in zip(numbers.tolist(), table.tolist(), strict=True)
        },
    )


def _classes(known: KnownColumns, moves: RungMoves) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Return the last measurement of everybody, and their class as a place in CLASSES."""
    went = known.rung[moves.closing].astype(np.int64) - known.rung[moves.opening]
    up, down, equal, once = (
        CLASSES.index(one)
        for one in (
            GrowthClass.GROWTH,
            GrowthClass.DECLINE,
            GrowthClass.EQUAL,
            GrowthClass.MEASURED_ONCE,
        )
    )
    moved = np.where(went > 0, up, np.where(went < 0, down, equal))
    single = np.full(len(moves.once), once, dtype=np.int64)
    return np.concatenate([moves.closing, moves.once]), np.concatenate([moved, single])


def tell_ladder(found: Ladder, threshold: int = USUAL_THRESHOLD) -> ToldLadder:
    """Tell what can be told without a small number. Raises ValueError for a threshold under 5.

    How many went up, down or nowhere is told only when it gives no few away among those of one
    rung who are told of together. By district it is told only when it is told of all.
    """
    flow = tell_flow(found.flow, threshold)
    together = _classes_told_together(found.flow, flow)
    if any_small(found.classes, threshold) or any(any_small(one, threshold) for one in together):
        return ToldLadder(flow, _hidden(found, threshold), {}, None)
    told = name_rows(found.districts, threshold)
    classes = {
        one: protect(count, threshold) for one, count in zip(CLASSES, found.classes, strict=True)
    }
    return ToldLadder(flow, classes, told.rows, told.rest)


def _hidden(found: Ladder, threshold: int) -> dict[GrowthClass, Shown]:
    """Show who was measured once by itself, as the flows do; and of the others only a zero in all.

    Where nobody moved at all there is nobody to protect.
    """
    covered = Shown(PROTECTED if found.flow.total else "0", hidden=bool(found.flow.total))
    once = found.classes[CLASSES.index(GrowthClass.MEASURED_ONCE)]
    return dict.fromkeys(CLASSES, covered) | {GrowthClass.MEASURED_ONCE: protect(once, threshold)}


def _classes_told_together(flow: Flow, told: ToldFlow) -> list[Classes]:
    """Return up, down and equal of those who are told of together, for each rung that is named.

    The rungs that are told together are one more.
    """
    named = {one.source: one for one in told.sources}
    others = np.zeros(3, dtype=np.int64)
    found = []
    for at, node in enumerate(flow.nodes):
        if node in named:
            found.append(_went(flow.people[at], at, _named_targets(named[node], flow)))
        else:
            # Of them only totals by aim are told: each may be found, and so must be large.
            others += np.array(_went(flow.people[at], at, frozenset()), dtype=np.int64)
    return [*found, tuple(others.tolist())]


def _named_targets(source: ToldSource, flow: Flow) -> frozenset[int]:
    return frozenset(flow.nodes.index(one.target) for one in source.links if one.target != REST)


def _went(row: NDArray[np.int64], at: int, named: frozenset[int]) -> Classes:
    """Count who went up, down and nowhere from one rung, without those who are told by name."""
    counts = [0, 0, 0]
    for target, people in enumerate(row.tolist()):
        if target not in named:
            counts[0 if target > at else 1 if target < at else 2] += people
    return tuple(counts)
