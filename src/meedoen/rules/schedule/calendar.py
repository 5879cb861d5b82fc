"""A place as a calendar that programs can follow (iCalendar, RFC 5545)."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from unicodedata import category
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from meedoen.rules.schedule.holidays import is_holiday
from meedoen.rules.schedule.occurrences import days_by_rule, last_counted_day
from meedoen.rules.schedule.sessions import Session

PRODUCT = "-//Meedoen//Meedoen in de buurt//NL"
ZONE = ZoneInfo("Europe/Amsterdam")
HOLIDAYS_FOR_YEARS = 2
"""For how many years after this one holidays are taken out; people look at the calendar again."""
REFRESH = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPlace:
    """What a calendar says of a place; it holds nobody's name.

    `opens_on` and `closes_on` bound every session: on `closes_on` nobody is there any more.
    """

    key: uuid.UUID
    title: str
    description: str
    where: str
    url: str
    sessions: tuple[Session, ...]
    opens_on: date
    closes_on: date | None
    changed_at: datetime


def calendar_of(place: CalendarPlace, *, this_year: int) -> bytes:
    """Return a place as a calendar; the same place in the same year gives the same text.

    Each session is an event that comes back from this year on, with the same identity as long
    as its times stay the same. A session that falls on no day any more is left out. Raises
    RuleError.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(place.title))
    calendar.add("x-wr-timezone", str(ZONE))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add_component(_time_zone())
    for session in dict.fromkeys(place.sessions):
        for event in _event(place, session, this_year):
            calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def one_line(text: str) -> str:
    """Return a text without line breaks and other signs that do not print."""
    return " ".join("".join(_printing(text)).split())


def _lines(text: str) -> str:
    """Return a text of several lines without other signs that do not print."""
    return "\n".join("".join(_printing(line)).strip() for line in text.splitlines()).strip()


def _printing(text: str) -> Iterator[str]:
    return (" " if category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in text)


def _event(place: CalendarPlace, session: Session, this_year: int) -> Iterator[Event]:
    """Yield the event of a session; none when it falls on no day any more."""
    bounded = _bounded(place, session)
    since = max(place.opens_on, date(this_year, 1, 1))
    # Beginning later changes no other day: the first one is a day of the same rule.
    first = next(iter(days_by_rule(bounded, since=since, until=date.max)), None)
    if first is None:
        return
    event = Event()
    event.add("uid", f"{_identity(place.key, session)}@meedoen")
    event.add("dtstamp", place.changed_at.astimezone(UTC))
    event.add("last-modified", place.changed_at.astimezone(UTC))
    event.add("summary", one_line(place.title))
    event.add("description", _lines(place.description))
    if place.where:
        event.add("location", one_line(place.where))
    event.add("url", place.url)
    event.add("dtstart", _moment(first, session.opens_at))
    event.add("dtend", _moment(first, session.closes_at))
    event.add("rrule", _rule(bounded))
    left_out = _holidays(bounded, first, this_year)
    if left_out:
        event.add("exdate", [_moment(day, session.opens_at) for day in left_out])
    event.add("class", "PUBLIC")
    event.add("transp", "TRANSPARENT")
    yield event


def _bounded(place: CalendarPlace, session: Session) -> Session:
    """Return a session that ends with its place, and by a day instead of a number of times."""
    ends = [session.last_on, last_counted_day(session)]
    if place.closes_on:
        ends.append(place.closes_on - timedelta(days=1))
    parts = [part for part in session.rule.upper().split(";") if not part.startswith("COUNT=")]
    last_on = min((day for day in ends if day), default=None)
    return replace(session, rule=";".join(parts), last_on=last_on)


def _rule(session: Session) -> vRecur:
    rule: vRecur = vRecur.from_ical(session.rule)
    if session.last_on:
        # RFC 5545, section 3.3.10: beside a start with a time zone the end stands in UTC.
        rule["UNTIL"] = [_moment(session.last_on, time(23, 59, 59)).astimezone(UTC)]
    return rule


def _holidays(session: Session, first: date, this_year: int) -> list[date]:
    if not session.without_holidays:
        return []
    until = date(this_year + HOLIDAYS_FOR_YEARS + 1, 1, 1)
    return [day for day in days_by_rule(session, since=first, until=until) if is_holiday(day)]


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=ZONE)


def _identity(key: uuid.UUID, session: Session) -> uuid.UUID:
    """Return a number for a session that stays the same as long as its times do."""
    facts: Iterable[object] = (
        session.rule,
        session.first_on,
        session.last_on,
        session.opens_at,
        session.closes_at,
    )
    return uuid.uuid5(key, "|".join(map(str, facts)))


@cache
def _time_zone() -> Timezone:
    """Return the time zone of the Netherlands as it is since 1996 (directive 2000/84/EC)."""
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    zone = Timezone()
    zone.add("tzid", str(ZONE))
    for part, name, begins, from_offset, to_offset in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), winter, summer),  # noqa: DTZ001
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), summer, winter),  # noqa: DTZ001
    ):
        # The clock of the wall, just before it is put forward or back.
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": begins.month, "byday": "-1SU"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", from_offset)
        part.add("tzoffsetto", to_offset)
        zone.add_component(part)
    return zone
