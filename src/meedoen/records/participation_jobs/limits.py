"""What is too long, too much or too far away to have been meant."""

from datetime import date

from meedoen.records.organisations import clock
from meedoen.rules.periods import add_months

LONGEST_WORDS = 1_000
MOST_HOURS = 40
MOST_CENTS = 1_000_000
"""More than this is a slip of the keyboard."""
EARLIEST = date(1990, 1, 1)
FURTHEST_MONTHS = 60


def first_and_last_day() -> tuple[date, date]:
    """Return between which days, both included, a stretch may lie."""
    return EARLIEST, add_months(clock.today(), FURTHEST_MONTHS)
