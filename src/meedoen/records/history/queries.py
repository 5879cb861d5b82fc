"""The history as columns, for those who count."""

from dataclasses import dataclass
from threading import Lock

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from meedoen.records.history import order
from meedoen.records.history.columns_file import keep_in_file, kept_in_file, wait_until_written
from meedoen.records.history.models import Entry
from meedoen.records.history.reading import NO_ENTRIES, Read, read_entries
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.indicators.columns import Columns

MOST_KEPT = 4
"""Of how many municipalities one process keeps the columns; a million entries take 70 MB."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read before, and up to which entry nothing can come in between any more."""

    settled: int
    in_file: int
    """Of how many entries the columns are in the file, or will be when it is written."""
    read: Read
    columns: Columns


_kept: dict[int, _Kept] = {}
_reading = Lock()


def columns(viewer: Viewer) -> Columns:
    """Return the whole history of the viewer's municipality as columns, in order of id.

    Empty for who may not read the history. What this process read before is kept, and only what
    was added since is read: history does not change. Inside a transaction everything is read,
    because what it sees may never come to be.
    """
    return _newest(viewer).columns


def columns_with_replaced(viewer: Viewer) -> tuple[Columns, NDArray[np.int64]]:
    """Return the history as `columns` does, and for each entry the id of the one it replaces.

    That is 0 where an entry takes the place of no other.
    """
    kept = _newest(viewer)
    return kept.columns, kept.read.arrays["replaces"]


def forget(viewer: Viewer) -> None:
    """Forget what this process read of the viewer's municipality, as if it had just begun.

    What it is still writing in the file is written first.
    """
    wait_until_written(viewer.municipality_id)
    with _reading:
        _kept.pop(viewer.municipality_id, None)


def _newest(viewer: Viewer) -> _Kept:
    if not viewer.may(Permission.READ_HISTORY):
        return _as_kept(NO_ENTRIES)
    if connection.in_atomic_block:
        return _as_kept(read_entries(viewer))
    with _reading:
        kept = _brought_up_to_date(viewer, _kept.pop(viewer.municipality_id, None))
        _kept[viewer.municipality_id] = kept
        while len(_kept) > MOST_KEPT:
            del _kept[next(iter(_kept))]
        return kept


def _brought_up_to_date(viewer: Viewer, kept: _Kept | None) -> _Kept:
    """Read what came after the entry up to which everything is there.

    An entry with a lower number may come later than one with a higher, as long as its writer is
    at work. So first we look which is the newest, and then whether anybody is writing: when not,
    everything up to that one is there, or will never be.
    """
    newest = last_entry(viewer)
    if kept is not None and newest == kept.settled == kept.read.last:
        return kept
    before = kept.read.up_to(kept.settled) if kept else kept_in_file(viewer)
    in_file = kept.in_file if kept else len(before)
    settled = before.last if order.is_being_written(viewer.municipality_id) else newest
    read = read_entries(viewer, after=before)
    lasting = read.up_to(settled)
    if keep_in_file(viewer.municipality_id, lasting, before=in_file):
        in_file = len(lasting)
    return _as_kept(read, settled=settled, in_file=in_file)


def _as_kept(read: Read, *, settled: int = 0, in_file: int = 0) -> _Kept:
    return _Kept(settled, in_file, read, Columns.from_arrays(**read.arrays))


def last_entry(viewer: Viewer) -> int:
    """Return the id of the newest entry that the viewer may read; 0 when there is none."""
    newest = Entry.objects.visible_to(viewer).order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0
