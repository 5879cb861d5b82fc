"""What one more seat at each place would bring, worked out from a division alone.

These are the least prices of the dual of the problem. One more seat changes the optimum by just
that much, and with them anyone can check that no division is better (linear programming duality,
Shapley and Shubik 1971).
"""

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.matching.problem import NOWHERE, Problem
from meedoen.rules.matching.stretches import stretches


class NoPricesError(ArithmeticError):
    """The division can be bettered, so that no prices go with it."""


def least_prices(problem: Problem, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what one more seat at each place would bring, in weight.

    `chosen` holds the pair of each person, or NOWHERE. A place is worth what somebody gains by
    going there, together with what the seat they leave is worth to the next; that is followed
    until nothing rises any more. Raises NoPricesError.
    """
    weight = problem.weight
    prices = np.zeros(len(problem.free), dtype=np.int64)
    surplus = surplus_of_chosen(problem, chosen, prices)
    seated, starts = _seated(problem, chosen)
    asking = np.arange(len(problem.person))
    # No chain of moves without a gain is longer than there are places.
    for _ in range(len(problem.free) + 2):
        offered = weight[asking] - surplus[problem.person[asking]]
        higher = offered > prices[problem.place[asking]]
        risen = problem.place[asking[higher]]
        if not len(risen):
            return prices
        np.maximum.at(prices, risen, offered[higher])
        moved = seated[_stretches(starts, np.unique(risen))]
        surplus[moved] = surplus_of_chosen(problem, chosen[moved], prices)
        asking = _stretches(problem.starts, moved)
    raise NoPricesError("Going round among places brings more each time: this is not the best.")


def surplus_of_chosen(
    problem: Problem, chosen: NDArray[np.int64], prices: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return what is left to each person of what they chose, once the price is paid."""
    left = np.zeros(len(chosen), dtype=np.int64)
    placed = chosen != NOWHERE
    pairs = chosen[placed]
    left[placed] = problem.weight[pairs] - prices[problem.place[pairs]]
    return left


def best_surplus(problem: Problem, prices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each person the most that would be left at any place; at least nothing."""
    best = np.zeros(len(problem.people), dtype=np.int64)
    np.maximum.at(best, problem.person, problem.weight - prices[problem.place])
    return best


def _seated(
    problem: Problem, chosen: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the placed people in order of their place, and where each place begins."""
    placed = np.flatnonzero(chosen != NOWHERE)
    where = problem.place[chosen[placed]]
    order = np.argsort(where, kind="stable")
    starts = np.searchsorted(where[order], np.arange(len(problem.free) + 1))
    return placed[order], starts


def _stretches(starts: NDArray[np.int64], which: NDArray[np.int64]) -> NDArray[np.int64]:
    return stretches(starts[which], starts[which + 1] - starts[which])
