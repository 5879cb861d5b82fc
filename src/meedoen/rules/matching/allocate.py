"""Divides scarce places over everyone who waits, as well as can be, and proves it by prices.

As many people as possible get the place they wish most; with that, what speaks for the pairs adds
up to as much as possible; among divisions that are equally good, waiting longer decides.
"""

from dataclasses import dataclass
from operator import mul

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.matching.flow import Flow, greatest
from meedoen.rules.matching.growing import best_division
from meedoen.rules.matching.pairs import MOST_POINTS, Pairs
from meedoen.rules.matching.prices import best_surplus
from meedoen.rules.matching.problem import NOWHERE, Problem, problem_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """The numbers of the people who wait, each once, and for how many days each of them waits."""

    people: tuple[int, ...]
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seats:
    """The numbers of the places, each once, and how many people each of them has room for."""

    places: tuple[int, ...]
    free: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """What something brings: so many more first wishes, and so many points more or less."""

    first_wishes: int
    points: int


@dataclass(frozen=True, slots=True)
class Division:
    """Who goes where: a proposal, in the order of the people who wait.

    `place_of` holds the number of a place, None for who gets none. `prices` says for each place,
    in the order of the seats, what one more seat there would bring; they prove that nothing better
    is possible.
    """

    place_of: tuple[int | None, ...]
    first_wishes: int
    points: int
    prices: tuple[Worth, ...]


class NotOptimalError(ValueError):
    """A division does not hold, or its prices do not prove that nothing better is possible."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep a sentence for each problem."""
        self.problems = problems
        super().__init__("\n".join(problems))


def allocate(waiting: Waiting, seats: Seats, pairs: Pairs) -> Division:
    """Return the best division; the order in which anything is given plays no part.

    Raises UnusableInputError with every mistake at once; FlowError and NoPricesError when the
    solver falls short, so that no division is handed out that is not the best.
    """
    problem = _problem(waiting, seats, pairs)
    _, prices = best_division(problem)
    chosen = _for_whom_waits_longest(problem, prices)
    return _division(problem, seats, chosen, prices)


def check(waiting: Waiting, seats: Seats, pairs: Pairs, division: Division) -> None:
    """Check without a solver that a division holds and that none is better.

    For any prices, what is left to everyone at best and what all seats are worth together is a
    bound that no division goes above. Raises NotOptimalError when capacity, pairs or totals are
    wrong or the bound is not reached, UnusableInputError for mistakes in what was divided.
    """
    problem = _problem(waiting, seats, pairs)
    problems = _wrong_in_shape(problem, division)
    if not problems:
        problems = _wrong_places(problem, seats, division) + _not_proven(problem, division)
    if problems:
        raise NotOptimalError(tuple(problems))


def pairs_given(problem: Problem, seats: Seats, division: Division) -> NDArray[np.int64]:
    """Return the pair that everyone got, or NOWHERE, in the order of the problem.

    Somebody with a place that is not among their pairs is as somebody without a place.
    """
    rank = {seats.places[given]: at for at, given in enumerate(problem.places.tolist())}
    got = (division.place_of[given] for given in problem.people.tolist())
    where = np.fromiter(
        (NOWHERE if place is None else rank.get(place, NOWHERE) for place in got),
        np.int64,
        len(problem.people),
    )
    chosen = np.full(len(problem.people), NOWHERE, dtype=np.int64)
    pairs = np.flatnonzero(problem.place == where[problem.person])
    chosen[problem.person[pairs]] = pairs
    return chosen


def worth_of(problem: Problem, weight: int) -> Worth:
    """Return what a weight stands for."""
    return Worth(*problem.split(weight))


def _problem(waiting: Waiting, seats: Seats, pairs: Pairs) -> Problem:
    return problem_of(waiting.people, waiting.days, seats.places, seats.free, pairs)


