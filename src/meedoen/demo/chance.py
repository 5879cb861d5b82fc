"""Chance that can be repeated: the same words give the same dice, on every machine."""

from collections.abc import Mapping
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
