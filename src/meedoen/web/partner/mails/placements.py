"""Mails to organisations about placements that wait for their word: how many, never who.

Where somebody can sign in, one reminder a month says so and leads to the desk. Where nobody can,
there is a link for each start to tell, and one for the whole of a month.
"""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meedoen.records.jobs.work import job
from meedoen.records.links.actions import NewLink
from meedoen.records.links.mailing_actions import MailingKey
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.mail_queries import (
    OrganisationToTell,
    StartToTell,
    organisation_to_tell,
    organisations_to_tell,
    starts_to_tell,
)
from meedoen.records.places.owners import Asked
from meedoen.rules.vocabulary import LinkPurpose
from meedoen.web.shared.mails import ATTEMPTS, Letter, send_letter

DAYS_TO_ANSWER = 30


def put_the_month_in_queue() -> None:
    """Put the mail about the month that is over in the queue, for each organisation apart."""
    for code in municipality_codes():
        system = system_viewer(code)
        for organisation_id in organisations_to_tell(system):
            send_month.enqueue(system.municipality_id, organisation_id)


def put_the_starts_in_queue() -> None:
    """Put a mail in the queue for each start that waits where nobody can sign in."""
    for code in municipality_codes():
        system = system_viewer(code)
        for start in starts_to_tell(system):
            send_start.enqueue(system.municipality_id, start.placement_id)


@job(attempts=ATTEMPTS)
def send_month(municipality_id: int, organisation_id: int) -> None:
    """Remind an organisation of what waits for its word, once a month for each address.

    Raises MailNotSentError.
    """
    system = Viewer.system(municipality_id)
    card = organisation_to_tell(system, organisation_id=organisation_id)
    if card is None:
        return
    if card.accounts and (card.months or card.starts):
        for email in card.accounts:
            send_letter(system, _reminder(card, email))
    elif card.months and card.asked and card.asked.email:
        mailing = MailingKey(
            about="month",
            recipient=card.asked.email,
            subject_id=organisation_id,
            day=card.month,
        )
        send_letter(system, month_letter(mailing, card, card.asked))


@job(attempts=ATTEMPTS)
def send_start(municipality_id: int, placement_id: int) -> None:
    """Ask where nobody can sign in when somebody began, once in a calendar month.

    Raises MailNotSentError.
    """
    system = Viewer.system(municipality_id)
    for start in starts_to_tell(system, placement_ids=[placement_id]):
        mailing = MailingKey(
            about="start",
            recipient=start.asked.email,
            subject_id=placement_id,
            day=clock.today().replace(day=1),
        )
        send_letter(system, start_letter(mailing, start))


def month_letter(mailing: MailingKey, card: OrganisationToTell, asked: Asked) -> Letter:
    """Return the mail that asks for the whole of a month with one link."""
    return Letter(
        mailing=mailing,
        subject=_("Meedoen: bevestig wie er vorige maand meedeed"),
        template="partner/mail/month",
        links=[
            NewLink(
                purpose=LinkPurpose.CONFIRM_MONTH,
                subject_id=card.organisation_id,
                organisation_id=card.organisation_id,
                owner_id=asked.contact_id,
                recipient=asked.email,
                expires_at=clock.now() + timedelta(days=DAYS_TO_ANSWER),
                about={"month": card.month.isoformat()},
            )
        ],
        about_links=[card.organisation],
        context={
            "organisation": card.organisation,
            "people": card.months,
            "days": DAYS_TO_ANSWER,
        },
    )


def start_letter(mailing: MailingKey, start: StartToTell) -> Letter:
    """Return the mail that asks how it stands with somebody; who it is stands behind the link."""
    return Letter(
        mailing=mailing,
        subject=_("Meedoen: is er iemand begonnen?"),
        template="partner/mail/start",
        links=[
            NewLink(
                purpose=LinkPurpose.CONFIRM_START,
                subject_id=start.placement_id,
                organisation_id=start.organisation_id,
                owner_id=start.asked.contact_id,
                recipient=start.asked.email,
                expires_at=clock.now() + timedelta(days=DAYS_TO_ANSWER),
            )
        ],
        about_links=[start.title],
        context={
            "organisation": start.organisation,
            "introduced": start.introduced,
            "days": DAYS_TO_ANSWER,
        },
    )


def _reminder(card: OrganisationToTell, email: str) -> Letter:
    return Letter(
        mailing=MailingKey(
            about="reminder", recipient=email, subject_id=card.organisation_id, day=card.month
        ),
        subject=_("Meedoen: er wacht iets op u"),
        template="partner/mail/reminder",
        context={
            "organisation": card.organisation,
            "months": card.months,
            "starts": card.starts,
            "url": settings.SITE_URL + reverse("partner:waiting"),
        },
    )
