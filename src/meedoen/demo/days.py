"""Working days, and the moments at which coaches write things down."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from meedoen.demo.chance import happens

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
LATE_SHARE = 0.04
"""This share is written down long after it happened, as in every real register."""
LATE_DAYS = (10, 120)
USUAL_LAG_DAYS = (0, 0, 0, 1, 1, 2, 3)
SATURDAY = 5


def midnight(day: date) -> datetime:
    """Return the first moment of a day in the Netherlands."""
    return datetime.combine(day, time(0), tzinfo=DUTCH_TIME)


def working_day(day: date) -> date:
    """Return the day itself, or the Monday after when it falls in a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def later(random: Random, day: date, least: int, most: int) -> date:
    """Return a working day that lies about `least` to `most` days after this one."""
    return working_day(day + timedelta(days=random.randint(least, most)))


def at_the_desk(random: Random, day: date) -> datetime:
    """Return a moment in office hours on the first working day from this day on."""
    moment = time(hour=random.randint(9, 16), minute=random.randint(0, 59))
    return datetime.combine(working_day(day), moment, tzinfo=DUTCH_TIME)


def written_down(random: Random, day: date, *, not_before: datetime | None = None) -> datetime:
    """Return when something that happened on this day was written down: mostly soon after it.

    With `not_before` it is at least eight days after that moment, so that statements about the
    same thing are never made in the same week.
    """
    if happens(random, LATE_SHARE):
        lag = random.randint(*LATE_DAYS)
    else:
        lag = random.choice(USUAL_LAG_DAYS)
    first = day + timedelta(days=lag)
    if not_before is not None:
        first = max(first, not_before.date() + timedelta(days=8))
    return at_the_desk(random, first)
