"""Putting many rows in order by several keys, in one sort of whole numbers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_BITS = 62


def in_order(*keys: NDArray[Any]) -> NDArray[np.intp]:
    """Return the places of rows in order of the first key, then the second, and so on.

    Rows that are the same in all keys stay in the order in which they stand. The keys are whole
    numbers and of equal length. It gives what `numpy.lexsort` gives of the keys backwards, many
    times quicker where the keys and the place fit in one number.
    """
    size = len(keys[0])
    if not size:
        return np.zeros(0, dtype=np.intp)
    lows = [int(key.min()) for key in keys]
    bits = [(int(key.max()) - low).bit_length() for key, low in zip(keys, lows, strict=True)]
    place_bits = size.bit_length()
    if sum(bits) + place_bits > MOST_BITS:
        return np.lexsort(keys[::-1])
    packed = np.zeros(size, dtype=np.int64)
    for key, low, width in zip(keys, lows, bits, strict=True):
        packed <<= width
        packed += key
        packed -= low
    packed <<= place_bits
    packed += np.arange(size)
    packed.sort()
    packed &= (1 << place_bits) - 1
    return packed
