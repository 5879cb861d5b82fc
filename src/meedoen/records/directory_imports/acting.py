"""For whom an import acts, also when that person is no longer there to click."""

from meedoen.records.directory_imports.models import DirectoryFile
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.sent_files import sender


def sender_of(file: DirectoryFile) -> Viewer | None:
    """Return who sent a file, as they may act today; None when they may not import any more."""
    return sender.sender_of(
        municipality_id=file.municipality_id,
        uploaded_by_id=file.uploaded_by_id,
        permission=Permission.IMPORT_DIRECTORY,
    )
