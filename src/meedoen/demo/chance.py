"""Chance that can be repeated: the same words give the same dice, on every machine."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def dice(*words: object) -> Random:
    """Return dice that always fall the same way for the same words."""
    return Random(":".join(map(str, words)))  # noqa: S311 - nothing here has to be a secret


def happens(random: Random, share: float) -> bool:
    """Return True in this share of the cases (0 to 1)."""
    return random.random() < share


def pick(random: Random, weights: Mapping[T, float]) -> T:
    """Return one of the keys, the heavier the more often."""
    return random.choices(list(weights), weights=list(weights.values()))[0]


def in_any_order(random: Random, values: Sequence[T]) -> Iterator[T]:
    """Walk through the values by chance, each once; who stops early has not shuffled them all."""
    left = list(values)
    while left:
        chosen = random.randrange(len(left))
        left[chosen], left[-1] = left[-1], left[chosen]
        yield left.pop()
