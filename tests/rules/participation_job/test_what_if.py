"""What changes when a date moves, before anybody moves it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.participation_job.clock import milestones
from meedoen.rules.participation_job.facts import Assessment, AssessmentKind, Extension
from meedoen.rules.participation_job.problems import ClockError, ClockProblem
from meedoen.rules.participation_job.what_if import (
    what_if,
    with_end,
    with_extension,
    with_start,
    with_stretch,
)
from tests.rules.participation_job.people import day, elsewhere, job, pause, person

ON = date(2027, 12, 20)
BETTER = (Assessment(AssessmentKind.FIRST_EXTENSION, day("2027-12-01"), grew=True),)
THIRD_YEAR = Extension(1, other_work=True, other_environment=True, decided_on=day("2027-12-15"))


def moved(before, after, on=ON):
    return {
        (one.kind.value, one.number): (
            change.before and str(change.before.due_on),
            change.after and str(change.after.due_on),
        )
        for change in what_if(before, after, on=on)
        for one in [change.after or change.before]
    }


def test_nothing_changes_when_nothing_moves():
    assert what_if(person(), person(), on=ON) == ()


def test_another_start_moves_every_date():
    changes = what_if(person(), with_start(person(), day("2026-02-15")), on=ON)
    assert len(changes) == len(milestones(person(), on=ON))
    ends = [str(one.after.due_on) for one in changes if one.after.kind == "end_of_term"]
    assert ends == ["2028-02-15"]


def test_a_trial_that_is_left_out_moves_the_term_and_the_premiums_only():
    after = with_stretch(person(), elsewhere("2026-03-01", "2026-04-01"))
    assert after.stretches == (
        job("2026-01-15", "2026-03-01"),
        elsewhere("2026-03-01", "2026-04-01"),
        job("2026-04-01"),
    )
    changes = moved(person(), after)
    assert changes[("end_of_term", 1)] == ("2028-01-15", "2028-02-15")
    assert changes[("premium", 1)] == ("2026-07-15", "2026-08-15")
    assert not {("schooling_offer", 1), ("assess_chance", 1)} & set(changes)


def test_an_extension_moves_the_end_and_adds_premiums():
    before = person(assessments=BETTER)
    changes = moved(before, with_extension(before, THIRD_YEAR))
    assert changes[("end_of_term", 1)] == ("2028-01-15", "2029-01-15")
    assert changes[("premium", 5)] == (None, "2028-07-15")
    # The same date, which now applies.
    assert changes[("assess_second_extension", 1)] == ("2029-01-15", "2029-01-15")
    back = moved(with_extension(before, THIRD_YEAR), before)
    assert back[("premium", 5)] == ("2028-07-15", None)


def test_an_extension_takes_the_place_of_the_one_with_its_number():
    facts = with_extension(person(assessments=BETTER, extensions=(THIRD_YEAR,)), THIRD_YEAR)
    assert facts.extensions == (THIRD_YEAR,)


def test_an_end_takes_away_what_comes_after_it():
    changes = what_if(person(), with_end(person(), day("2027-12-31")), on=ON)
    assert {one.after.because.value for one in changes} == {"ends_before"}
    assert {one.after.due_on for one in changes} == {day("2028-01-15")}


def test_what_the_law_does_not_allow_is_refused_here_too():
    with pytest.raises(ClockError) as caught:
        what_if(person(), with_extension(person(), THIRD_YEAR), on=ON)
    assert caught.value.problems == (ClockProblem.EXTENSION_NOT_ASSESSED,)


@pytest.mark.parametrize(
    ("cut", "parts"),
    [
        (pause("2026-03-01", "2026-04-01"), "2026-01-15 2026-03-01 2026-04-01"),
        (pause("2026-03-01"), "2026-01-15 2026-03-01"),
        (elsewhere("2025-12-01", "2026-02-01"), "2025-12-01 2026-02-01"),
        (elsewhere("2025-12-01", "2026-01-15"), "2025-12-01 2026-01-15"),
    ],
)
def test_a_stretch_is_cut_out_of_what_it_falls_in(cut, parts):
    facts = with_stretch(person(), cut)
    assert [str(one.starts_on) for one in facts.stretches] == parts.split()


DAYS = st.dates(date(2026, 1, 16), date(2027, 12, 1))


@given(DAYS, DAYS)
def test_after_a_cut_there_is_no_day_twice_and_none_lost(one, other):
    first, end = sorted([one, other])
    if first == end:
        return
    facts = with_stretch(person(), pause(first.isoformat(), end.isoformat()))
    assert milestones(facts, on=ON)
    ends = [stretch.ends_on for stretch in facts.stretches]
    starts = [stretch.starts_on for stretch in facts.stretches]
    assert ends[:-1] == starts[1:]
    assert ends[-1] is None


@given(DAYS, DAYS)
def test_moving_back_gives_back_what_was(one, other):
    facts, back = person(job(one.isoformat())), person(job(other.isoformat()))
    there = what_if(facts, back, on=ON)
    again = what_if(back, facts, on=ON)
    assert {(change.before, change.after) for change in there} == {
        (change.after, change.before) for change in again
    }
