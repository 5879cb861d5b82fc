"""What one more place would bring, exactly, without dividing all over again."""

from collections.abc import Sequence

import numpy as np

from meedoen.rules.matching.allocate import Division, Seats, Waiting, Worth, pairs_given, worth_of
from meedoen.rules.matching.facts import PlaceFacts
from meedoen.rules.matching.pairs import Pairs
from meedoen.rules.matching.prices import least_prices, surplus_of_chosen
from meedoen.rules.matching.problem import problem_of


def worth_of_new_places(
    waiting: Waiting,
    seats: Seats,
    pairs: Pairs,
    division: Division,
    new: Sequence[PlaceFacts],
    new_pairs: Pairs,
) -> tuple[Worth, ...]:
    """Return for each new place what one seat there would change in the best division.

    Each is looked at as if it came alone. A seat brings what somebody gains by taking it above
    what they have, where what they have counts with what the seat they leave is worth to others:
    at the least prices that is exact. `new_pairs` count places in the order of `new`. Raises
    UnusableInputError, and NoPricesError when the division is not the best.
    """
    problem = problem_of(waiting.people, waiting.days, seats.places, seats.free, pairs)
    chosen = pairs_given(problem, seats, division)
    surplus = surplus_of_chosen(problem, chosen, least_prices(problem, chosen))
    numbers = [place.place for place in new]
    coming = problem_of(waiting.people, waiting.days, numbers, [1] * len(new), new_pairs)
    worths = np.zeros(len(new), dtype=np.int64)
    np.maximum.at(worths, coming.place, coming.weight - surplus[coming.person])
    in_given_order = np.empty_like(worths)
    in_given_order[coming.places] = worths
    return tuple(worth_of(problem, worth) for worth in in_given_order.tolist())
