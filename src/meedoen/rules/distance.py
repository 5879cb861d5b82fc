"""How far places are from each other, as the crow flies, in kilometres."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6_371.0088
"""The mean radius of the earth (IUGG)."""


@dataclass(frozen=True, slots=True)
class Position:
    """A position on earth in degrees (WGS 84)."""

    latitude: float
    longitude: float

    @property
    def in_the_netherlands(self) -> bool:
        """Return whether it can be; if not, they were swapped, or they are metres."""
        return 50 <= self.latitude <= 54 and 3 <= self.longitude <= 8


@dataclass(frozen=True, slots=True)
class FlatScale:
    """How many kilometres a degree is around a position, to the north and to the east.

    Around a town the earth is flat enough: within 50 km it differs less than one per cent. A
    database can work it out with a difference and a product, and so gives the same order
    everywhere.
    """

    north: float
    east: float


def km_between(one: Position, other: Position) -> float:
    """Return the distance over the earth between two positions (haversine)."""
    north = sin(radians(other.latitude - one.latitude) / 2) ** 2
    east = sin(radians(other.longitude - one.longitude) / 2) ** 2
    across = north + cos(radians(one.latitude)) * cos(radians(other.latitude)) * east
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(across)))


def flat_scale(around: Position) -> FlatScale:
    """Return how many kilometres a degree is around a position."""
    degree = radians(1) * EARTH_RADIUS_KM
    return FlatScale(north=degree, east=degree * cos(radians(around.latitude)))
