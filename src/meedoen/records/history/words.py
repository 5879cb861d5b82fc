"""Finds which words there are among many that a database wrote one after another."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A column of words: each word once, in the order in which they first come, and where each is.

    Of each row `places` says which of the words it has.
    """

    words: Sequence[str]
    places: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.places)


def words_of(rows: Sequence[str]) -> Words:
    """Return words that many rows have, each once."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    places = np.fromiter(map(numbers.__getitem__, rows), dtype=np.int64, count=len(rows))
    return Words(list(numbers), places)
