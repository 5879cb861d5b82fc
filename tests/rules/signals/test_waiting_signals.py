"""Signals about waiting lists: a hold that lapsed, and a place that is no more."""

from datetime import date, timedelta

import pytest

from meedoen.rules.ladder.due import shipped_intervals
from meedoen.rules.signals.facts import Dated, PersonFacts
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.signals.rule_set import shipped_rules
from meedoen.rules.signals.signals_for import signals_for

LAPSED = date(2026, 11, 2)
[RULES] = shipped_rules()


def kinds(on: date, **known: object) -> list[tuple[SignalKind, str, date]]:
    facts = PersonFacts(benefit_since=None, **known)  # type: ignore[arg-type]
    found = signals_for(facts, rules=RULES, intervals=shipped_intervals(), on=on)
    return [(due.kind, due.subject, due.due_on) for due in found]


@pytest.mark.parametrize(
    ("spoken_on", "shows"),
    [(None, True), (LAPSED - timedelta(days=1), True), (LAPSED, False)],
)
def test_a_hold_that_lapsed_shows_at_once_until_somebody_spoke_with_the_person(spoken_on, shows):
    told = kinds(LAPSED, lapsed_holds=(Dated("p", LAPSED),), spoken_on=spoken_on)
    within_a_week = (SignalKind.HOLD_LAPSED, "p", LAPSED + timedelta(days=7))
    assert told == ([within_a_week] if shows else [])


def test_waiting_for_a_place_that_is_no_more_shows_until_it_is_dealt_with():
    waits = (Dated("p", LAPSED),)
    due = (SignalKind.WAITS_IN_VAIN, "p", LAPSED + timedelta(days=7))
    assert kinds(LAPSED, waits_in_vain=waits) == [due]
    assert kinds(LAPSED + timedelta(days=99), waits_in_vain=waits, spoken_on=LAPSED) == [due]
