"""When a place is open, as schedules of HSDS: recurrences with hours and their distance to UTC."""

import json
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from meedoen.rules.hsds.facts import ServiceFacts, ServiceWords
from meedoen.rules.hsds.ids import derived
from meedoen.rules.schedule.occurrences import days_by_rule, last_counted_day, weekdays_of
from meedoen.rules.schedule.rule import WEEKDAYS, Frequency, NthDay, Rule, RuleError, read_rule
from meedoen.rules.schedule.sessions import Session, sessions_as_json

HERE = ZoneInfo("Europe/Amsterdam")
WINDOWS = (35, 400, 3 * 366)
"""In how many days from the first one on to look for the first time; nearly always few."""


def schedules(service: ServiceFacts, said: ServiceWords, on: date) -> list[dict[str, Any]]:
    """Return the times of a service; twice the same is said once.

    Hours are on the clock of the wall in the Netherlands, with the distance to UTC of the day
    `on`: a time that comes back has another one in summer than in winter.
    """
    return [
        _schedule(session, service.key, said, on) for session in dict.fromkeys(service.sessions)
    ]


def _schedule(session: Session, key: uuid.UUID, said: ServiceWords, on: date) -> dict[str, Any]:
    [as_json] = sessions_as_json([session])
    offset = datetime.combine(on, time(12), tzinfo=HERE).utcoffset() or timedelta()
    notes = [said.without_holidays] if session.without_holidays else []
    recurrence = _recurrence(session)
    if not recurrence:
        notes.append(f"{said.other_rhythm} {session.rule}")
    return {
        "id": derived("schedule", str(key), json.dumps(as_json, sort_keys=True)),
        "service_id": str(key),
        "valid_from": session.first_on.isoformat(),
        # The last day, or the last of a number of times when that comes earlier.
        "valid_to": recurrence.get("until") or (session.last_on and session.last_on.isoformat()),
        "timezone": offset / timedelta(hours=1),
        **recurrence,
        "opens_at": _with_offset(session.opens_at, offset),
        "closes_at": _with_offset(session.closes_at, offset),
        "notes": " ".join(notes),
    }


def _with_offset(at: time, offset: timedelta) -> str:
    hours, minutes = divmod(round(offset / timedelta(minutes=1)), 60)
    return f"{at.isoformat('minutes')}{hours:+03d}:{minutes:02d}"


def _recurrence(session: Session) -> dict[str, Any]:
    """Return on which days a session is; nothing when HSDS has no fields that say the same."""
    try:
        rule = read_rule(session.rule)
        first = _first_day(session)
        counted = last_counted_day(session)
    except RuleError:
        return {}
    days = _one_position(rule) if rule.positions else rule.days
    if days is None or first is None:
        return {}
    ends = [day for day in (session.last_on, counted) if day] if session.last_on else []
    return {
        "dtstart": first.isoformat(),
        "until": min(ends).isoformat() if ends else None,
        "count": None if ends else rule.count,
        "wkst": WEEKDAYS[rule.week_start] if rule.frequency is Frequency.WEEKLY else None,
        "freq": rule.frequency.value,
        "interval": rule.interval,
        "byday": ",".join(_day_codes(rule, days, session)),
        "bymonthday": ",".join(map(str, _month_days(rule, days, session))),
    }


def _first_day(session: Session) -> date | None:
    for window in WINDOWS:
        until = session.first_on + timedelta(days=window)
        if days := days_by_rule(session, since=session.first_on, until=until):
            return days[0]
    return None


def _one_position(rule: Rule) -> tuple[NthDay, ...] | None:
    """Return the same day without a position, such as the second Monday; None when there is none.

    Only the so-manieth of one and the same day of the week has a name of its own.
    """
    simple = rule.frequency is Frequency.MONTHLY and not rule.month_days
    if simple and len(rule.days) == 1 and rule.days[0].nth is None:
        return tuple(NthDay(rule.days[0].weekday, position) for position in rule.positions)
    return None


def _day_codes(rule: Rule, days: tuple[NthDay, ...], session: Session) -> Iterator[str]:
    if not days and rule.frequency is Frequency.WEEKLY:
        yield from (WEEKDAYS[weekday] for weekday in weekdays_of(session))
    for day in days:
        yield f"{'' if day.nth is None else day.nth}{WEEKDAYS[day.weekday]}"


def _month_days(rule: Rule, days: tuple[NthDay, ...], session: Session) -> tuple[int, ...]:
    if rule.frequency is Frequency.MONTHLY and not days and not rule.month_days:
        return (session.first_on.day,)
    return rule.month_days
