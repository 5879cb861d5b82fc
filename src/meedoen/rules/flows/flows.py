"""From where to where people went over a period: between kinds of places, and between rungs.

Everybody stands once on the left and once on the right, so both sides have the same total. The
numbers are exact; `protect_flow` says what of them may be shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.flows.protected import Line, protect_lines
from meedoen.rules.indicators.after_ends import ELSEWHERE_AFTER, Elsewhere, last_outcomes
from meedoen.rules.indicators.columns import KnownColumns, code_of
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.disclosure import USUAL_THRESHOLD, Shown
from meedoen.rules.indicators.participating import Participations
from meedoen.rules.indicators.sorting import in_order
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind

KIND_NODES: tuple[str, ...] = (Elsewhere.NOTHING, *PlaceKind, *list(Elsewhere)[1:])
"""What can stand on either side, as codes; of elsewhere only nothing stands on the left."""
LOWEST_RUNG, HIGHEST_RUNG = 1, 6
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Link:
    """So many people went from one node to another: a band in a picture."""

    source: str
    target: str
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A square of people: from the node of the row to the node of the column."""

    nodes: tuple[str, ...]
    people: NDArray[np.int64]

    @property
    def total(self) -> int:
        """Return everybody, each once."""
        return int(self.people.sum())

    @property
    def links(self) -> tuple[Link, ...]:
        """Return what is not zero, by row and column."""
        return tuple(
            Link(self.nodes[row], self.nodes[column], int(self.people[row, column]))
            for row, column in np.argwhere(self.people).tolist()
        )


@dataclass(frozen=True, slots=True)
class ShownFlow:
    """What of a flow may be shown. Both sides keep all nodes, also those that are zero."""

    cells: Mapping[tuple[str, str], Shown]
    sources: Mapping[str, Shown]
    targets: Mapping[str, Shown]
    total: Shown


@dataclass(frozen=True, slots=True, eq=False)
class RungFlow:
    """People with two or more measurements in one version of the ladder, and those with one."""

    flow: Flow
    measured_once: int


@dataclass(frozen=True, slots=True, eq=False)
class RungMoves:
    """Rows of a history: the first and the last measurement of each person, and single ones."""

    opening: NDArray[np.intp]
    closing: NDArray[np.intp]
    once: NDArray[np.intp]


def kind_flow(found: Participations, start: date, end: date) -> Flow:
    """Count from what people took part in on the first day to what they did on the last.

    Everybody counts who took part on a day from the first to the last, both included. Somebody
    with several placements stands under the one that began last. Who takes part in nothing on the
    last day stands where their last end in the period led. Raises ValueError for a period that
    does not end after its start.
    """
    first, last = _days(start, end)
    people, index = np.unique(found.person, return_inverse=True)
    before = _kind_on(found, index, len(people), first)
    after = _kind_on(found, index, len(people), last)
    gone = after == 0
    after[gone] = _elsewhere(found, index, len(people), last)[gone]
    seen = np.zeros(len(people), dtype=np.bool_)
    seen[index[(found.starts <= last) & (found.ends > first)]] = True
    return Flow(KIND_NODES, _square(before[seen], after[seen], len(KIND_NODES)))


def rung_flow(known: KnownColumns, start: date, end: date) -> RungFlow:
    """Count from the first to the last rung that people had in a period, both days included.

    Rungs of different versions are never compared: somebody counts by the version of their last
    measurement. Whoever has no other in that version is measured once. Raises ValueError for a
    period that ends before its start.
    """
    moves = rung_moves(known, start, end)
    nodes = tuple(str(rung) for rung in range(LOWEST_RUNG, HIGHEST_RUNG + 1))
    rungs = known.rung.astype(np.int64) - LOWEST_RUNG
    square = _square(rungs[moves.opening], rungs[moves.closing], len(nodes))
    return RungFlow(Flow(nodes, square), len(moves.once))


