"""On which days a time that comes back falls, and which half-days of the week it takes."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, date, time
from itertools import islice

from meedoen.rules import half_days
from meedoen.rules.schedule.holidays import is_holiday
from meedoen.rules.schedule.rule import Frequency, NthDay, Rule, read_rule
from meedoen.rules.schedule.sessions import Session

LONGEST_WINDOW = 3 * 366
"""How many days from the first one on are looked at, whatever is asked: rules have no end."""
MOST_PERIODS = 5_000
"""How many weeks or months are looked at for a rule that says how many times."""
LAST_MONTH = MAXYEAR * 12 + 11
NOON, EVENING = time(12), time(18)


def occurrences(session: Session, *, since: date, until: date) -> list[date]:
    """Return the days on which a session is, from `since` up to and not including `until`.

    In order, without public holidays where nobody is there then. No further than three years
    from the first day that is looked at. Raises RuleError for a rule that cannot be read.
    """
    days = days_by_rule(session, since=since, until=until)
    return [day for day in days if not (session.without_holidays and is_holiday(day))]


def days_by_rule(session: Session, *, since: date, until: date) -> list[date]:
    """Return the days as `occurrences` does, public holidays among them."""
    return list(_each_day(session, since=since, until=until))


def falls_on_a_day(session: Session) -> bool:
    """Return whether a session is on any day of its first three years. Raises RuleError."""
    days = _each_day(session, since=session.first_on, until=date.max)
    return next(days, None) is not None


def _each_day(session: Session, *, since: date, until: date) -> Iterator[date]:
    first = max(since, session.first_on).toordinal()
    stop = min(until.toordinal(), first + LONGEST_WINDOW)
    if session.last_on:
        stop = min(stop, session.last_on.toordinal() + 1)
    rule = read_rule(session.rule)
    return (date.fromordinal(day) for day in _days(rule, session.first_on, first, stop))


def last_counted_day(session: Session) -> date | None:
    """Return the last day of a rule that says how many times; None when it says no number.

    Also None when so many times never come. Raises RuleError.
    """
    rule = read_rule(session.rule)
    if rule.count is None:
        return None
    first = session.first_on.toordinal()
    days = list(_days(rule, session.first_on, first, date.max.toordinal()))
    return date.fromordinal(days[-1]) if days else None


def half_days_of(sessions: Iterable[Session]) -> int:
    """Return the mask of `rules.half_days` that sessions take: by weekday, and by the clock.

    The morning ends at twelve, the afternoon at six; a session may take several. A day of the
    month, such as the fifteenth, falls on any day of the week. Raises RuleError.
    """
    return half_days.from_codes(
        f"{half_days.DAYS[weekday]}_{part}"
        for session in sessions
        for weekday in weekdays_of(session)
        for part in _parts_of_day(session)
    )


def weekdays_of(session: Session) -> tuple[int, ...]:
    """Return the days of the week a session can fall on, 0 for Monday. Raises RuleError."""
    rule = read_rule(session.rule)
    if rule.days:
        return tuple(sorted({day.weekday for day in rule.days}))
    if rule.frequency is Frequency.MONTHLY:
        return tuple(range(len(half_days.DAYS)))
    return (session.first_on.weekday(),)


def _parts_of_day(session: Session) -> Iterator[str]:
    if session.opens_at < NOON:
        yield "morning"
    if session.opens_at < EVENING and session.closes_at > NOON:
        yield "afternoon"
    if session.closes_at > EVENING:
        yield "evening"


# --- days as ordinal numbers, so that nothing ends at the last day of the calendar ---------------


def _days(rule: Rule, first_on: date, start: int, stop: int) -> Iterator[int]:
    """Yield the days of a rule that begins on a day, from `start` up to and not `stop`, in order.

    A rule with a number of times is counted from its beginning.
    """
    begin = first_on.toordinal()
    counted = rule.count is not None
    periods = _periods(rule, first_on, begin if counted else start, stop)
    days = (day for period in periods for day in _picked(rule, first_on, period) if day >= begin)
    for day in islice(days, rule.count):
        if day >= stop:
            return
        if day >= start:
            yield day


def _periods(rule: Rule, first_on: date, start: int, stop: int) -> Iterator[range]:
    """Yield the weeks or months of a rule, as ranges of days, that touch the stretch.

    At most as many as there can be times: a rule that never falls on a day ends too.
    """
    weekly = rule.frequency is Frequency.WEEKLY
    periods = (_weeks if weekly else _months)(rule, first_on, start)
    for period in islice(periods, MOST_PERIODS):
        if period.start >= stop:
            return
        yield period


def _weeks(rule: Rule, first_on: date, start: int) -> Iterator[range]:
    first_week = first_on.toordinal() - (first_on.weekday() - rule.week_start) % 7
    step = 7 * rule.interval
    week = first_week + max(0, (start - first_week) // step) * step
    while week <= date.max.toordinal():
        yield range(max(week, 1), min(week + 7, date.max.toordinal() + 1))
        week += step


def _months(rule: Rule, first_on: date, start: int) -> Iterator[range]:
    first_month = _month_of(first_on)
    ahead = max(0, _month_of(date.fromordinal(start)) - first_month) // rule.interval
    for month in range(first_month + ahead * rule.interval, LAST_MONTH + 1, rule.interval):
        first_day = date(month // 12, month % 12 + 1, 1)
        length = monthrange(first_day.year, first_day.month)[1]
        yield range(first_day.toordinal(), first_day.toordinal() + length)


def _month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def _picked(rule: Rule, first_on: date, period: range) -> list[int]:
    """Return the days of one week or month that the rule picks, in order."""
    days = [day for day in period if _fits(rule, first_on, day, period)]
    if not rule.positions:
        return days
    at = {one - 1 if one > 0 else len(days) + one for one in rule.positions}
    return [day for position, day in enumerate(days) if position in at]


def _fits(rule: Rule, first_on: date, day: int, period: range) -> bool:
    if rule.month_days and not _one_of(rule.month_days, day, period):
        return False
    if rule.days:
        return any(_is_nth(one, day, period) for one in rule.days)
    if rule.month_days:
        return True
    if rule.frequency is Frequency.WEEKLY:
        return _weekday(day) == first_on.weekday()
    return day - period.start == first_on.day - 1


def _one_of(month_days: tuple[int, ...], day: int, month: range) -> bool:
    return day - month.start + 1 in month_days or day - month.stop in month_days


def _is_nth(wanted: NthDay, day: int, period: range) -> bool:
    if _weekday(day) != wanted.weekday:
        return False
    if wanted.nth is None:
        return True
    if wanted.nth > 0:
        return (day - period.start) // 7 + 1 == wanted.nth
    return (period.stop - 1 - day) // 7 + 1 == -wanted.nth


def _weekday(day: int) -> int:
    """Return the day of the week, 0 for Monday: day 1 of the calendar was one."""
    return (day - 1) % 7
