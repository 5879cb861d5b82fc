"""Claiming a mail before it leaves, with the links in it, so that nobody gets it twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from meedoen.records.links.actions import NewLink, make_links, note_sent, unmake_links
from meedoen.records.links.models import Mailing
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingKey:
    """Which mail it is: of what kind, to whom, about what, and about which stretch.

    `day` is the first day of the stretch; `subject_id` is 0 for all that an address is asked.
    """

    about: str
    recipient: str
    day: date
    subject_id: int = 0


@transaction.atomic
def claim_mailing(
    viewer: Viewer, *, mailing: MailingKey, links: Sequence[NewLink] = ()
) -> list[str] | None:
    """Say that a mail is being sent and make its links; return their tokens, in order.

    Returns None when it was sent, or is being sent, already.
    """
    try:
        with transaction.atomic():
            Mailing.objects.create(claimed_at=clock.now(), **_columns(viewer, mailing))
    except IntegrityError:
        return None
    return make_links(viewer, links=links)


@transaction.atomic
def release_mailing(
    viewer: Viewer, *, mailing: MailingKey, links: Sequence[NewLink], tokens: Sequence[str]
) -> None:
    """Say that a mail did not leave after all, so that it can be tried again, with new links."""
    Mailing.objects.filter(**_columns(viewer, mailing)).delete()
    for purpose in {link.purpose for link in links}:
        unmake_links(viewer, purpose=purpose, tokens=tokens)


def note_mailing_left(viewer: Viewer, *, links: Sequence[NewLink], tokens: Sequence[str]) -> None:
    """Note that the mail with these links left."""
    for purpose in {link.purpose for link in links}:
        note_sent(viewer, purpose=purpose, tokens=tokens)


def digest_of(viewer: Viewer, email: str) -> str:
    """Return what recognises an address, in any mix of capitals, and does not hold it."""
    value = f"{viewer.municipality_id} {email.strip().lower()}"
    return salted_hmac("meedoen.mailing", value, algorithm="sha256").hexdigest()


def _columns(viewer: Viewer, mailing: MailingKey) -> dict[str, object]:
    return {
        "municipality_id": viewer.municipality_id,
        "about": mailing.about,
        "recipient_digest": digest_of(viewer, mailing.recipient),
        "subject_id": mailing.subject_id,
        "day": mailing.day,
    }
