"""Nothing lies still: what is late is told, handed back, taken from who left, and forgotten."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.placements.actions import move_one
from meedoen.records.placements.models import Placement
from meedoen.records.referrals import clock_actions
from meedoen.records.referrals.answers import accept, decline, forward, note_seen
from meedoen.records.referrals.clock_actions import (
    escalate_late,
    forget_told,
    hand_back_late,
    take_from_left,
)
from meedoen.records.referrals.course import finish, hand_back, start, stop, stop_as_sender
from meedoen.records.referrals.drafts import Receiver, draft_referral
from meedoen.records.referrals.models import ReferralStep, SharedFacts
from meedoen.records.referrals.placing import follow_placements, place_from_referral
from meedoen.records.referrals.queries import received, referral
from meedoen.records.referrals.tasks import (
    follow_placements_everywhere,
    keep_referrals_going,
    put_the_referrals_in_queue,
)
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    HandBackReason,
    MoveReason,
    Outcome,
    PlacementState,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    Urgency,
)
from meedoen.web.shared.referral_lines import who_acts
from tests.records.referrals.scenes import (
    asks_of,
    moestuin,
    new_referral,
    question,
    row_of,
    sent,
    werkplaats,
)

pytestmark = pytest.mark.django_db


def after(days: int):
    """Live through a moment so many days from now."""
    return clock.at(clock.now() + timedelta(days=days))


def night(town) -> None:
    """Do what is done at night."""
    keep_referrals_going.func(town.system.municipality_id)


def events(town, key) -> list[str]:
    """Return what happened, in order."""
    rows = ReferralStep.objects.visible_to(town.system).filter(referral__key=key)
    return list(rows.order_by("pk").values_list("event", flat=True))


def to_the_garden(town, **other):
    """Let Anna send Sam to De Moestuin; return the key of the referral and the receiver."""
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)], **other))
    (ask,) = asks_of(town, key)
    return key, ask


def leaves(town, viewer) -> None:
    """Let the organisation of somebody leave today."""
    Organisation.objects.filter(pk=viewer.organisation_id).update(left_on=clock.today())


def test_up_to_the_day_itself_nothing_is_late(town):
    key, _ = to_the_garden(town)
    with after(10):
        assert escalate_late(town.system) == hand_back_late(town.system) == 0
    assert events(town, key) == ["drafted", "sent"]


def test_the_day_after_the_team_hears_of_it_once(town):
    key, ask = to_the_garden(town)
    note_seen(town.petra, key=ask.key)
    with after(11):
        assert [escalate_late(town.system), escalate_late(town.system)] == [1, 0]
        (card,) = referral(town.anna, key=key).asks
        assert card.is_late
    assert events(town, key)[-1] == ReferralEvent.ESCALATED
    assert events(town, key).count(ReferralEvent.ESCALATED) == 1


def test_of_two_receivers_each_is_told_about_apart(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town), werkplaats(town)]))
    decline(town.petra, key=asks_of(town, key)[0].key, reason=DeclineReason.NOT_OUR_WORK)
    with after(11):
        assert escalate_late(town.system) == 1
    assert [bool(one.escalated_on) for one in asks_of(town, key)] == [False, True]


def test_a_yes_without_a_word_afterwards_is_told_again_although_the_answer_was_late_too(town):
    key, ask = to_the_garden(town)
    with after(11):
        assert escalate_late(town.system) == 1
        accept(town.petra, key=ask.key)
    with after(11 + 28):
        assert escalate_late(town.system) == 0
    with after(11 + 29):
        assert escalate_late(town.system) == 1
        start(town.petra, key=ask.key, on=clock.today())
    with after(11 + 29 + 180):
        assert escalate_late(town.system) == 0
    with after(11 + 29 + 181):
        assert escalate_late(town.system) == 1
        # What began goes on, however long nothing is said.
        assert hand_back_late(town.system) == 0
    assert row_of(town, key).state == ReferralState.STARTED


def test_who_lets_it_lie_gives_it_back_and_cannot_answer_any_more(town):
    key, ask = to_the_garden(town)
    with after(16):
        assert hand_back_late(town.system) == 0
    with after(17):
        assert [hand_back_late(town.system), hand_back_late(town.system)] == [1, 0]
        assert row_of(town, key).state == ReferralState.HANDED_BACK
        assert row_of(town, key).due_on == clock.today() + timedelta(days=7)
        assert received(town.petra, key=ask.key).told is None
    assert asks_of(town, key)[0].state == AskState.LAPSED


def test_a_yes_after_which_nothing_began_is_given_back_by_the_clock(town):
    key, ask = to_the_garden(town)
    accept(town.petra, key=ask.key)
    with after(28 + 6):
        assert hand_back_late(town.system) == 0
    with after(28 + 7):
        assert hand_back_late(town.system) == 1
    (row,) = asks_of(town, key)
    assert (row.state, row.reason) == (AskState.HANDED_BACK, HandBackReason.NOT_BEGUN_IN_TIME)
    assert row_of(town, key).state == ReferralState.HANDED_BACK


def test_what_is_urgent_comes_back_sooner(town):
    key, _ = to_the_garden(town, urgency=Urgency.URGENT)
    with after(9):
        assert hand_back_late(town.system) == 1
    assert row_of(town, key).state == ReferralState.HANDED_BACK


def yes_of_the_garden(town):
    """Let the garden itself say yes to Sam; return the key of the referral."""
    to = Receiver(organisation_id=town.petra.organisation_id, place_id=town.garden)
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [to]))
    (ask,) = asks_of(town, key)
    accept(town.petra, key=ask.key)
    return key


def placed(town):
    """Let a yes of the garden become a placement; return the referral, and the placement's id."""
    key = yes_of_the_garden(town)
    return key, place_from_referral(town.anna, key=key, text_version="2026.1")


