"""For whom an import acts, also when that person is no longer there to click."""

from meedoen.records.caseloads.models import CaseloadFile
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Permission, Role, Viewer


def meedoen_for(viewer: Viewer) -> Viewer:
    """Return Meedoen itself, acting because this member asked it to.

    Who imports may look people up in the whole municipality only to say that a number is known
    already, and may register and end benefits only by way of a file. So the work is done by
    Meedoen itself, and the member's id stays in it: the history says who it was.
    """
    return Viewer(
        municipality_id=viewer.municipality_id,
        role=Role.SYSTEM,
        membership_id=viewer.membership_id,
    )


def sender_of(file: CaseloadFile) -> Viewer | None:
    """Return who sent a file, as they may act today; None when they may not import any more."""
    if file.uploaded_by_id is None:
        return Viewer(municipality_id=file.municipality_id, role=Role.SYSTEM)
    membership = Membership.objects.filter(
        pk=file.uploaded_by_id, ended_at__isnull=True, account__is_active=True
    ).first()
    if membership is None:
        return None
    viewer = Viewer(
        municipality_id=membership.municipality_id,
        role=Role(membership.role),
        membership_id=membership.pk,
        account_id=membership.account_id,
        team_id=membership.team_id,
    )
    return viewer if viewer.may(Permission.IMPORT_CASELOAD) else None
