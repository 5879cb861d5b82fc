"""Mails about referrals: once each, tried again, and nothing in them about anybody."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from meedoen.records.links.models import Link
from meedoen.records.links.opening import HeldLink, open_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Account, Membership, Organisation
from meedoen.records.places.organisation_actions import leave
from meedoen.records.referrals.answers import accept, decline, forward, note_seen
from meedoen.records.referrals.clock_actions import escalate_late, hand_back_late
from meedoen.records.referrals.course import finish, hand_back, revoke, start, stop_as_sender
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.referrals.mail_queries import receivers_to_mail
from meedoen.records.referrals.models import Ask, ReferralStep
from meedoen.records.referrals.news_queries import news_to_mail
from meedoen.records.referrals.placing import place_from_referral
from meedoen.records.referrals.queries import referral
from meedoen.records.referrals.reach import MailState, ReferralMail
from meedoen.rules.vocabulary import (
    ContactRole,
    DeclineReason,
    HandBackReason,
    LinkPurpose,
    ReferralAbout,
    ReferralEvent,
    ReferralOutcome,
    RevokeReason,
    Theme,
)
from meedoen.web.partner.mails import referrals
from meedoen.web.shared.mails import ATTEMPTS
from meedoen.web.shared.words import THEMES
from tests.asked import NELL, give_owner, new_contact
from tests.at_once import at_once
from tests.records.referrals.scenes import (
    ASKED,
    WISHES,
    asks_of,
    moestuin,
    new_referral,
    question,
    sent,
    told,
    werkplaats,
)
from tests.standing_town import kept
from tests.work import work_off

NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
NEWS = "Meedoen: er is nieuws over uw verwijzing"
ANSWER, TELL = LinkPurpose.ANSWER_REFERRAL, LinkPurpose.TELL_REFERRAL
PERSONAL = ("Sam", "Nepstra", "0600000000", "999990019", "Noord", ASKED, WISHES, "lang staan")


class MailServerIsDown(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError("the mail server is down for nell@example.org")


class RefusesPetra(EmailBackend):
    """A mail server that does not take mail for one address."""

    def send_messages(self, messages):
        if any("petra" in address for one in messages for address in one.to):
            raise ConnectionRefusedError("no such mailbox")
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def first_of_september(settings):
    """It is the first of September in Testveld."""
    settings.SITE_URL = "https://meedoen.example.org"
    settings.DEFAULT_FROM_EMAIL = "Meedoen <meedoen@example.org>"
    with clock.at(NOON):
        yield


@pytest.fixture
@kept
def light(town) -> int:
    """Nobody can sign in for De Werkplaats; Nell is to be asked about all of it."""
    Membership.objects.filter(pk=town.otto.membership_id).update(ended_at=clock.now())
    return new_contact(town, town.repair, role=ContactRole.COORDINATOR)


@pytest.fixture
def asked(town, light) -> Ask:
    """De Werkplaats is asked about Sam."""
    return asked_about_sam(town)


def asked_about_sam(town, **other) -> Ask:
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [werkplaats(town)], **other))
    return asks_of(town, key)[0]


def minute() -> None:
    """Do what the worker does every minute."""
    referrals.put_new_mails_in_queue()
    work_off()


def morning() -> None:
    """Do what the worker does every morning, and the minute after it."""
    referrals.put_reminders_in_queue()
    minute()


def make_due() -> None:
    """Let what is to be tried again be due now."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def later(days: int):
    return clock.at(NOON + timedelta(days=days))


def subjects() -> list[str]:
    return [one.subject for one in mail.outbox]


def address_of_account(viewer) -> str:
    return Account.objects.get(membership__pk=viewer.membership_id).email


def text_of(one) -> str:
    """Return all that stands in a mail, but for the address it goes to."""
    headers = " ".join(f"{name}: {value}" for name, value in one.message().items() if name != "To")
    return " ".join([headers, one.body, *(html for html, _kind in one.alternatives)])


