"""Days and moments as whole numbers, one by one and in arrays."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.sorting import each_once

EPOCH = date(1970, 1, 1)
EPOCH_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
FAR_FUTURE_DAY = (date.max - EPOCH).days + 1
"""The day after the last that a date can hold: an open stretch holds every date."""
FAR_FUTURE = FAR_FUTURE_DAY * 24 * 60 * 60 * 1_000_000
"""The same day in microseconds: a statement with this moment was never replaced."""
DAY_SPAN = FAR_FUTURE_DAY - (date.min - EPOCH).days + 1
"""More than any two day numbers can differ."""


def day_number(day: date) -> int:
    """Count the days since 1 January 1970."""
    return (day - EPOCH).days


def date_of(number: int) -> date:
    """Give the date of a day number."""
    return EPOCH + timedelta(days=number)


def moment_number(moment: datetime) -> int:
    """Count the microseconds since 1970 in UTC.

    Raises ValueError for a moment without a time zone.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give an aware moment")
    return (moment - EPOCH_MOMENT) // timedelta(microseconds=1)


def moment_of(number: int) -> datetime:
    """Give the moment of a number of microseconds, in UTC."""
    return EPOCH_MOMENT + timedelta(microseconds=number)


def plus_months(days: NDArray[Any], months: int) -> NDArray[np.int64]:
    """Move day numbers `months` later, clipped to the length of the month.

    The same rule as `meedoen.rules.periods.add_months`, for an array.
    """
    return each_once(days, lambda each: _plus_months(each, months))


def _plus_months(days: NDArray[Any], months: int) -> NDArray[np.int64]:
    dates: NDArray[np.datetime64] = days.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    day_of_month = dates - month.astype("datetime64[D]")
    target = month + np.timedelta64(months, "M")
    first = target.astype("datetime64[D]")
    length = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - first
    clipped = np.minimum(day_of_month, length - np.timedelta64(1, "D"))
    moved: NDArray[np.int64] = (first + clipped).astype(np.int64)
    return moved


def years_of(days: NDArray[Any]) -> NDArray[np.int64]:
    """Give the calendar year of every day number, counted from 1970."""
    return each_once(
        days, lambda each: each.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    )


def first_days_of_years(years: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the day number of 1 January of every year, counted from 1970."""
    return each_once(
        years, lambda each: each.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    )
