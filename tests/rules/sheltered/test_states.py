"""The way to sheltered work: only the steps in the table, by who may make them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.sheltered.states import (
    DECISIONS,
    FIRST_STATE,
    HEARS_OBJECTIONS,
    ShelteredStepError,
    StepProblem,
    goes_against_advice,
    is_closed,
    is_final,
    move,
    next_states,
    reasons_for,
    step_for,
)
from meedoen.rules.sheltered.words import ShelteredParty, ShelteredReason, ShelteredState

S, R, P = ShelteredState, ShelteredReason, ShelteredParty

# Written out once more by hand: from, to, who, and whether a reason is due.
ALLOWED = {
    (S.REQUESTED, S.IN_RESEARCH): (P.UWV, False),
    (S.REQUESTED, S.ENDED): (P.MUNICIPALITY, True),
    (S.IN_RESEARCH, S.ADVICE_POSITIVE): (P.UWV, False),
    (S.IN_RESEARCH, S.ADVICE_NEGATIVE): (P.UWV, False),
    (S.IN_RESEARCH, S.ENDED): (P.MUNICIPALITY, True),
    (S.ADVICE_POSITIVE, S.GRANTED): (P.MUNICIPALITY, False),
    (S.ADVICE_POSITIVE, S.REFUSED): (P.MUNICIPALITY, True),
    (S.ADVICE_POSITIVE, S.ENDED): (P.MUNICIPALITY, True),
    (S.ADVICE_NEGATIVE, S.GRANTED): (P.MUNICIPALITY, True),
    (S.ADVICE_NEGATIVE, S.REFUSED): (P.MUNICIPALITY, False),
    (S.ADVICE_NEGATIVE, S.ENDED): (P.MUNICIPALITY, True),
    (S.GRANTED, S.WAITING): (P.MUNICIPALITY, False),
    (S.GRANTED, S.BRIDGING): (P.MUNICIPALITY, False),
    (S.GRANTED, S.EMPLOYED): (P.EMPLOYER, False),
    (S.GRANTED, S.ENDED): (P.MUNICIPALITY, True),
    (S.REFUSED, S.GRANTED): (P.MUNICIPALITY, True),
    (S.WAITING, S.BRIDGING): (P.MUNICIPALITY, False),
    (S.WAITING, S.EMPLOYED): (P.EMPLOYER, False),
    (S.WAITING, S.ENDED): (P.MUNICIPALITY, True),
    (S.BRIDGING, S.WAITING): (P.MUNICIPALITY, False),
    (S.BRIDGING, S.EMPLOYED): (P.EMPLOYER, False),
    (S.BRIDGING, S.ENDED): (P.MUNICIPALITY, True),
    (S.EMPLOYED, S.WAITING): (P.MUNICIPALITY, True),
    (S.EMPLOYED, S.BRIDGING): (P.MUNICIPALITY, True),
    (S.EMPLOYED, S.ENDED): (P.MUNICIPALITY, True),
}


@pytest.mark.parametrize(("pair", "due"), ALLOWED.items())
def test_a_step_is_made_by_one_party_and_asks_for_a_reason_where_one_is_due(pair, due):
    by, needs_reason = due
    step = step_for(*pair)
    assert (step.by, step.reason_needed) == due
    reason = reasons_for(*pair)[0] if needs_reason else None
    assert move(*pair, by=by, reason=reason, explanation="Zie het besluit.") is pair[1]
    if needs_reason:
        with pytest.raises(ShelteredStepError, match="without a reason; give one of"):
            move(*pair, by=by, explanation="Zie het besluit.")
    for other in set(ShelteredParty) - {by}:
        with pytest.raises(ShelteredStepError, match=f"anyone else than '{by.value}'"):
            move(*pair, by=other, reason=reason, explanation="Zie het besluit.")


@pytest.mark.parametrize(
    ("state", "to"), [pair for pair in itertools.product(S, repeat=2) if pair not in ALLOWED]
)
def test_any_other_step_is_refused_with_the_way_out(state, to):
    with pytest.raises(ShelteredStepError, match="it can go to") as caught:
        move(state, to, by=P.MUNICIPALITY)
    assert caught.value.problem is StepProblem.NO_SUCH_STEP
    with pytest.raises(ShelteredStepError):
        reasons_for(state, to)
    assert not goes_against_advice(state, to)


def test_a_decision_departs_from_the_advice_only_with_a_reason_in_words():
    against = {pair for pair in ALLOWED if goes_against_advice(*pair)}
    assert against == {(S.ADVICE_POSITIVE, S.REFUSED), (S.ADVICE_NEGATIVE, S.GRANTED)}
    for state, to in against:
        assert reasons_for(state, to) == (R.NEW_FACTS, R.ADVICE_NOT_CAREFUL)
        with pytest.raises(ShelteredStepError, match="say in words why") as caught:
            move(state, to, by=P.MUNICIPALITY, reason=R.NEW_FACTS, explanation="  ")
        assert caught.value.problem is StepProblem.EXPLANATION_MISSING


def test_an_objection_goes_to_the_municipality_and_turns_only_a_refusal():
    assert HEARS_OBJECTIONS is P.MUNICIPALITY
    assert {S.GRANTED, S.REFUSED} == DECISIONS
    turns = {pair for pair in ALLOWED if R.OBJECTION_UPHELD in reasons_for(*pair)}
    assert turns == {(S.REFUSED, S.GRANTED)}


@pytest.mark.parametrize(
    ("state", "to", "reason", "said"),
    [
        (S.ADVICE_POSITIVE, S.GRANTED, R.DIED, "leave the reason out"),
        (S.REQUESTED, S.ENDED, R.NO_LONGER_NEEDED, "for that reason; give one of"),
        (S.GRANTED, S.WAITING, R.DIED, "'no_place_yet', 'number_realised'"),
    ],
)
def test_a_reason_that_does_not_fit_is_refused(state, to, reason, said):
    with pytest.raises(ShelteredStepError, match=said) as caught:
        move(state, to, by=P.MUNICIPALITY, reason=reason)
    assert caught.value.problem is StepProblem.REASON_DOES_NOT_FIT
    assert (caught.value.state, caught.value.to) == (state, to)


def test_only_an_end_is_final_and_a_refusal_is_closed():
    assert [state for state in S if is_final(state)] == [S.ENDED]
    assert [state for state in S if is_closed(state)] == [S.REFUSED, S.ENDED]


def test_every_state_is_reached_and_from_every_state_somebody_can_leave():
    reached, todo = {FIRST_STATE}, [FIRST_STATE]
    while todo:
        new = set(next_states(todo.pop())) - reached
        reached |= new
        todo += new
    assert reached == set(S)
    for state in set(S) - {S.ENDED, S.REFUSED}:
        assert R.DIED in reasons_for(state, S.ENDED)


def test_every_reason_belongs_to_a_step():
    assert {reason for pair in ALLOWED for reason in reasons_for(*pair)} == set(R)


WISHES = st.lists(
    st.tuples(
        st.sampled_from(S),
        st.sampled_from(P),
        st.none() | st.sampled_from(R),
        st.sampled_from(["", "Zie het besluit."]),
    ),
    max_size=60,
)


@given(st.sampled_from(S), WISHES)
def test_a_random_walk_stays_on_the_table(state, wishes):
    for to, by, reason, explanation in wishes:
        try:
            after = move(state, to, by=by, reason=reason, explanation=explanation)
        except ShelteredStepError:
            continue
        assert ALLOWED[state, to][0] is by
        assert reason is not None or not ALLOWED[state, to][1]
        assert not (goes_against_advice(state, to) and not explanation)
        state = after


@given(st.data())
def test_nobody_works_without_advice_and_decision_whatever_way_they_go(data):
    state, walked = FIRST_STATE, [FIRST_STATE]
    for _ in range(30):
        if is_final(state):
            break
        to = data.draw(st.sampled_from(next_states(state)))
        step = step_for(state, to)
        reason = data.draw(st.sampled_from(reasons_for(state, to))) if step.reasons else None
        state = move(state, to, by=step.by, reason=reason, explanation="Zie het besluit.")
        walked.append(state)
    assert S.ENDED not in walked[:-1]
    if S.EMPLOYED in walked:
        before = walked[: walked.index(S.EMPLOYED)]
        assert S.GRANTED in before
        assert {S.ADVICE_POSITIVE, S.ADVICE_NEGATIVE} & set(before)
