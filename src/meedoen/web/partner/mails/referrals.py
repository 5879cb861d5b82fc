"""Mails about referrals: that one waits, from whom and until which day; never about whom or what.

Where somebody can sign in, a mail leads to the desk. Where nobody can, it holds a link for each
thing that there is to say. Coaches have what waits for them on *today*, and get no such mail.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.records.jobs.work import job
from meedoen.records.links.actions import NewLink
from meedoen.records.links.mailing_actions import MailingKey, claim_mailing
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.mail_queries import (
    LEAVE_AT_ONCE,
    REMINDERS,
    ReceiverToMail,
    receivers_to_mail,
)
from meedoen.records.referrals.mailing import note_reminded
from meedoen.records.referrals.news_queries import FIRST_DAY, NewsToMail, news_to_mail
from meedoen.records.referrals.reach import ReferralMail
from meedoen.rules.vocabulary import LinkPurpose
from meedoen.web.shared.mails import ATTEMPTS, Letter, send_letters

DAYS_TO_TELL = 30
"""Who has something to tell later asks for a fresh link on the page of the old one."""

SUBJECTS: Mapping[ReferralMail, Promise] = {
    ReferralMail.ASKED: _("Meedoen: er is een vraag voor u"),
    ReferralMail.ANSWER_DUE: _("Meedoen: er wacht nog een vraag op uw antwoord"),
    ReferralMail.TO_TELL: _("Meedoen: vertel later hoe het gaat"),
    ReferralMail.WORD_DUE: _("Meedoen: hoe gaat het nu?"),
    ReferralMail.OVER: _("Meedoen: u hoeft niets meer te doen"),
    ReferralMail.NEWS: _("Meedoen: er is nieuws over uw verwijzing"),
}
LEADS: Mapping[ReferralMail, Promise] = {
    ReferralMail.ASKED: _("Er is een vraag voor u. Zegt u ja of nee, of kan een ander dit beter?"),
    ReferralMail.ANSWER_DUE: _(
        "Er wacht nog een vraag op uw antwoord. Zegt u ja of nee, of kan een ander dit beter?"
    ),
    ReferralMail.TO_TELL: _(
        "Dank u wel voor uw antwoord. U leest de vraag hier opnieuw, en vertelt er hoe het gaat."
    ),
    ReferralMail.WORD_DUE: _(
        "U zei ja op een vraag. Hoe gaat het nu? Wie het vroeg, hoort dat graag van u."
    ),
    ReferralMail.OVER: _(
        "Een vraag aan u is niet meer nodig. U hoeft niets meer te doen. Zei u ja, en begon u al? "
        "Bel dan wie het vroeg."
    ),
}
_TO_ANSWER = frozenset({ReferralMail.ASKED, ReferralMail.ANSWER_DUE})


def put_new_mails_in_queue() -> None:
    """Put in the queue what is to leave at once; done every minute by a worker."""
    for code in municipality_codes():
        system = system_viewer(code)
        for mail in LEAVE_AT_ONCE:
            _put_in_queue(system, mail)
        for news in news_to_mail(system):
            if _claimed(system, ReferralMail.NEWS, news.step_id, FIRST_DAY):
                send_news.enqueue(system.municipality_id, news.step_id)


def put_reminders_in_queue() -> None:
    """Put a reminder in the queue for each receiver that must soon say something."""
    for code in municipality_codes():
        for mail in sorted(REMINDERS):
            _put_in_queue(system_viewer(code), mail)


def _put_in_queue(system: Viewer, mail: ReferralMail) -> None:
    for receiver in receivers_to_mail(system, mail=mail):
        if _claimed(system, mail, receiver.ask_id, receiver.since):
            send_to_receiver.enqueue(system.municipality_id, mail.value, receiver.ask_id)


def _claimed(system: Viewer, mail: ReferralMail, subject_id: int, since: date) -> bool:
    """Say that a mail goes into the queue, once a day for each stretch.

    Once a day, so that a server that is down for longer than a mail is tried ends in a mail too.
    """
    key = MailingKey(
        about=f"{mail.value}_queued",
        recipient=since.isoformat(),
        subject_id=subject_id,
        day=clock.today(),
    )
    return claim_mailing(system, mailing=key) is not None


@job(attempts=ATTEMPTS)
def send_to_receiver(municipality_id: int, mail: str, ask_id: int) -> None:
    """Mail a receiver once in its stretch, and note that it was reminded once that mail left.

    Raises MailNotSentError.
    """
    system, kind = Viewer.system(municipality_id), ReferralMail(mail)
    for receiver in receivers_to_mail(system, mail=kind, ask_ids=[ask_id]):
        send_letters(system, _letters(kind, receiver))
        if kind in REMINDERS:
            note_reminded(system, ask_id=ask_id, since=receiver.since)


@job(attempts=ATTEMPTS)
def send_news(municipality_id: int, step_id: int) -> None:
    """Tell an organisation once that something happened with its referral.

    Raises MailNotSentError.
    """
    system = Viewer.system(municipality_id)
    for news in news_to_mail(system, step_ids=[step_id]):
        send_letters(system, [_news_letter(news, email) for email in news.accounts])


def letter_with_link(mailing: MailingKey, mail: ReferralMail, receiver: ReceiverToMail) -> Letter:
    """Return a mail with the link on which a receiver answers, or tells what came of it."""
    return _letter(mailing, mail, receiver, links=[_link(mail, receiver)])


def _letters(mail: ReferralMail, receiver: ReceiverToMail) -> list[Letter]:
    if receiver.asked is not None:
        key = _key(mail, receiver, receiver.asked.email)
        if mail is ReferralMail.OVER:
            return [_letter(key, mail, receiver)]
        return [letter_with_link(key, mail, receiver)]
    return [_letter(_key(mail, receiver, email), mail, receiver) for email in receiver.accounts]


def _key(mail: ReferralMail, receiver: ReceiverToMail, email: str) -> MailingKey:
    return MailingKey(
        about=mail.value, recipient=email, subject_id=receiver.ask_id, day=receiver.since
    )


def _letter(
    mailing: MailingKey,
    mail: ReferralMail,
    receiver: ReceiverToMail,
    *,
    links: Sequence[NewLink] = (),
) -> Letter:
    return Letter(
        mailing=mailing,
        subject=SUBJECTS[mail],
        template="partner/mail/referral",
        links=links,
        about_links=[receiver.organisation] * len(links),
        context={
            "lead": LEADS[mail],
            "to_answer": mail in _TO_ANSWER,
            "is_over": mail is ReferralMail.OVER,
            "organisation": receiver.organisation,
            "sender": receiver.sender,
            "municipality": receiver.municipality,
            "due_on": receiver.due_on,
            "days": DAYS_TO_TELL,
            "url": settings.SITE_URL + reverse("partner:waiting"),
        },
    )


def _link(mail: ReferralMail, receiver: ReceiverToMail) -> NewLink:
    to_answer = mail in _TO_ANSWER
    asked = receiver.asked
    return NewLink(
        purpose=LinkPurpose.ANSWER_REFERRAL if to_answer else LinkPurpose.TELL_REFERRAL,
        subject_id=receiver.ask_id,
        organisation_id=receiver.organisation_id,
        owner_id=asked.contact_id if asked else None,
        recipient=asked.email if asked else "",
        expires_at=_expires_at(receiver) if to_answer else _in_days(DAYS_TO_TELL),
    )


def _expires_at(receiver: ReceiverToMail) -> datetime:
    """Return the end of the last day on which an answer is of use; a late question gets a day."""
    last = max(receiver.until, clock.today() + timedelta(days=1))
    return timezone.make_aware(datetime.combine(last, time.max))


def _in_days(days: int) -> datetime:
    return clock.now() + timedelta(days=days)


def _news_letter(news: NewsToMail, email: str) -> Letter:
    return Letter(
        mailing=MailingKey(
            about=ReferralMail.NEWS.value,
            recipient=email,
            subject_id=news.step_id,
            day=FIRST_DAY,
        ),
        subject=SUBJECTS[ReferralMail.NEWS],
        template="partner/mail/referral_news",
        context={
            "organisation": news.organisation,
            "url": settings.SITE_URL + reverse("partner:waiting"),
        },
    )
