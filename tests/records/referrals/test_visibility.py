"""Who sees what of a referral: by every way in the same, for everybody, in every state.

The rule is written out once more in plain Python, and compared with the page of one referral, what
a receiver opens, the lists, what waits, the file of the person, the story and what is told.
"""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.answers import accept, decline, forward
from meedoen.records.referrals.clock_actions import forget_told
from meedoen.records.referrals.course import finish, revoke, stop_as_sender
from meedoen.records.referrals.drafts import (
    Receiver,
    change_referral,
    discard_draft,
    draft_referral,
)
from meedoen.records.referrals.ending import empty_facts_of
from meedoen.records.referrals.lists import (
    SentFilter,
    came_back,
    received_list,
    sent,
    waiting_for,
)
from meedoen.records.referrals.models import Ask, Referral, ReferralStep
from meedoen.records.referrals.opening import note_received
from meedoen.records.referrals.queries import (
    ReceivedCard,
    ReferralCard,
    received,
    referral,
    referrals_of,
)
from meedoen.records.referrals.sending import send_referral
from meedoen.rules.referrals.states import CLOSED, OPEN_ASKS
from meedoen.rules.vocabulary import AskState, ReferralOutcome, ReferralState, RevokeReason
from tests.records.referrals.scenes import moestuin, new_referral
from tests.records.referrals.walking import SENDERS, STARTS, Walk, check, may_read
from tests.town import Town
from tests.web.coach.scenes import started

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ALL = SentFilter(show="all")
KINDS = list(STARTS)
SIDES = ("anna", "carla", "petra", "otto", "roos")


def sees_whole(town: Town, name: str, row: Referral) -> bool:
    """Say whether somebody reads a referral from the side of the sender, or of the person."""
    viewer = getattr(town, name)
    if row.from_organisation_id is not None:
        if row.from_organisation_id == viewer.organisation_id:
            return True
    elif row.pseudonym_id is None:
        return viewer.team_id is not None and viewer.team_id == row.from_team_id
    if row.pseudonym_id is None:
        return False
    hidden = row.from_organisation_id is not None and row.state == ReferralState.DRAFT
    is_theirs = row.pseudonym_id == town.roos_file.pseudonym_id and name == "roos"
    return is_theirs or (name in {"anna", "bram", "lea"} and not hidden)


def answers_for(town: Town, name: str, row: Referral, ask: Ask) -> bool:
    """Say whether somebody may open a receiver to answer for it."""
    viewer = getattr(town, name)
    if viewer.organisation_id is not None:
        return ask.organisation_id == viewer.organisation_id
    if viewer.team_id is None:
        return False
    own = ask.team_id == viewer.team_id
    return own or (sees_whole(town, name, row) and name in {"anna", "bram", "lea"})


def look_at_all(walk: Walk, names: Sequence[str] = SIDES) -> None:
    """Check that every way shows what the rule says, and nothing more."""
    with clock.at(walk.moment):
        row, asks = walk.row, walk.asks()
        for name in names:
            look(walk, name, row, asks)


def look(walk: Walk, name: str, row: Referral, asks: list[Ask]) -> None:
    """Check every way for one person."""
    viewer = getattr(walk.town, name)
    whole = sees_whole(walk.town, name, row)
    mine = [one for one in asks if answers_for(walk.town, name, row, one)]
    opened = {one.pk: received(viewer, key=one.key) for one in asks}
    assert {pk for pk, card in opened.items() if card} == {one.pk for one in mine}, name
    card = referral(viewer, key=walk.key)
    assert (card is not None) == whole, name
    there = Referral.objects.visible_to(viewer).filter(pk=row.pk).exists()
    assert there == (whole or bool(mine)), name
    look_at_lists(walk, viewer, whole=whole, mine=mine)
    look_at_story(walk, viewer, card, asks, mine)
    for one in mine:
        look_at_told(walk, name, opened[one.pk], asks, one)


