"""Signals where sheltered work and placements do not tell the same."""

from datetime import date, timedelta

from meedoen.rules.ladder.due import shipped_intervals
from meedoen.rules.signals.facts import Dated, PersonFacts
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.signals.rule_set import shipped_rules
from meedoen.rules.signals.signals_for import signals_for

DAY = date(2026, 11, 2)
IN_TIME = DAY + timedelta(days=7)
[RULES] = shipped_rules()


def test_they_show_at_once_for_who_has_no_benefit_too_and_stay_until_both_tell_the_same():
    facts = PersonFacts(
        benefit_since=None, jobs_left=(Dated("a", DAY),), without_job=(Dated("b", DAY),)
    )
    for on in (DAY, DAY + timedelta(days=99)):
        found = signals_for(facts, rules=RULES, intervals=shipped_intervals(), on=on)
        assert [(due.kind, due.subject, due.due_on) for due in found] == [
            (SignalKind.JOB_WITHOUT_PLACEMENT, "a", IN_TIME),
            (SignalKind.PLACEMENT_WITHOUT_JOB, "b", IN_TIME),
        ]
