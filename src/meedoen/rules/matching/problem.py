"""What has to be divided, looked over and put in an order of its own.

The order in which people, places and pairs were given plays no part from here on.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.matching.pairs import MOST_POINTS, Pairs

MOST_DAYS = 100_000
"""Nobody waits longer than a lifetime."""
MOST_SEATS = 1_000_000_000
NOWHERE = -1
"""Stands for no place, where the position of a place would stand."""

_Columns = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]


class UnusableInputError(ValueError):
    """People, seats or pairs hold mistakes; `problems` has a sentence for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep the sentences."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Arrays in order of the numbers of people and places; positions count in that order."""

    people: NDArray[np.int64]
    """Where each person stands in what was given."""
    places: NDArray[np.int64]
    """Where each place stands in what was given."""
    days: NDArray[np.int64]
    free: NDArray[np.int64]
    person: NDArray[np.int32]
    """Of each pair, by person and then by place."""
    place: NDArray[np.int32]
    points: NDArray[np.int32]
    is_first: NDArray[np.bool_]
    """Whether the place of the pair is what the person wishes most."""
    starts: NDArray[np.int64]
    """Where the pairs of each person begin, with the end of the last behind them."""

    @property
    def unit(self) -> int:
        """Return what a first wish weighs: more than all points together can change."""
        return 2 * len(self.people) * MOST_POINTS + 1

    @property
    def weight(self) -> NDArray[np.int64]:
        """Return what each pair weighs: a first wish before any points."""
        weight = self.points.astype(np.int64)
        weight[self.is_first] += self.unit
        return weight

    def split(self, weight: int) -> tuple[int, int]:
        """Return the first wishes and the points that make up a weight."""
        most = len(self.people) * MOST_POINTS
        first_wishes = (weight + most) // self.unit
        return first_wishes, weight - first_wishes * self.unit

    def join(self, first_wishes: int, points: int) -> int:
        """Return the weight of so many first wishes and points."""
        return first_wishes * self.unit + points


def problem_of(
    people: Sequence[int],
    days: Sequence[int],
    places: Sequence[int],
    free: Sequence[int],
    pairs: Pairs,
) -> Problem:
    """Look over what was given and put it in order.

    Raises UnusableInputError with every mistake at once.
    """
    problems = [
        *_wrong_numbers("person", "days of waiting", people, days, MOST_DAYS),
        *_wrong_numbers("place", "free seats", places, free, MOST_SEATS),
        *_wrong_pairs(len(people), len(places), pairs),
    ]
    if problems:
        raise UnusableInputError(problems)
    person_order, place_order = _order(people), _order(places)
    person = _rank(person_order)[pairs.person.astype(np.intp)]
    place = _rank(place_order)[pairs.place.astype(np.intp)]
    columns = (person, place, pairs.points.astype(np.int32), pairs.wish == 1)
    person, place, points, is_first = _sorted(columns, len(places))
    return Problem(
        people=person_order,
        places=place_order,
        days=np.asarray(days, dtype=np.int64)[person_order],
        free=np.asarray(free, dtype=np.int64)[place_order],
        person=person,
        place=place,
        points=points,
        is_first=is_first,
        starts=np.searchsorted(person, np.arange(len(people) + 1, dtype=np.int32)),
    )


def _sorted(columns: _Columns, places: int) -> _Columns:
    """Return the columns by person and then by place."""
    person, place, points, is_first = columns
    keys = person * np.int64(places) + place
    if np.all(keys[1:] > keys[:-1]):
        return columns
    order = np.argsort(keys)
    return person[order], place[order], points[order], is_first[order]


def _order(numbers: Sequence[int]) -> NDArray[np.int64]:
    return np.argsort(np.asarray(numbers, dtype=np.int64), kind="stable")


def _rank(order: NDArray[np.int64]) -> NDArray[np.int32]:
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order))
    return rank


def _wrong_numbers(
    one: str, what: str, numbers: Sequence[int], values: Sequence[int], most: int
) -> list[str]:
    """Return what is wrong with the numbers of people or places, and with a value for each."""
    problems = []
    if len(numbers) != len(values):
        problems.append(f"There are {len(numbers)} x {one} and {len(values)} x {what}; give each.")
    twice = sorted(number for number, count in Counter(numbers).items() if count > 1)
    if twice:
        problems.append(f"Given more than once: {one} {_some(twice)}; give each once.")
    strange = [value for value in values if type(value) is not int or not 0 <= value <= most]
    if strange:
        problems.append(f"No number of {what}: {_some(strange)}; give 0 to {most}.")
    return problems


def _wrong_pairs(people: int, places: int, pairs: Pairs) -> list[str]:
    """Return what is wrong with the columns of the pairs."""
    columns: dict[str, tuple[NDArray[Any], int]] = {
        "person": (pairs.person, people - 1),
        "place": (pairs.place, places - 1),
        "points": (pairs.points, MOST_POINTS),
        "wish": (pairs.wish, np.iinfo(np.int16).max),
    }
    if len({column.shape for column, _ in columns.values()}) != 1:
        return ["The columns of the pairs differ in length; give an entry for each pair in each."]
    problems: list[str] = []
    for name, (column, most) in columns.items():
        strange = _beyond(column, most)
        if len(strange):
            problems.append(
                f"{len(strange)} pairs have no usable {name}: {_some(strange.tolist())}; "
                f"give whole numbers from 0 to {most}."
            )
    return problems or _twice(pairs, max(places, 1))


def _beyond(column: NDArray[Any], most: int) -> NDArray[Any]:
    """Return the values that are no whole number from 0 to the most."""
    usable = (column >= 0) & (column <= most)
    if column.dtype.kind not in "iu":
        # What is not a number is not equal to anything, itself included.
        usable &= column == np.floor(column)
    strange: NDArray[Any] = column[~usable]
    return strange


def _twice(pairs: Pairs, places: int) -> list[str]:
    keys = np.asarray(pairs.person, dtype=np.int64) * places + np.asarray(pairs.place)
    if np.all(keys[1:] > keys[:-1]):
        return []
    more = len(keys) - len(np.unique(keys))
    if not more:
        return []
    return [f"{more} pairs are given more than once; give each pair of person and place once."]


def _some(values: Sequence[object]) -> str:
    """Return the first few values for in a sentence."""
    few = ", ".join(str(value) for value in values[:5])
    return few if len(values) <= 5 else f"{few} and {len(values) - 5} more"
