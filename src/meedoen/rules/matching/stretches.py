"""Positions that lie in stretches, one stretch after the other."""

import numpy as np
from numpy.typing import NDArray


def stretches(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return all positions: so many from the first start, then so many from the next."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())
