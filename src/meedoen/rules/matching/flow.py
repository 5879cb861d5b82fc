"""The greatest sum over people and places, as a flow of least cost.

The work is done by OR-Tools (Apache-2.0); why is in docs/decisions/0021-dividing-places.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from meedoen.rules.matching.problem import NOWHERE


class FlowError(RuntimeError):
    """The flow could not be found, which cannot be with what was looked over before."""


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Who can go where, what each pair gains, and what has to be.

    Whoever may not stay behind has to get a place; a place that may not keep a seat has to be full.
    """

    person: NDArray[np.int32]
    place: NDArray[np.int32]
    gain: NDArray[np.int64]
    free: NDArray[np.int64]
    may_stay: NDArray[np.bool_]
    may_keep: NDArray[np.bool_]


def greatest(flow: Flow) -> NDArray[np.int64]:
    """Return for each person the pair that makes the sum of gains greatest, or NOWHERE.

    The same flow gives the same answer each time. Raises FlowError.
    """
    people, places = len(flow.may_stay), len(flow.free)
    chosen = np.full(people, NOWHERE, dtype=np.int64)
    if not len(flow.person):
        return chosen
    solver = min_cost_flow.SimpleMinCostFlow()
    place = flow.place + np.int32(people)
    arcs = _add(solver, flow.person, place, np.ones_like(flow.gain), -flow.gain)
    # Whoever gets no place goes where the empty seats come from, so that all is in balance.
    rest = people + places
    staying, keeping = np.flatnonzero(flow.may_stay), np.flatnonzero(flow.may_keep)
    _add(solver, staying, np.full_like(staying, rest), np.ones_like(staying))
    _add(solver, np.full_like(keeping, rest), keeping + people, flow.free[keeping])
    together = int(flow.free.sum()) - people
    supply = np.concatenate([np.ones(people, dtype=np.int64), -flow.free, [together]])
    solver.set_nodes_supplies(np.arange(rest + 1, dtype=np.int32), supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise FlowError(f"The division could not be found: the solver says {status.name}.")
    used = np.flatnonzero(solver.flows(arcs))
    chosen[flow.person[used]] = used
    return chosen


def _add(
    solver: min_cost_flow.SimpleMinCostFlow,
    tail: NDArray[np.integer],
    head: NDArray[np.integer],
    most: NDArray[np.int64],
    cost: NDArray[np.int64] | None = None,
) -> NDArray[np.int32]:
    """Add arcs, without cost unless there is one, and return their numbers."""
    found: NDArray[np.int32] = solver.add_arcs_with_capacity_and_unit_cost(
        tail.astype(np.int32, copy=False),
        head.astype(np.int32, copy=False),
        most,
        np.zeros_like(most) if cost is None else cost,
    )
    return found
