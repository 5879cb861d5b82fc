"""What goes wrong: who left, who answers twice, who withdraws, what breaks off half-way."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.actions import NewOrganisation, enter_organisations
from meedoen.records.organisations.models import Organisation
from meedoen.records.referrals import answers
from meedoen.records.referrals.answers import accept, decline, forward
from meedoen.records.referrals.course import finish, hand_back, revoke, start, stop_as_sender
from meedoen.records.referrals.drafts import (
    Receiver,
    change_referral,
    discard_draft,
    draft_referral,
)
from meedoen.records.referrals.ending import end_referrals_of
from meedoen.records.referrals.lists import came_back, received_list, waiting_for
from meedoen.records.referrals.models import Ask, Referral, ReferralStep, SharedFacts
from meedoen.records.referrals.queries import received, referral
from meedoen.records.referrals.sending import send_referral
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    HandBackReason,
    OrganisationKind,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
    Theme,
)
from tests.records.referrals.scenes import (
    asks_of,
    in_days,
    moestuin,
    new_referral,
    question,
    row_of,
    sent,
    told,
    werkplaats,
)
from tests.web.coach.scenes import register_crowd

pytestmark = pytest.mark.django_db


def leaves(viewer, days: int = 0) -> None:
    """Let the organisation of somebody leave, today or later."""
    Organisation.objects.filter(pk=viewer.organisation_id).update(left_on=in_days(days))


def about_sam(town, receivers, **other):
    return new_referral(town.sam.pseudonym_id, receivers, **other)


# --- who left ------------------------------------------------------------------------------------


def test_nothing_is_sent_to_who_left_and_the_draft_stays(town):
    key = draft_referral(town.anna, new=about_sam(town, [moestuin(town)]))
    leaves(town.petra)
    with pytest.raises(ActionRefusedError, match="De Moestuin doet niet meer mee"):
        send_referral(town.anna, key=key)
    assert row_of(town, key).state == ReferralState.DRAFT
    assert not asks_of(town, key)


def test_who_leaves_tomorrow_may_still_be_asked(town):
    leaves(town.petra, days=1)
    key = sent(town.anna, about_sam(town, [moestuin(town)]))
    assert row_of(town, key).state == ReferralState.SENT


def test_nothing_is_sent_on_to_who_left(town):
    key = sent(town.anna, about_sam(town, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    leaves(town.otto)
    with pytest.raises(ActionRefusedError, match="De Werkplaats doet niet meer mee"):
        forward(town.petra, key=ask.key, to=werkplaats(town), told=True)
    assert asks_of(town, key)[0].state == AskState.ASKED


def test_everything_that_is_wrong_with_the_receivers_is_said_at_once(town):
    leaves(town.petra)
    elsewhere = Receiver(organisation_id=999_999)
    strange_place = Receiver(organisation_id=town.otto.organisation_id, place_id=town.garden)
    key = draft_referral(town.anna, new=about_sam(town, [moestuin(town), elsewhere, strange_place]))
    with pytest.raises(
        ActionRefusedError, match=r"doet niet meer mee.*niet bekend.*niet van de organisatie"
    ):
        send_referral(town.anna, key=key)


# --- twice, and too late -------------------------------------------------------------------------


def test_the_same_end_told_twice_is_kept_once_and_another_end_is_refused(town):
    key = sent(town.anna, about_sam(town, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    accept(town.petra, key=ask.key)
    accept(town.pia, key=ask.key)
    helped = {"key": ask.key, "on": clock.today(), "outcome": ReferralOutcome.HELPED}
    finish(town.petra, **helped)
    steps = ReferralStep.objects.visible_to(town.system).count()
    finish(town.pia, **helped)
    assert ReferralStep.objects.visible_to(town.system).count() == steps
    with pytest.raises(ActionRefusedError, match="intussen verder"):
        finish(town.pia, **(helped | {"outcome": ReferralOutcome.TAKES_PART}))
    assert row_of(town, key).outcome == ReferralOutcome.HELPED


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda viewer, key: accept(viewer, key=key), "al geantwoord"),
        (
            lambda viewer, key: decline(viewer, key=key, reason=DeclineReason.NOT_OUR_GROUP),
            "al geantwoord",
        ),
        (
            lambda viewer, key: hand_back(viewer, key=key, reason=HandBackReason.NO_CONTACT),
            "Zeg eerst ja",
        ),
    ],
)
def test_who_said_no_does_not_answer_again(town, answer, said):
    key = sent(town.anna, about_sam(town, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    decline(town.petra, key=ask.key, reason=DeclineReason.NOT_OUR_WORK)
    with pytest.raises(ActionRefusedError, match=said):
        answer(town.pia, ask.key)
    assert asks_of(town, key)[0].reason == DeclineReason.NOT_OUR_WORK


def test_who_was_asked_before_does_not_answer_in_the_next_round(town):
    key = sent(town.anna, about_sam(town, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    accept(town.petra, key=ask.key)
    hand_back(town.petra, key=ask.key, reason=HandBackReason.NO_CONTACT)

    change_referral(town.anna, key=key, new=about_sam(town, [werkplaats(town)]))
    send_referral(town.anna, key=key)
    with pytest.raises(ActionRefusedError, match="iemand anders gevraagd"):
        accept(town.petra, key=ask.key)
    assert received(town.petra, key=ask.key).told is None


def test_the_database_itself_refuses_a_second_yes(town):
    key = sent(town.anna, question([moestuin(town), werkplaats(town)]))
    first, second = asks_of(town, key)
    accept(town.petra, key=first.key)
    rows = Ask.objects.visible_to(town.system).filter(pk=second.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state=AskState.ACCEPTED)


def test_after_a_yes_nothing_is_taken_back_but_it_can_be_stopped(town):
    key = sent(town.anna, about_sam(town, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    accept(town.petra, key=ask.key)
    with pytest.raises(ActionRefusedError, match="Er is al ja gezegd"):
        revoke(town.anna, key=key, reason=RevokeReason.SENT_BY_MISTAKE)
    stop_as_sender(town.anna, key=key, outcome=ReferralOutcome.NO_LONGER_NEEDED)
    card = received(town.petra, key=ask.key)
    assert (card.referral_state, card.outcome, card.told) == (
        ReferralState.STOPPED,
        ReferralOutcome.NO_LONGER_NEEDED,
        None,
    )
    assert not card.runs


# --- days that cannot be -------------------------------------------------------------------------


def test_nothing_ends_before_it_began_and_nothing_begins_before_it_was_asked(town):
    key = sent(town.anna, about_sam(town, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    with clock.at(clock.now() + timedelta(days=5)):
        forward(town.petra, key=ask.key, to=werkplaats(town), told=True)
        _first, onward = asks_of(town, key)
        accept(town.otto, key=onward.key)
        began_on = clock.today()
        with pytest.raises(ActionRefusedError, match="de dag van de verwijzing"):
            start(town.otto, key=onward.key, on=began_on - timedelta(days=1))
    with clock.at(clock.now() + timedelta(days=7)):
        start(town.otto, key=onward.key, on=began_on + timedelta(days=1))
        end = {"key": onward.key, "outcome": ReferralOutcome.HELPED}
        with pytest.raises(ActionRefusedError, match="de dag waarop het begon"):
            finish(town.otto, on=began_on, **end)
        finish(town.otto, on=began_on + timedelta(days=1), **end)


def test_nobody_is_full_for_ever(town):
    key = sent(town.anna, about_sam(town, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    full = {"key": ask.key, "reason": DeclineReason.FULL}
    with pytest.raises(ActionRefusedError, match="hoogstens 24 maanden"):
        decline(town.petra, full_until=in_days(800), **full)
    decline(town.petra, full_until=in_days(700), **full)


# --- who withdraws, leaves, or is erased ---------------------------------------------------------


def test_a_resident_withdraws_before_a_yes_and_the_receiver_only_hears_that_it_is_over(town):
    new = new_referral(town.roos_file.pseudonym_id, [moestuin(town)], told=told("Roos Nepstra"))
    key = sent(town.anna, new)
    (ask,) = asks_of(town, key)
    revoke(town.roos, key=key, reason=RevokeReason.RESIDENT_WITHDREW, words="Ik wil niet meer.")
    card = received(town.petra, key=ask.key)
    assert (card.state, card.told, card.asked, card.reason) == (
        AskState.CALLED_BACK,
        None,
        "",
        "",
    )
    with pytest.raises(ActionRefusedError, match="teruggenomen"):
        accept(town.petra, key=ask.key)
    assert not ReferralStep.objects.visible_to(town.petra).filter(words__contains="niet").exists()


def test_who_withdraws_at_the_receiver_stops_it(town):
    key = sent(town.anna, about_sam(town, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    decline(town.petra, key=ask.key, reason=DeclineReason.RESIDENT_WITHDREW)
    row = row_of(town, key)
    assert (row.state, row.outcome) == (ReferralState.STOPPED, ReferralOutcome.RESIDENT_STOPPED)


def test_a_receiver_that_was_told_no_name_does_not_speak_for_the_person(town):
    key = sent(town.anna, about_sam(town, [moestuin(town), werkplaats(town)]))
    ask_key = asks_of(town, key)[0].key
    club = NewOrganisation("De Vereniging", OrganisationKind.ASSOCIATION)
    (number,) = enter_organisations(town.system, organisations=[club])
    onward = {"to": Receiver(organisation_id=number), "told": True}
    with pytest.raises(ActionRefusedError, match="Deze reden past hier niet"):
        decline(town.petra, key=ask_key, reason=DeclineReason.RESIDENT_WITHDREW)
    with pytest.raises(ActionRefusedError, match="U weet nog niet over wie het gaat"):
        forward(town.petra, key=ask_key, **onward)
    assert not received(town.petra, key=ask_key).may_be_forwarded
    assert row_of(town, key).state == ReferralState.SENT
    accept(town.petra, key=ask_key)
    assert received(town.petra, key=ask_key).may_be_forwarded
    assert forward(town.petra, key=ask_key, **onward)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (ReferralOutcome.DIED, RevokeReason.DIED),
        (ReferralOutcome.MOVED_AWAY, RevokeReason.MOVED_AWAY),
        (ReferralOutcome.RESIDENT_STOPPED, RevokeReason.RESIDENT_WITHDREW),
        (ReferralOutcome.OTHER_SOLUTION, RevokeReason.NO_LONGER_NEEDED),
    ],
)
def test_for_whom_everything_stops_every_open_referral_ends(town, outcome, reason):
    work = {"theme": Theme.WORK}
    draft = draft_referral(town.anna, new=about_sam(town, [moestuin(town)]))
    asked = sent(town.anna, about_sam(town, [moestuin(town)]))
    yes = sent(town.anna, about_sam(town, [werkplaats(town)]))
    accept(town.otto, key=asks_of(town, yes)[0].key)
    no = sent(town.anna, about_sam(town, [moestuin(town)], **work))
    decline(town.petra, key=asks_of(town, no)[0].key, reason=DeclineReason.NOT_OUR_WORK)
    person = [town.sam.pseudonym_id]
    assert end_referrals_of(town.anna, pseudonym_ids=person, outcome=outcome) == 4
    assert [row_of(town, key).state for key in (draft, asked, yes, no)] == [
        ReferralState.REVOKED,
        ReferralState.REVOKED,
        ReferralState.STOPPED,
        ReferralState.STOPPED,
    ]
    assert row_of(town, yes).outcome == outcome
    taken = ReferralStep.objects.visible_to(town.system).filter(
        referral__key=asked, event="revoked", ask=None
    )
    assert taken.get().reason == reason
    assert end_referrals_of(town.anna, pseudonym_ids=person, outcome=outcome) == 0
    for viewer in (town.petra, town.otto):
        assert not SharedFacts.objects.visible_to(viewer).exists()
        assert not waiting_for(viewer)


def test_a_draft_that_is_thrown_away_keeps_nothing_about_anybody(town):
    key = draft_referral(town.anna, new=about_sam(town, [moestuin(town)]))
    discard_draft(town.anna, key=key)
    facts = SharedFacts.objects.visible_to(town.system).get()
    assert (facts.facts, bool(facts.emptied_at)) == ("", True)
    with pytest.raises(ActionRefusedError, match="al verstuurd"):
        discard_draft(town.anna, key=key)


# --- half-way ------------------------------------------------------------------------------------


def test_what_breaks_off_half_way_was_never_begun(town, monkeypatch):
    key = sent(town.anna, about_sam(town, [moestuin(town), werkplaats(town)]))
    first, _ = asks_of(town, key)
    before = whole_record(town)

    def break_off(*_given, **_named):
        raise RuntimeError("broken off")

    monkeypatch.setattr(answers, "close_links", break_off)
    for act in (
        lambda: accept(town.petra, key=first.key),
        lambda: decline(town.petra, key=first.key, reason=DeclineReason.NOT_OUR_WORK),
    ):
        with pytest.raises(RuntimeError):
            act()
        assert whole_record(town) == before


def test_a_withdrawal_that_breaks_off_half_way_was_never_begun(town, monkeypatch):
    key = sent(town.anna, about_sam(town, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    before = whole_record(town)

    def break_off(*_given, **_named):
        raise RuntimeError("broken off")

    monkeypatch.setattr(answers, "close_links", break_off)
    with pytest.raises(RuntimeError):
        decline(town.petra, key=ask.key, reason=DeclineReason.RESIDENT_WITHDREW)
    assert whole_record(town) == before


def test_sending_that_breaks_off_asked_nobody(town, monkeypatch):
    key = draft_referral(town.anna, new=about_sam(town, [moestuin(town)]))
    before = whole_record(town)

    def break_off(*_given, **_named):
        raise RuntimeError("broken off")

    monkeypatch.setattr("meedoen.records.referrals.sending.change_state", break_off)
    with pytest.raises(RuntimeError):
        send_referral(town.anna, key=key)
    assert whole_record(town) == before


def whole_record(town):
    """Return every row of every referral."""
    return [
        list(model.objects.visible_to(town.system).order_by("pk").values())
        for model in (Referral, Ask, SharedFacts, ReferralStep)
    ]


# --- many ----------------------------------------------------------------------------------------


def test_sending_and_answering_take_as_many_questions_whatever_there_is_already(town):
    def questions(people) -> list[int]:
        counted = []
        for pseudonym_id in people:
            with CaptureQueriesContext(connection) as asked:
                key = sent(town.anna, new_referral(pseudonym_id, [moestuin(town)]))
            (ask,) = asks_of(town, key)
            with CaptureQueriesContext(connection) as answered:
                accept(town.petra, key=ask.key)
            counted.append((len(asked), len(answered)))
        return counted

    first, *rest = questions(register_crowd(town, 12))
    assert set(rest) == {first}


def test_the_lists_take_as_many_questions_for_two_hundred_as_for_ten(town):
    def questions() -> list[int]:
        counts = []
        for look, viewer in (
            (waiting_for, town.petra),
            (came_back, town.anna),
            (lambda one: received_list(one, show="all"), town.petra),
        ):
            with CaptureQueriesContext(connection) as asked:
                look(viewer)
            counts.append(len(asked))
        return counts

    for number in range(10):
        sent(town.anna, question([moestuin(town)], asked=f"Vraag {number}?"))
    few = questions()
    for number in range(190):
        sent(town.anna, question([moestuin(town)], asked=f"Vraag {number + 10}?"))
    assert questions() == few


def test_a_referral_goes_to_ten_at_once_and_not_to_eleven(town):
    more = enter_organisations(
        town.system,
        organisations=[
            NewOrganisation(f"Vereniging {number}", OrganisationKind.ASSOCIATION)
            for number in range(11)
        ],
    )
    all_of_them = [Receiver(organisation_id=one) for one in more]
    key = draft_referral(town.anna, new=question(all_of_them))
    with pytest.raises(ActionRefusedError, match="hoogstens 10"):
        send_referral(town.anna, key=key)
    assert row_of(town, sent(town.anna, question(all_of_them[:10]))).state == ReferralState.SENT


def test_who_is_busy_with_it_is_not_asked_once_more(town):
    sent(town.anna, about_sam(town, [moestuin(town)]))
    again = draft_referral(town.bram, new=about_sam(town, [moestuin(town)]))
    with pytest.raises(ActionRefusedError, match="al gevraagd"):
        send_referral(town.bram, key=again)


def test_a_hop_too_many_goes_back(town):
    more = enter_organisations(
        town.system,
        organisations=[
            NewOrganisation(f"Vereniging {number}", OrganisationKind.ASSOCIATION)
            for number in range(4)
        ],
    )
    key = sent(town.anna, about_sam(town, [moestuin(town)]))
    ask_key = asks_of(town, key)[0].key
    for organisation_id in more[:3]:
        ask_key = forward(
            town.system, key=ask_key, to=Receiver(organisation_id=organisation_id), told=True
        )
    last = Receiver(organisation_id=more[3])
    with pytest.raises(ActionRefusedError, match="al vaak doorgestuurd"):
        forward(town.system, key=ask_key, to=last, told=True)
    assert referral(town.anna, key=key).asks[-1].hop == 3
    assert row_of(town, key).due_on <= clock.today() + timedelta(days=10)
