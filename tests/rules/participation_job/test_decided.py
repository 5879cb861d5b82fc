"""From words on matters to the facts of the clock, and the end that follows."""

from datetime import date

import pytest

from meedoen.rules.participation_job.clock import milestones
from meedoen.rules.participation_job.decided import (
    Decided,
    Matter,
    clock_facts,
    falls_on_work,
    next_number,
)
from meedoen.rules.participation_job.ending import end_by_law
from meedoen.rules.participation_job.facts import (
    Assessment,
    AssessmentKind,
    Extension,
    PremiumDecided,
    SchoolingChoice,
    SchoolingDecision,
)
from meedoen.rules.vocabulary import MoveReason
from tests.rules.participation_job.people import START, day, elsewhere, job, pause

BIRTH = date(1980, 5, 5)


def facts(*decided):
    return clock_facts((job("2026-01-15"),), decided, birth_date=BIRTH)


def test_each_matter_becomes_its_fact():
    found = facts(
        Decided(matter=Matter.SCHOOLING, on=day("2026-07-01"), choice="beyond_powers"),
        Decided(matter=Matter.CHANCE, on=day("2026-10-01"), choice="yes"),
        Decided(matter=Matter.GO_ON_THIRD_YEAR, on=day("2027-12-01"), choice="yes"),
        Decided(
            matter=Matter.EXTENSION,
            on=day("2027-12-02"),
            other_work=True,
            other_environment=True,
        ),
        Decided(matter=Matter.PREMIUM, number=1, on=day("2026-07-20"), cents=15000),
        Decided(matter=Matter.PREMIUM, number=2, on=day("2027-01-20"), cents=0),
        Decided(matter=Matter.PAYMENT, number=1, on=day("2026-08-01"), cents=15000),
        Decided(matter=Matter.START_QUALIFICATION, on=START, choice="no"),
        Decided(matter=Matter.WAGE_SUBSIDY_GROUP, on=START, choice="unknown"),
    )
    assert found.schooling == SchoolingDecision(SchoolingChoice.BEYOND_POWERS, day("2026-07-01"))
    assert found.assessments == (
        Assessment(AssessmentKind.CHANCE, day("2026-10-01"), grew=True),
        Assessment(AssessmentKind.FIRST_EXTENSION, day("2027-12-01"), grew=True),
    )
    assert found.extensions == (
        Extension(1, other_work=True, other_environment=True, decided_on=day("2027-12-02")),
    )
    assert found.premiums == (
        PremiumDecided(1, day("2026-07-20"), granted=True),
        PremiumDecided(2, day("2027-01-20"), granted=False),
    )
    assert found.has_start_qualification is False
    assert found.in_wage_subsidy_group is None
    assert found.birth_date == BIRTH


def test_what_is_left_out_is_cut_out_of_the_work():
    found = facts(
        Decided(matter=Matter.LEFT_OUT, on=day("2026-04-01"), ends_on=day("2026-06-01"))
    )  # fmt: skip
    assert found.stretches == (
        job("2026-01-15", "2026-04-01"),
        elsewhere("2026-04-01", "2026-06-01"),
        job("2026-06-01"),
    )


def test_what_is_left_out_without_an_end_stops_when_work_in_the_job_begins():
    worked = (job("2026-01-15", "2026-03-01"), job("2026-05-01"))
    out = Decided(matter=Matter.LEFT_OUT, on=day("2026-04-01"))
    assert clock_facts(worked, [out], birth_date=BIRTH).stretches == (
        job("2026-01-15", "2026-03-01"),
        elsewhere("2026-04-01", "2026-05-01"),
        job("2026-05-01"),
    )


@pytest.mark.parametrize(
    ("first_day", "end", "is_work"),
    [
        ("2026-04-01", "2026-05-01", False),
        ("2026-03-01", "2026-05-02", True),
        ("2026-02-28", "2026-05-01", True),
        ("2026-06-01", "2026-06-02", True),
        ("2026-03-01", None, True),
        ("2025-11-01", "2026-01-15", False),
        # A pause is no work.
        ("2026-03-01", "2026-04-01", False),
    ],
)
def test_which_stretches_fall_on_days_of_work(first_day, end, is_work):
    stretches = (job("2026-01-15", "2026-03-01"), pause("2026-03-01", "2026-04-01"),
                 job("2026-05-01"))  # fmt: skip
    out = Decided(matter=Matter.LEFT_OUT, on=day(first_day), ends_on=end and day(end))
    assert falls_on_work(stretches, out) is is_work


def test_nothing_decided_is_nothing_known():
    found = facts()
    assert found.has_start_qualification is None
    assert found.schooling is None
    assert found.assessments == found.extensions == found.premiums == ()


def test_the_next_number_follows_on_the_highest_of_that_matter():
    decided = [
        Decided(matter=Matter.PAYMENT, number=2, on=START),
        Decided(matter=Matter.LEFT_OUT, number=5, on=START),
    ]
    assert next_number(decided, Matter.PAYMENT) == 3
    assert next_number([], Matter.PAYMENT) == 1


NOT_GROWN = Decided(matter=Matter.CHANCE, on=day("2026-10-01"), choice="no")
GROWN = Decided(matter=Matter.CHANCE, on=day("2026-10-01"), choice="yes")


@pytest.mark.parametrize(
    ("decided", "on", "last_day", "reason"),
    [
        ([], "2026-02-01", "2028-01-14", MoveReason.TERM_OF_THE_LAW),
        ([GROWN], "2028-06-01", "2028-01-14", MoveReason.TERM_OF_THE_LAW),
        ([NOT_GROWN], "2026-11-01", "2027-01-14", MoveReason.CHANCES_DID_NOT_GROW),
        ([NOT_GROWN], "2027-06-01", "2027-01-14", MoveReason.CHANCES_DID_NOT_GROW),
    ],
)
def test_the_end_by_law_has_its_last_day_and_reason(decided, on, last_day, reason):
    end = end_by_law(milestones(facts(*decided), on=day(on)))
    assert (end.last_day, end.reason) == (day(last_day), reason)


def test_work_that_is_over_has_no_end_to_come():
    ended = clock_facts((job("2026-01-15", "2026-05-01"),), [], birth_date=BIRTH)
    assert end_by_law(milestones(ended, on=day("2026-06-01"))) is None


def test_the_last_day_of_what_must_be_done_before_is_the_day_before():
    last = {(one.kind.value, one.number): one.last_day for one in
            milestones(facts(), on=day("2026-02-01"))}  # fmt: skip
    assert last["end_of_term", 1] == day("2028-01-14")
    assert last["assess_first_extension", 1] == day("2028-01-14")
    assert last["assess_chance", 1] == day("2026-10-15")
    assert last["premium", 1] == day("2026-07-15")
