"""Whether a link holds, and why it does not."""

from datetime import datetime
from enum import StrEnum

from meedoen.records.links.models import Link
from meedoen.records.organisations import clock


class LinkProblem(StrEnum):
    """Why a link that we did send does not hold any more."""

    ANSWERED = "answered"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ORGANISATION_LEFT = "organisation_left"
    OWNER_CHANGED = "owner_changed"
    """What it is about belongs to somebody else now."""
    SUBJECT_OVER = "subject_over"
    """What it is about is no longer there to answer, or was answered in another way."""


def problem_of(link: Link, now: datetime) -> LinkProblem | None:
    """Return why a link, that came with its organisation, does not hold; None when it does.

    What an answer says about it comes first: who answered wants to know that it was kept.
    """
    left_on = link.organisation.left_on
    if link.answered_at is not None:
        return LinkProblem.ANSWERED
    if left_on is not None and left_on <= clock.today():
        return LinkProblem.ORGANISATION_LEFT
    if link.revoked_at is not None:
        return LinkProblem.REVOKED
    return LinkProblem.EXPIRED if link.expires_at <= now else None
