"""How people moved on the ladder between two dates: from rung to rung, and up, down or not.

The square says from which rung to which; up, down and equal are what it adds up to, and the same as
the classes of growth of a year when the dates are those of a year. `shown_ladder` says what of it
may be shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.flows.flows import Flow, RungMoves, rung_flow, rung_moves
from meedoen.rules.indicators.columns import KnownColumns
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
