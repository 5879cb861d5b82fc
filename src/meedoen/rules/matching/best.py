"""Which pairs are the best of each person, and pairs of many blocks laid together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.matching.pairs import MOST_POINTS, Pairs
from meedoen.rules.matching.stretches import stretches

_AFTER_ALL_WISHES = 2**15
_BITS_OF_POINTS, _BITS_OF_RANK = 14, 24


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The pairs of some people, by row and then by place."""

    people: NDArray[np.intp]
    """Positions of the people, by row."""
    many: NDArray[np.int64]
    """How many pairs each of them has."""
    at: NDArray[np.int32]
    points: NDArray[np.int32]
    wish: NDArray[np.int16]


def order_keys(
    wish: NDArray[np.int16],
    is_stale: NDArray[np.bool_],
    points: NDArray[np.int64],
    rank: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return a number for each pair, lowest for what comes first in the order of rank().

    Own wishes first, then what is not stale, then the most points, then the lowest number.
    """
    key = np.where(wish == 0, np.int64(_AFTER_ALL_WISHES), wish) * 2 + is_stale
    return (((key << _BITS_OF_POINTS) + MOST_POINTS - points) << _BITS_OF_RANK) + rank


def best_of_each(keys: NDArray[np.int64], many: NDArray[np.int64], most: int) -> NDArray[np.intp]:
    """Return the positions of the lowest keys of each row, so many at most, in order.

    `many` says how many pairs each row has, one row after the other.
    """
    kept = [np.zeros(0, np.intp)]
    start = 0
    for length in many.tolist():
        row = keys[start : start + length]
        best = np.argpartition(row, most)[:most] if length > most else np.arange(length)
        kept.append(start + np.sort(best))
        start += length
    return np.concatenate(kept)


def together(blocks: Sequence[Block], people: int) -> Pairs:
    """Return the pairs of all blocks, by person and then by place."""
    many = np.zeros(people, np.int64)
    for block in blocks:
        many[block.people] = block.many
    starts = np.cumsum(many) - many
    place = np.empty(many.sum(), np.int32)
    points, wish = np.empty_like(place), np.empty(len(place), np.int16)
    for block in blocks:
        to = stretches(starts[block.people], block.many)
        place[to], points[to], wish[to] = block.at, block.points, block.wish
    return Pairs(np.repeat(np.arange(people, dtype=np.int32), many), place, points, wish)
