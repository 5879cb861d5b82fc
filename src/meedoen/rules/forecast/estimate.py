"""A number with how far it may be off, and the band of whole numbers that comes of it."""

from dataclasses import dataclass
from math import ceil, floor

WHOLE = 1e-9
"""What is nearer to a whole number than this is that number."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is expected, and how far on either side of it the band reaches."""

    expected: float
    reach: float


@dataclass(frozen=True, slots=True)
class Band:
    """What is expected between the lowest and the highest of the band, in whole numbers."""

    expected: int
    low: int
    high: int

    def holds(self, number: int) -> bool:
        """Tell whether a number lies in the band, both ends included."""
        return self.low <= number <= self.high


def band_of(estimate: Estimate, *, least: int = 0, most: int | None = None) -> Band:
    """Round to whole numbers, the band outwards, and cut off what cannot be.

    `least` and `most` are the lowest and highest number that the figure can have.
    """
    low = floor(estimate.expected - estimate.reach + WHOLE)
    high = ceil(estimate.expected + estimate.reach - WHOLE)
    expected = floor(estimate.expected + 0.5 + WHOLE)
    low, expected, high = (max(one, least) for one in (low, expected, high))
    if most is not None:
        low, expected, high = (min(one, most) for one in (low, expected, high))
    return Band(expected, low, high)
