"""The weekly mail: how much stands open, and nothing about anybody.

A mail goes through machines of others and lies in a mailbox for years. So it holds no names, no
districts and nothing about a person: only how many signals of a kind there are, and a link.
"""

from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from meedoen.records.jobs.work import job
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.signals.digest_actions import claim_digest, release_digest
from meedoen.records.signals.queries import DigestReceiver, Totals, digest_receivers, totals
from meedoen.web.shared.mails import MailNotSentError, send
from meedoen.web.shared.signal_words import SIGNALS

ATTEMPTS = 10
"""With pauses that double this goes on for almost three hours."""


def put_the_week_in_queue() -> None:
    """Put the mail of this week in the queue, for each receiver apart."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    for code in municipality_codes():
        system = system_viewer(code)
        for receiver in digest_receivers(system):
            send_digest.enqueue(system.municipality_id, receiver.membership_id, monday.isoformat())


@job(attempts=ATTEMPTS)
def send_digest(municipality_id: int, membership_id: int, week: str) -> None:
    """Send one member the mail of the week that begins on this Monday (YYYY-MM-DD), once.

    Raises MailNotSentError.
    """
    system = Viewer.system(municipality_id)
    receiver = _receiver(system, membership_id)
    if receiver is None:
        return
    coach_id = membership_id if receiver.viewer.role == Role.COACH else None
    open_now = totals(receiver.viewer, coach_id=coach_id)
    monday = date.fromisoformat(week)
    if not open_now.signals:
        return
    mail = _mail(receiver, open_now, week)
    if not claim_digest(system, membership_id=membership_id, week=monday):
        return
    try:
        send(mail)
    except MailNotSentError:
        # It did not leave, so it may be tried again; the failure is seen in the queue.
        release_digest(system, membership_id=membership_id, week=monday)
        raise


def _receiver(system: Viewer, membership_id: int) -> DigestReceiver | None:
    """Return the member; None for who left between the clock and the mail."""
    found = (one for one in digest_receivers(system) if one.membership_id == membership_id)
    return next(found, None)


def _mail(receiver: DigestReceiver, open_now: Totals, week: str) -> EmailMultiAlternatives:
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "totals": open_now,
            "own": receiver.viewer.role == Role.COACH,
            "lines": [(SIGNALS[one.kind], one.total, one.late) for one in open_now.kinds],
            "url": settings.SITE_URL + reverse("coach:today"),
        }
        mail = EmailMultiAlternatives(
            subject=_("Meedoen: wat deze week aandacht vraagt"),
            body=render_to_string("coach/mail/digest.txt", context),
            to=[receiver.email],
            headers={
                # The same mail has the same number, so a mailbox knows it when it comes twice.
                "Message-ID": _number(receiver, week),
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string("coach/mail/digest.html", context), "text/html")
    return mail


def _number(receiver: DigestReceiver, week: str) -> str:
    """Return a number of the mail that says nothing of who gets it."""
    secret = salted_hmac("meedoen.digest", f"{receiver.membership_id} {week}").hexdigest()
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{secret}@{domain}>"
