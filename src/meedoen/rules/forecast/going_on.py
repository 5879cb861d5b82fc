"""How a figure about a year goes on from a day, from how earlier years went on from that day."""

from collections.abc import Sequence
from statistics import fmean, stdev

from meedoen.rules.forecast.estimate import Estimate
from meedoen.rules.forecast.quantiles import student_quantile

LEAST_YEARS = 2
"""One year says nothing of how much years differ."""


def going_on_estimate(now: int, added: Sequence[int], inside: float) -> Estimate:
    """Estimate the figure at the end of the year from what was `added` in earlier years.

    `added` is what came after the same day, one number for each year. Raises ValueError for fewer
    than two years.
    """
    if len(added) < LEAST_YEARS:
        raise ValueError(f"{len(added)} earlier years; at least {LEAST_YEARS} are needed")
    years = len(added)
    spread = stdev(added) * (1 + 1 / years) ** 0.5
    return Estimate(now + fmean(added), student_quantile(inside, years - 1) * spread)
