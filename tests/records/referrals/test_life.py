"""A referral from draft to feedback, and everything that comes back by itself."""

import pytest

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.referrals.answers import accept, decline, forward, note_seen
from meedoen.records.referrals.course import finish, hand_back, revoke, start, stop_as_sender
from meedoen.records.referrals.models import Referral, ReferralStep
from meedoen.records.referrals.queries import received, referral
from meedoen.records.referrals.sending import send_referral
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    HandBackReason,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
)
from tests.records.referrals.scenes import (
    asks_of,
    in_days,
    moestuin,
    new_referral,
    row_of,
    sent,
    werkplaats,
)

pytestmark = pytest.mark.django_db


def test_a_coach_refers_and_reads_what_came_of_it_without_asking(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    note_seen(town.petra, key=ask.key)
    assert received(town.petra, key=ask.key).who == "Sam Nepstra"
    accept(town.petra, key=ask.key, words="Kom dinsdag langs.")
    start(town.petra, key=ask.key, on=clock.today())
    finish(
        town.petra,
        key=ask.key,
        on=clock.today(),
        outcome=ReferralOutcome.TAKES_PART,
        words="Doet elke dinsdag mee.",
    )
    card = referral(town.anna, key=key)
    assert (card.state, card.outcome) == (ReferralState.DONE, ReferralOutcome.TAKES_PART)
    assert [one.words for one in card.steps if one.words] == [
        "Doet elke dinsdag mee.",
        "Kom dinsdag langs.",
    ]


def test_of_two_who_are_asked_the_first_yes_counts_and_only_that_one_reads_who_it_is(town):
    both = [moestuin(town), werkplaats(town)]
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, both))
    first, second = asks_of(town, key)
    assert received(town.petra, key=first.key).told is None
    accept(town.petra, key=first.key)
    assert received(town.petra, key=first.key).who == "Sam Nepstra"
    with pytest.raises(ActionRefusedError, match="Een andere organisatie"):
        accept(town.otto, key=second.key)
    assert received(town.otto, key=second.key).state is AskState.OVERTAKEN
    assert received(town.otto, key=second.key).told is None


def test_a_no_comes_back_and_is_sent_to_another_without_typing_again(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    decline(town.petra, key=ask.key, reason=DeclineReason.FULL, full_until=in_days(30))
    card = referral(town.anna, key=key)
    assert card.state is ReferralState.DECLINED
    assert card.asks[0].full_until == in_days(30)
    assert row_of(town, key).due_on is not None
    with pytest.raises(ActionRefusedError, match="Kies naar wie"):
        send_referral(town.anna, key=key)


def test_who_is_sent_it_may_send_it_on_and_the_first_sender_sees_to_whom(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    onward = forward(town.petra, key=ask.key, to=werkplaats(town), told=True)
    accept(town.otto, key=onward)
    card = referral(town.anna, key=key)
    assert [(one.receiver, one.forwarded_by, one.state) for one in card.asks] == [
        ("De Moestuin", "", AskState.FORWARDED),
        ("De Werkplaats", "De Moestuin", AskState.ACCEPTED),
    ]
    assert received(town.petra, key=ask.key).told is None


def test_who_said_yes_gives_it_back_and_the_sender_stops_it(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    accept(town.petra, key=ask.key)
    with pytest.raises(ActionRefusedError, match="Er is al ja gezegd"):
        revoke(town.anna, key=key, reason=RevokeReason.OTHER_SOLUTION)
    hand_back(town.petra, key=ask.key, reason=HandBackReason.NO_CONTACT)
    stop_as_sender(town.anna, key=key, outcome=ReferralOutcome.NOBODY_CAN)
    assert referral(town.anna, key=key).outcome is ReferralOutcome.NOBODY_CAN


def test_a_stranger_finds_nothing(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    for stranger in (town.otto, town.carla, town.vera, town.roos):
        assert referral(stranger, key=key) is None
        assert received(stranger, key=ask.key) is None
        assert not Referral.objects.visible_to(stranger).exists()
        assert not ReferralStep.objects.visible_to(stranger).exists()
