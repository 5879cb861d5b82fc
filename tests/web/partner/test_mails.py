"""Mails to organisations: once, tried again, and nothing in them about anybody."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from meedoen.records.links.actions import forget_old_links
from meedoen.records.links.models import Link, Mailing
from meedoen.records.links.opening import open_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.placements.actions import NewPlacement, confirm_all, move_all, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.moving import Change
from meedoen.records.places.freshness_actions import answer_freshness
from meedoen.records.places.models import Place, SignUp
from meedoen.records.places.organisation_actions import leave
from meedoen.records.places.sign_up_actions import NewSignUp, sign_up
from meedoen.rules.vocabulary import (
    ContactRole,
    FreshnessAnswer,
    LinkPurpose,
    MoveReason,
    PlacementState,
)
from meedoen.web.partner.mails import freshness, placements, sign_ups
from meedoen.web.shared.mails import ATTEMPTS
from tests.asked import NELL, change_place, give_owner, new_contact, owned_by_nell
from tests.standing_town import kept
from tests.work import work_off

PERSONAL = ("Roos", "Sam", "Tim", "Nepstra", "Testema", "Nell", "Wim", "0612345678", "999990020")
NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)


class MailServerIsDown(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError("the mail server is down for nell@example.org")


@pytest.fixture(autouse=True)
def first_of_september(settings):
    """It is the first of September in Testveld."""
    settings.SITE_URL = "https://meedoen.example.org"
    settings.DEFAULT_FROM_EMAIL = "Meedoen <meedoen@example.org>"
    with clock.at(NOON):
        yield


@pytest.fixture
@kept
def nell(town) -> int:
    """Nell keeps the repair shop up to date."""
    return owned_by_nell(town, town.repair)


@pytest.fixture
@kept
def light(town):
    """Nobody can sign in for De Werkplaats; Nell is to be asked about all of it."""
    Membership.objects.filter(pk=town.otto.membership_id).update(ended_at=clock.now())
    return new_contact(town, town.repair, role=ContactRole.COORDINATOR)


def make_due() -> None:
    """Let what is to be tried again be due now."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def the_month() -> None:
    freshness.put_the_month_in_queue()
    work_off()


def sent() -> list[tuple[list[str], str]]:
    return [(one.to, one.subject) for one in mail.outbox]


def text_of(one) -> str:
    """Return all that stands in a mail, but for the address it goes to."""
    message = one.message()
    headers = " ".join(f"{name}: {value}" for name, value in message.items() if name != "To")
    return " ".join([headers, one.body, *(html for html, _kind in one.alternatives)])


def tokens_in(one) -> list[str]:
    return re.findall(r"/antwoord/([^/]+)/", one.body)


# --- the monthly question about places -----------------------------------------------------------


def test_the_owner_of_places_gets_one_mail_with_a_link_for_each(town, nell):
    give_owner(town, town.far, nell)
    the_month()
    [to_nell] = mail.outbox
    assert to_nell.to == [NELL]
    assert to_nell.subject == "Meedoen: kloppen uw plekken nog?"
    assert "bij De Werkplaats" in to_nell.body
    assert "Fietsen maken" in to_nell.body
    assert "Zondagsoos" in to_nell.body
    assert "Moestuin" not in to_nell.body
    tokens = tokens_in(to_nell)
    assert len(tokens) == 2
    subjects = {open_link(one, purpose=LinkPurpose.CONFIRM_PLACE).subject_id for one in tokens}
    assert subjects == {town.repair, town.far}
    [(html, kind)] = to_nell.alternatives
    assert kind == "text/html"
    assert f'href="https://meedoen.example.org/antwoord/{tokens[0]}/plek/"' in html
    assert set(Link.objects.visible_to(town.system).values_list("sent_at", flat=True)) == {NOON}


def test_two_contacts_with_one_address_get_one_mail(town, nell):
    same = new_contact(town, town.far, email=NELL.upper())
    give_owner(town, town.far, same)
    the_month()
    [to_nell] = mail.outbox
    assert len(tokens_in(to_nell)) == 2


