"""What the law does not allow is refused, with every code at once."""

from datetime import date, timedelta

import pytest

from meedoen.rules.participation_job.clock import check, extendable_from, milestones
from meedoen.rules.participation_job.facts import (
    Assessment,
    AssessmentKind,
    Extension,
    Stretch,
)
from meedoen.rules.participation_job.problems import SENTENCES, ClockError, ClockProblem
from tests.rules.participation_job.people import day, elsewhere, instead, job, pause, person

ON = date(2026, 2, 1)
CHANCE, FIRST, SECOND = AssessmentKind
P = ClockProblem


def assessed(kind, on, *, grew=True):
    return Assessment(kind, day(on), grew)


def extension(number, decided_on, *, work=True, environment=True):
    return Extension(number, work, environment, day(decided_on))


BETTER = (assessed(FIRST, "2027-12-01"), assessed(SECOND, "2028-12-01"))
THIRD_YEAR = extension(1, "2027-12-15")


def problems_of(facts, table=None):
    with pytest.raises(ClockError) as caught:
        check(facts, on=ON, table=table)
    with pytest.raises(ClockError):
        milestones(facts, on=ON, table=table)
    assert str(caught.value).split("\n") == [SENTENCES[one] for one in caught.value.problems]
    return caught.value.problems


def test_every_problem_has_its_own_sentence():
    assert set(SENTENCES) == set(ClockProblem)
    assert len(set(SENTENCES.values())) == len(ClockProblem)


@pytest.mark.parametrize(
    ("stretches", "problems"),
    [
        ((elsewhere("2026-01-15"),), [P.NO_STRETCH]),
        ((pause("2026-01-15"),), [P.NO_STRETCH]),
        ((job("2026-01-15", "2026-01-15"),), [P.STRETCH_ENDS_BEFORE_START]),
        ((job("2026-01-15", "2026-01-14"),), [P.STRETCH_ENDS_BEFORE_START]),
        ((job("2026-01-15"), job("2026-03-01")), [P.STRETCHES_OVERLAP]),
        ((job("2026-01-15", "2026-03-02"), job("2026-03-01")), [P.STRETCHES_OVERLAP]),
        ((job("2026-03-01", "2026-04-01"), job("2026-01-15")), [P.STRETCHES_OVERLAP]),
        (
            (Stretch(day("2026-01-15"), None, left_out=True),),
            [P.LEFT_OUT_WITHOUT_OTHER_PROVISION],
        ),
        (
            (Stretch(day("2026-01-15"), day("2026-01-01"), left_out=True), job("2026-01-01")),
            [P.STRETCH_ENDS_BEFORE_START, P.LEFT_OUT_WITHOUT_OTHER_PROVISION],
        ),
    ],
)
def test_stretches_that_cannot_be_counted(stretches, problems):
    assert problems_of(person(*stretches)) == tuple(problems)


def test_nobody_without_a_stretch_has_dates():
    facts = person()
    object.__setattr__(facts, "stretches", ())
    assert problems_of(facts) == (P.NO_STRETCH,)


@pytest.mark.parametrize(
    ("assessments", "problems"),
    [
        ((assessed(CHANCE, "2026-01-14"),), [P.ASSESSED_BEFORE_START]),
        ((assessed(CHANCE, "2026-09-01"), assessed(CHANCE, "2026-10-01")), [P.ASSESSED_TWICE]),
    ],
)
def test_assessments_that_cannot_be(assessments, problems):
    assert problems_of(person(assessments=assessments)) == tuple(problems)


