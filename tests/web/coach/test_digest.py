"""The weekly mail: nothing about anybody, once a week, and tried again when it does not leave."""

import re
from datetime import UTC, date, datetime
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Account, Membership
from meedoen.records.signals.actions import refresh_all
from meedoen.records.signals.models import Digest
from meedoen.records.signals.queries import digest_receivers
from meedoen.web.coach.digest import put_the_week_in_queue, send_digest
from tests.town import Town
from tests.web.coach.scenes import on
from tests.work import work_off

MONDAY = date(2026, 9, 7)


class MailServerIsDown(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError("the mail server is down")


class NobodyLivesHere(BaseEmailBackend):
    def send_messages(self, email_messages):
        address = email_messages[0].to[0]
        raise SMTPRecipientsRefused({address: (550, f"<{address}>: Anna Testema moved".encode())})


@pytest.fixture
def monday(town: Town, settings):
    """It is Monday morning in Testveld."""
    settings.SITE_URL = "https://meedoen.example.org"
    settings.DEFAULT_FROM_EMAIL = "Meedoen <meedoen@example.org>"
    with clock.at(datetime(2026, 9, 7, 4, 30, tzinfo=UTC)):
        refresh_all(town.system)
        yield


def sent_to() -> list[str]:
    return sorted(address for one in mail.outbox for address in one.to)


def make_due() -> None:
    """Let what is to be tried again be due now."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def test_coaches_and_team_leads_with_something_open_get_one_mail_a_week(town, monday):
    for _ in range(2):
        put_the_week_in_queue()
        work_off()
    # Bram has nothing open; Vera's municipality was not worked out.
    assert sent_to() == ["anna@example.org", "carla@example.org", "lea@example.org"]
    assert set(Digest.objects.values_list("week", flat=True)) == {MONDAY}


def test_the_next_week_is_another_mail(town, monday):
    put_the_week_in_queue()
    work_off()
    with on(date(2026, 9, 14)):
        put_the_week_in_queue()
        work_off()
    assert sent_to().count("anna@example.org") == 2


def test_the_mail_counts_and_links_and_says_nothing_about_anybody(town, monday):
    put_the_week_in_queue()
    work_off()
    [to_anna] = [one for one in mail.outbox if one.to == ["anna@example.org"]]
    assert to_anna.subject == "Meedoen: wat deze week aandacht vraagt"
    assert "Van 2 inwoners op uw naam vraagt iets aandacht." in to_anna.body
    assert "- Nog nooit gesproken: 2 (waarvan 2 te laat)" in to_anna.body
    assert "https://meedoen.example.org/coach/vandaag/" in to_anna.body
    [(html, kind)] = to_anna.alternatives
    assert kind == "text/html"
    assert "Nog nooit gesproken: 2 (waarvan 2 te laat)" in html
    [to_lea] = [one for one in mail.outbox if one.to == ["lea@example.org"]]
    assert "In uw team vraagt van 2 inwoners iets aandacht." in to_lea.body


def test_nothing_in_text_or_headers_is_personal(town, monday):
    put_the_week_in_queue()
    work_off()
    for one in mail.outbox:
        message = one.message()
        headers = " ".join(f"{name}: {value}" for name, value in message.items() if name != "To")
        text = " ".join([headers, one.body, *(html for html, _kind in one.alternatives)])
        for word in ("Roos", "Sam", "Tim", "Nepstra", "Testema", "Noord", "Zuid", "Testveld"):
            assert word not in text
        assert "anna" not in headers.lower()
        assert message["Auto-Submitted"] == "auto-generated"


def test_the_same_mail_has_the_same_number(town, monday, monkeypatch):
    for week in ("2026-09-07", "2026-09-07", "2026-09-14"):
        Digest.objects.all().delete()
        send_digest.func(town.anna.municipality_id, town.anna.membership_id, week)
    first, again, later = [one.message()["Message-ID"] for one in mail.outbox]
    assert first == again != later
    assert first.endswith("@example.org>")


def test_who_left_gets_no_mail_not_even_between_the_clock_and_the_mail(town, monday):
    put_the_week_in_queue()
    Membership.objects.filter(pk=town.anna.membership_id).update(ended_at=clock.now())
    Account.objects.filter(pk=town.lea.account_id).update(is_active=False)
    work_off()
    assert sent_to() == ["carla@example.org"]
    assert {one.email for one in digest_receivers(town.system)} == {
        "bram@example.org",
        "carla@example.org",
    }
    assert digest_receivers(town.anna) == []


def test_a_mail_server_that_is_down_is_seen_and_tried_again_and_nobody_gets_it_twice(
    town, monday, settings
):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.MailServerIsDown"
    put_the_week_in_queue()
    work_off()
    failed = DBTaskResult.objects.failed()
    assert failed.count() == 3
    assert "MailNotSentError: ConnectionRefusedError" in failed[0].traceback
    assert not Digest.objects.filter(sent_at__isnull=False).exists()
    settings.EMAIL_BACKEND = working
    work_off()
    assert mail.outbox == []
    make_due()
    work_off()
    assert sent_to() == ["anna@example.org", "carla@example.org", "lea@example.org"]
    put_the_week_in_queue()
    work_off()
    assert len(mail.outbox) == 3


def test_what_is_kept_of_a_refused_mail_names_nobody(town, monday, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.NobodyLivesHere"
    put_the_week_in_queue()
    work_off()
    failed = DBTaskResult.objects.failed()
    assert failed.count() == 3
    assert not Digest.objects.filter(sent_at__isnull=False).exists()
    logged = [caplog.handler.format(record) for record in caplog.records]
    for text in [*(one.traceback for one in failed), *logged]:
        for word in ("@", "anna", "lea", "carla", "Testema"):
            assert not re.search(rf"\b{word}\b" if word != "@" else "@", text, re.IGNORECASE)
    assert all("MailNotSentError: SMTPRecipientsRefused" in one.traceback for one in failed)


def test_a_worker_that_is_killed_while_it_mails_sends_no_second_one(town, monday, monkeypatch):
    """Killed after the mail left and before that was noted: the work is done again."""

    class Killed(BaseException):
        pass

    def killed(_mail):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMultiAlternatives.send", killed)
        with pytest.raises(Killed):
            send_digest.func(town.anna.municipality_id, town.anna.membership_id, "2026-09-07")
    send_digest.func(town.anna.municipality_id, town.anna.membership_id, "2026-09-07")
    assert mail.outbox == []
