"""How likely somebody who counts today still counts on a later day.

People who began lately stop more often than people who have been there for years. So the chance of
stopping on a day is worked out per stretch of days since somebody began, from who stopped in the
months before: a life table, as actuaries make them. Who has not stopped yet counts for the days
that they were there.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EDGES = np.array([0, 31, 61, 92, 183, 366, 731, 1_096], dtype=np.int64)
"""First day of each stretch of days since somebody began; after the last it is one stretch."""
OPEN_END = 200_000
"""Days after which nobody is looked at any more: longer than anybody lives."""
WEIGHT = 1.0
"""For so many stops everybody together counts in the chance of each stretch of days: without it one
stop among three people would say too much."""


@dataclass(frozen=True, slots=True, eq=False)
class Staying:
    """The chance of stopping, added up over the days since somebody began.

    Between the `edges` it rises in a straight line. `stops` is how many stops it was made from.
    """

    edges: NDArray[np.int64]
    risk: NDArray[np.float64]
    stops: int

    def risk_by(self, days: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the chance of stopping added up to so many days after the beginning."""
        found: NDArray[np.float64] = np.interp(days, self.edges, self.risk)
        return found

    def still_there(self, ages: NDArray[np.int64], days: int) -> NDArray[np.float64]:
        """Return the chance that who began `ages` days ago has not stopped `days` later."""
        chance: NDArray[np.float64] = np.exp(self.risk_by(ages) - self.risk_by(ages + days))
        return chance


def staying(
    starts: NDArray[np.int64], ends: NDArray[np.int64], *, since: int, until: int
) -> Staying:
    """Work out the chances from stretches, by what happened from a day up to and including one.

    `ends` is the first day after each stretch; a stretch that ends after `until` is still going on.
    """
    first = np.maximum(starts, since)
    last = np.minimum(ends, until)
    there = last > first
    begin, first, last = starts[there], first[there], last[there]
    lows, highs = EDGES, np.append(EDGES[1:], OPEN_END)
    exposed = np.array(
        [
            np.clip(np.minimum(last, begin + high) - np.maximum(first, begin + low), 0, None).sum()
            for low, high in zip(lows, highs, strict=True)
        ],
        dtype=np.float64,
    )
    stopped = (ends > since) & (ends <= until)
    lengths = ends[stopped] - starts[stopped] - 1
    stops = np.bincount(np.searchsorted(EDGES, lengths, side="right") - 1, minlength=len(EDGES))
    daily = _shrunk(stops.astype(np.float64), exposed)
    edges = np.append(EDGES, OPEN_END)
    risk = np.concatenate([[0.0], np.cumsum(daily * np.diff(edges))])
    return Staying(edges, risk, int(stops.sum()))


def _shrunk(stops: NDArray[np.float64], exposed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the daily chance of each stretch of days, drawn a little towards that of all."""
    if not stops.sum():
        return np.zeros(len(stops))
    overall = stops.sum() / exposed.sum()
    shrunk: NDArray[np.float64] = (stops + WEIGHT) / (exposed + WEIGHT / overall)
    return shrunk
