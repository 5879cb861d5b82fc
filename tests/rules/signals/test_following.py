"""Signals about what follows placements: talking it over, what comes next, aftercare."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from meedoen.rules.ladder.due import shipped_intervals
from meedoen.rules.signals.facts import Dated, PersonFacts, PlacementFacts
from meedoen.rules.signals.rule_set import rules_on, shipped_rules
from meedoen.rules.signals.signals_for import signals_for
from meedoen.rules.vocabulary import PlacementState

TODAY = date(2026, 9, 1)
RULES = rules_on(shipped_rules(), TODAY)
WITHOUT_BENEFIT = PersonFacts(benefit_since=None)
ENDS = date(2027, 1, 31)
RUNS = replace(
    WITHOUT_BENEFIT,
    placements=(
        PlacementFacts(
            subject="p",
            state=PlacementState.ACTIVE,
            since=date(2026, 7, 1),
            planned_end_on=ENDS,
        ),
    ),
)
UNDECIDED = replace(RUNS, to_choose=(Dated("p", ENDS),))


def found(facts, on):
    signals = signals_for(facts, rules=RULES, intervals=shipped_intervals(), on=on)
    return [(one.kind.value, one.due_on) for one in signals]


@pytest.mark.parametrize(
    ("facts", "last_quiet_day", "kind", "due_on"),
    [
        (
            replace(WITHOUT_BENEFIT, evaluations=(Dated("p", date(2026, 9, 20)),)),
            date(2026, 9, 5),
            "evaluation_due",
            date(2026, 9, 20),
        ),
        (
            replace(WITHOUT_BENEFIT, aftercare=(Dated("p", date(2026, 9, 20)),)),
            date(2026, 9, 12),
            "aftercare_due",
            date(2026, 9, 20),
        ),
        (UNDECIDED, date(2026, 9, 30), "next_step_not_chosen", ENDS),
    ],
)
def test_a_signal_comes_on_its_day_also_without_a_benefit(facts, last_quiet_day, kind, due_on):
    assert found(facts, last_quiet_day) == []
    assert found(facts, last_quiet_day + timedelta(days=1)) == [(kind, due_on)]


def test_near_the_end_one_signal_says_it_and_past_the_end_another():
    assert found(UNDECIDED, date(2026, 12, 5)) == [("next_step_not_chosen", ENDS)]
    assert found(UNDECIDED, date(2026, 12, 6)) == [("placement_ends_soon", ENDS)]
    assert found(UNDECIDED, ENDS) == [("placement_ends_soon", ENDS)]
    assert found(UNDECIDED, date(2027, 2, 1)) == [("placement_past_end", date(2027, 2, 1))]


def test_once_it_was_chosen_nothing_asks_for_it_but_the_end_itself():
    chosen = replace(RUNS, chosen=("p",))
    assert found(chosen, date(2026, 11, 1)) == []
    assert found(chosen, ENDS) == []
    assert found(chosen, date(2027, 2, 1)) == [("placement_past_end", date(2027, 2, 1))]


def test_an_end_by_law_without_an_agreed_day_asks_until_that_day():
    by_law = replace(WITHOUT_BENEFIT, to_choose=(Dated("p", ENDS),))
    assert found(by_law, ENDS) == [("next_step_not_chosen", ENDS)]
    assert found(by_law, ENDS + timedelta(days=1)) == []


def test_who_wants_no_contact_is_not_talked_to_but_the_end_still_comes():
    facts = replace(
        UNDECIDED,
        ask_again_on=date(2027, 3, 1),
        evaluations=(Dated("p", date(2026, 10, 5)),),
        aftercare=(Dated("q", date(2026, 10, 5)),),
    )
    assert found(facts, date(2026, 10, 6)) == [("next_step_not_chosen", ENDS)]
