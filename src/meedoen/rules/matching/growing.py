"""The best division among very many pairs, found by the few that matter.

It begins with the pairs of each person that weigh most, and adds those that would be better for
somebody at the prices that come out, until there are none. Then the prices prove that nothing that
was left out could have made it better (column generation, Dantzig and Wolfe 1960).
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.matching.best import best_of_each
from meedoen.rules.matching.flow import Flow, greatest
from meedoen.rules.matching.prices import least_prices, surplus_of_chosen
from meedoen.rules.matching.problem import NOWHERE, Problem

FEW = 8
"""So many pairs of each person to begin with, and to add at a time."""
MANY = 32
"""With no more pairs than this for each person on average it is quicker to take them all."""


def best_division(
    problem: Problem, few: int = FEW, many: int = MANY
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pair of each person in a best division, or NOWHERE, and the least prices.

    Raises FlowError and NoPricesError.
    """
    weight = problem.weight
    among = np.full(len(weight), len(weight) <= many * len(problem.people))
    among[_most(weight, np.diff(problem.starts), few)] = True
    while True:
        where = np.flatnonzero(among)
        part = _only(problem, where)
        chosen = _best(part)
        prices = least_prices(part, chosen)
        left = surplus_of_chosen(part, chosen, prices)
        better = weight - prices[problem.place] - left[problem.person]
        missed = np.flatnonzero(better > 0)
        if not len(missed):
            break
        of_each = np.bincount(problem.person[missed], minlength=len(problem.people))
        among[missed[_most(better[missed], of_each, few)]] = True
    placed = chosen != NOWHERE
    chosen[placed] = where[chosen[placed]]
    # They hold for all pairs, and fewer pairs never ask for higher ones: so they are the least.
    return chosen, prices


def _best(problem: Problem) -> NDArray[np.int64]:
    anyone = np.ones(len(problem.people), dtype=np.bool_)
    anywhere = np.ones(len(problem.free), dtype=np.bool_)
    weight = problem.weight
    return greatest(Flow(problem.person, problem.place, weight, problem.free, anyone, anywhere))


def _most(value: NDArray[np.int64], many: NDArray[np.int64], few: int) -> NDArray[np.intp]:
    """Return the positions of the greatest values of each person, so few at most."""
    return best_of_each(-value, many, few)


def _only(problem: Problem, where: NDArray[np.intp]) -> Problem:
    """Return the problem with only these pairs."""
    return replace(
        problem,
        person=problem.person[where],
        place=problem.place[where],
        points=problem.points[where],
        is_first=problem.is_first[where],
        starts=np.searchsorted(where, problem.starts),
    )
