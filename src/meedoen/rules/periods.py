"""Days and months by the calendar. A stretch is half-open: its last day is not part of it."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

MONTHS_IN_YEAR = 12


def last_day_of_month(year: int, month: int) -> date:
    """Give the last day of a month (1 to 12)."""
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """Give the same day of the month `months` later (or earlier when negative).

    Where that month is too short the day is clipped to its last one: 31 January plus one
    month is 28 or 29 February. Raises ValueError outside the years 1 to 9999.
    """
    year, month_index = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    month = month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def has_age(birth_date: date, years: int, on: date) -> bool:
    """Return whether somebody is so many years old on a day; born on 29 February: on the 28th."""
    return add_months(birth_date, years * MONTHS_IN_YEAR) <= on


def is_month_end(day: date) -> bool:
    """Tell whether this is the last day of its month."""
    return day == last_day_of_month(day.year, day.month)


def is_year_end(day: date) -> bool:
    """Tell whether this is 31 December."""
    return (day.month, day.day) == (12, 31)


def month_ends(first: date, last: date) -> Iterator[date]:
    """Walk through every last day of a month from `first` up to and including `last`, in order."""
    day = last_day_of_month(first.year, first.month)
    while day <= last:
        yield day
        following = day + timedelta(days=1)
        day = last_day_of_month(following.year, following.month)


def days_without(
    stretches: Iterable[tuple[date, date]], others: Iterable[tuple[date, date]]
) -> list[tuple[date, date]]:
    """Return the days of some stretches that lie in none of the others, as stretches in order.

    A stretch is its first day and the first day after it.
    """
    left = list(stretches)
    for first, after in others:
        parts = [
            part
            for starts_on, ends_on in left
            for part in ((starts_on, min(ends_on, first)), (max(starts_on, after), ends_on))
        ]
        left = [(starts_on, ends_on) for starts_on, ends_on in parts if starts_on < ends_on]
    return sorted(left)
