"""Times that come back, in words."""

from datetime import date, time

import pytest

from meedoen.rules import half_days
from meedoen.rules.schedule.sessions import Session
from meedoen.web.shared.session_words import half_days_text, session_text

TODAY = date(2026, 3, 2)


def session(rule, **changed):
    values = {
        "first_on": TODAY,
        "opens_at": time(9),
        "closes_at": time(12, 30),
        "without_holidays": False,
    }
    return Session(rule=rule, **values | changed)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY", "elke maandag"),
        ("FREQ=WEEKLY;BYDAY=MO,WE", "elke maandag en woensdag"),
        ("FREQ=WEEKLY;BYDAY=FR,MO,TU", "elke maandag, dinsdag en vrijdag"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "elke werkdag"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "elke dag"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "om de week op dinsdag"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", "om de 3 weken op dinsdag"),
        ("FREQ=MONTHLY;BYDAY=1TU", "elke eerste dinsdag van de maand"),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", "elke eerste en derde dinsdag van de maand"),
        ("FREQ=MONTHLY;BYDAY=1MO,1FR", "elke eerste maandag en vrijdag van de maand"),
        ("FREQ=MONTHLY;BYDAY=1MO,-1FR", "elke eerste maandag en laatste vrijdag van de maand"),
        ("FREQ=MONTHLY;BYDAY=TU", "elke dinsdag van de maand"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1", "elke dinsdag van de maand, alleen de eerste keer"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "elke dag 1 en dag 15 van de maand"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "elke laatste dag van de maand"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "elke vrijdag die valt op dag 13 van de maand"),
        ("FREQ=MONTHLY", "elke dag 2 van de maand"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU", "elke eerste dinsdag van de maand, om de maand"),
    ],
)
def test_the_days_of_a_session_in_words(rule, days):
    assert session_text(session(rule), today=TODAY).startswith(days)


def test_the_hours_and_what_bounds_a_session():
    one = session(
        "FREQ=WEEKLY;COUNT=10",
        first_on=date(2026, 4, 6),
        last_on=date(2026, 6, 29),
        without_holidays=True,
    )
    assert session_text(one, today=TODAY) == (
        "elke maandag van 9.00 tot 12.30 uur, vanaf 6 april 2026, tot en met 29 juni 2026, "
        "10 keer, niet op feestdagen"
    )


def test_a_place_without_times_tells_its_half_days():
    mask = half_days.from_codes(["mon_morning", "tue_morning", "fri_evening"])
    assert half_days_text(mask) == "maandag en dinsdag in de ochtend; vrijdag in de avond"
    working_days = half_days.from_codes(f"{day}_morning" for day in half_days.DAYS[:5])
    assert half_days_text(working_days) == "werkdagen in de ochtend"