def link_in(one, purpose: LinkPurpose) -> HeldLink:
    path = "verwijzing" if purpose is ANSWER else "hoe-het-gaat"
    [token] = re.findall(rf"/antwoord/([^/]+)/{path}/", one.body)
    held = open_link(token, purpose=purpose)
    assert isinstance(held, HeldLink)
    return held


def steps_of(town, ask: Ask, event: ReferralEvent) -> int:
    rows = ReferralStep.objects.visible_to(town.system)
    return rows.filter(ask=ask, event=event).count()


# --- whoever is asked ----------------------------------------------------------------------------


def test_who_cannot_sign_in_is_asked_once_with_a_link(town, asked):
    for _ in range(3):
        minute()
    [one] = mail.outbox
    assert (one.to, one.subject) == ([NELL], "Meedoen: er is een vraag voor u")
    for words in ("de gemeente Testveld", "De Werkplaats", "11 september 2026"):
        assert words in one.body
    held = link_in(one, ANSWER)
    assert held.subject_id == asked.pk
    # It works until the day on which an answer is of no use any more.
    assert held.expires_at.date() == asked.due_on + timedelta(days=7)
    [(html, kind)] = one.alternatives
    assert kind == "text/html"
    assert 'href="https://meedoen.example.org/antwoord/' in html


def test_who_can_sign_in_is_led_to_the_desk_without_a_link(town):
    sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    minute()
    minute()
    petra, pia = address_of_account(town.petra), address_of_account(town.pia)
    assert sorted(to for one in mail.outbox for to in one.to) == sorted([petra, pia])
    for one in mail.outbox:
        assert "https://meedoen.example.org/partner/" in one.body
        assert "/antwoord/" not in one.body
    assert not Link.objects.visible_to(town.system).exists()


def test_a_partner_that_asks_is_named_in_the_mail(town, light):
    sent(town.petra, question([werkplaats(town)]))
    minute()
    [one] = mail.outbox
    assert "Van: De Moestuin in Testveld" in one.body


@pytest.mark.parametrize("theme", [Theme.LANGUAGE, Theme.DEBT, Theme.HEALTH])
def test_no_mail_says_anything_of_a_person_or_of_what_for(town, light, theme):
    """Every kind of mail, to both sides, about somebody that De Moestuin told of."""
    new = new_referral(
        None,
        [werkplaats(town)],
        about=ReferralAbout.NEW_PERSON,
        theme=theme,
        told=told(facts={}),
        district_id=town.north,
    )
    key = sent(town.petra, new)
    [ask] = asks_of(town, key)
    minute()
    with later(9):
        morning()
        holder = link_in(mail.outbox[-1], ANSWER).viewer
        note_seen(holder, key=ask.key)
        accept(holder, key=ask.key, words="Kom maar langs, Sam.")
        minute()
        start(link_in(mail.outbox[-2], TELL).viewer, key=ask.key, on=clock.today())
        minute()
    with later(195):
        morning()
        stop_as_sender(town.petra, key=key, outcome=ReferralOutcome.MOVED_AWAY)
        minute()
    assert set(subjects()) == {str(one) for one in referrals.SUBJECTS.values()}
    for one in mail.outbox:
        text = text_of(one)
        for word in (*PERSONAL, str(THEMES[theme]), str(THEMES[theme]).lower(), "Kom maar"):
            assert word not in text


def test_each_of_several_is_asked_apart_and_never_reads_of_the_other(town, light):
    sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town), werkplaats(town)]))
    minute()
    [to_nell] = [one for one in mail.outbox if one.to == [NELL]]
    assert len(mail.outbox) == 3
    assert "De Moestuin" not in text_of(to_nell)


def test_who_owns_the_place_that_is_asked_for_gets_the_mail(town, light):
    owner = new_contact(town, town.repair, email="owner@example.org")
    give_owner(town, town.repair, owner)
    sent(town.anna, new_referral(town.sam.pseudonym_id, [place_of_werkplaats(town)]))
    minute()
    assert [one.to for one in mail.outbox] == [["owner@example.org"]]