def test_nobody_gets_the_same_question_twice_in_a_month_and_again_in_the_next(town, nell):
    the_month()
    the_month()
    with clock.at(NOON + timedelta(days=20)):
        the_month()
    assert len(mail.outbox) == 1
    with clock.at(datetime(2026, 10, 1, 6, tzinfo=UTC)):
        the_month()
    assert len(mail.outbox) == 2


def test_a_place_that_is_fresh_is_not_asked_about(town, nell):
    key = Place.objects.get(pk=town.repair).key
    answer_freshness(town.otto, place_key=key, answer=FreshnessAnswer.STILL_RIGHT)
    the_month()
    assert mail.outbox == []


def test_a_place_that_nobody_can_be_mailed_about_sends_nothing(town):
    give_owner(town, town.repair, new_contact(town, town.repair, email="", phone="0501234567"))
    the_month()
    assert mail.outbox == []


def test_an_owner_who_left_between_the_clock_and_the_mail_gets_none(town, nell):
    freshness.put_the_month_in_queue()
    give_owner(town, town.repair, None)
    work_off()
    assert mail.outbox == []


def test_a_title_is_text_in_a_mail_and_never_html(town, nell):
    change_place(town, town.repair, title='<b onclick="x()">Fietsen</b> & meer')
    the_month()
    [to_nell] = mail.outbox
    [(html, _kind)] = to_nell.alternatives
    assert "<b " not in html
    assert "&lt;b onclick=" in html
    assert '<b onclick="x()">Fietsen</b> & meer' in to_nell.body


def test_a_mail_server_that_is_down_for_a_day_delays_the_mail_and_doubles_nothing(
    town, nell, settings
):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.MailServerIsDown"
    freshness.put_the_month_in_queue()
    hours = timedelta()
    for attempt in range(1, ATTEMPTS - 1):
        work_off()
        hours += timedelta(seconds=20) * 2 ** (attempt - 1)
        make_due()
    assert hours > timedelta(hours=22)
    failed = DBTaskResult.objects.failed()
    assert failed.count() == ATTEMPTS - 2
    assert all("MailNotSentError: ConnectionRefusedError" in one.traceback for one in failed)
    assert not [one for one in failed if "@" in one.traceback or "@" in str(one.args_kwargs)]
    # Nobody has a link of a mail that never left.
    assert not Link.objects.visible_to(town.system).exists()
    assert not Mailing.objects.exists()
    settings.EMAIL_BACKEND = working
    work_off()
    [to_nell] = mail.outbox
    assert open_link(tokens_in(to_nell)[0], purpose=LinkPurpose.CONFIRM_PLACE)
    make_due()
    work_off()
    the_month()
    assert len(mail.outbox) == 1


def test_a_worker_that_is_killed_between_claim_and_send_sends_no_second_mail(
    town, nell, monkeypatch
):
    class Killed(BaseException):
        pass

    def killed(_mail):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMultiAlternatives.send", killed)
        with pytest.raises(Killed):
            freshness.send_freshness.func(town.system.municipality_id, [nell], "2026-09-01")
    freshness.send_freshness.func(town.system.municipality_id, [nell], "2026-09-01")
    assert mail.outbox == []
    assert Mailing.objects.count() == 1


# --- somebody who signed up ----------------------------------------------------------------------


@pytest.fixture
def signed_up(town, nell) -> SignUp:
    """Wim would like to come to the repair shop."""
    change_place(town, town.repair, is_public=True, open_to_sign_up=True)
    key = Place.objects.get(pk=town.repair).key
    sign_up(
        town.system,
        new=NewSignUp(
            place_key=key, name="Wim", contact="0612345678", message="Ik houd van fietsen."
        ),
    )
    return SignUp.objects.visible_to(town.system).get()


