"""A course is one that single moves could have made; everything wrong with it is said at once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.placement_course import CourseProblem, CourseStep, faults_of
from meedoen.rules.placement_states import (
    FIRST_STATES,
    MoveNotAllowedError,
    is_final,
    move,
    next_states,
    outcomes_for,
    reasons_for,
)
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState

TODAY = date(2026, 5, 1)


def step(state, day, outcome=None, reason=None):
    return CourseStep(state=PlacementState(state), on=day, outcome=outcome, reason=reason)


def problems(*steps):
    return [(fault.at, fault.problem) for fault in faults_of(steps, today=TODAY)]


def test_a_whole_course_with_a_trial_and_a_pause_is_right():
    assert not problems(
        step("waiting", date(2026, 1, 5)),
        step("proposed", date(2026, 2, 2)),
        step("introduced", date(2026, 2, 9)),
        step("trial", date(2026, 2, 9)),
        step("active", date(2026, 3, 2)),
        step("paused", date(2026, 4, 1), None, MoveReason.AGREED_BREAK),
        step("active", date(2026, 4, 20)),
        step("ended", date(2026, 5, 2), Outcome.GOAL_REACHED),
    )


def test_nothing_is_no_course():
    assert problems() == [(0, CourseProblem.EMPTY)]


def test_everything_that_is_wrong_is_said_at_once():
    assert problems(
        step("active", date(2026, 2, 1)),
        step("introduced", date(2026, 1, 1)),
        step("active", date(2026, 5, 2)),
        step("ended", date(2026, 5, 2)),
    ) == [
        (0, CourseProblem.BEGINS_WRONG),
        (1, CourseProblem.MOVE_NOT_ALLOWED),
        (1, CourseProblem.ENDS_BEFORE_START),
        (2, CourseProblem.IN_THE_FUTURE),
        (3, CourseProblem.MOVE_NOT_ALLOWED),
        (3, CourseProblem.TOOK_PART_NO_DAY),
    ]


def test_an_end_is_the_day_after_the_last_so_it_may_be_tomorrow():
    begun = [step("proposed", date(2026, 4, 1)), step("active", date(2026, 4, 2))]
    assert not problems(*begun, step("ended", date(2026, 5, 2), Outcome.DIED))
    assert problems(*begun, step("ended", date(2026, 5, 3), Outcome.DIED)) == [
        (2, CourseProblem.IN_THE_FUTURE)
    ]


@st.composite
def walks(draw):
    """Draw a course of single moves, each some days after the one before."""
    state = draw(st.sampled_from(sorted(FIRST_STATES)))
    day = date(2024, 1, 1)
    steps = [step(state, day)]
    for days in draw(st.lists(st.integers(1, 40), max_size=12)):
        ways = next_states(state)
        if not ways:
            break
        to = draw(st.sampled_from(ways))
        outcome = draw(st.sampled_from(outcomes_for(state, to) or (None,)))
        reason = draw(st.sampled_from(reasons_for(state, to, outcome) or (None,)))
        state, day = to, day + timedelta(days=days)
        steps.append(step(state, day, outcome, reason))
    return steps


@given(walks())
def test_what_single_moves_can_do_is_a_course(steps):
    assert faults_of(steps, today=TODAY) == ()


@given(walks(), st.data())
def test_a_course_without_one_of_its_steps_is_right_only_when_moves_lead_over_it(steps, data):
    at = data.draw(st.integers(0, len(steps) - 1))
    rest = steps[:at] + steps[at + 1 :]
    faults = faults_of(rest, today=TODAY)
    if not rest or rest[0].state not in FIRST_STATES:
        assert faults
    elif 0 < at < len(steps) - 1:
        before, after = rest[at - 1], rest[at]
        try:
            move(before.state, after.state, after.outcome, after.reason)
        except MoveNotAllowedError:
            assert [fault.problem for fault in faults] == [CourseProblem.MOVE_NOT_ALLOWED]
        else:
            assert faults == ()
    else:
        assert faults == ()
        assert at == 0 or not is_final(rest[-1].state)