def place_of_werkplaats(town):
    return replace(werkplaats(town), place_id=town.repair)


def test_who_is_sent_it_by_another_receiver_is_asked_too(town, light):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    [first] = asks_of(town, key)
    forward(town.petra, key=first.key, to=werkplaats(town), told=True)
    minute()
    # Who sent it on is asked no more.
    assert [one.to for one in mail.outbox] == [[NELL]]


@pytest.mark.parametrize("ended", ["seen", "revoked", "left"])
def test_what_needs_no_answer_any_more_is_not_mailed(town, asked, ended):
    referrals.put_new_mails_in_queue()
    if ended == "seen":
        note_seen(town.system, key=asked.key)
    elif ended == "revoked":
        reason = RevokeReason.SENT_BY_MISTAKE
        revoke(town.anna, key=asked.referral.key, reason=reason)
    else:
        leave(town.anna, key=Organisation.objects.get(pk=town.otto.organisation_id).key)
    work_off()
    minute()
    assert mail.outbox == []


def test_a_team_of_coaches_gets_no_mail(town):
    sent(town.anna, question([Receiver(team_id=town.carla.team_id)]))
    minute()
    assert mail.outbox == []


def test_looking_for_mails_asks_the_database_as_often_for_two_hundred_as_for_ten(town, light):
    def asked_for(count: int) -> int:
        for _ in range(count):
            [ask] = asks_of(town, sent(town.petra, question([werkplaats(town)])))
            accept(town.system, key=ask.key)
            sent(town.petra, question([werkplaats(town)]))
        with CaptureQueriesContext(connection) as found:
            for one in (ReferralMail.ASKED, ReferralMail.TO_TELL, ReferralMail.ANSWER_DUE):
                receivers_to_mail(town.system, mail=one)
            news = news_to_mail(town.system)
        assert len(news) == Ask.objects.visible_to(town.system).filter(state="accepted").count()
        return len(found)

    assert asked_for(10) == asked_for(90)


# --- when mail does not leave --------------------------------------------------------------------


def test_a_mail_server_that_is_down_for_a_day_delays_the_mail_and_doubles_nothing(
    town, asked, settings
):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.MailServerIsDown"
    hours = timedelta()
    referrals.put_new_mails_in_queue()
    for attempt in range(1, ATTEMPTS - 1):
        work_off()
        referrals.put_new_mails_in_queue()
        hours += timedelta(seconds=20) * 2 ** (attempt - 1)
        make_due()
    assert hours > timedelta(hours=22)
    failed = DBTaskResult.objects.failed()
    assert failed.count() == ATTEMPTS - 2
    assert not [one for one in failed if "@" in one.traceback or "@" in str(one.args_kwargs)]
    # The sender reads that it did not leave, and nobody has a link of it.
    assert not Link.objects.visible_to(town.system).exists()
    assert mail_state(town, asked) is MailState.NOT_YET
    settings.EMAIL_BACKEND = working
    work_off()
    make_due()
    minute()
    [one] = mail.outbox
    assert link_in(one, ANSWER).subject_id == asked.pk
    assert mail_state(town, asked) is MailState.LEFT


def test_a_mail_server_that_is_down_for_longer_than_it_is_tried_is_tried_again_the_next_day(
    town, asked, settings
):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.MailServerIsDown"
    minute()
    # All attempts are over.
    DBTaskResult.objects.all().delete()
    minute()
    settings.EMAIL_BACKEND = working
    assert mail.outbox == []
    with later(3):
        minute()
        minute()
    assert len(mail.outbox) == 1


