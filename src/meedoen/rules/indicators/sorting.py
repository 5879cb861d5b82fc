"""Putting many rows in order by several keys, in one sort of whole numbers."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_BITS = 62


def each_once(
    numbers: NDArray[Any], work_out: Callable[[NDArray[Any]], NDArray[np.int64]]
) -> NDArray[np.int64]:
    """Work something out of many numbers; where they lie close together, of each one once.

    Days do: millions of them fall in a few years.
    """
    if not len(numbers):
        return np.zeros(0, dtype=np.int64)
    first, last = int(numbers.min()), int(numbers.max())
    if last - first >= len(numbers):
        return work_out(numbers)
    return work_out(np.arange(first, last + 1)).take(numbers - first)


def distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return each number once, in order; of many low ones that is quicker than sorting."""
    if not len(numbers) or numbers.min() < 0 or numbers.max() > len(numbers):
        return np.unique(numbers)
    return np.flatnonzero(np.bincount(numbers)).astype(numbers.dtype)


def places_among(known: NDArray[Any], asked: NDArray[Any]) -> NDArray[np.int64]:
    """Return the place of each number among known ones in order: of the first not before it.

    Where the known ones lie close together, such as days in a few years, each is looked up once.
    """
    if not len(known) or known[-1] - known[0] >= len(asked):
        return np.searchsorted(known, asked).astype(np.int64)
    first, last = int(known[0]), int(known[-1])
    places = np.searchsorted(known, np.arange(first, last + 2)).astype(np.int64)
    found: NDArray[np.int64] = places.take(np.clip(asked, first, last + 1) - first)
    return found


def changes(*keys: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell which rows have another key than the row before them; the first one always has."""
    changed = np.zeros(len(keys[0]), dtype=np.bool_)
    changed[:1] = True
    for key in keys:
        changed[1:] |= key[1:] != key[:-1]
    return changed


def in_order(*keys: NDArray[Any]) -> NDArray[np.intp]:
    """Return the places of rows in order of the first key, then the second, and so on.

    Rows that are the same in all keys stay in the order in which they stand. The keys are whole
    numbers and of equal length. It gives what `numpy.lexsort` gives of the keys backwards, many
    times quicker: the keys and the place are sorted as one number, or as several in turn where they
    do not fit in one, and rows that are in order already are left as they are.
    """
    size = len(keys[0])
    if not size:
        return np.zeros(0, dtype=np.intp)
    lows = [int(key.min()) for key in keys]
    bits = [(int(key.max()) - low).bit_length() for key, low in zip(keys, lows, strict=True)]
    place_bits = size.bit_length()
    if sum(bits) + place_bits > MOST_BITS:
        return _in_turn(*keys)
    packed = np.zeros(size, dtype=np.int64)
    for key, low, width in zip(keys, lows, bits, strict=True):
        packed <<= width
        packed += key
        packed -= low
    if (packed[1:] >= packed[:-1]).all():
        return np.arange(size)
    packed <<= place_bits
    packed += np.arange(size)
    packed.sort()
    packed &= (1 << place_bits) - 1
    return packed


def _in_turn(first: NDArray[Any], *others: NDArray[Any]) -> NDArray[np.intp]:
    """Put rows in order by the last keys, and then by the first, which leaves equal ones so."""
    if not others:
        return np.argsort(first, kind="stable")
    later = in_order(*others)
    return later[in_order(first[later])]
