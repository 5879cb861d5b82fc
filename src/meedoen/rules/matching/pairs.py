"""Which people may go to which places, and what speaks for each, as columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_POINTS = 10_000
"""No pair gets more: a value of at most a hundred, times weights that add up to a hundred."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Arrays of one length, with an entry for each allowed pair, by person and then by place."""

    person: NDArray[np.int32]
    """Position in the sequence of people."""
    place: NDArray[np.int32]
    """Position in the sequence of places."""
    points: NDArray[np.int32]
    """What speaks for the pair, 0 to 10,000: the sum of the contributions."""
    wish: NDArray[np.int16]
    """1 for the first place that the person picked, 2 for the second; 0 when not picked."""

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return len(self.person)

    @classmethod
    def none(cls) -> "Pairs":
        """Return pairs of nobody with nothing."""
        whole = np.zeros(0, dtype=np.int32)
        return cls(whole, whole, whole, np.zeros(0, dtype=np.int16))
