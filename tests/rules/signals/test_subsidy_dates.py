"""The dates of a wage-cost subsidy ask for attention in time: Participatiewet, article 10d."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.ladder.due import shipped_intervals
from meedoen.rules.signals.facts import PersonFacts
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.signals.rule_set import shipped_rules
from meedoen.rules.signals.signals_for import signals_for
from meedoen.rules.signals.subsidy_dates import NewestSubsidy, subsidy_dates

[RULES] = shipped_rules()
LOONWAARDE, DECISION = SignalKind.LOONWAARDE_DUE, SignalKind.SUBSIDY_DECISION_DUE
AGAIN = SignalKind.SUBSIDY_RECALCULATION_DUE


def dates(newest: NewestSubsidy, on: date) -> list[tuple[SignalKind, date]]:
    return [(one.kind, one.on) for one in subsidy_dates(newest, "t", on=on)]


def shown(newest: NewestSubsidy, on: date) -> list[SignalKind]:
    facts = PersonFacts(benefit_since=None, subsidy_dates=tuple(subsidy_dates(newest, "t", on=on)))
    found = signals_for(facts, rules=RULES, intervals=shipped_intervals(), on=on)
    assert {one.subject for one in found} <= {"t"}
    return [one.kind for one in found]


@pytest.mark.parametrize(
    ("began", "on", "expected"),
    [
        # The fixed part lasts six months; then five weeks to decide.
        (date(2026, 3, 2), date(2026, 9, 1), (LOONWAARDE, date(2026, 9, 1))),
        (date(2026, 3, 2), date(2026, 9, 2), (DECISION, date(2026, 10, 6))),
        # Six months after the last of August is the last of February, also in a leap year.
        (date(2027, 8, 31), date(2027, 9, 1), (LOONWAARDE, date(2028, 2, 28))),
        (date(2027, 8, 31), date(2028, 2, 29), (DECISION, date(2028, 4, 3))),
    ],
)
def test_the_fixed_part_ends_and_then_somebody_decides(began, on, expected):
    assert dates(NewestSubsidy(began, began, is_flat=True), on)[0] == expected


def test_a_fixed_part_over_new_year_is_worked_out_anew_too():
    newest = NewestSubsidy(date(2026, 10, 1), date(2026, 10, 1), is_flat=True)
    assert dates(newest, date(2026, 12, 1)) == [
        (LOONWAARDE, date(2027, 3, 31)),
        (AGAIN, date(2027, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("starts_on", "again"),
    [
        (date(2026, 6, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        # Worked out for the new year in time: the next is a year later.
        (date(2027, 1, 1), date(2028, 1, 1)),
    ],
)
def test_with_a_loonwaarde_it_is_worked_out_anew_every_year(starts_on, again):
    newest = NewestSubsidy(date(2026, 3, 2), starts_on, is_flat=False)
    assert dates(newest, date(2026, 12, 1)) == [(AGAIN, again)]


def test_they_show_six_weeks_ahead_and_stay_when_late():
    flat = NewestSubsidy(date(2026, 3, 2), date(2026, 3, 2), is_flat=True)
    assert shown(flat, date(2026, 7, 20)) == []
    assert shown(flat, date(2026, 7, 21)) == [LOONWAARDE]
    assert shown(flat, date(2026, 9, 2)) == [DECISION]
    assert shown(flat, date(2027, 9, 2)) == [DECISION]
    fixed = NewestSubsidy(date(2026, 3, 2), date(2026, 6, 1), is_flat=False)
    assert shown(fixed, date(2026, 11, 19)) == []
    assert shown(fixed, date(2026, 11, 20)) == [AGAIN]
    assert shown(fixed, date(2027, 6, 1)) == [AGAIN]


days = st.dates(date(2016, 1, 1), date(2040, 1, 1))


@given(days, st.integers(0, 700), st.integers(0, 900), st.booleans())
def test_there_is_always_something_to_do_next_and_nothing_twice(began, later, after, is_flat):
    starts_on = began + timedelta(days=later)
    on = starts_on + timedelta(days=after)
    found = dates(NewestSubsidy(began, starts_on, is_flat), on)
    kinds = [kind for kind, _day in found]
    assert kinds
    assert len(set(kinds)) == len(kinds)
    assert not {LOONWAARDE, DECISION} <= set(kinds)
    assert is_flat or kinds == [AGAIN]
