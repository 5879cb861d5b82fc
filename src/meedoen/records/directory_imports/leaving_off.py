"""Leaving files off that nobody finished, so that what they say is not kept for ever."""

from meedoen.records.directory_imports.acting import sender_of
from meedoen.records.directory_imports.models import DirectoryFile
from meedoen.records.directory_imports.stored import files_of, rows_of
from meedoen.records.sent_files import leaving_off


def leave_off(file: DirectoryFile) -> bool:
    """Remove what a file says; False when it is in another state than it may be cancelled in."""
    return leaving_off.leave_off(files_of(file.municipality_id).filter(pk=file.pk), rows_of(file))


def leave_off_unfinished(municipality_id: int) -> None:
    """Leave off what was sent long ago, or by somebody who may not import any more."""
    files = files_of(municipality_id)
    for file in leaving_off.unfinished(files, lambda one: sender_of(one) is not None):
        leave_off(file)


def stopped(municipality_id: int) -> list[int]:
    """Return the files of which the taking over takes so long that it must have stopped."""
    return leaving_off.stopped(files_of(municipality_id))