def test_an_address_that_is_not_taken_does_not_hold_up_a_colleague(town, settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusesPetra"
    sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    minute()
    make_due()
    work_off()
    assert [one.to for one in mail.outbox] == [[address_of_account(town.pia)]]


def test_a_worker_that_is_killed_between_claim_and_send_sends_no_second_mail(
    town, asked, monkeypatch
):
    class Killed(BaseException):
        pass

    def killed(_mail):
        raise Killed

    send = referrals.send_to_receiver.func
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMultiAlternatives.send", killed)
        with pytest.raises(Killed):
            send(town.system.municipality_id, "referral_asked", asked.pk)
    send(town.system.municipality_id, "referral_asked", asked.pk)
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_send_one_mail(town, asked):
    def send() -> None:
        with clock.at(NOON):
            referrals.send_to_receiver.func(town.system.municipality_id, "referral_asked", asked.pk)

    at_once(send, send, send)
    assert len(mail.outbox) == 1
    assert Link.objects.visible_to(town.system).count() == 1


def mail_state(town, ask: Ask) -> MailState | None:
    card = referral(town.anna, key=ask.referral.key)
    return card.asks[-1].mail


def test_the_sender_reads_how_it_stands_with_the_mail_until_it_was_opened(town, asked):
    assert mail_state(town, asked) is MailState.NOT_YET
    minute()
    assert mail_state(town, asked) is MailState.LEFT
    note_seen(town.system, key=asked.key)
    assert mail_state(town, asked) is None


def test_who_has_no_mail_address_is_to_be_called(town, light):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [werkplaats(town)]))
    Membership.objects.filter(pk=town.pia.membership_id).update(ended_at=clock.now())
    Membership.objects.filter(pk=town.petra.membership_id).update(ended_at=clock.now())
    other = sent(town.anna, question([moestuin(town)]))
    minute()
    states = [referral(town.anna, key=one).asks[0].mail for one in (key, other)]
    assert states == [MailState.LEFT, MailState.NO_ADDRESS]


# --- reminded ------------------------------------------------------------------------------------


def test_who_does_not_answer_is_reminded_once_before_it_is_due(town, asked):
    minute()
    for days in (0, 6):
        with later(days):
            morning()
    assert len(mail.outbox) == 1
    for days in (7, 8, 12):
        with later(days):
            morning()
    assert subjects()[1:] == ["Meedoen: er wacht nog een vraag op uw antwoord"]
    assert mail.outbox[1].to == [NELL]
    assert link_in(mail.outbox[1], ANSWER).subject_id == asked.pk
    asked.refresh_from_db()
    assert asked.reminded_on == (NOON + timedelta(days=7)).date()
    assert steps_of(town, asked, ReferralEvent.REMINDED) == 1


