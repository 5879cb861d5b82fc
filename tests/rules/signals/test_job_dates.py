"""Which dates of a participation job become signals."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from meedoen.rules.participation_job.facts import (
    Assessment,
    AssessmentKind,
    Extension,
    SchoolingChoice,
    SchoolingDecision,
)
from meedoen.rules.participation_job.milestones import MilestoneKind
from meedoen.rules.signals.job_dates import KINDS, job_dates
from tests.rules.participation_job.people import day, job, person
from tests.rules.signals.test_signals_for import QUIET, found

DONE = {
    "schooling": SchoolingDecision(SchoolingChoice.OFFERED, day("2026-07-01")),
    "assessments": (Assessment(AssessmentKind.CHANCE, day("2026-10-01"), grew=True),),
}


def signals(facts, on):
    dates = job_dates(facts, "key", on=on)
    everyone = replace(QUIET, spoken_on=on, measured_on=on, job_dates=dates)
    return found(everyone, on)


@pytest.mark.parametrize(
    ("known", "kind", "subject", "last_day"),
    [
        ({}, "job_schooling", "key 6", "2026-07-15"),
        ({}, "job_premium", "key 6", "2026-07-15"),
        ({}, "job_chance", "key 9", "2026-10-15"),
        (DONE, "job_look_ahead", "key 18", "2027-07-15"),
        (DONE, "job_look_ahead", "key 22", "2027-11-15"),
        (DONE, "job_extension", "key 24", "2028-01-14"),
        (DONE, "job_must_end", "key 24", "2028-01-14"),
    ],
)
def test_a_date_of_the_law_is_told_six_weeks_before_its_day(known, kind, subject, last_day):
    # The first day that is too late is a day after the last one, where it must be done before.
    first_late = day(last_day) + timedelta(days=int(subject == "key 24"))
    shows_from = first_late - timedelta(days=42)
    expected = (kind, subject, day(last_day))
    facts = person(**known)
    assert expected not in signals(facts, shows_from - timedelta(days=1))
    assert expected in signals(facts, shows_from)


def test_what_is_done_or_over_asks_for_nothing_more():
    assert "job_schooling" not in [one[0] for one in signals(person(**DONE), date(2026, 8, 1))]
    late = signals(person(), date(2026, 8, 1))
    assert ("job_schooling", "key 6", date(2026, 7, 15)) in late
    ended = person(job("2026-01-15", "2026-03-01"))
    assert signals(ended, date(2026, 8, 1)) == []


def test_who_was_not_assessed_gets_a_signal_of_that_and_not_of_an_end_that_may_not_be():
    kinds = [one[0] for one in signals(person(), date(2026, 12, 20))]
    assert "job_chance" in kinds
    assert "job_must_end" not in kinds
    no = Assessment(AssessmentKind.CHANCE, day("2026-10-01"), grew=False)
    told = signals(person(assessments=(no,)), date(2026, 12, 20))
    assert ("job_must_end", "key 12", date(2027, 1, 14)) in told
    assert "job_chance" not in [one[0] for one in told]


def test_facts_that_cannot_be_by_law_ask_for_a_look_at_once():
    alone = Extension(2, other_work=True, other_environment=True, decided_on=day("2026-03-01"))
    assert signals(person(extensions=(alone,)), date(2026, 3, 2)) == [
        ("job_facts_wrong", "key", date(2026, 1, 15))
    ]


def test_every_date_has_a_signal_but_the_one_that_falls_on_the_end_of_the_term():
    assert set(MilestoneKind) - set(KINDS) == {MilestoneKind.ABSOLUTE_END}
