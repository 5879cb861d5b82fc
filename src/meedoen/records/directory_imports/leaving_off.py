"""Leaving files off that nobody finished, so that what they say is not kept for ever."""

from datetime import datetime, timedelta

from meedoen.records.directory_imports.acting import sender_of
from meedoen.records.directory_imports.models import DirectoryFile
from meedoen.records.directory_imports.numbers import DAYS_KEPT
from meedoen.records.directory_imports.stored import files_of, rows_of
from meedoen.records.organisations import clock
from meedoen.rules.files.words import FileState

MAY_BE_CANCELLED = (FileState.UPLOADED, FileState.PREVIEWING, FileState.PREVIEWED)
"""Once it is being taken over, part of it may be there already."""
KEPT = timedelta(days=DAYS_KEPT)
KEPT_OF_MEEDOEN = timedelta(days=1)
"""Of a file that was sent on the server nobody has a page to finish it on."""


def leave_off(file: DirectoryFile) -> bool:
    """Remove what a file says; False when it is in another state than it may be cancelled in."""
    rows = files_of(file.municipality_id).filter(pk=file.pk, state__in=MAY_BE_CANCELLED)
    if not rows.update(state=FileState.CANCELLED, content=b"", finished_at=clock.now()):
        return False
    rows_of(file).delete()
    return True


def leave_off_unfinished(municipality_id: int) -> None:
    """Leave off what was sent long ago, or by somebody who may not import any more."""
    waiting = files_of(municipality_id).filter(state__in=MAY_BE_CANCELLED)
    now = clock.now()
    for file in waiting.defer("content"):
        if _is_over(file, now):
            leave_off(file)


def _is_over(file: DirectoryFile, now: datetime) -> bool:
    kept = KEPT if file.uploaded_by_id else KEPT_OF_MEEDOEN
    return file.uploaded_at < now - kept or sender_of(file) is None


def stopped(municipality_id: int) -> list[int]:
    """Return the files of which the taking over takes so long that it must have stopped."""
    busy = files_of(municipality_id).filter(
        state=FileState.APPLYING, uploaded_at__lt=clock.now() - KEPT_OF_MEEDOEN
    )
    return list(busy.order_by("pk").values_list("pk", flat=True))