@pytest.mark.parametrize(
    ("assessments", "extensions", "problems"),
    [
        # 10a(9): other work, in another environment.
        (BETTER, (extension(1, "2027-12-15", work=False),), [P.EXTENSION_SAME_WORK]),
        (BETTER, (extension(1, "2027-12-15", environment=False),), [P.EXTENSION_SAME_ENVIRONMENT]),
        (
            BETTER,
            (extension(1, "2027-12-15", work=False, environment=False),),
            [P.EXTENSION_SAME_WORK, P.EXTENSION_SAME_ENVIRONMENT],
        ),
        # Assessed first, and better.
        ((), (THIRD_YEAR,), [P.EXTENSION_NOT_ASSESSED]),
        ((assessed(FIRST, "2027-12-16"),), (THIRD_YEAR,), [P.EXTENSION_NOT_ASSESSED]),
        (
            (assessed(FIRST, "2027-12-01", grew=False),),
            (THIRD_YEAR,),
            [P.EXTENSION_CHANCE_NOT_BETTER],
        ),
        (
            (*BETTER, assessed(CHANCE, "2026-10-15", grew=False)),
            (THIRD_YEAR,),
            [P.EXTENSION_CHANCE_NOT_BETTER],
        ),
        # Before the term is over: the last day is 14 January.
        (BETTER, (extension(1, "2028-01-15"),), [P.EXTENSION_TOO_LATE]),
        (BETTER, (THIRD_YEAR, extension(2, "2029-01-15")), [P.EXTENSION_TOO_LATE]),
        (BETTER[:1], (THIRD_YEAR, extension(2, "2028-12-15")), [P.EXTENSION_NOT_ASSESSED]),
        # The first, then the second, each once.
        (BETTER, (extension(2, "2028-12-15"),), [P.EXTENSION_WITHOUT_FIRST]),
        (BETTER, (THIRD_YEAR, THIRD_YEAR), [P.EXTENSION_NUMBER]),
        (BETTER, (extension(3, "2027-12-15"),), [P.EXTENSION_NUMBER]),
        (BETTER, (extension(0, "2027-12-15"),), [P.EXTENSION_NUMBER]),
    ],
)
def test_extensions_that_the_law_does_not_allow(assessments, extensions, problems):
    facts = person(assessments=assessments, extensions=extensions)
    assert problems_of(facts) == tuple(problems)


@pytest.mark.parametrize(
    ("extensions"),
    [
        (extension(1, "2028-01-14"),),
        (THIRD_YEAR, extension(2, "2029-01-14")),
        # The second asks no other work and no other environment: 10a(10).
        (THIRD_YEAR, extension(2, "2028-12-15", work=False, environment=False)),
    ],
)
def test_extensions_that_the_law_allows(extensions):
    assert check(person(assessments=BETTER, extensions=extensions), on=ON) is None


def test_an_extension_may_be_decided_later_when_work_was_left_out():
    left_out = (job("2026-01-15", "2026-03-01"), elsewhere("2026-03-01", "2026-04-01"))
    late = (extension(1, "2028-02-14"),)
    facts = person(*left_out, job("2026-04-01"), assessments=BETTER, extensions=late)
    assert check(facts, on=ON) is None
    too_late = (extension(1, "2028-02-15"),)
    facts = person(*left_out, job("2026-04-01"), assessments=BETTER, extensions=too_late)
    assert problems_of(facts) == (P.EXTENSION_TOO_LATE,)


def test_how_long_the_term_is_follows_the_law_and_not_the_code():
    table = instead("term_months", 12)
    assert problems_of(person(assessments=BETTER, extensions=(THIRD_YEAR,)), table) == (
        P.EXTENSION_TOO_LATE,
    )


@pytest.mark.parametrize(
    ("kind", "first_day"),
    [(CHANCE, "2026-08-15"), (FIRST, "2027-01-15"), (SECOND, "2028-01-15")],
)
def test_an_assessment_long_before_its_time_says_nothing(kind, first_day):
    assert check(person(assessments=(assessed(kind, first_day),)), on=ON) is None
    too_early = assessed(kind, str(day(first_day) - timedelta(days=1)))
    assert problems_of(person(assessments=(too_early,))) == (P.ASSESSED_TOO_EARLY,)


def test_each_extension_is_decided_on_in_the_year_before_it():
    soon = (assessed(FIRST, "2026-01-20"), assessed(SECOND, "2026-01-20"))
    both = (extension(1, "2026-02-01"), extension(2, "2026-02-01"))
    facts = person(assessments=soon, extensions=both)
    assert problems_of(facts) == (P.ASSESSED_TOO_EARLY, P.EXTENSION_TOO_EARLY)
    for number, first_day in ((1, "2027-01-15"), (2, "2028-01-15")):
        facts = person(assessments=BETTER, extensions=(THIRD_YEAR,))
        assert extendable_from(facts, number, on=ON) == day(first_day)
    in_time = (assessed(FIRST, "2027-01-15"), assessed(SECOND, "2028-01-15"))
    both = (extension(1, "2027-01-15"), extension(2, "2028-01-15"))
    assert check(person(assessments=in_time, extensions=both), on=ON) is None


def test_how_long_before_its_time_is_a_choice_of_the_municipality():
    facts = person(assessments=(assessed(CHANCE, "2026-07-15"),))
    assert problems_of(facts) == (P.ASSESSED_TOO_EARLY,)
    assert check(facts, on=ON, table=instead("chance_ahead_months", 3)) is None
    assert check(facts, on=ON, table=instead("chance_ahead_months", 24)) is None
    facts = person(assessments=(assessed(FIRST, "2026-12-15"),))
    assert check(facts, on=ON, table=instead("extension_ahead_months", 13)) is None
