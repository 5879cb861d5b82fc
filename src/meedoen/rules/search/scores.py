"""How well the words of a question fit what holds them, as columns: there may be thousands."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Self

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The numbers of what was found, each once, and the score of each in the same position.

    Numbers rise, unless they were put in another order by `best_first`.
    """

    numbers: Numbers
    scores: Numbers

    @classmethod
    def of(cls, groups: Iterable[tuple[int, Numbers]]) -> Self:
        """Return the best score of each number, of groups of numbers with one score."""
        rising = sorted(groups, key=lambda group: group[0])
        numbers = _together([them for _score, them in rising])
        scores = np.repeat(
            np.array([score for score, _them in rising], np.int64),
            [len(them) for _score, them in rising],
        )
        # The sort keeps the order of equal numbers, so the best score of each comes last.
        order = np.argsort(numbers, kind="stable")
        numbers, scores = numbers[order], scores[order]
        last = np.append(numbers[1:] != numbers[:-1], True)[: len(numbers)]
        return cls(numbers[last], scores[last])

    @classmethod
    def in_all(cls, found: Iterable[Self]) -> Self:
        """Return what is in all of these, of which there is at least one, with scores added up."""
        return reduce(cls._and, sorted(found, key=len))

    def __len__(self) -> int:
        return len(self.numbers)

    def only(self, numbers: Numbers) -> Self:
        """Return those that are among these numbers."""
        here = np.isin(self.numbers, numbers)
        return type(self)(self.numbers[here], self.scores[here])

    def best_first(self) -> Self:
        """Return the same, the highest score first, then the lowest number."""
        order = np.lexsort((self.numbers, -self.scores))
        return type(self)(self.numbers[order], self.scores[order])

    def _and(self, other: Self) -> Self:
        numbers, here, there = np.intersect1d(
            self.numbers, other.numbers, assume_unique=True, return_indices=True
        )
        return type(self)(numbers, self.scores[here] + other.scores[there])


def _together(columns: list[Numbers]) -> Numbers:
    return np.concatenate(columns) if columns else np.array([], np.int64)
