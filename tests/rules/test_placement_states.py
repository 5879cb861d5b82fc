"""A placement makes only the moves in the table, with an outcome that fits."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.placement_states import (
    FIRST_STATE,
    PLACEMENT_OUTCOMES,
    MoveNotAllowedError,
    MoveProblem,
    is_final,
    move,
    next_states,
    outcomes_for,
)
from meedoen.rules.vocabulary import Outcome, PlacementState

PROPOSED = PlacementState.PROPOSED
ACTIVE = PlacementState.ACTIVE
ENDED = PlacementState.ENDED
WITHDRAWN = PlacementState.WITHDRAWN

ALLOWED = {(PROPOSED, ACTIVE), (PROPOSED, WITHDRAWN), (ACTIVE, ENDED)}


@pytest.mark.parametrize(
    ("state", "to", "outcome"),
    [
        (PROPOSED, ACTIVE, None),
        (PROPOSED, WITHDRAWN, None),
        (PROPOSED, WITHDRAWN, Outcome.STOPPED_BY_RESIDENT),
        (PROPOSED, WITHDRAWN, Outcome.MOVED_AWAY),
        (ACTIVE, ENDED, Outcome.GOAL_REACHED),
        (ACTIVE, ENDED, Outcome.STOPPED_BY_PARTNER),
        (ACTIVE, ENDED, Outcome.DIED),
    ],
)
def test_an_allowed_move_arrives(state, to, outcome):
    assert move(state, to, outcome) is to


@pytest.mark.parametrize(
    ("state", "to"),
    [pair for pair in itertools.product(PlacementState, repeat=2) if pair not in ALLOWED],
)
def test_any_other_move_is_refused_with_the_way_out(state, to):
    with pytest.raises(MoveNotAllowedError, match="it can go to") as caught:
        move(state, to, Outcome.GOAL_REACHED)
    assert caught.value.problem is MoveProblem.NO_SUCH_MOVE
    with pytest.raises(MoveNotAllowedError):
        outcomes_for(state, to)


@pytest.mark.parametrize(
    ("state", "to", "outcome", "problem", "said"),
    [
        (ACTIVE, ENDED, None, MoveProblem.OUTCOME_MISSING, "without an outcome; give one of"),
        (ACTIVE, ENDED, Outcome.NO_SHOW, MoveProblem.OUTCOME_DOES_NOT_FIT, "'no_show'; give one"),
        (
            PROPOSED,
            WITHDRAWN,
            Outcome.GOAL_REACHED,
            MoveProblem.OUTCOME_DOES_NOT_FIT,
            "'goal_reached'; give one of",
        ),
        (PROPOSED, ACTIVE, Outcome.DIED, MoveProblem.OUTCOME_DOES_NOT_FIT, "leave the outcome out"),
    ],
)
def test_an_outcome_that_does_not_fit_is_refused(state, to, outcome, problem, said):
    with pytest.raises(MoveNotAllowedError, match=said) as caught:
        move(state, to, outcome)
    assert caught.value.problem is problem
    assert (caught.value.state, caught.value.to, caught.value.outcome) == (state, to, outcome)


def test_outcomes_of_reaching_someone_are_none_of_a_placement():
    reaching = {Outcome.REACHED, Outcome.NO_ANSWER, Outcome.NO_SHOW, Outcome.NO_CONTACT_WANTED}
    assert set(Outcome) - PLACEMENT_OUTCOMES == reaching


def test_ended_and_withdrawn_are_final():
    assert [state for state in PlacementState if is_final(state)] == [ENDED, WITHDRAWN]


def test_a_start_takes_no_outcome_and_an_end_any_of_a_placement():
    assert outcomes_for(PROPOSED, ACTIVE) == ()
    assert set(outcomes_for(ACTIVE, ENDED)) == PLACEMENT_OUTCOMES


@given(
    st.lists(
        st.tuples(st.sampled_from(PlacementState), st.one_of(st.none(), st.sampled_from(Outcome))),
        max_size=40,
    )
)
def test_a_random_walk_stays_on_the_table(steps):
    state = FIRST_STATE
    walked = [state]
    for to, outcome in steps:
        try:
            after = move(state, to, outcome)
        except MoveNotAllowedError:
            continue
        assert (state, to) in ALLOWED
        assert to is ENDED or outcome is None or outcome in outcomes_for(state, to)
        if to is ENDED:
            assert outcome in PLACEMENT_OUTCOMES
        state = after
        walked.append(state)
    assert len(walked) == len(set(walked))
    assert tuple(walked) in {
        (PROPOSED,),
        (PROPOSED, ACTIVE),
        (PROPOSED, WITHDRAWN),
        (PROPOSED, ACTIVE, ENDED),
    }


@given(st.sampled_from(PlacementState), st.sampled_from(PlacementState))
def test_next_states_and_move_agree(state, to):
    if to not in next_states(state):
        with pytest.raises(MoveNotAllowedError):
            move(state, to)
        return
    choices = outcomes_for(state, to) or (None,)
    assert {move(state, to, outcome) for outcome in choices} == {to}
