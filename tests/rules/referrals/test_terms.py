"""The clock of a referral, by dated terms; mistakes in them are said in sentences, all at once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.referrals.states import OPEN
from meedoen.rules.referrals.terms import (
    due_after,
    hand_back_on,
    read_terms,
    remind_on,
    shipped_terms,
    terms_on,
)
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import ReferralState, Theme, Urgency

MONDAY = date(2026, 11, 2)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
THEMES = st.sampled_from(REFERRED_FOR)


@pytest.mark.parametrize(
    ("state", "theme", "urgency", "days"),
    [
        (ReferralState.SENT, Theme.PARTICIPATION, Urgency.NORMAL, 10),
        (ReferralState.SEEN, Theme.PARTICIPATION, Urgency.SOON, 5),
        (ReferralState.SENT, Theme.PARTICIPATION, Urgency.URGENT, 2),
        (ReferralState.SENT, Theme.DEBT, Urgency.URGENT, 1),
        (ReferralState.ACCEPTED, Theme.DAY_ACTIVITY, Urgency.URGENT, 42),
        (ReferralState.STARTED, Theme.HEALTH, Urgency.NORMAL, 90),
        (ReferralState.DRAFT, Theme.WORK, Urgency.NORMAL, 7),
        (ReferralState.DECLINED, Theme.DEBT, Urgency.NORMAL, 5),
        (ReferralState.HANDED_BACK, Theme.DEBT, Urgency.URGENT, 5),
    ],
)
def test_who_must_act_has_so_many_days(state, theme, urgency, days):
    assert due_after(state, theme, urgency, MONDAY) == MONDAY + timedelta(days=days)


def test_who_does_not_answer_is_reminded_before_and_handed_back_after():
    due = due_after(ReferralState.SENT, Theme.PARTICIPATION, Urgency.NORMAL, MONDAY)
    assert remind_on(Theme.PARTICIPATION, MONDAY, due) == date(2026, 11, 9)
    assert hand_back_on(Theme.PARTICIPATION, due) == date(2026, 11, 19)


def test_who_must_answer_tomorrow_is_reminded_then_and_not_on_the_day_itself():
    due = due_after(ReferralState.SENT, Theme.DEBT, Urgency.URGENT, MONDAY)
    assert remind_on(Theme.DEBT, MONDAY, due) == due == MONDAY + timedelta(days=1)


@given(day=DAYS, theme=THEMES, state=st.sampled_from(sorted(OPEN)))
def test_every_open_referral_has_a_day_that_lies_ahead_and_more_haste_never_gives_more(
    day, theme, state
):
    dues = [due_after(ReferralState(state), theme, urgency, day) for urgency in Urgency]
    assert all(due > day for due in dues)
    assert dues == sorted(dues, reverse=True)


@given(day=DAYS, theme=THEMES, urgency=st.sampled_from(list(Urgency)))
def test_the_reminder_comes_first_then_the_day_itself_then_it_goes_back(day, theme, urgency):
    due = due_after(ReferralState.SENT, theme, urgency, day)
    assert day < remind_on(theme, day, due) <= due < hand_back_on(theme, due)


def test_every_theme_but_volunteers_has_terms():
    assert set(shipped_terms()) == set(REFERRED_FOR) == set(Theme) - {Theme.VOLUNTEERS}
    assert terms_on(Theme.DEBT, MONDAY).forwards == 3


LINE = """[[terms]]
theme = "{theme}"
valid_from = 2000-01-01
answer_normal = 10
answer_soon = 5
answer_urgent = 2
remind = 3
hand_back = 7
start = 28
finish = 180
sender = 7
forwards = 3
kept = 180
"""
FILE = "".join(LINE.format(theme=theme.value) for theme in REFERRED_FOR)
FROM_2027 = LINE.format(theme="work").replace("2000-01-01", "2027-01-01")


def with_work(**changes: str) -> str:
    """Return the file with another line about work."""
    line = LINE.format(theme="work")
    for name, value in changes.items():
        old = next(part for part in line.splitlines() if part.startswith(f"{name} ="))
        line = line.replace(old, f"{name} = {value}")
    return FILE.replace(LINE.format(theme="work"), line)


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(DatedTableError) as caught:
        read_terms(text, "x.toml")
    return caught.value.problems


def test_terms_change_on_a_day():
    closed = with_work(valid_from="2000-01-01\nvalid_to = 2027-01-01")
    table = read_terms(closed + FROM_2027.replace("start = 28", "start = 14"), "x.toml")
    assert [line.start for line in table[Theme.WORK]] == [28, 14]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FILE.replace(LINE.format(theme="debt"), ""), "debt"),
        (FILE + FROM_2027, "work"),
        (with_work(valid_from="2000-01-01\nvalid_to = 2026-01-01") + FROM_2027, "work"),
        (FILE + LINE.format(theme="volunteers"), "theme is 'volunteers'; use participation or"),
        (with_work(theme='"sport"'), "theme is 'sport'; use participation or"),
        (with_work(start="0"), "start is 0; write a whole number from 1 to 366"),
        (with_work(forwards="11"), "forwards is 11; write a whole number from 1 to 10"),
        (with_work(kept="true"), "kept is True; write a whole number"),
        (with_work(answer_urgent="6"), "what is more urgent gets more days"),
        (with_work(kept="180\nbegin = 2"), "'begin' is not known here"),
        ("terms = 3", "write only terms"),
        ("[[terms", "this is not TOML"),
    ],
    ids=lambda value: value if len(value) < 60 else "file",
)
def test_a_mistake_is_a_sentence(text, said):
    assert any(said in problem for problem in problems_of(text))


def test_every_mistake_is_said_at_once():
    broken = with_work(start="0", finish='"lang"', answer_soon="1")
    assert len(problems_of(broken)) == 3
    two_gone = FILE.replace(LINE.format(theme="debt"), "").replace(LINE.format(theme="work"), "")
    assert len(problems_of(two_gone)) == 2
