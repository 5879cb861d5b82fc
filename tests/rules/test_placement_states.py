"""A placement makes only the moves in the table, with the words that fit."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.placement_states import (
    BEFORE_START,
    COMES,
    FIRST_STATES,
    HOLDS_A_SEAT,
    NOT_OVER,
    PLACEMENT_OUTCOMES,
    REASONS_OF,
    TAKES_PART,
    MoveNotAllowedError,
    MoveProblem,
    is_final,
    leaving_state,
    move,
    next_states,
    outcomes_for,
    reasons_for,
)
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState

WAITING, PROPOSED, INTRODUCED, TRIAL, ACTIVE, PAUSED, ENDED, WITHDRAWN = PlacementState

ALLOWED = {
    WAITING: {PROPOSED, WITHDRAWN},
    PROPOSED: {WAITING, INTRODUCED, TRIAL, ACTIVE, WITHDRAWN},
    INTRODUCED: {WAITING, TRIAL, ACTIVE, WITHDRAWN},
    TRIAL: {ACTIVE, ENDED},
    ACTIVE: {PAUSED, ENDED},
    PAUSED: {ACTIVE, ENDED},
    ENDED: set(),
    WITHDRAWN: set(),
}
"""Written out once more, by hand: whoever changes the table changes it here too, on purpose."""

REFUSED = [
    (state, to)
    for state, to in itertools.product(PlacementState, repeat=2)
    if to not in ALLOWED[state]
]


@pytest.mark.parametrize(
    ("state", "to", "outcome", "reason"),
    [
        (WAITING, PROPOSED, None, None),
        (WAITING, WITHDRAWN, Outcome.DIED, None),
        (PROPOSED, INTRODUCED, None, None),
        (PROPOSED, ACTIVE, None, None),
        (PROPOSED, WAITING, None, MoveReason.HOLD_LAPSED),
        (PROPOSED, WITHDRAWN, None, None),
        (PROPOSED, WITHDRAWN, Outcome.STOPPED_BY_RESIDENT, MoveReason.TIMES_OR_TRAVEL),
        (PROPOSED, WITHDRAWN, Outcome.MOVED_AWAY, None),
        (INTRODUCED, TRIAL, None, None),
        (INTRODUCED, WITHDRAWN, Outcome.STOPPED_BY_PARTNER, MoveReason.NO_ROOM_AFTER_ALL),
        (TRIAL, ACTIVE, None, None),
        (TRIAL, ENDED, Outcome.STOPPED_BY_PARTNER, MoveReason.DID_NOT_WORK_OUT),
        (ACTIVE, PAUSED, None, MoveReason.AGREED_BREAK),
        (PAUSED, ACTIVE, None, None),
        (PAUSED, ENDED, Outcome.STOPPED_BY_MUNICIPALITY, MoveReason.TERM_OF_THE_LAW),
        (ACTIVE, ENDED, Outcome.GOAL_REACHED, None),
        (ACTIVE, ENDED, Outcome.MOVED_ON_TO_SUPPORTED_WORK, None),
        (ACTIVE, ENDED, Outcome.DIED, None),
    ],
)
def test_an_allowed_move_arrives(state, to, outcome, reason):
    assert move(state, to, outcome, reason) is to


@pytest.mark.parametrize(("state", "to"), REFUSED)
def test_any_other_move_is_refused_with_the_way_out(state, to):
    with pytest.raises(MoveNotAllowedError, match="it can go to") as caught:
        move(state, to, Outcome.GOAL_REACHED)
    assert caught.value.problem is MoveProblem.NO_SUCH_MOVE
    for words in (outcomes_for, reasons_for):
        with pytest.raises(MoveNotAllowedError):
            words(state, to)


@pytest.mark.parametrize("state", PlacementState)
def test_the_ways_on_are_those_of_the_table(state):
    assert set(next_states(state)) == ALLOWED[state]


@pytest.mark.parametrize(
    ("state", "to", "outcome", "reason", "problem", "said"),
    [
        (ACTIVE, ENDED, None, None, MoveProblem.OUTCOME_MISSING, "without an outcome; give one of"),
        (
            ACTIVE,
            ENDED,
            Outcome.NO_SHOW,
            None,
            MoveProblem.OUTCOME_DOES_NOT_FIT,
            "'no_show'; give one",
        ),
        (
            PROPOSED,
            WITHDRAWN,
            Outcome.GOAL_REACHED,
            None,
            MoveProblem.OUTCOME_DOES_NOT_FIT,
            "'goal_reached'; give one of",
        ),
        (
            PROPOSED,
            ACTIVE,
            Outcome.DIED,
            None,
            MoveProblem.OUTCOME_DOES_NOT_FIT,
            "leave the outcome out",
        ),
        (
            ACTIVE,
            ENDED,
            Outcome.STOPPED_BY_RESIDENT,
            None,
            MoveProblem.REASON_MISSING,
            "without a reason; give one of .*'asks_too_much'",
        ),
        (ACTIVE, PAUSED, None, None, MoveProblem.REASON_MISSING, "without a reason"),
        (
            ACTIVE,
            ENDED,
            Outcome.STOPPED_BY_RESIDENT,
            MoveReason.WORK_IS_DONE,
            MoveProblem.REASON_DOES_NOT_FIT,
            "with the reason 'work_is_done'; give one of",
        ),
        (
            ACTIVE,
            ENDED,
            Outcome.DIED,
            MoveReason.NOT_SAFE,
            MoveProblem.REASON_DOES_NOT_FIT,
            "leave the reason out",
        ),
        (
            PAUSED,
            ACTIVE,
            None,
            MoveReason.AGREED_BREAK,
            MoveProblem.REASON_DOES_NOT_FIT,
            "leave the reason out",
        ),
    ],
)
def test_words_that_do_not_fit_are_refused(state, to, outcome, reason, problem, said):
    with pytest.raises(MoveNotAllowedError, match=said) as caught:
        move(state, to, outcome, reason)
    error = caught.value
    assert error.problem is problem
    assert (error.state, error.to, error.outcome, error.reason) == (state, to, outcome, reason)


def test_outcomes_of_reaching_someone_are_none_of_a_placement():
    reaching = {Outcome.REACHED, Outcome.NO_ANSWER, Outcome.NO_SHOW, Outcome.NO_CONTACT_WANTED}
    assert set(Outcome) - PLACEMENT_OUTCOMES == reaching


def test_every_reason_fits_some_move():
    fitting = {reason for reasons in REASONS_OF.values() for reason in reasons}
    for state, to in itertools.product(PlacementState, repeat=2):
        if to in ALLOWED[state]:
            fitting |= set(reasons_for(state, to))
    assert fitting == set(MoveReason)


def test_the_groups_of_states_are_each_within_the_next():
    assert BEFORE_START.isdisjoint(TAKES_PART)
    assert COMES < TAKES_PART < HOLDS_A_SEAT < NOT_OVER
    assert set(PlacementState) - NOT_OVER == {ENDED, WITHDRAWN}
    assert {WAITING, PROPOSED} == FIRST_STATES


def test_ended_and_withdrawn_are_final_and_every_other_state_leads_to_just_one_of_them():
    assert [state for state in PlacementState if is_final(state)] == [ENDED, WITHDRAWN]
    for state in PlacementState:
        wanted = ENDED if state in TAKES_PART else WITHDRAWN
        assert leaving_state(state) is (wanted if state in NOT_OVER else None)


WORDS = st.tuples(
    st.sampled_from(PlacementState),
    st.one_of(st.none(), st.sampled_from(Outcome)),
    st.one_of(st.none(), st.sampled_from(MoveReason)),
)


@given(st.sampled_from(sorted(FIRST_STATES)), st.lists(WORDS, max_size=60))
def test_a_random_walk_stays_on_the_table(first, steps):
    state = first
    has_taken_part = False
    for to, outcome, reason in steps:
        try:
            after = move(state, to, outcome, reason)
        except MoveNotAllowedError:
            continue
        assert to in ALLOWED[state]
        assert outcome is None or outcome in outcomes_for(state, to)
        assert reason in (reasons_for(state, to, outcome) or (None,))
        # Who took part never waits again at the same place, and never came to nothing.
        has_taken_part |= state in TAKES_PART
        assert not has_taken_part or after in TAKES_PART | {ENDED}
        state = after
    if state is ENDED:
        assert has_taken_part


@given(st.sampled_from(PlacementState), st.sampled_from(PlacementState))
def test_every_way_on_can_be_gone_with_any_words_it_says_itself(state, to):
    if to not in next_states(state):
        return
    for outcome in outcomes_for(state, to) or (None,):
        for reason in reasons_for(state, to, outcome) or (None,):
            assert move(state, to, outcome, reason) is to
