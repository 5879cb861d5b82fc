"""Work that comes back at fixed times: put in the queue once for each time, by whoever watches.

Any number of workers watch the same clock. The row for a moment and the work are written in one
transaction, and the row can be there once: so the work is in the queue once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.db import transaction

from meedoen.records.jobs.models import Slot

DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at a time on the clock of the wall."""

    at: time

    def latest(self, now: datetime, zone: tzinfo) -> datetime:
        """Return the last of these moments up to and including now."""
        return _latest(now, zone, self.at, 0, 1)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every week on a day (0 is Monday) at a time on the clock of the wall."""

    weekday: int
    at: time

    def latest(self, now: datetime, zone: tzinfo) -> datetime:
        """Return the last of these moments up to and including now."""
        back = (now.astimezone(zone).weekday() - self.weekday) % DAYS_IN_WEEK
        return _latest(now, zone, self.at, back, DAYS_IN_WEEK)


@dataclass(frozen=True, slots=True)
class Monthly:
    """Every month on a day of it, at most the 28th, at a time on the clock of the wall."""

    day: int
    at: time

    def latest(self, now: datetime, zone: tzinfo) -> datetime:
        """Return the last of these moments up to and including now."""
        month = now.astimezone(zone).date().replace(day=1)
        moment = self._in_month(month, zone)
        if moment > now:
            moment = self._in_month((month - timedelta(days=1)).replace(day=1), zone)
        return moment

    def _in_month(self, month: date, zone: tzinfo) -> datetime:
        return datetime.combine(month.replace(day=self.day), self.at, tzinfo=zone)


@dataclass(frozen=True, slots=True)
class Periodic:
    """A piece of work, when it is to be done, and until how long after that it still makes sense.

    `put_in_queue` puts it in the queue, and does no more than that.
    """

    name: str
    put_in_queue: Callable[[], object]
    when: Daily | Weekly | Monthly
    worth_doing_for: timedelta


def put_due_work_in_queue(work: Periodic, *, now: datetime, zone: tzinfo) -> bool:
    """Put the work of the last moment in the queue; return whether this was the one to do it.

    What was missed while no worker ran is done now, once: the last moment, unless that is too
    long ago.
    """
    moment = work.when.latest(now, zone)
    if now - moment > work.worth_doing_for:
        return False
    known = Slot.objects.filter(name=work.name, moment=moment)
    if known.exists():
        return False
    with transaction.atomic():
        _slot, first = Slot.objects.get_or_create(name=work.name, moment=moment)
        if first:
            work.put_in_queue()
    return first


def forget_slots_before(moment: datetime) -> None:
    """Remove the rows of moments that nobody will look at again."""
    Slot.objects.filter(moment__lt=moment).delete()


def _latest(now: datetime, zone: tzinfo, at: time, days_back: int, every_days: int) -> datetime:
    day = now.astimezone(zone).date() - timedelta(days=days_back)
    moment = datetime.combine(day, at, tzinfo=zone)
    if moment > now:
        moment = datetime.combine(day - timedelta(days=every_days), at, tzinfo=zone)
    return moment
