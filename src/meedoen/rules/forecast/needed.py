"""What it takes to reach a target, and whether the forecast says that it will be reached."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meedoen.rules.forecast.estimate import Band
from meedoen.rules.forecast.forecast import Forecast
from meedoen.rules.indicators.language import Direction

DAYS_IN_MONTH = 30.4375


class Outlook(StrEnum):
    """What a forecast says of a target."""

    ON_COURSE = "on_course"
    """The whole band is on the right side."""
    IN_DOUBT = "in_doubt"
    """The target lies in the band."""
    IN_DANGER = "in_danger"
    """The whole band is on the wrong side."""


@dataclass(frozen=True, slots=True)
class Needed:
    """How far it is to a target, in the unit of the figure.

    `difference` is the target minus the figure of now: for at least what is still to come, for at
    most what there is still room for; below nought it has been passed. `months_left` is what is
    left of the year.
    """

    difference: int
    months_left: float
    so_far_per_month: float | None
    """How much came per month this year; None in the first half month."""

    @property
    def per_month(self) -> float | None:
        """Return how much has to come per month; None when the year is as good as over."""
        return self.difference / self.months_left if self.months_left >= LEAST_MONTHS else None


LEAST_MONTHS = 0.5
"""Of less than half a month nothing per month is said: a few days would make a large number."""


def outlook(direction: Direction, target: int, band: Band) -> Outlook | None:
    """Say whether a target will be reached; None for a figure that is explicitly no goal."""
    if direction is Direction.AT_LEAST:
        surely, never = band.low >= target, band.high < target
    elif direction is Direction.AT_MOST:
        surely, never = band.high <= target, band.low > target
    else:
        return None
    if surely:
        return Outlook.ON_COURSE
    return Outlook.IN_DANGER if never else Outlook.IN_DOUBT


def needed(made: Forecast, target: int) -> Needed:
    """Return how far it is from where the figure stands to a target at the end of the year."""
    passed = _months(date(made.on.year - 1, 12, 31), made.on)
    return Needed(
        difference=target - made.now,
        months_left=_months(made.on, made.year_end),
        so_far_per_month=(made.now - made.at_start) / passed if passed >= LEAST_MONTHS else None,
    )


def _months(first: date, last: date) -> float:
    return (last - first).days / DAYS_IN_MONTH