def test_a_yes_of_a_place_waits_for_the_coach_who_makes_the_placement(town):
    key = yes_of_the_garden(town)
    with after(60):
        night(town)
        assert who_acts(referral(town.anna, key=key)).startswith("De coach maakt uiterlijk")
    assert row_of(town, key).state == ReferralState.ACCEPTED
    assert ReferralEvent.ESCALATED in events(town, key)


def test_what_became_a_placement_is_not_handed_back_by_the_clock(town):
    key, _ = placed(town)
    with after(60):
        night(town)
    assert row_of(town, key).state == ReferralState.ACCEPTED
    # Nobody said anything all that time: the team hears of that.
    assert ReferralEvent.ESCALATED in events(town, key)


def test_what_became_a_placement_ends_only_with_that(town):
    key, placement_id = placed(town)
    (ask,) = asks_of(town, key)
    with pytest.raises(ActionRefusedError, match="al een plaatsing van gemaakt"):
        hand_back(town.petra, key=ask.key, reason=HandBackReason.NO_CONTACT)
    with pytest.raises(ActionRefusedError, match="al een plaatsing van gemaakt"):
        forward(town.petra, key=ask.key, to=werkplaats(town), told=True)
    ended = {"on": clock.today(), "outcome": ReferralOutcome.DID_NOT_COME}
    with pytest.raises(ActionRefusedError, match="al een plaatsing van gemaakt"):
        stop(town.petra, key=ask.key, **ended)
    with pytest.raises(ActionRefusedError, match="al een plaatsing van gemaakt"):
        stop_as_sender(town.anna, key=key, outcome=ReferralOutcome.OTHER_SOLUTION)
    row = Placement.objects.visible_to(town.system).get(pk=placement_id)
    move_one(
        town.anna,
        key=row.key,
        to=PlacementState.WITHDRAWN,
        on=clock.today(),
        outcome=Outcome.STOPPED_BY_RESIDENT,
        reason=MoveReason.TIMES_OR_TRAVEL,
    )
    follow_placements_everywhere()
    end = row_of(town, key)
    assert (end.state, end.outcome) == (ReferralState.STOPPED, ReferralOutcome.RESIDENT_STOPPED)


def test_who_begins_at_the_place_has_told_what_came_of_it(town):
    key, placement_id = placed(town)
    assert follow_placements(town.system) == 0
    row = Placement.objects.visible_to(town.system).get(pk=placement_id)
    move_one(town.anna, key=row.key, to=PlacementState.ACTIVE, on=clock.today())
    follow_placements_everywhere()
    card = referral(town.anna, key=key)
    assert (card.state, card.outcome) == (ReferralState.DONE, ReferralOutcome.TAKES_PART)
    assert follow_placements(town.system) == 0


def test_what_lies_with_who_left_comes_back_at_once(town):
    key, _ = to_the_garden(town)
    leaves(town, town.petra)
    assert [take_from_left(town.system), take_from_left(town.system)] == [1, 0]
    (row,) = asks_of(town, key)
    assert (row.state, row.reason) == (AskState.LAPSED, HandBackReason.RECEIVER_LEFT)
    assert row_of(town, key).state == ReferralState.HANDED_BACK


def test_what_another_may_still_answer_goes_on_when_one_leaves(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town), werkplaats(town)]))
    leaves(town, town.petra)
    take_from_left(town.system)
    assert row_of(town, key).state == ReferralState.SENT
    accept(town.otto, key=asks_of(town, key)[1].key)
    assert row_of(town, key).state == ReferralState.ACCEPTED


