"""From where to where people went over a period: between kinds of places, and between rungs.

Everybody stands once on the left and once on the right, so both sides have the same total. The
numbers are exact; `protect_flow` says what of them may be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.flows.participations import Participations, on_one_line
from meedoen.rules.flows.protected import Line, protect_lines
from meedoen.rules.indicators.columns import KnownColumns, code_of
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.disclosure import USUAL_THRESHOLD, Shown
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind


class Elsewhere(StrEnum):
    """Where somebody is who takes part in no place."""

    NOTHING = "nothing"
    PAID_WORK = "to_paid_work"
    SUPPORTED_WORK = "to_supported_work"
    OWN_VOLUNTEERING = "to_own_volunteering"
    TRAINING = "to_training"
    MOVED_AWAY = "to_other_municipality"
    DIED = "died"


ELSEWHERE_AFTER: Mapping[Outcome, Elsewhere] = {
    Outcome.MOVED_ON_TO_PAID_WORK: Elsewhere.PAID_WORK,
    Outcome.MOVED_ON_TO_SUPPORTED_WORK: Elsewhere.SUPPORTED_WORK,
    Outcome.MOVED_ON_TO_OWN_VOLUNTEERING: Elsewhere.OWN_VOLUNTEERING,
    Outcome.MOVED_ON_TO_TRAINING: Elsewhere.TRAINING,
    Outcome.MOVED_AWAY: Elsewhere.MOVED_AWAY,
    Outcome.DIED: Elsewhere.DIED,
}
"""After every other outcome there is nothing, as far as is known."""

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
    period that does not end after its start.
    """
    first, last = _days(start, end)
    measured = (known.kind == code_of(EntryKind.MEASUREMENT)) & (known.rung > 0)
    rows = np.flatnonzero(measured & (known.starts >= first) & (known.starts <= last))
    rows = rows[np.lexsort((rows, known.starts[rows], known.person[rows]))]
    _people, begins, counts = np.unique(known.person[rows], return_index=True, return_counts=True)
    final = rows[begins + counts - 1]
    version = np.repeat(known.ladder_version[final], counts)
    same = rows[known.ladder_version[rows] == version]
    _people, begins, counts = np.unique(known.person[same], return_index=True, return_counts=True)
    more = counts > 1
    opening, closing = same[begins[more]], same[(begins + counts - 1)[more]]
    nodes = tuple(str(rung) for rung in range(LOWEST_RUNG, HIGHEST_RUNG + 1))
    rungs = known.rung.astype(np.int64) - LOWEST_RUNG
    square = _square(rungs[opening], rungs[closing], len(nodes))
    return RungFlow(Flow(nodes, square), int(np.sum(~more)))


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


def last_outcomes(
    found: Participations,
    index: NDArray[np.intp],
    people: Sequence[int] | NDArray[np.integer],
    days: NDArray[np.integer],
) -> NDArray[np.int64]:
    """Return the outcome of the last end of people up to a day, 0 where there is none.

    `index` numbers the person of each participation from 0; `people` are such numbers. Of ends
    on one day that of the highest placement counts.
    """
    order = np.lexsort((found.placement, found.ends, index))
    keys = on_one_line(index, found.ends)[order]
    asked = np.asarray(people, dtype=np.int64)
    places = np.searchsorted(keys, on_one_line(asked, days), side="right") - 1
    rows = order[np.maximum(places, 0)] if len(order) else np.zeros(len(asked), dtype=np.intp)
    outcomes = np.zeros(len(asked), dtype=np.int64)
    theirs = (places >= 0) & (len(order) > 0)
    theirs[theirs] = index[rows[theirs]] == asked[theirs]
    outcomes[theirs] = found.outcome[rows[theirs]]
    return outcomes