def test_who_has_an_account_is_reminded_to_come_to_the_desk(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    minute()
    mail.outbox.clear()
    with later(7):
        morning()
        morning()
    assert len(mail.outbox) == 2
    [ask] = asks_of(town, key)
    assert steps_of(town, ask, ReferralEvent.REMINDED) == 1


def test_who_could_not_be_mailed_until_today_is_asked_and_not_reminded(town, asked):
    with later(8):
        morning()
        assert subjects() == ["Meedoen: er is een vraag voor u"]
    with later(9):
        morning()
    assert len(mail.outbox) == 2


def test_a_reminder_that_does_not_leave_is_no_reminder(town, asked, settings):
    minute()
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.MailServerIsDown"
    with later(7):
        morning()
        asked.refresh_from_db()
        assert asked.reminded_on is None
        settings.EMAIL_BACKEND = working
        make_due()
        work_off()
    asked.refresh_from_db()
    assert asked.reminded_on is not None
    assert steps_of(town, asked, ReferralEvent.REMINDED) == 1


def test_who_answered_is_not_reminded(town, asked):
    minute()
    decline(town.system, key=asked.key, reason=DeclineReason.NOT_OUR_WORK)
    with later(7):
        morning()
    assert len(mail.outbox) == 1


# --- after a yes ---------------------------------------------------------------------------------


def test_after_a_yes_comes_a_link_to_tell_and_after_the_start_another(town, asked):
    minute()
    accept(link_in(mail.outbox[0], ANSWER).viewer, key=asked.key)
    minute()
    minute()
    assert subjects()[1:] == ["Meedoen: vertel later hoe het gaat"]
    with later(2):
        start(link_in(mail.outbox[1], TELL).viewer, key=asked.key, on=clock.today())
        minute()
        minute()
        assert len(mail.outbox) == 3
        outcome = ReferralOutcome.TAKES_PART
        holder = link_in(mail.outbox[2], TELL).viewer
        finish(holder, key=asked.key, on=clock.today(), outcome=outcome)
        minute()
    assert len(mail.outbox) == 3
    links = Link.objects.visible_to(town.system)
    assert not links.filter(answered_at=None, revoked_at=None).exists()


def test_a_coach_who_notes_a_yes_lets_the_organisation_tell_the_rest(town, asked):
    accept(town.anna, key=asked.key)
    minute()
    assert [one.to for one in mail.outbox] == [[NELL]]
    assert link_in(mail.outbox[0], TELL).subject_id == asked.pk


def test_who_said_yes_at_the_desk_gets_no_mail_about_that(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    [ask] = asks_of(town, key)
    accept(town.petra, key=ask.key)
    minute()
    assert mail.outbox == []


def test_who_said_yes_is_asked_how_it_goes_before_that_is_due_and_each_month_after_it(town, asked):
    accept(town.anna, key=asked.key)
    minute()
    mail.outbox.clear()
    with later(24):
        morning()
        assert mail.outbox == []
    with later(25):
        morning()
        morning()
        assert subjects() == ["Meedoen: hoe gaat het nu?"]
        start(town.anna, key=asked.key, on=clock.today())
        minute()
    mail.outbox.clear()
    for days in range(190, 295, 5):
        with later(days):
            morning()
    # Due 180 days after the start: before it, and then every four weeks.
    assert len(mail.outbox) == 4
    assert steps_of(town, asked, ReferralEvent.REMINDED) == 5


def test_of_what_became_a_placement_the_placement_tells(town, light):
    place = place_of_werkplaats(town)
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [place]))
    [ask] = asks_of(town, key)
    accept(town.anna, key=ask.key)
    place_from_referral(town.anna, key=key, place_id=None, text_version="1")
    minute()
    with later(25):
        morning()
    assert mail.outbox == []


# --- over ----------------------------------------------------------------------------------------

OVER = "Meedoen: u hoeft niets meer te doen"


@pytest.mark.parametrize("way", ["taken back", "overtaken", "stopped after a yes"])
def test_who_was_mailed_hears_once_that_nothing_is_asked_any_more_and_never_why(town, light, way):
    receivers = [moestuin(town), werkplaats(town)]
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, receivers))
    minute()
    first, second = asks_of(town, key)
    if way == "taken back":
        revoke(town.anna, key=key, reason=RevokeReason.RESIDENT_WITHDREW)
    elif way == "overtaken":
        accept(town.petra, key=first.key)
    else:
        accept(town.anna, key=second.key)
        stop_as_sender(town.anna, key=key, outcome=ReferralOutcome.RESIDENT_STOPPED)
    mail.outbox.clear()
    for days in (0, 0, 1):
        with later(days):
            minute()
    assert [(one.to, one.subject) for one in mail.outbox] == [([NELL], OVER)]
    text = text_of(mail.outbox[0])
    assert "/antwoord/" not in text
    assert "/partner/" not in text
    for word in (*PERSONAL, "De Moestuin", "wil het niet meer", "uiterlijk"):
        assert word not in text


def test_who_said_no_or_never_got_the_mail_hears_no_more(town, light):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town), werkplaats(town)]))
    _first, second = asks_of(town, key)
    decline(town.system, key=second.key, reason=DeclineReason.NOT_OUR_WORK)
    other = sent(town.anna, question([werkplaats(town)]))
    for one in (key, other):
        revoke(town.anna, key=one, reason=RevokeReason.SENT_BY_MISTAKE)
    minute()
    assert mail.outbox == []


