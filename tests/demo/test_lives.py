"""Planned lives: the same seed the same lives, in the right proportions, and in order of time."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from meedoen.demo.days import midnight
from meedoen.demo.events import StepKind
from meedoen.demo.lives import YOUNGEST_ON_PARTICIPATION_JOB, plan_lives
from meedoen.demo.names import is_made_up
from meedoen.demo.town import MEERDAM, plan_town
from meedoen.rules.ladder.assess import assess, questions_needed
from meedoen.rules.ladder.questions import Question
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import Channel, Outcome, PlaceKind

UNTIL = date(2026, 11, 2)
RESIDENTS = 600


@pytest.fixture(scope="module")
def town():
    return plan_town(MEERDAM, seed=1, residents=RESIDENTS, until=UNTIL)


@pytest.fixture(scope="module")
def lives(town):
    return list(plan_lives(town, seed=1))


def lives_of(seed, residents=60):
    town = plan_town(MEERDAM, seed=seed, residents=residents, until=UNTIL)
    return town, list(plan_lives(town, seed=seed))


def test_the_same_seed_gives_the_same_lives():
    assert lives_of(7) == lives_of(7)


def test_another_seed_gives_other_lives():
    assert lives_of(7)[1] != lives_of(8)[1]


def test_every_name_is_made_up_and_every_number_is_there_once(town, lives):
    people = [life.person for life in lives]
    assert all(is_made_up(person.given_name, person.family_name) for person in people)
    assert all(is_made_up(*coach.name.split(" ", 1)) for coach in town.coaches)
    assert len({person.bsn for person in people}) == RESIDENTS


def test_nothing_is_written_down_before_it_happened_or_after_the_end(lives):
    for life in lives:
        told = [
            *((one.on, one.recorded_at) for one in life.attempts),
            *((one.on, one.recorded_at) for one in life.talks),
            *((step.on, step.recorded_at) for course in life.courses for step in course.steps),
            (life.person.benefit_starts_on, life.person.recorded_at),
        ]
        if life.leaving:
            told.append((life.leaving.on, life.leaving.recorded_at))
        for on, recorded_at in told:
            assert on <= recorded_at.date()
            assert recorded_at < midnight(UNTIL)


def test_statements_about_a_placement_follow_each_other_by_more_than_a_week(lives):
    for life in lives:
        for course in life.courses:
            moments = [step.recorded_at for step in course.steps]
            for earlier, later in pairwise(moments):
                assert later - earlier > timedelta(days=7)


def test_the_outcome_of_an_attempt_fits_how_it_was_made(lives):
    made = Counter((one.outcome, one.channel) for life in lives for one in life.attempts)
    assert set(made) == {
        (Outcome.REACHED, Channel.PHONE),
        (Outcome.REACHED, Channel.HOME_VISIT),
        (Outcome.REACHED, Channel.IN_PERSON),
        (Outcome.NO_ANSWER, Channel.PHONE),
        (Outcome.NO_ANSWER, Channel.HOME_VISIT),
        (Outcome.NO_SHOW, Channel.IN_PERSON),
        (Outcome.NO_CONTACT_WANTED, Channel.PHONE),
        (Outcome.NO_CONTACT_WANTED, Channel.HOME_VISIT),
    }


def test_a_file_closes_only_after_all_else_was_written_down(lives):
    leavers = [life for life in lives if life.leaving]
    assert leavers
    for life in leavers:
        assert not any(course.is_running or course.is_waiting for course in life.courses)
        for one in (*life.attempts, *life.talks):
            assert one.on < life.leaving.on
            assert one.recorded_at < life.leaving.recorded_at


def test_answers_are_only_about_the_way_to_the_rung_and_another_rung_has_its_reason(lives):
    measured = [talk.measured for life in lives for talk in life.talks if talk.measured]
    for one in measured:
        given = {code for code, answer in one.answers.as_mapping().items() if answer is not None}
        assert given == {Question(code).value for code in questions_needed(one.answers)}
        if one.set_rung is not None:
            assert one.set_rung != assess(one.answers).rung
            assert one.reason
    set_otherwise = sum(one.set_rung is not None for one in measured)
    assert 0.01 < set_otherwise / len(measured) < 0.06


def test_nobody_starts_in_old_sheltered_work_after_2014(lives):
    courses = [
        course for life in lives for course in life.courses if course.kind == "sheltered_wsw"
    ]
    assert courses
    for course in courses:
        assert max(step.on for step in course.steps if step.kind == StepKind.CONFIRM) < date(
            2015, 1, 1
        )


def test_nobody_under_twenty_seven_is_proposed_for_a_participation_job(lives):
    for life in lives:
        old_enough = add_months(life.person.birth_date, 12 * YOUNGEST_ON_PARTICIPATION_JOB)
        for course in life.courses:
            if course.kind == PlaceKind.PARTICIPATION_JOB:
                assert course.steps[0].on >= old_enough


def test_late_entries_and_corrections_are_there_at_a_few_percent(lives):
    talks = [talk for life in lives for talk in life.talks]
    late = sum(talk.recorded_at.date() - talk.on > timedelta(days=9) for talk in talks)
    assert 0.02 < late / len(talks) < 0.07
    kinds = Counter(step.kind for life in lives for course in life.courses for step in course.steps)
    assert 0.005 < kinds[StepKind.CORRECT_START] / kinds[StepKind.CONFIRM] < 0.06
    assert 0.003 < kinds[StepKind.TAKE_BACK] / kinds[StepKind.CONFIRM] < 0.06


def test_the_people_take_part_in_proportion_to_a_real_town(lives):
    running = Counter(course.kind for life in lives for course in life.courses if course.is_running)
    share = {kind: running[kind] / RESIDENTS for kind in PlaceKind}
    assert 0.02 < share[PlaceKind.PARTICIPATION_JOB] < 0.06
    # Nobody comes into it any more, so it shrinks with the years.
    assert 0.03 < share[PlaceKind.SHELTERED_WSW] < 0.055
    assert 0.002 < share[PlaceKind.SHELTERED_NEW] < 0.012
    assert 0.05 < share[PlaceKind.VOLUNTEER_WORK] < 0.12
    assert 0.06 < share[PlaceKind.NEIGHBOURHOOD_ACTIVITY] < 0.13
    waiting = sum(course.is_waiting for life in lives for course in life.courses)
    assert 0.01 < waiting / RESIDENTS < 0.07


def test_about_four_in_five_were_spoken_to_in_the_past_year_and_some_never(lives):
    since = add_months(UNTIL, -12)
    spoken = sum(any(talk.on > since for talk in life.talks) for life in lives)
    assert 0.72 < spoken / RESIDENTS < 0.88
    assert 0.04 < sum(not life.talks for life in lives) / RESIDENTS < 0.18


def test_about_eight_in_a_hundred_grow_in_a_year(lives):
    grown = 0
    for life in lives:
        rungs = [
            talk.measured.set_rung or assess(talk.measured.answers).rung
            for talk in life.talks
            if talk.measured and talk.on.year == 2025
        ]
        grown += bool(rungs) and rungs[-1] > rungs[0]
    assert 0.05 < grown / RESIDENTS < 0.13
