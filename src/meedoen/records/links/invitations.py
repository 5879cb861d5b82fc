"""What somebody with the link of an invitation sees."""

from dataclasses import dataclass

from meedoen.records.links.opening import HeldLink
from meedoen.records.links.state import LinkProblem
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation of a colleague to come in, without an account that works yet."""

    membership_id: int
    name: str
    email: str
    organisation: str
    role: Role


def asked_invitation(held: HeldLink) -> Invitation | LinkProblem:
    """Return the invitation that a link is about, or why it cannot be accepted any more."""
    row = (
        Membership.objects.filter(
            municipality_id=held.viewer.municipality_id,
            organisation_id__in=[held.viewer.organisation_id],
            pk=held.subject_id,
            ended_at__isnull=True,
            account__is_active=True,
        )
        .select_related("account", "organisation")
        .first()
    )
    if row is None or row.organisation is None or row.account.has_usable_password():
        return LinkProblem.SUBJECT_OVER
    return Invitation(
        membership_id=row.pk,
        name=row.account.name,
        email=row.account.email,
        organisation=row.organisation.name,
        role=Role(row.role),
    )
