"""For whom an import acts, also when that person is no longer there to click."""

from meedoen.records.caseloads.models import CaseloadFile
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.sent_files import sender


def meedoen_for(viewer: Viewer) -> Viewer:
    """Return Meedoen itself, acting because this member asked it to.

    Who imports may look people up in the whole municipality only to say that a number is known
    already, and may register and end benefits only by way of a file. So the work is done by
    Meedoen itself, and the member's id stays in it: the history says who it was.
    """
    return Viewer.system(viewer.municipality_id, asked_by=viewer.membership_id)


def sender_of(file: CaseloadFile) -> Viewer | None:
    """Return who sent a file, as they may act today; None when they may not import any more."""
    return sender.sender_of(
        municipality_id=file.municipality_id,
        uploaded_by_id=file.uploaded_by_id,
        permission=Permission.IMPORT_CASELOAD,
    )
