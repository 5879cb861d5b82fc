"""How many will count on a later day, from who is there now, who stops and who comes.

Everything is worked out and nothing is drawn, so the same history gives the same band.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.forecast.estimate import Estimate
from meedoen.rules.forecast.quantiles import normal_quantile
from meedoen.rules.forecast.staying import Staying, staying

DAYS_IN_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Coming:
    """How many begin in a month, and how much that differs from month to month.

    `months` is how many months it was made from.
    """

    per_month: float
    variance: float
    months: int


def stock_estimate(
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    *,
    on: int,
    until: int,
    window_months: int,
    inside: float,
) -> Estimate:
    """Estimate how many stretches hold on the day `until`, with what was known on the day `on`.

    Days are counted from 1970. A stretch that was said to end after `on` ends then; one that is to
    begin later is left out, for who comes is estimated. The spread is that of people who each may
    stop, of months that differ, and of chances that were worked out from few.
    """
    begun = starts <= on
    starts, ends = starts[begun], ends[begun]
    since = max(on - round(window_months * DAYS_IN_MONTH), int(starts.min(initial=on)))
    days = until - on
    chances = staying(starts, ends, since=since, until=on)
    here = ends > on
    stays = np.where(ends[here] > until, chances.still_there(on - starts[here], days), 0.0)
    new, new_variance = _newcomers(coming(starts, since=since, until=on), chances, days)
    leaving = float((1 - stays[stays > 0]).sum())
    doubt = leaving * leaving / chances.stops if chances.stops else 0.0
    variance = float((stays * (1 - stays)).sum()) + doubt + new_variance
    return Estimate(float(stays.sum()) + new, normal_quantile(inside) * float(np.sqrt(variance)))


def coming(starts: NDArray[np.int64], *, since: int, until: int) -> Coming:
    """Return how many began per month between two days; the days of the last are included."""
    months = int((until - since) // DAYS_IN_MONTH)
    if not months:
        return Coming(0.0, 0.0, 0)
    ago = ((until - starts) // DAYS_IN_MONTH).astype(np.int64)
    counts = np.bincount(ago[(ago >= 0) & (ago < months)], minlength=months)
    per_month = float(counts.mean())
    spread = float(counts.var(ddof=1)) if months > 1 else 0.0
    return Coming(per_month, max(spread, per_month), months)


def _newcomers(rate: Coming, chances: Staying, days: int) -> tuple[float, float]:
    """Return how many who begin in the coming days still count after them, with the variance."""
    if not rate.months or not days:
        return 0.0, 0.0
    remaining = np.arange(days, dtype=np.int64)
    stays = float(np.exp(-chances.risk_by(remaining)).mean())
    months = days / DAYS_IN_MONTH
    expected = rate.per_month * months
    of_months = rate.variance * months * (1 + months / rate.months)
    return expected * stays, of_months * stays * stays + expected * stays * (1 - stays)