@pytest.mark.parametrize("began", [False, True])
def test_who_said_yes_and_left_gives_it_back_or_stops(town, began):
    key, ask = to_the_garden(town)
    accept(town.petra, key=ask.key)
    if began:
        start(town.petra, key=ask.key, on=clock.today())
    leaves(town, town.petra)
    assert take_from_left(town.system) == 1
    row = row_of(town, key)
    if began:
        assert (row.state, row.outcome) == (ReferralState.STOPPED, ReferralOutcome.NOBODY_CAN)
    else:
        assert row.state == ReferralState.HANDED_BACK


def test_what_who_left_had_asked_itself_ends_and_what_began_for_it_goes_on(town):
    draft = draft_referral(town.petra, new=question([werkplaats(town)]))
    asked = sent(town.petra, question([werkplaats(town)], asked="Wie kan er koken?"))
    no = sent(town.petra, question([werkplaats(town)], asked="Wie kan er zingen?"))
    decline(town.otto, key=asks_of(town, no)[0].key, reason=DeclineReason.NOT_OUR_WORK)
    yes = sent(town.petra, question([werkplaats(town)], asked="Wie kan er dansen?"))
    accept(town.otto, key=asks_of(town, yes)[0].key)
    leaves(town, town.petra)
    assert take_from_left(town.system) == 3
    assert [row_of(town, key).state for key in (draft, asked, no, yes)] == [
        ReferralState.REVOKED,
        ReferralState.REVOKED,
        ReferralState.STOPPED,
        ReferralState.ACCEPTED,
    ]


def test_what_was_told_is_emptied_a_while_after_it_is_over(town):
    key, ask = to_the_garden(town)
    accept(town.petra, key=ask.key)
    finish(town.petra, key=ask.key, on=clock.today(), outcome=ReferralOutcome.HELPED)
    with after(179):
        assert forget_told(town.system) == 0
        assert referral(town.anna, key=key).told.name == "Sam Nepstra"
    with after(180):
        assert [forget_told(town.system), forget_told(town.system)] == [1, 0]
        assert not referral(town.anna, key=key).told.name
    assert events(town, key)[-1] == ReferralEvent.DONE


def test_what_is_told_in_an_open_referral_is_never_emptied_by_the_clock(town):
    to_the_garden(town)
    with after(3_000):
        assert forget_told(town.system) == 0
    assert SharedFacts.objects.visible_to(town.system).get().facts


def test_one_that_fails_does_not_hold_up_another_and_is_logged(town, monkeypatch, caplog):
    broken, sound = (
        sent(town.anna, question([moestuin(town)], asked=asked)) for asked in ("Een?", "Twee?")
    )
    give_back = clock_actions.give_back

    def give(viewer, held, *rest):
        give_back(viewer, held, *rest)
        if held.referral.key == broken:
            raise RuntimeError("broken off")

    monkeypatch.setattr(clock_actions, "give_back", give)
    with after(30):
        night(town)
    assert f"Referral {broken} was left as it is" in caplog.text
    assert row_of(town, broken).state == ReferralState.SENT
    assert asks_of(town, broken)[0].state == AskState.ASKED
    assert ReferralEvent.LAPSED not in events(town, broken)
    assert row_of(town, sound).state == ReferralState.HANDED_BACK


def test_a_database_that_does_not_answer_is_told_to_who_called(town, monkeypatch):
    to_the_garden(town)

    def give(*_given):
        raise OperationalError("gone")

    monkeypatch.setattr(clock_actions, "give_back", give)
    with after(30), pytest.raises(OperationalError):
        night(town)


def test_the_night_is_for_each_municipality_apart(town):
    put_the_referrals_in_queue()
    asked = [row.args_kwargs["args"] for row in DBTaskResult.objects.ready()]
    assert sorted(asked) == sorted([[town.system.municipality_id], [town.vera.municipality_id]])


def test_the_night_may_be_done_again(town):
    key, _ = to_the_garden(town)
    with after(17):
        night(town)
        once = events(town, key)
        night(town)
    assert events(town, key) == once
    assert row_of(town, key).state == ReferralState.HANDED_BACK


def test_each_late_referral_takes_as_many_questions_however_many_there_are(town):
    def questions(count: int) -> int:
        for number in range(count):
            sent(town.anna, question([moestuin(town)], asked=f"Vraag {count} en {number}?"))
        with after(40), CaptureQueriesContext(connection) as asked:
            night(town)
        return len(asked)

    few, some, many = questions(2), questions(4), questions(8)
    assert many - some == 2 * (some - few)
    # When nothing is late any more, the night asks nothing for what lies there.
    quiet = questions(0)
    assert quiet == questions(0) < few
