"""What waits in referrals about a person is a signal of its coach, with a way to deal with it."""

import pytest
from django.urls import reverse

from meedoen.records.organisations import clock
from meedoen.records.placements.actions import move_one
from meedoen.records.placements.models import Placement
from meedoen.records.referrals.answers import accept, decline
from meedoen.records.referrals.course import finish, start, stop_as_sender
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.referrals.placing import place_from_referral
from meedoen.records.referrals.tasks import follow_placements_everywhere
from meedoen.records.signals.actions import refresh
from meedoen.records.signals.queries import signals_about
from meedoen.records.signals.subjects import OF_REFERRALS
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import DeclineReason, PlacementState, ReferralOutcome
from tests.records.referrals.scenes import (
    asks_of,
    in_days,
    moestuin,
    new_referral,
    sent,
    told,
    werkplaats,
)
from tests.web.coach.scenes import address, on, readable, started

pytestmark = pytest.mark.django_db

BACK = SignalKind.REFERRAL_CAME_BACK
LATE = SignalKind.REFERRAL_NOT_ANSWERED
SILENT = SignalKind.REFERRAL_WITHOUT_WORD
ASKED = SignalKind.REFERRAL_RECEIVED


def signals(town, person, days: int = 0) -> list[tuple[SignalKind, object]]:
    """Return what stands open about somebody so many days from now, after the night before."""
    with on(in_days(days)):
        refresh(town.system, pseudonym_ids=[person.pseudonym_id])
        cards = signals_about(town.anna, pseudonym_id=person.pseudonym_id)
    return [(one.kind, one.late) for one in cards if one.kind in OF_REFERRALS]


def about_sam(town, receivers=None):
    receivers = receivers or [moestuin(town)]
    return sent(town.anna, new_referral(town.sam.pseudonym_id, receivers))


def test_what_is_not_answered_in_time_is_a_signal_from_the_day_after(town):
    about_sam(town)
    assert signals(town, town.sam, 10) == []
    assert signals(town, town.sam, 11) == [(LATE, True)]


def test_what_came_back_is_a_signal_until_the_coach_chooses(town):
    key = about_sam(town)
    decline(town.petra, key=asks_of(town, key)[0].key, reason=DeclineReason.NOT_OUR_WORK)
    assert signals(town, town.sam) == [(BACK, False)]
    assert signals(town, town.sam, 8) == [(BACK, True)]
    stop_as_sender(town.anna, key=key, outcome=ReferralOutcome.NOBODY_CAN)
    assert signals(town, town.sam, 8) == []


def test_after_a_yes_it_is_a_signal_that_nothing_was_heard(town):
    key = about_sam(town)
    (ask,) = asks_of(town, key)
    accept(town.petra, key=ask.key)
    assert signals(town, town.sam, 28) == []
    assert signals(town, town.sam, 29) == [(SILENT, True)]
    start(town.petra, key=ask.key, on=clock.today())
    assert signals(town, town.sam, 180) == []
    assert signals(town, town.sam, 181) == [(SILENT, True)]
    finish(town.petra, key=ask.key, on=clock.today(), outcome=ReferralOutcome.HELPED)
    assert signals(town, town.sam, 181) == []


def test_what_can_become_a_placement_or_did_is_not_with_the_receiver_any_more(town):
    key = about_sam(
        town, [Receiver(organisation_id=town.petra.organisation_id, place_id=town.garden)]
    )
    accept(town.petra, key=asks_of(town, key)[0].key)
    assert signals(town, town.sam, 60) == []
    pk = place_from_referral(town.anna, key=key, text_version="2026.1")
    assert signals(town, town.sam, 60) == []
    placement = Placement.objects.visible_to(town.system).get(pk=pk)
    move_one(town.anna, key=placement.key, to=PlacementState.ACTIVE, on=clock.today())
    follow_placements_everywhere()
    assert signals(town, town.sam, 60) == []


def test_what_an_organisation_asks_the_coach_is_a_signal_and_what_it_asks_others_is_not(town):
    started(town)
    roos = {"told": told("Roos Nepstra")}
    person = town.roos_file.pseudonym_id
    sent(town.petra, new_referral(person, [werkplaats(town)], **roos))
    assert signals(town, town.roos_file, 30) == []
    key = sent(town.petra, new_referral(person, [Receiver()], **roos))
    assert signals(town, town.roos_file) == [(ASKED, False)]
    assert signals(town, town.roos_file, 11) == [(ASKED, True)]
    decline(town.anna, key=asks_of(town, key)[0].key, reason=DeclineReason.CANNOT_IN_TIME)
    assert signals(town, town.roos_file) == []


@pytest.mark.parametrize(
    ("days", "answer", "sentence"),
    [
        (11, None, "Op een verwijzing kwam geen antwoord."),
        (0, "no", "Een verwijzing kwam terug. Kies uiterlijk"),
        (9, "no", "Een verwijzing kwam terug. U zou uiterlijk"),
        (40, "yes", "Bij een verwijzing is ja gezegd."),
    ],
)
def test_the_file_and_today_say_it_once_and_lead_to_the_referral(
    town, sign_in, days, answer, sentence
):
    key = about_sam(town)
    (ask,) = asks_of(town, key)
    if answer == "no":
        decline(town.petra, key=ask.key, reason=DeclineReason.NOT_OUR_WORK)
    if answer == "yes":
        accept(town.petra, key=ask.key)
    with on(in_days(days)):
        refresh(town.system, pseudonym_ids=[town.sam.pseudonym_id])
        file = sign_in(town.anna).get(address("resident", town.sam.key))
        today = sign_in(town.anna).get(reverse("coach:today"))
    for page in (file, today):
        assert sentence in readable(page)
        assert f'href="{address("referral", key)}"' in page.content.decode()
    assert "referrals" not in today.context


def test_what_the_coach_is_asked_leads_to_the_answer(town, sign_in):
    started(town)
    new = new_referral(town.roos_file.pseudonym_id, [Receiver()], told=told("Roos Nepstra"))
    (ask,) = asks_of(town, sent(town.petra, new))
    for days, sentence in ((0, "wacht op antwoord, uiterlijk"), (12, "moest uiterlijk")):
        with on(in_days(days)):
            refresh(town.system, pseudonym_ids=[town.roos_file.pseudonym_id])
            page = sign_in(town.anna).get(reverse("coach:today"))
        assert sentence in readable(page)
        assert f'href="{address("referral_received", ask.key)}"' in page.content.decode()


def test_a_colleague_of_another_team_sees_no_signal_of_it(town):
    about_sam(town)
    assert signals(town, town.sam, 11)
    with on(in_days(11)):
        for stranger in (town.carla, town.petra, town.vera):
            assert not signals_about(stranger, pseudonym_id=town.sam.pseudonym_id)