def look_at_lists(walk: Walk, viewer: Viewer, *, whole: bool, mine: list[Ask]) -> None:
    """Check that lists hold nothing that cannot be opened."""
    listed = {one.key for one in sent(viewer, wanted=ALL).cards}
    assert listed <= ({walk.key} if whole else set())
    assert {one.key for one in came_back(viewer)} <= listed
    opened = {one.key for one in mine}
    assert {one.key for one in received_list(viewer, show="all").cards} <= opened
    assert {one.key for one in waiting_for(viewer)} <= opened
    person = walk.row.pseudonym_id
    if person is not None:
        of_person = {one.key for one in referrals_of(viewer, pseudonym_id=person)}
        assert of_person == ({walk.key} if whole and viewer.organisation_id is None else set())


def look_at_story(
    walk: Walk, viewer: Viewer, card: ReferralCard | None, asks: list[Ask], mine: list[Ask]
) -> None:
    """Check that the story is all of it, or what concerns oneself and who it was sent on to."""
    if card is not None:
        assert len(card.steps) == ReferralStep.objects.visible_to(walk.town.system).count()
        assert len(card.asks) == len(asks)
        return
    own = {one.pk for one in mine}
    onward = {one.pk for one in asks if one.forwarded_by_id in own}
    steps = ReferralStep.objects.visible_to(viewer)
    assert set(steps.values_list("ask_id", flat=True)) <= own | onward


def look_at_told(
    walk: Walk, name: str, card: ReceivedCard | None, asks: list[Ask], ask: Ask
) -> None:
    """Check that a receiver reads who it is about, and what is asked, by the rule."""
    if card is None or walk.kind == "a question":
        return
    reads = may_read(walk.town, name, walk.row, asks, ask.round)
    assert (card.told is not None) == reads, name
    may_answer = ask.state in OPEN_ASKS | {AskState.ACCEPTED} and walk.row.state not in CLOSED
    emptied = card.told is not None and card.told.is_emptied
    assert bool(card.asked) == (may_answer or (reads and not emptied)), name


def step(walk: Walk, move: str, who: str, choice: int = 0) -> None:
    """Make a step that must be taken."""
    assert walk.go((move, who, choice)), (move, who)
    check(walk)


def receiver_of(walk: Walk) -> str:
    """Return who answers for the receiver that was asked last."""
    last = walk.asks()[-1]
    if last.organisation_id is None:
        return "anna"
    return "petra" if last.organisation_id == walk.town.petra.organisation_id else "otto"


def begin(town: Town, kind: str) -> Walk:
    """Begin with what was just sent."""
    started(town)
    walk = Walk(town, kind, NOON)
    step(walk, "send", SENDERS[kind])
    return walk


@pytest.mark.parametrize("kind", KINDS)
def test_from_draft_to_what_came_of_it_everybody_sees_what_the_rule_says(town, kind):
    started(town)
    walk = Walk(town, kind, NOON)
    look_at_all(walk)
    step(walk, "send", SENDERS[kind])
    look_at_all(walk)
    step(walk, "accept", receiver_of(walk))
    look_at_all(walk, [*town.members] if kind == "by a coach" else SIDES)
    # No longer needed, or another solution: both are words of the sender.
    step(walk, "stop as sender", SENDERS[kind], 3)
    walk.moment += timedelta(days=200)
    with clock.at(walk.moment):
        forget_told(town.system)
    look_at_all(walk)


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_back_and_is_sent_again_everybody_sees_as_the_rule_says(town, kind):
    walk = begin(town, kind)
    others = len(walk.asks()) > 1
    # Of two receivers the last one first.
    step(walk, "decline", receiver_of(walk), 2)
    if others:
        step(walk, "decline", "petra", 1)
    assert walk.row.state == ReferralState.DECLINED
    look_at_all(walk)
    again = 1 if kind in {"by a partner", "by a coach"} else 0
    step(walk, "change", SENDERS[kind], again)
    step(walk, "send", SENDERS[kind])
    assert walk.row.round == 2
    step(walk, "accept", receiver_of(walk))
    step(walk, "hand back", receiver_of(walk))
    look_at_all(walk)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_back_everybody_sees_as_the_rule_says(town, kind):
    walk = begin(town, kind)
    step(walk, "revoke", SENDERS[kind], 1)
    look_at_all(walk)


