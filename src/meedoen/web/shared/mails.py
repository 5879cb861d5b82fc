"""Mails with signed links in them: claimed before they leave, and nothing in them about anybody.

A mail goes through machines of others and lies in a mailbox for years. So it names places and
organisations, says how many, and leads to a page; never a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise

from meedoen.records.links.actions import NewLink
from meedoen.records.links.mailing_actions import (
    MailingKey,
    claim_mailing,
    note_mailing_left,
    release_mailing,
)
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.vocabulary import LinkPurpose

ATTEMPTS = 14
"""With pauses that double this goes on for almost two days: a mail server may be down for one."""

LINK_PAGES: Mapping[LinkPurpose, str] = {
    LinkPurpose.CONFIRM_PLACE: "answer_place",
    LinkPurpose.CONFIRM_START: "answer_start",
    LinkPurpose.CONFIRM_MONTH: "answer_month",
    LinkPurpose.ANSWER_SIGN_UP: "answer_sign_up",
    LinkPurpose.ACCEPT_INVITATION: "accept_invitation",
    LinkPurpose.ANSWER_REFERRAL: "answer_referral",
    LinkPurpose.TELL_REFERRAL: "tell_referral",
}
"""The name of the page that a link leads to."""


class MailNotSentError(RuntimeError):
    """A mail did not leave; says what kind of error it was, and nothing of who would get it.

    The words of a mail server hold addresses, and what fails is kept with its traceback.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail to write, with a link for each of `links`.

    `template` is the path of its text and its HTML without the extension; both get `context`
    and `lines`, what each link is about (`about_links`) with its address.
    """

    mailing: MailingKey
    subject: str | Promise
    template: str
    links: Sequence[NewLink] = ()
    about_links: Sequence[str] = ()
    context: Mapping[str, Any] = field(default_factory=dict)


def send_letter(viewer: Viewer, letter: Letter) -> list[str] | None:
    """Send a mail once and return the tokens of its links, in order.

    Returns None when it was sent, or is being sent, already. Raises MailNotSentError when it did
    not leave; then it can be sent again.
    """
    tokens = claim_mailing(viewer, mailing=letter.mailing, links=letter.links)
    if tokens is None:
        return None
    try:
        send(_mail(viewer, letter, tokens))
    except Exception:
        release_mailing(viewer, mailing=letter.mailing, links=letter.links, tokens=tokens)
        raise
    note_mailing_left(viewer, links=letter.links, tokens=tokens)
    return tokens


def send_letters(viewer: Viewer, letters: Sequence[Letter]) -> None:
    """Send mails to several addresses; one that is not taken does not hold up the others.

    Raises MailNotSentError when one of them did not leave; only those are sent when tried again.
    """
    failed = None
    for letter in letters:
        try:
            send_letter(viewer, letter)
        except MailNotSentError as error:
            failed = error
    if failed is not None:
        raise failed


def send(mail: EmailMultiAlternatives) -> None:
    """Send a mail. Raises MailNotSentError, which names what went wrong but no address."""
    try:
        mail.send()
    except Exception as error:
        raise MailNotSentError(type(error).__name__) from None


def address_of(purpose: LinkPurpose, token: str) -> str:
    """Return the address of the page that a link leads to, with the name of the site."""
    return settings.SITE_URL + reverse(LINK_PAGES[purpose], args=[token])


def _mail(viewer: Viewer, letter: Letter, tokens: Sequence[str]) -> EmailMultiAlternatives:
    with translation.override(settings.LANGUAGE_CODE):
        urls = [
            address_of(link.purpose, token)
            for link, token in zip(letter.links, tokens, strict=True)
        ]
        lines = list(zip(letter.about_links, urls, strict=True))
        context = {**letter.context, "lines": lines, "title": str(letter.subject)}
        mail = EmailMultiAlternatives(
            subject=str(letter.subject),
            body=render_to_string(f"{letter.template}.txt", context),
            to=[letter.mailing.recipient],
            headers={
                # The same mail has the same number, so a mailbox knows it when it comes twice.
                "Message-ID": _number(viewer, letter.mailing),
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string(f"{letter.template}.html", context), "text/html")
    return mail


def _number(viewer: Viewer, mailing: MailingKey) -> str:
    """Return a number of the mail that says nothing of who gets it."""
    value = f"{viewer.municipality_id} {mailing}"
    secret = salted_hmac("meedoen.letter", value).hexdigest()
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{secret}@{domain}>"
