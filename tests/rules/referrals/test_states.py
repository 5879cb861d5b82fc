"""A referral and its receivers make only the moves in the tables, with the words that fit."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.referrals.states import (
    AWAITS_ANSWER,
    CLOSED,
    OPEN,
    OPEN_ASKS,
    WITH_ACCEPTOR,
    WITH_SENDER,
    ReferralMoveError,
    decline_reasons,
    move_ask,
    move_referral,
    outcomes_when_done,
    outcomes_when_stopped,
    state_of,
)
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    ReferralAbout,
    ReferralOutcome,
    ReferralState,
)

DRAFT, SENT, SEEN, ACCEPTED, STARTED, DONE, STOPPED, DECLINED, HANDED_BACK, REVOKED = ReferralState
A = AskState

ALLOWED = {
    DRAFT: {SENT, REVOKED},
    SENT: {SEEN, ACCEPTED, DECLINED, HANDED_BACK, STOPPED, REVOKED},
    SEEN: {SENT, ACCEPTED, DECLINED, HANDED_BACK, STOPPED, REVOKED},
    ACCEPTED: {SENT, STARTED, DONE, STOPPED, HANDED_BACK},
    STARTED: {DONE, STOPPED},
    DONE: set(),
    STOPPED: set(),
    DECLINED: {SENT, STOPPED},
    HANDED_BACK: {SENT, STOPPED},
    REVOKED: set(),
}
"""Written out once more, by hand: whoever changes the table changes it here too, on purpose."""

FROM_OPEN = {A.ACCEPTED, A.DECLINED, A.FORWARDED, A.OVERTAKEN, A.LAPSED, A.CALLED_BACK}
OF_RECEIVERS = {state: set() for state in A} | {
    A.ASKED: FROM_OPEN | {A.SEEN},
    A.SEEN: FROM_OPEN,
    A.ACCEPTED: {A.FORWARDED, A.HANDED_BACK},
}


@pytest.mark.parametrize(("state", "to"), list(itertools.product(ReferralState, repeat=2)))
def test_a_referral_makes_the_moves_in_the_table_and_no_other(state, to):
    if to in ALLOWED[state]:
        assert move_referral(state, to) is to
    else:
        with pytest.raises(ReferralMoveError) as caught:
            move_referral(state, to)
        assert (caught.value.state, caught.value.to) == (state, to)


@pytest.mark.parametrize(("state", "to"), list(itertools.product(AskState, repeat=2)))
def test_a_receiver_makes_the_moves_in_the_table_and_no_other(state, to):
    if to in OF_RECEIVERS[state]:
        assert move_ask(state, to) is to
    else:
        with pytest.raises(ReferralMoveError):
            move_ask(state, to)


def test_a_referral_always_waits_for_somebody_or_is_over():
    groups = (AWAITS_ANSWER, WITH_ACCEPTOR, WITH_SENDER, CLOSED)
    assert sorted(itertools.chain(*groups)) == sorted(ReferralState)
    assert AWAITS_ANSWER | WITH_ACCEPTOR | WITH_SENDER == OPEN
    assert {state for state in ReferralState if not ALLOWED[state]} == CLOSED


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_referral_can_still_come_to_an_end(state):
    reached, news = {state}, {state}
    while news:
        news = set().union(*(ALLOWED[one] for one in news)) - reached
        reached |= news
    assert reached & CLOSED


@pytest.mark.parametrize(
    ("asks", "expected"),
    [
        ([], DRAFT),
        ([A.ASKED], SENT),
        ([A.SEEN], SEEN),
        ([A.ACCEPTED], ACCEPTED),
        ([A.DECLINED], DECLINED),
        ([A.LAPSED], HANDED_BACK),
        ([A.HANDED_BACK], HANDED_BACK),
        # Of several, who may still answer counts before who cannot any more.
        ([A.ASKED, A.SEEN], SEEN),
        ([A.DECLINED, A.ASKED], SENT),
        ([A.LAPSED, A.SEEN], SEEN),
        ([A.DECLINED, A.LAPSED], HANDED_BACK),
        ([A.DECLINED, A.DECLINED], DECLINED),
        # A yes counts before everything.
        ([A.OVERTAKEN, A.ACCEPTED, A.DECLINED], ACCEPTED),
        # Who gave it back overtook the others before that.
        ([A.OVERTAKEN, A.HANDED_BACK], HANDED_BACK),
        # Sent on: it is where the next one is.
        ([A.FORWARDED, A.ASKED], SENT),
        ([A.FORWARDED, A.DECLINED], DECLINED),
        ([A.FORWARDED, A.LAPSED], HANDED_BACK),
    ],
)
def test_a_referral_is_where_its_receivers_are(asks, expected):
    assert state_of(asks) is expected
    assert state_of(reversed(asks)) is expected


@given(asks=st.lists(st.sampled_from(list(AskState)), max_size=8))
def test_however_many_receivers_it_waits_for_somebody(asks):
    state = state_of(asks)
    assert state in OPEN
    assert (state is ACCEPTED) == (A.ACCEPTED in asks)
    may_answer = bool(set(asks) & OPEN_ASKS)
    assert (state in AWAITS_ANSWER) == (may_answer and A.ACCEPTED not in asks)
    # Asking one more never takes a yes away, and always makes that somebody has to answer.
    assert state_of([*asks, A.ASKED]) in AWAITS_ANSWER | {ACCEPTED}


@pytest.mark.parametrize("about", list(ReferralAbout))
def test_every_end_has_words_of_its_own(about):
    done = set(outcomes_when_done(about))
    for by_sender in (True, False):
        stopped = set(outcomes_when_stopped(about, by_sender=by_sender))
        assert done
        assert stopped
        assert not done & stopped
    for knows_who in (True, False):
        assert DeclineReason.NOT_OUR_WORK in decline_reasons(about, knows_who=knows_who)


def test_of_a_question_nothing_is_said_that_only_people_do():
    question, person = ReferralAbout.QUESTION, ReferralAbout.KNOWN_PERSON
    of_people = {
        ReferralOutcome.TAKES_PART,
        ReferralOutcome.MOVED_ON,
        ReferralOutcome.NOT_REACHED,
        ReferralOutcome.DID_NOT_COME,
        ReferralOutcome.RESIDENT_STOPPED,
        ReferralOutcome.MOVED_AWAY,
        ReferralOutcome.DIED,
    }
    said = {
        *outcomes_when_done(question),
        *outcomes_when_stopped(question, by_sender=True),
        *outcomes_when_stopped(question, by_sender=False),
    }
    assert not said & of_people
    withdrew = DeclineReason.RESIDENT_WITHDREW
    assert withdrew not in decline_reasons(question, knows_who=True)
    assert withdrew in decline_reasons(person, knows_who=True)
    assert withdrew not in decline_reasons(person, knows_who=False)
    assert outcomes_when_done(person)[0] is ReferralOutcome.TAKES_PART
    assert ReferralOutcome.ANSWERED not in outcomes_when_done(person)


def test_only_the_sender_says_that_nobody_can_and_only_the_receiver_that_nobody_came():
    person = ReferralAbout.KNOWN_PERSON
    sender = outcomes_when_stopped(person, by_sender=True)
    receiver = outcomes_when_stopped(person, by_sender=False)
    assert ReferralOutcome.NOBODY_CAN in sender
    assert ReferralOutcome.NOBODY_CAN not in receiver
    assert ReferralOutcome.DID_NOT_COME in receiver
    assert ReferralOutcome.DID_NOT_COME not in sender
