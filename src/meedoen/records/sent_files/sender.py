"""Who sent a file, as they may act by the time that it is worked on."""

from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Permission, Role, Viewer


def sender_of(
    *, municipality_id: int, uploaded_by_id: int | None, permission: Permission
) -> Viewer | None:
    """Return who sent a file; None when they may not import any more.

    A file that nobody sent came from a command on the server: Meedoen itself.
    """
    if uploaded_by_id is None:
        return Viewer.system(municipality_id)
    membership = Membership.objects.filter(
        pk=uploaded_by_id, ended_at__isnull=True, account__is_active=True
    ).first()
    if membership is None:
        return None
    viewer = Viewer(
        municipality_id=membership.municipality_id,
        role=Role(membership.role),
        membership_id=membership.pk,
        account_id=membership.account_id,
        team_id=membership.team_id,
        organisation_id=membership.organisation_id,
    )
    return viewer if viewer.may(permission) else None