def test_what_is_sent_on_is_seen_in_outline_by_who_sent_it_on(town):
    started(town)
    walk = Walk(town, "by a coach", NOON)
    step(walk, "send", "anna")
    step(walk, "forward", "petra", 1)
    step(walk, "accept", "otto")
    (mine, onward) = walk.asks()
    with clock.at(NOON):
        assert received(town.petra, key=mine.key).told is None
        assert received(town.petra, key=onward.key) is None
        assert {one.pk for one in Ask.objects.visible_to(town.petra)} == {mine.pk, onward.pk}


def test_what_somebody_else_was_sent_is_exactly_like_what_is_not_there(town):
    """Not one question, action or message tells an existing key from a key that was made up."""
    key = draft_referral(town.anna, new=new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    send_referral(town.anna, key=key)
    ask = Ask.objects.visible_to(town.system).get()
    unknown = uuid.uuid4()
    for name in ("otto", "carla", "vera", "roos"):
        viewer = getattr(town, name)
        for there, not_there in ((key, unknown), (ask.key, unknown)):
            assert referral(viewer, key=there) is referral(viewer, key=not_there) is None
            assert received(viewer, key=there) is received(viewer, key=not_there) is None
            note_received(viewer, key=there, page="received")
            assert tried(viewer, there, ask) == tried(viewer, not_there, ask)


def tried(viewer: Viewer, key: uuid.UUID, ask: Ask) -> list[str]:
    """Return what somebody hears who tries everything with a key."""
    acts = [
        lambda: send_referral(viewer, key=key),
        lambda: discard_draft(viewer, key=key),
        lambda: revoke(viewer, key=key, reason=RevokeReason.OTHER_SOLUTION),
        lambda: stop_as_sender(viewer, key=key, outcome=ReferralOutcome.NOBODY_CAN),
        lambda: change_referral(viewer, key=key, new=new_referral(1, [])),
        lambda: accept(viewer, key=key),
        lambda: decline(viewer, key=key, reason=None),
        lambda: forward(viewer, key=key, to=Receiver(organisation_id=ask.organisation_id)),
        lambda: finish(viewer, key=key, on=clock.today(), outcome=None),
    ]
    heard = []
    for act in acts:
        try:
            act()
        except (ActionRefusedError, PermissionError) as error:
            heard.append(str(error))
        except Exception as error:
            heard.append(type(error).__name__)
    assert len(heard) == len(acts)
    return heard


def test_a_draft_with_the_key_of_somebody_else_is_refused_and_tells_nothing(town):
    key = draft_referral(town.anna, new=new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    own = new_referral(town.tim.pseudonym_id, [moestuin(town)], key=key)
    with pytest.raises(ActionRefusedError, match="Begin opnieuw"):
        draft_referral(town.carla, new=own)
    assert Referral.objects.visible_to(town.system).get().pseudonym_id == town.sam.pseudonym_id


def test_of_who_is_erased_nobody_reads_anything_any_more(town):
    started(town)
    walk = Walk(town, "by a partner", NOON)
    step(walk, "send", "petra")
    step(walk, "accept", "otto")
    with clock.at(NOON):
        assert received(town.otto, key=walk.asks()[0].key).who
        person = [town.roos_file.pseudonym_id]
        assert empty_facts_of(town.system, pseudonym_ids=person) == 1
        assert empty_facts_of(town.system, pseudonym_ids=person) == 0
        for viewer in walk.town.members.values():
            card = referral(viewer, key=walk.key)
            told = card and card.told
            got = received(viewer, key=walk.asks()[0].key)
            for one in (told, got and got.told):
                assert not one or (one.is_emptied and not (one.name or one.phone or one.facts))
