"""The mail to the owner of a place about somebody who would like to come: that there is one."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from meedoen.records.jobs.work import job
from meedoen.records.links.actions import NewLink
from meedoen.records.links.mailing_actions import MailingKey, claim_mailing
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.mail_queries import SignUpToTell, sign_ups_to_tell
from meedoen.rules.vocabulary import LinkPurpose
from meedoen.web.shared.mails import ATTEMPTS, Letter, send_letter

DAYS_TO_ANSWER = 30
FIRST_DAY = date(2000, 1, 1)
"""A sign-up is told of once, whatever the day: the same day for all of them."""


def put_new_sign_ups_in_queue() -> None:
    """Put a mail in the queue for each new sign-up, once; done every minute by a worker."""
    for code in municipality_codes():
        system = system_viewer(code)
        for one in sign_ups_to_tell(system):
            queued = MailingKey(
                about="sign_up_queued", recipient="", subject_id=one.sign_up_id, day=FIRST_DAY
            )
            if claim_mailing(system, mailing=queued) is not None:
                send_sign_up.enqueue(system.municipality_id, one.sign_up_id)


@job(attempts=ATTEMPTS)
def send_sign_up(municipality_id: int, sign_up_id: int) -> None:
    """Tell the owner of a place that somebody signed up, once. Raises MailNotSentError."""
    system = Viewer.system(municipality_id)
    for one in sign_ups_to_tell(system, sign_up_ids=[sign_up_id]):
        mailing = MailingKey(
            about="sign_up", recipient=one.asked.email, subject_id=sign_up_id, day=FIRST_DAY
        )
        send_letter(system, letter_about(mailing, one))


def letter_about(mailing: MailingKey, one: SignUpToTell) -> Letter:
    """Return the mail about a sign-up; who it is stands on the page behind the link."""
    link = NewLink(
        purpose=LinkPurpose.ANSWER_SIGN_UP,
        subject_id=one.sign_up_id,
        organisation_id=one.organisation_id,
        owner_id=one.asked.contact_id,
        recipient=one.asked.email,
        expires_at=clock.now() + timedelta(days=DAYS_TO_ANSWER),
    )
    return Letter(
        mailing=mailing,
        subject=_("Meedoen: iemand heeft belangstelling voor een plek"),
        template="partner/mail/sign_up",
        links=[link],
        about_links=[one.title],
        context={"organisation": one.organisation, "days": DAYS_TO_ANSWER},
    )
