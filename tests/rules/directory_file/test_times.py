"""Times in words: what is read, and that nothing is guessed."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules import half_days
from meedoen.rules.directory_file.times import TimesError, read_times
from meedoen.rules.directory_file.words import RowProblem
from meedoen.rules.schedule.check import session_problems

DAY = date(2026, 3, 2)


def told(text):
    """Give the times as short texts, and the half-days as codes."""
    times = read_times(text, first_on=DAY)
    sessions = [
        f"{one.rule.partition('BYDAY=')[2]} {one.opens_at:%H:%M}-{one.closes_at:%H:%M}"
        for one in times.sessions
    ]
    return sessions, list(half_days.codes(times.half_days))


@pytest.mark.parametrize(
    ("text", "sessions", "codes"),
    [
        ("ma 9-12", ["MO 09:00-12:00"], ["mon_morning"]),
        (
            "ma 9-12, wo 13-17",
            ["MO 09:00-12:00", "WE 13:00-17:00"],
            ["mon_morning", "wed_afternoon"],
        ),
        ("ma 9-12 en 13-17", ["MO 09:00-12:00", "MO 13:00-17:00"], None),
        ("Maandag, woensdag en vrijdag 9.30 - 12.00 uur", ["MO,WE,FR 09:30-12:00"], None),
        ("ma t/m vr 9-17", ["MO,TU,WE,TH,FR 09:00-17:00"], None),
        ("ma-wo 9:00\u201312:00", ["MO,TU,WE 09:00-12:00"], None),
        ("maandag tot en met woensdag van 9 uur tot 12 uur", ["MO,TU,WE 09:00-12:00"], None),
        ("elke werkdag 10-11", ["MO,TU,WE,TH,FR 10:00-11:00"], None),
        ("elke dag 10-11", ["MO,TU,WE,TH,FR,SA,SU 10:00-11:00"], None),
        ("di 19.30-21.30", ["TU 19:30-21:30"], ["tue_evening"]),
        ("zo 10u-12u", ["SU 10:00-12:00"], ["sun_morning"]),
        ("'s maandags 9-12", ["MO 09:00-12:00"], ["mon_morning"]),
        ("ma: 9-12; di: 9-12", ["MO,TU 09:00-12:00"], None),
        ("Mon and Thu 14:00 to 16:00", ["MO,TH 14:00-16:00"], None),
        ("ma ochtend", [], ["mon_morning"]),
        ("dinsdagmiddag", [], ["tue_afternoon"]),
        ("di- en donderdagavond", [], ["tue_evening", "thu_evening"]),
        ("mon_morning, wed_afternoon", [], ["mon_morning", "wed_afternoon"]),
        ("ma ochtend en middag", [], ["mon_morning", "mon_afternoon"]),
        ("ma ochtend, wo 13-15", ["WE 13:00-15:00"], ["mon_morning", "wed_afternoon"]),
    ],
)
def test_times_as_people_write_them(text, sessions, codes):
    found, half_days_found = told(text)
    assert found == sessions
    assert codes is None or half_days_found == codes


@pytest.mark.parametrize(
    ("text", "problem", "part"),
    [
        ("in overleg", RowProblem.TIMES_UNCLEAR, "in"),
        ("ma, wo", RowProblem.TIMES_UNCLEAR, "ma, wo"),
        ("9-12", RowProblem.TIMES_UNCLEAR, "9"),
        ("ma 9", RowProblem.TIMES_UNCLEAR, "9"),
        ("ma 9-12 wo", RowProblem.TIMES_UNCLEAR, "ma 9-12 wo"),
        ("om de week ma 9-12", RowProblem.TIMES_UNCLEAR, "om"),
        ("ma 9-12 niet in vakanties", RowProblem.TIMES_UNCLEAR, "niet"),
        ("vr-ma 9-12", RowProblem.TIMES_UNCLEAR, "vr-ma 9-12"),
        ("ma 0900-1200", RowProblem.TIMES_UNCLEAR, "0900"),
        ("ochtend", RowProblem.TIMES_UNCLEAR, "ochtend"),
        ("ma 25-26", RowProblem.TIME_IMPOSSIBLE, "25"),
        ("ma 9:75-10", RowProblem.TIME_IMPOSSIBLE, "9:75"),
        ("ma 12-9", RowProblem.TIME_IMPOSSIBLE, "12-9"),
        ("ma 9-9", RowProblem.TIME_IMPOSSIBLE, "9-9"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_part_that_is_not(text, problem, part):
    with pytest.raises(TimesError) as refused:
        read_times(text, first_on=DAY)
    assert (refused.value.problem, refused.value.part) == (problem, part)


def test_a_time_begins_on_the_day_that_is_given():
    [session] = read_times("ma 9-12", first_on=DAY).sessions
    assert (session.first_on, session.opens_at, session.last_on) == (DAY, time(9), None)


@given(st.text(alphabet="madiwotvr 0123456789-:.,enuurs/&_'", max_size=30) | st.text(max_size=20))
def test_whatever_is_read_can_be_kept(text):
    try:
        times = read_times(text, first_on=DAY)
    except TimesError:
        return
    assert times.half_days
    assert not [problem for one in times.sessions for problem in session_problems(one)]
