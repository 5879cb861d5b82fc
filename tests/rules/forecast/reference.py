"""The estimates once more, slowly: a loop over every day of every person, and nothing of NumPy."""

from math import exp, sqrt
from statistics import NormalDist, fmean, variance

EDGES = (0, 31, 61, 92, 183, 366, 731, 1_096)
DAYS_IN_MONTH = 30.4375


def place_of(age: int) -> int:
    """Return in which stretch of days an age lies."""
    return max(at for at, edge in enumerate(EDGES) if age >= edge)


def daily_risks(stretches, since: int, until: int) -> tuple[list[float], int]:
    """Return the chance of stopping on a day by stretch of days, and how many stopped."""
    exposed, stops = [0] * len(EDGES), [0] * len(EDGES)
    for start, end in stretches:
        for day in range(max(start, since), min(end, until)):
            exposed[place_of(day - start)] += 1
        if since < end <= until:
            stops[place_of(end - start - 1)] += 1
    if not sum(stops):
        return [0.0] * len(EDGES), 0
    overall = sum(stops) / sum(exposed)
    return [
        (stopped + 1) / (days + 1 / overall) for stopped, days in zip(stops, exposed, strict=True)
    ], sum(stops)


def chance(risks: list[float], age: int, days: int) -> float:
    """Return the chance that who began so many days ago is still there so many days later."""
    return exp(-sum(risks[place_of(day)] for day in range(age, age + days)))


def reference_stock(stretches, *, on: int, until: int, window_months: int, inside: float):
    """Return what is expected and how far the band reaches."""
    known = [(start, end) for start, end in stretches if start <= on]
    since = max(on - round(window_months * DAYS_IN_MONTH), min((s for s, _ in known), default=on))
    days = until - on
    risks, stopped = daily_risks(known, since, on)
    stays = [
        chance(risks, on - start, days) if end > until else 0.0 for start, end in known if end > on
    ]
    leaving = sum(1 - one for one in stays if one)
    expected = sum(stays)
    spread = sum(one * (1 - one) for one in stays)
    spread += leaving**2 / stopped if stopped else 0.0
    months = int((on - since) // DAYS_IN_MONTH)
    if months and days:
        ago = [int((on - start) // DAYS_IN_MONTH) for start, _ in known]
        counts = [ago.count(month) for month in range(months)]
        rate = fmean(counts)
        differs = max(variance(counts) if months > 1 else 0.0, rate)
        share = fmean(chance(risks, 0, later) for later in range(days))
        ahead = days / DAYS_IN_MONTH
        expected += rate * ahead * share
        spread += differs * ahead * (1 + ahead / months) * share**2
        spread += rate * ahead * share * (1 - share)
    return expected, NormalDist().inv_cdf((1 + inside) / 2) * sqrt(spread)