def test_the_owner_hears_of_a_sign_up_once_and_not_of_whom(town, signed_up):
    for _ in range(3):
        sign_ups.put_new_sign_ups_in_queue()
        work_off()
    assert sent() == [([NELL], "Meedoen: iemand heeft belangstelling voor een plek")]
    [to_nell] = mail.outbox
    assert "Fietsen maken bij De Werkplaats" in to_nell.body
    text = text_of(to_nell)
    for word in ("Wim", "0612345678", "houd van"):
        assert word not in text
    [token] = tokens_in(to_nell)
    link = open_link(token, purpose=LinkPurpose.ANSWER_SIGN_UP)
    assert link.subject_id == signed_up.pk


def test_a_sign_up_while_the_mail_server_is_down_is_in_the_queue_once(town, signed_up, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.MailServerIsDown"
    for _ in range(3):
        sign_ups.put_new_sign_ups_in_queue()
        work_off()
    assert DBTaskResult.objects.failed().count() == 1
    settings.EMAIL_BACKEND = working
    make_due()
    work_off()
    assert len(mail.outbox) == 1


def test_a_sign_up_at_a_place_without_an_owner_waits_until_there_is_one(town, signed_up):
    give_owner(town, town.repair, None)
    sign_ups.put_new_sign_ups_in_queue()
    work_off()
    assert mail.outbox == []
    new_contact(town, town.repair, email="other@example.org", role=ContactRole.RECEPTION)
    sign_ups.put_new_sign_ups_in_queue()
    work_off()
    assert sent()[0][0] == ["other@example.org"]


# --- placements ----------------------------------------------------------------------------------


@kept
def tim_at_the_workshop(town, *, began: date | None = None) -> int:
    """Place Tim at the repair shop, and let him begin; return the placement."""
    with clock.at(datetime(2026, 7, 1, 10, tzinfo=UTC)):
        [placement_id] = place_all(
            town.carla,
            placements=[
                NewPlacement(
                    pseudonym_id=town.tim.pseudonym_id,
                    place_id=town.repair,
                    proposed_on=date(2026, 6, 20),
                )
            ],
        )
        if began:
            change = Change(placement_id=placement_id, on=began)
            confirm_all(town.system, changes=[change])
    return placement_id


def the_placements() -> None:
    placements.put_the_month_in_queue()
    placements.put_the_starts_in_queue()
    work_off()


def test_who_cannot_sign_in_is_asked_for_a_start_with_a_link(town, light):
    placement_id = tim_at_the_workshop(town)
    for _ in range(2):
        the_placements()
    assert sent() == [([NELL], "Meedoen: is er iemand begonnen?")]
    [token] = tokens_in(mail.outbox[0])
    assert open_link(token, purpose=LinkPurpose.CONFIRM_START).subject_id == placement_id


def test_of_who_was_introduced_the_first_day_is_asked_and_not_the_meeting_again(town, light):
    placement_id = tim_at_the_workshop(town)
    the_placements()
    assert "Een coach heeft iemand voorgesteld voor Fietsen maken" in mail.outbox[0].body
    change = Change(placement_id=placement_id, on=date(2026, 7, 1))
    confirm_all(town.system, changes=[change], to=PlacementState.INTRODUCED)
    with clock.at(NOON + timedelta(days=31)):
        the_placements()
    first, second = mail.outbox
    for text in (second.body, second.alternatives[0][0]):
        assert "U heeft kennisgemaakt met iemand voor Fietsen maken" in text
        assert "voorgesteld" not in text
    assert len(tokens_in(first)) == len(tokens_in(second)) == 1


@pytest.mark.parametrize("state", [PlacementState.TRIAL, PlacementState.PAUSED])
def test_who_is_on_trial_or_away_is_asked_for_no_start(town, light, state):
    placement_id = tim_at_the_workshop(town)
    change = Change(placement_id=placement_id, on=date(2026, 9, 1))
    first = PlacementState.TRIAL if state is PlacementState.TRIAL else PlacementState.ACTIVE
    confirm_all(town.system, changes=[change], to=first)
    if state is PlacementState.PAUSED:
        why = replace(change, reason=MoveReason.AGREED_BREAK)
        move_all(town.carla, changes=[why], to=state)
    the_placements()
    assert mail.outbox == []


def test_who_cannot_sign_in_is_asked_for_the_month_with_one_link(town, light):
    tim_at_the_workshop(town, began=date(2026, 6, 25))
    for _ in range(2):
        the_placements()
    assert sent() == [([NELL], "Meedoen: bevestig wie er vorige maand meedeed")]
    [to_nell] = mail.outbox
    assert "deed vorige maand 1 persoon mee" in to_nell.body
    [token] = tokens_in(to_nell)
    link = open_link(token, purpose=LinkPurpose.CONFIRM_MONTH)
    assert (link.subject_id, link.about) == (town.otto.organisation_id, {"month": "2026-08-01"})


def test_who_can_sign_in_gets_one_reminder_without_links_to_people(town):
    new_contact(town, town.repair, role=ContactRole.COORDINATOR)
    tim_at_the_workshop(town, began=date(2026, 6, 25))
    for _ in range(2):
        the_placements()
    assert sent() == [(["otto@example.org"], "Meedoen: er wacht iets op u")]
    [to_otto] = mail.outbox
    assert tokens_in(to_otto) == []
    assert "https://meedoen.example.org/partner/" in to_otto.body
    assert "Van 1 persoon" in to_otto.body


def test_an_organisation_where_nothing_waits_or_that_left_gets_no_mail(town, light):
    the_placements()
    tim_at_the_workshop(town, began=date(2026, 6, 25))
    organisation = Organisation.objects.get(pk=town.otto.organisation_id)
    leave(town.anna, key=organisation.key, left_on=clock.today(), reason="Gestopt.")
    the_placements()
    assert mail.outbox == []


# --- in all of them ------------------------------------------------------------------------------


def test_no_mail_holds_a_name_a_number_or_a_trace_of_anybody(town, signed_up, light):
    tim_at_the_workshop(town)
    the_month()
    sign_ups.put_new_sign_ups_in_queue()
    the_placements()
    with clock.at(NOON + timedelta(days=1)):
        confirm_all(
            town.system,
            changes=[
                Change(placement_id=placement.pk, on=date(2026, 7, 1))
                for placement in _waiting(town)
            ],
        )
        Mailing.objects.all().delete()
        the_placements()
    subjects = {subject for _to, subject in sent()}
    assert len(subjects) == 4
    pseudonym = town.tim.key
    for one in mail.outbox:
        text = text_of(one)
        # As whole words: in what is signed any three letters may stand beside each other.
        for word in (*PERSONAL, pseudonym, "Testveld", "Zuid"):
            assert not re.search(rf"\b{re.escape(str(word))}\b", text), (word, one.subject)
        assert NELL not in text
        message = one.message()
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Message-ID"].endswith("@example.org>")


def _waiting(town):
    return list(Placement.objects.visible_to(town.system).filter(state="proposed"))


def test_what_is_long_ago_is_forgotten_and_what_was_said_stays(town, nell, settings):
    give_owner(town, town.far, nell)
    the_month()
    opened, _other = tokens_in(mail.outbox[0])
    open_link(opened, purpose=LinkPurpose.CONFIRM_PLACE)
    with clock.at(NOON + timedelta(days=settings.LINKS_KEPT_DAYS - 1)):
        assert forget_old_links(town.system) == 0
    with clock.at(NOON + timedelta(days=settings.LINKS_KEPT_DAYS, seconds=1)):
        assert forget_old_links(town.vera) == 0
        # One was never opened and is gone; of the other nobody knows any more who got it.
        assert forget_old_links(town.system) == 2
        assert forget_old_links(town.system) == 0
    kept = Link.objects.visible_to(town.system).get()
    assert kept.recipient == ""
    assert not Mailing.objects.exists()
