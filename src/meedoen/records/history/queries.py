"""The history as columns, for those who count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Count, Max
from numpy.typing import NDArray

from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.history.numbers import DayNumber, MomentNumber
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.indicators.columns import Columns, name_codes, words_to_codes
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState

Read = Mapping[str, np.ndarray[Any, np.dtype[Any]]]
"""What was read: an array for every column, and `replaces`."""

WHOLE_NUMBERS = (
    *("id", "replaces_id", "pseudonym_id", "rung", "score", "district_id", "organisation_id"),
)
WORDS = ("kind", "state", "place_kind", "outcome", "ladder_version", "legal_task", "domain")
NAMES = (*WHOLE_NUMBERS, "starts", "ends", "recorded", "withdrawn", "self_found", *WORDS)
ROWS_AT_ONCE = 20_000
MOST_KEPT = 4
"""Of how many municipalities one process keeps the columns; a million entries take 60 MB."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """Columns that were read before, up to and including an entry, and how many there were."""

    last: int
    count: int
    read: Read
    versions: Mapping[str, int]
    domains: Mapping[str, int]
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
    return kept.columns, kept.read["replaces"]


def _newest(viewer: Viewer) -> _Kept:
    if connection.in_atomic_block or not viewer.may(Permission.READ_HISTORY):
        return _fresh(viewer, after=None)
    with _reading:
        kept = _brought_up_to_date(viewer, _kept.pop(viewer.municipality_id, None))
        _kept[viewer.municipality_id] = kept
        while len(_kept) > MOST_KEPT:
            del _kept[next(iter(_kept))]
        return kept


def _brought_up_to_date(viewer: Viewer, kept: _Kept | None) -> _Kept:
    if kept is None:
        return _fresh(viewer, after=None)
    newest = Entry.objects.visible_to(viewer).aggregate(last=Max("pk"), count=Count("pk"))
    if (newest["last"] or 0, newest["count"]) == (kept.last, kept.count):
        return kept
    more = _fresh(viewer, after=kept)
    # An entry with a lower number may have come later than one with a higher: read all again.
    return more if more.count == newest["count"] else _fresh(viewer, after=None)


def _fresh(viewer: Viewer, *, after: _Kept | None) -> _Kept:
    """Read what comes after what was kept, or everything."""
    rows = Entry.objects.visible_to(viewer).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after.last)
    values = rows.annotate(
        starts=DayNumber("starts_on"),
        ends=DayNumber("ends_on"),
        recorded=MomentNumber("recorded_at"),
    ).values_list(*NAMES)
    found = list(zip(*values.iterator(chunk_size=ROWS_AT_ONCE), strict=True))
    column = dict(zip(NAMES, found or [()] * len(NAMES), strict=True))
    versions = name_codes(
        dict.fromkeys(column["ladder_version"]), after.versions if after else None
    )
    domains = name_codes(dict.fromkeys(column["domain"]), after.domains if after else None)
    read = _as_arrays(column, versions, domains)
    if after is not None:
        read = {name: np.concatenate([after.read[name], new]) for name, new in read.items()}
    ids = read["entry"]
    return _Kept(
        last=int(ids[-1]) if len(ids) else 0,
        count=len(ids),
        read=read,
        versions=versions,
        domains=domains,
        columns=Columns.from_arrays(**read),
    )


def _as_arrays(
    column: Mapping[str, Sequence[Any]], versions: Mapping[str, int], domains: Mapping[str, int]
) -> Read:
    ends = np.array(column["ends"], dtype=np.int64)
    return {
        "entry": np.array(column["id"], dtype=np.int64),
        "replaces": _or_zero(column["replaces_id"]),
        "person": np.array(column["pseudonym_id"], dtype=np.int64),
        "kind": words_to_codes(EntryKind, column["kind"]),
        "starts": np.array(column["starts"], dtype=np.int32),
        "ends": np.where(ends >= day_number(STILL_OPEN), FAR_FUTURE_DAY, ends).astype(np.int32),
        "recorded": np.array(column["recorded"], dtype=np.int64),
        "withdrawn": np.array(column["withdrawn"], dtype=np.bool_),
        "state": words_to_codes(PlacementState, column["state"]),
        "place_kind": words_to_codes(PlaceKind, column["place_kind"]),
        "self_found": np.array(column["self_found"], dtype=np.bool_),
        "rung": np.array(column["rung"], dtype=np.int8),
        "ladder_version": np.array(
            [versions[word] for word in column["ladder_version"]], dtype=np.int16
        ),
        "outcome": words_to_codes(Outcome, column["outcome"]),
        "district": _or_zero(column["district_id"]).astype(np.int32),
        "organisation": _or_zero(column["organisation_id"]).astype(np.int32),
        "legal_task": words_to_codes(LegalTask, column["legal_task"]),
        "domain": np.array([domains[word] for word in column["domain"]], dtype=np.int16),
        "score": np.array(column["score"], dtype=np.int8),
    }


def _or_zero(values: Sequence[int | None]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([value or 0 for value in values], dtype=np.int64)


def last_entry(viewer: Viewer) -> int:
    """Return the id of the newest entry that the viewer may read; 0 when there is none."""
    newest = Entry.objects.visible_to(viewer).order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0
