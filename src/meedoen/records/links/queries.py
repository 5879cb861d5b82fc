"""Links and mails that were sent, for Meedoen itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from meedoen.records.links.models import Link, Mailing
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.rules.vocabulary import LinkPurpose


@dataclass(frozen=True, slots=True)
class SentLink:
    """A link that was sent: for what, about what, and to whom."""

    purpose: LinkPurpose
    subject_id: int
    organisation_id: int
    recipient: str


def sent_link(viewer: Viewer, *, link_id: int) -> SentLink | None:
    """Return a link that was sent; None when it is forgotten to whom. For Meedoen itself."""
    if viewer.role is not Role.SYSTEM:
        return None
    row = Link.objects.visible_to(viewer).filter(pk=link_id).exclude(recipient="").first()
    if row is None:
        return None
    return SentLink(
        purpose=LinkPurpose(row.purpose),
        subject_id=row.subject_id,
        organisation_id=row.organisation_id,
        recipient=row.recipient,
    )


def mailed(viewer: Viewer, *, about: str, subject_ids: Iterable[int]) -> set[int]:
    """Return about which of these subjects a mail of a kind left, or is leaving now."""
    rows = Mailing.objects.filter(
        municipality_id=viewer.municipality_id, about=about, subject_id__in=set(subject_ids)
    )
    return set(rows.values_list("subject_id", flat=True))