# --- news for who sent it ------------------------------------------------------------------------


def from_petra(town, **other):
    """Petra asks De Werkplaats something; Otto is there to answer. The mail to him has left."""
    key = sent(town.petra, question([werkplaats(town)], **other))
    minute()
    mail.outbox.clear()
    return key, asks_of(town, key)[0]


def test_who_wrote_a_referral_hears_of_each_step_that_others_take_once(town):
    _key, ask = from_petra(town)
    accept(town.otto, key=ask.key, words="Komt goed.")
    for _ in range(3):
        minute()
    [one] = mail.outbox
    assert (one.to, one.subject) == ([address_of_account(town.petra)], NEWS)
    assert "De Moestuin" in one.body
    assert "Werkplaats" not in text_of(one)
    assert "https://meedoen.example.org/partner/" in one.body
    start(town.otto, key=ask.key, on=clock.today())
    minute()
    finish(town.otto, key=ask.key, on=clock.today(), outcome=ReferralOutcome.ANSWERED)
    minute()
    assert subjects() == [NEWS] * 3


@pytest.mark.parametrize("way", ["no", "handed back", "lapsed", "late", "stopped"])
def test_who_wrote_a_referral_hears_that_it_came_back_or_is_late(town, way):
    key, ask = from_petra(town)
    days = 0
    if way == "no":
        decline(town.otto, key=ask.key, reason=DeclineReason.NOT_OUR_WORK)
    elif way == "handed back":
        accept(town.otto, key=ask.key)
        hand_back(town.otto, key=ask.key, reason=HandBackReason.NO_ROOM_AFTER_ALL)
    elif way == "stopped":
        accept(town.otto, key=ask.key)
        stop_as_sender(town.system, key=key, outcome=ReferralOutcome.NO_LONGER_NEEDED)
    else:
        days = 11 if way == "late" else 17
    with later(days):
        if way == "late":
            escalate_late(town.system)
        if way == "lapsed":
            hand_back_late(town.system)
        minute()
    assert subjects() == [NEWS]
    # One text for all of it: none that says there is an answer when that is only late.
    assert "of een antwoord is te laat" in mail.outbox[0].body


def test_what_the_own_people_did_is_no_news(town):
    key, ask = from_petra(town)
    accept(town.otto, key=ask.key)
    stop_as_sender(town.pia, key=key, outcome=ReferralOutcome.OTHER_SOLUTION)
    minute()
    # Of the yes, that came before: not of what Pia did herself.
    assert subjects() == [NEWS]


def test_one_no_of_two_is_no_news_as_long_as_the_other_may_say_yes(town):
    team = Receiver(team_id=town.carla.team_id)
    key = sent(town.petra, question([werkplaats(town), team]))
    first, second = asks_of(town, key)
    minute()
    mail.outbox.clear()
    decline(town.otto, key=first.key, reason=DeclineReason.NOT_OUR_WORK)
    minute()
    assert mail.outbox == []
    decline(town.carla, key=second.key, reason=DeclineReason.NOT_OUR_WORK)
    minute()
    assert subjects() == [NEWS]


def test_when_who_wrote_it_is_gone_all_who_can_sign_in_hear_the_news(town):
    _key, ask = from_petra(town)
    Membership.objects.filter(pk=town.petra.membership_id).update(ended_at=clock.now())
    accept(town.otto, key=ask.key)
    minute()
    assert [one.to for one in mail.outbox] == [[address_of_account(town.pia)]]


def test_coaches_and_residents_get_no_news_by_mail(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    minute()
    mail.outbox.clear()
    [ask] = asks_of(town, key)
    accept(town.petra, key=ask.key)
    minute()
    assert mail.outbox == []
