"""Random walks through referrals by everyone: whatever happens, somebody must act or it is over."""

from datetime import UTC, datetime
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoen.rules.referrals.states import AWAITS_ANSWER, CLOSED, WITH_ACCEPTOR, WITH_SENDER
from meedoen.rules.vocabulary import ReferralState
from tests.examples import examples
from tests.records.referrals.walking import MOVES, SENDERS, STARTS, WHO, Step, Walk, check
from tests.town import Town
from tests.web.coach.scenes import started

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
STEPS = 60

RECEIVERS = ("petra", "pia", "otto", "carla", "anna", "lea")
LIKELY = {
    AWAITS_ANSWER: (*("see", "accept", "decline", "forward", "wait") * 2, "revoke"),
    WITH_ACCEPTOR: (
        "start",
        "start",
        "hand back",
        "hand back",
        "forward",
        "finish",
        "stop",
        "wait",
    ),
    WITH_SENDER: (*("change", "send") * 4, "stop as sender", "wait"),
    CLOSED: tuple(MOVES),
}
"""What may well happen next, by how far a referral is."""


def step(chance: Random, walk: Walk) -> Step:
    """Choose a step that may well be made, or now and then any step of anybody."""
    choice = chance.randrange(6)
    if chance.random() < 0.2:
        return chance.choice([*MOVES]), chance.choice(WHO), choice
    (likely,) = (moves for states, moves in LIKELY.items() if walk.row.state in states)
    move = chance.choice(likely)
    of_sender = move in {"change", "send", "revoke", "stop as sender"}
    who = SENDERS[walk.kind] if of_sender else chance.choice(RECEIVERS)
    return move, who, choice


@pytest.mark.django_db
@settings(
    max_examples=examples(4),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(chance=st.randoms(use_true_random=True))
def test_after_every_step_of_anybody_all_is_as_it_must_be(town: Town, chance: Random) -> None:
    with transaction.atomic():
        started(town)
        kinds = chance.sample(list(STARTS), len(STARTS))
        walk = Walk(town, kinds.pop(), NOON)
        for _number in range(STEPS):
            if walk.go(step(chance, walk)):
                check(walk)
            if walk.row.state in CLOSED and kinds and chance.random() < 0.3:
                walk = Walk(town, kinds.pop(), walk.moment)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(STARTS))
def test_each_kind_can_be_walked_to_its_end(town: Town, kind: str) -> None:
    """So the random walks begin where something can happen."""
    started(town)
    walk = Walk(town, kind, NOON)
    assert walk.go(("send", SENDERS[kind], 0))
    check(walk)
    ask = walk.asks()[0]
    who = "anna" if ask.team_id is not None else "petra"
    if ask.organisation_id == town.otto.organisation_id:
        who = "otto"
    back = 1 if len(walk.asks()) > 1 else 0
    for move, state in [
        ("see", ReferralState.SEEN),
        ("accept", ReferralState.ACCEPTED),
        ("start", ReferralState.STARTED),
    ]:
        assert walk.go((move, who, back))
        check(walk)
        assert walk.row.state == state
    assert walk.go(("finish", who, back))
    check(walk)
    assert walk.row.state == ReferralState.DONE