def rung_moves(known: KnownColumns, start: date, end: date) -> RungMoves:
    """Find the rows between which `rung_flow` counts. Raises ValueError as that does."""
    if end < start:
        raise ValueError(f"the period ends on {end}: give {start} or a day after it")
    first, last = day_number(start), day_number(end)
    measured = (known.kind == code_of(EntryKind.MEASUREMENT)) & (known.rung > 0)
    rows = np.flatnonzero(measured & (known.starts >= first) & (known.starts <= last))
    rows = rows[in_order(known.person[rows], known.starts[rows])]
    _people, begins, counts = np.unique(known.person[rows], return_index=True, return_counts=True)
    final = rows[begins + counts - 1]
    version = np.repeat(known.ladder_version[final], counts)
    same = rows[known.ladder_version[rows] == version]
    _people, begins, counts = np.unique(known.person[same], return_index=True, return_counts=True)
    opening, closing = same[begins], same[begins + counts - 1]
    more = counts > 1
    return RungMoves(opening[more], closing[more], closing[~more])


def protect_flow(flow: Flow, threshold: int = USUAL_THRESHOLD) -> ShownFlow:
    """Show what can be shown of a flow with its totals on both sides.

    No small number can be found by subtraction, along rows, columns or both. Raises ValueError
    for a threshold under 5.
    """
    cells = {
        (source, target): int(flow.people[row, column])
        for row, source in enumerate(flow.nodes)
        for column, target in enumerate(flow.nodes)
    }
    rows = {(node, TOTAL): int(flow.people[at].sum()) for at, node in enumerate(flow.nodes)}
    columns = {(TOTAL, node): int(flow.people[:, at].sum()) for at, node in enumerate(flow.nodes)}
    lines = [
        *(Line((node, TOTAL), tuple((node, to) for to in flow.nodes)) for node in flow.nodes),
        *(Line((TOTAL, node), tuple((by, node) for by in flow.nodes)) for node in flow.nodes),
        Line((TOTAL, TOTAL), tuple(rows)),
        Line((TOTAL, TOTAL), tuple(columns)),
    ]
    shown = protect_lines(cells | rows | columns | {(TOTAL, TOTAL): flow.total}, lines, threshold)
    return ShownFlow(
        cells={key: shown[key] for key in cells},
        sources={node: shown[(node, TOTAL)] for node in flow.nodes},
        targets={node: shown[(TOTAL, node)] for node in flow.nodes},
        total=shown[(TOTAL, TOTAL)],
    )


def _days(start: date, end: date) -> tuple[int, int]:
    if end <= start:
        raise ValueError(f"the period ends on {end}: give a day after {start}")
    return day_number(start), day_number(end)


def _square(before: NDArray[np.int64], after: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    cells = np.bincount(before * width + after, minlength=width * width)
    return cells.astype(np.int64).reshape(width, width)


def _kind_on(
    found: Participations, index: NDArray[np.intp], people: int, day: int
) -> NDArray[np.int64]:
    """Return the kind of each person on a day as a place in KIND_NODES; nothing is 0."""
    rows = np.flatnonzero((found.starts <= day) & (day < found.ends))
    kinds = np.zeros(people, dtype=np.int64)
    # The codes of the kinds count from 1, as their places among the nodes do. Of several writes
    # to one person the last stands: the placement that began last.
    rows = rows[np.lexsort((found.placement[rows], found.starts[rows]))]
    kinds[index[rows]] = found.kind[rows]
    return kinds


def _elsewhere(
    found: Participations, index: NDArray[np.intp], people: int, day: int
) -> NDArray[np.int64]:
    """Return where the last end of each person up to a day led, as a place in KIND_NODES."""
    return after_outcome()[last_outcomes(found, index, np.arange(people), np.full(people, day))]


def after_outcome() -> NDArray[np.int64]:
    """Return for every code of an outcome, 0 for none, the place of what follows in KIND_NODES."""
    places = [KIND_NODES.index(ELSEWHERE_AFTER.get(one, Elsewhere.NOTHING)) for one in Outcome]
    return np.array([0, *places], dtype=np.int64)
