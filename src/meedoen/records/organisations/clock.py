"""The one clock of Meedoen: what time it is, unless someone is living through another day.

The demo town and the tests live through years in minutes; everything else sees the real time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Return the present moment, aware of its time zone."""
    return _moment.get() or timezone.now()


def today() -> date:
    """Return the present day in the Netherlands."""
    return timezone.localtime(now()).date()


def end_of(day: date) -> datetime:
    """Return the last moment of a day in the Netherlands."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(midnight) - timedelta(microseconds=1)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Do what is inside as if it were this moment (an aware datetime)."""
    if timezone.is_naive(moment):
        raise ValueError(f"Give the moment {moment} a time zone.")
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
