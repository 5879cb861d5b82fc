"""A place as a calendar: read back by a library, with the days that we work out ourselves."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from meedoen.rules.schedule.calendar import CalendarPlace, calendar_of
from meedoen.rules.schedule.occurrences import occurrences
from meedoen.rules.schedule.sessions import Session

KEY = uuid.UUID(int=7)
MONDAYS = Session(
    rule="FREQ=WEEKLY;BYDAY=MO",
    first_on=date(2026, 3, 2),
    opens_at=time(9),
    closes_at=time(12),
)


def place(*sessions, **changed):
    values = {
        "key": KEY,
        "title": "Moestuin",
        "description": "We werken in de tuin.",
        "where": "De Kas, Tuinpad 1",
        "url": "https://voorbeeld.nl/plek/",
        "sessions": sessions or (MONDAYS,),
        "opens_on": date(2020, 1, 1),
        "closes_on": None,
        "changed_at": datetime(2026, 3, 1, 12, tzinfo=UTC),
    }
    return CalendarPlace(**values | changed)


def read(one, this_year=2026):
    return Calendar.from_ical(calendar_of(one, this_year=this_year))


def events(one, this_year=2026):
    return read(one, this_year).walk("VEVENT")


def days_in(event, year):
    """Work out the days of an event the way a program that follows the calendar does."""
    start = event["DTSTART"].dt
    rule = event["RRULE"].to_ical().decode()
    left_out = event.get("EXDATE")
    skipped = {one.dt for one in left_out.dts} if left_out else set()
    begin, end = (datetime(y, 1, 1, tzinfo=start.tzinfo) for y in (year, year + 1))
    found = rrulestr(rule, dtstart=start).between(begin, end, inc=True)
    return [moment.date() for moment in found if moment not in skipped]


def test_a_session_is_an_event_that_comes_back_but_not_on_holidays():
    [event] = events(place())
    assert event["SUMMARY"] == "Moestuin"
    assert event["LOCATION"] == "De Kas, Tuinpad 1"
    assert event["DTSTART"].dt == datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=3)
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO"
    left_out = [one.dt.date() for one in event["EXDATE"].dts]
    assert date(2026, 4, 6) in left_out
    assert date(2028, 4, 17) in left_out
    assert max(left_out) < date(2029, 1, 1)


def test_the_clock_is_put_forward_on_the_right_moment():
    [zone] = read(place()).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Amsterdam"
    theirs, ours = zone.to_tz(), ZoneInfo("Europe/Amsterdam")
    for hour in range(-3, 3):
        for change in (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)):
            moment = change + timedelta(hours=hour)
            assert moment.astimezone(theirs).utcoffset() == moment.astimezone(ours).utcoffset()


def test_the_same_place_gives_the_same_text():
    assert calendar_of(place(), this_year=2026) == calendar_of(place(), this_year=2026)


def test_an_event_keeps_its_identity_when_the_words_change_or_a_year_passes():
    [before] = events(place())
    [after] = events(place(title="Tuinieren", description="Anders."), this_year=2027)
    assert before["UID"] == after["UID"]
    later = Session(
        rule=MONDAYS.rule, first_on=MONDAYS.first_on, opens_at=time(10), closes_at=time(12)
    )
    assert events(place(later))[0]["UID"] != before["UID"]
    assert [one["UID"] for one in events(place(MONDAYS, MONDAYS))] == [before["UID"]]


def test_a_session_ends_with_its_place():
    [event] = events(place(closes_on=date(2026, 4, 1)))
    until = event["RRULE"]["UNTIL"][0]
    assert until.astimezone(ZoneInfo("Europe/Amsterdam")).date() == date(2026, 3, 31)
    assert events(place(closes_on=date(2026, 3, 1))) == []


def test_a_number_of_times_becomes_a_last_day():
    four = Session(
        rule="FREQ=WEEKLY;BYDAY=MO;COUNT=4",
        first_on=date(2026, 3, 2),
        opens_at=time(9),
        closes_at=time(12),
    )
    [event] = events(place(four, opens_on=date(2026, 3, 9)))
    assert "COUNT" not in event["RRULE"]
    assert [day.day for day in days_in(event, 2026)] == [9, 16, 23]
    assert events(place(four), this_year=2027) == []


def test_signs_with_a_meaning_of_their_own_are_text():
    text = '<script>alert("x")</script>\r\nEND:VEVENT\r\nBEGIN:VALARM\x00\u2028;,\\'
    [event] = events(place(title=text, description=text, where=text))
    assert read(place(title=text, description=text)).walk("VALARM") == []
    assert event["SUMMARY"] == '<script>alert("x")</script> END:VEVENT BEGIN:VALARM ;,\\'
    assert event["DESCRIPTION"].startswith('<script>alert("x")</script>\nEND:VEVENT')


def test_a_place_without_times_is_an_empty_calendar():
    calendar = read(place(sessions=()))
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


rules = st.sampled_from(
    [
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=MO,WE,SA",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU;COUNT=40",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYDAY=1TU,-1FR",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    ]
)
near = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@given(rules, near, st.none() | near, near, st.none() | near, st.booleans())
def test_who_follows_the_calendar_comes_on_the_days_of_the_page(
    rule, first_on, last_on, opens_on, closes_on, without_holidays
):
    session = Session(
        rule=rule,
        first_on=first_on,
        last_on=last_on,
        opens_at=time(9),
        closes_at=time(12),
        without_holidays=without_holidays,
    )
    found = events(place(session, opens_on=opens_on, closes_on=closes_on))
    expected = occurrences(
        session,
        since=max(opens_on, date(2026, 1, 1)),
        until=min(closes_on or date.max, date(2027, 1, 1)),
    )
    assert [day for event in found for day in days_in(event, 2026)] == expected
