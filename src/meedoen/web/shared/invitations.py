"""The mail to a colleague who was let in at an organisation."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meedoen.records.jobs.work import job
from meedoen.records.links.actions import NewLink, revoke_links
from meedoen.records.links.mailing_actions import MailingKey
from meedoen.records.organisations import clock
from meedoen.records.organisations.colleague_queries import InvitedCard, invited
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.vocabulary import LinkPurpose
from meedoen.web.shared.mails import ATTEMPTS, Letter, send_letter

DAYS_TO_ACCEPT = 7


@job(attempts=ATTEMPTS)
def send_invitation(municipality_id: int, membership_id: int) -> None:
    """Mail somebody that they may come in, once a day at most; with a link to choose a password.

    Who can sign in already only reads that there is a role more. Raises MailNotSentError.
    """
    system = Viewer.system(municipality_id)
    card = invited(system, membership_id=membership_id)
    if card is None:
        return
    tokens = send_letter(system, _letter(card, membership_id))
    if tokens is not None:
        # Of several links that give an account its first password only the newest holds.
        revoke_links(
            system,
            purpose=LinkPurpose.ACCEPT_INVITATION,
            subject_id=membership_id,
            except_tokens=tokens,
        )


def _letter(card: InvitedCard, membership_id: int) -> Letter:
    links = [] if card.has_account else [_link(card, membership_id)]
    return Letter(
        mailing=MailingKey(
            about="invitation",
            recipient=card.email,
            subject_id=membership_id,
            day=clock.today(),
        ),
        subject=_("Meedoen: u kunt meedoen voor uw organisatie"),
        template="shared/mail/invitation",
        links=links,
        about_links=[card.organisation for _link in links],
        context={
            "organisation": card.organisation,
            "sign_in_url": settings.SITE_URL + reverse("account_login"),
            "days": DAYS_TO_ACCEPT,
        },
    )


def _link(card: InvitedCard, membership_id: int) -> NewLink:
    return NewLink(
        purpose=LinkPurpose.ACCEPT_INVITATION,
        subject_id=membership_id,
        organisation_id=card.organisation_id,
        recipient=card.email,
        expires_at=clock.now() + timedelta(days=DAYS_TO_ACCEPT),
    )