def _for_whom_waits_longest(problem: Problem, prices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, of all best divisions, the one that means most to who waits longest.

    A division is as good as any just when everyone gets what is best for them at these prices
    and every seat that is worth something is taken. What somebody gets counts once for each day.
    """
    surplus = best_surplus(problem, prices)
    left = problem.weight - prices[problem.place]
    tight = np.flatnonzero(left == surplus[problem.person])
    # One is added, so that also a pair without points and a wait without days count.
    got = problem.points[tight] + problem.is_first[tight] * (MOST_POINTS + 1) + 1
    days = problem.days[problem.person[tight]] + 1
    flow = Flow(
        problem.person[tight],
        problem.place[tight],
        got * days,
        problem.free,
        surplus == 0,
        prices == 0,
    )
    chosen = greatest(flow)
    return np.where(chosen == NOWHERE, NOWHERE, tight[chosen]) if len(tight) else chosen


def _division(
    problem: Problem, seats: Seats, chosen: NDArray[np.int64], prices: NDArray[np.int64]
) -> Division:
    pairs = chosen[chosen != NOWHERE]
    place_of: list[int | None] = [None] * len(problem.people)
    for person, place in zip(
        problem.people[problem.person[pairs]].tolist(),
        problem.places[problem.place[pairs]].tolist(),
        strict=True,
    ):
        place_of[person] = seats.places[place]
    in_given_order = np.empty_like(prices)
    in_given_order[problem.places] = prices
    return Division(
        place_of=tuple(place_of),
        first_wishes=int(problem.is_first[pairs].sum()),
        points=int(problem.points[pairs].sum()),
        prices=tuple(worth_of(problem, price) for price in in_given_order.tolist()),
    )


def _wrong_in_shape(problem: Problem, division: Division) -> list[str]:
    """Return whether the division is about other people or other places."""
    problems = []
    if len(division.place_of) != len(problem.people):
        problems.append(
            f"The division is about {len(division.place_of)} people, not {len(problem.people)}."
        )
    if len(division.prices) != len(problem.places):
        problems.append(
            f"The division has {len(division.prices)} prices for {len(problem.places)} places."
        )
    return problems


def _wrong_places(problem: Problem, seats: Seats, division: Division) -> list[str]:
    """Return who got what they may not have, which place is too full, which total is off."""
    chosen = pairs_given(problem, seats, division)
    pairs = chosen[chosen != NOWHERE]
    problems = []
    if len(pairs) != len([place for place in division.place_of if place is not None]):
        problems.append("Somebody got a place that is not among the allowed pairs.")
    taken = np.bincount(problem.place[pairs], minlength=len(problem.free))
    for at in np.flatnonzero(taken > problem.free).tolist():
        number = seats.places[int(problem.places[at])]
        problems.append(f"Place {number} has {problem.free[at]} seats and got {taken[at]} people.")
    totals = (int(problem.is_first[pairs].sum()), int(problem.points[pairs].sum()))
    if totals != (division.first_wishes, division.points):
        problems.append(
            f"The division says {division.first_wishes} first wishes and {division.points} points; "
            f"it holds {totals[0]} and {totals[1]}."
        )
    return problems


def _not_proven(problem: Problem, division: Division) -> list[str]:
    """Return whether the prices leave room for something better."""
    joined = [problem.join(worth.first_wishes, worth.points) for worth in division.prices]
    if any(not 0 <= price <= problem.unit + MOST_POINTS for price in joined):
        return ["A price is below nothing, or above what one person can bring."]
    prices = np.asarray(joined, dtype=np.int64)[problem.places]
    seats = sum(map(mul, problem.free.tolist(), prices.tolist()))
    bound = int(best_surplus(problem, prices).sum()) + seats
    total = problem.join(division.first_wishes, division.points)
    if bound == total:
        return []
    most = worth_of(problem, bound)
    allowed = f"{most.first_wishes} first wishes and {most.points} points"
    return [f"The prices allow {allowed}; that is not what the division has."]
