"""Leaving files off that nobody finished, so that what they say is not kept for ever."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from meedoen.records.organisations import clock
from meedoen.rules.files.words import FileState

MAY_BE_CANCELLED = (FileState.UPLOADED, FileState.PREVIEWING, FileState.PREVIEWED)
"""Once it is being taken over, part of it may be there already."""
KEPT = timedelta(days=14)
"""How long a file waits for who sent it; then what it says is removed."""
KEPT_OF_MEEDOEN = timedelta(days=1)
"""Of a file that was sent on the server nobody has a page to finish it on."""


def leave_off(file: QuerySet[Any], rows: QuerySet[Any]) -> bool:
    """Remove what one file says, and its rows; False when it may not be cancelled any more."""
    waiting = file.filter(state__in=MAY_BE_CANCELLED)
    if not waiting.update(state=FileState.CANCELLED, content=b"", finished_at=clock.now()):
        return False
    rows.delete()
    return True


def unfinished(files: QuerySet[Any], may_still_import: Callable[[Any], bool]) -> list[Any]:
    """Return the files that were sent long ago, or by somebody who may not import any more."""
    now = clock.now()
    waiting = files.filter(state__in=MAY_BE_CANCELLED).defer("content")
    return [file for file in waiting if _is_old(file, now) or not may_still_import(file)]


def _is_old(file: Any, now: datetime) -> bool:
    kept: timedelta = KEPT if file.uploaded_by_id else KEPT_OF_MEEDOEN
    uploaded_at: datetime = file.uploaded_at
    return uploaded_at < now - kept


def stopped(files: QuerySet[Any]) -> list[int]:
    """Return the files of which the taking over takes so long that it must have stopped."""
    busy = files.filter(state=FileState.APPLYING, uploaded_at__lt=clock.now() - KEPT_OF_MEEDOEN)
    return list(busy.order_by("pk").values_list("pk", flat=True))
