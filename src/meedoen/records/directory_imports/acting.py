"""For whom an import acts, also when that person is no longer there to click."""

from meedoen.records.directory_imports.models import DirectoryFile
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Permission, Role, Viewer


def sender_of(file: DirectoryFile) -> Viewer | None:
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
        organisation_id=membership.organisation_id,
    )
    return viewer if viewer.may(Permission.IMPORT_DIRECTORY) else None
