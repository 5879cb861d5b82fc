"""The steps of referrals, and who takes part, as columns for those who count.

Nobody is in them: a referral is a number, and whom it is about is not read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Max, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from numpy.typing import NDArray

from meedoen.records.directory.models import DirectoryChange
from meedoen.records.history.numbers import DayNumber, MomentNumber
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.referrals.models import ReferralStep
from meedoen.rules.indicators.columns import words_to_codes
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number, moment_number
from meedoen.rules.indicators.referral_columns import DirectoryColumns, Referrals, StepColumns
from meedoen.rules.indicators.referral_statements import MUNICIPALITY, RESIDENT
from meedoen.rules.vocabulary import DeclineReason, ReferralEvent, SubjectKind, Theme

Read = Mapping[str, NDArray[Any]]
"""What was read: an array for every column."""

NUMBERS = ("pk", "referral_id", "ask_id", "referral__district_id", "sender", "receiver")
NAMES = (*NUMBERS, "recorded", "day", "due", "event", "referral__theme", "reason")
ROWS_AT_ONCE = 20_000
MOST_KEPT = 4
"""Of how many municipalities one process keeps the steps; a hundred thousand take 6 MB."""
ALWAYS = date.min
"""Since when an organisation takes part of which nobody noted that it was entered."""
EVER = -(2**62)
"""Before every moment: known from the beginning."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """Steps that were read before, up to and including the last, and how many there were."""

    last: int
    count: int
    read: Read


_kept: dict[int, _Kept] = {}
_reading = Lock()


def referral_columns(viewer: Viewer) -> Referrals:
    """Return all steps of referrals in the viewer's municipality, and who takes part since when.

    Empty for who may not read the history. Steps are only added to, so what this process read
    before is kept; inside a transaction everything is read, for what it sees may never come to be.
    """
    if not viewer.may(Permission.READ_HISTORY):
        return Referrals.from_statements([])
    system = Viewer.system(viewer.municipality_id)
    read = _fresh(system, None) if connection.in_atomic_block else _newest(system)
    return Referrals(StepColumns.from_arrays(**read.read), _directory(system))


# --- steps ---------------------------------------------------------------------------------------


def _newest(system: Viewer) -> _Kept:
    with _reading:
        kept = _brought_up_to_date(system, _kept.pop(system.municipality_id, None))
        _kept[system.municipality_id] = kept
        while len(_kept) > MOST_KEPT:
            del _kept[next(iter(_kept))]
        return kept


def _brought_up_to_date(system: Viewer, kept: _Kept | None) -> _Kept:
    if kept is None:
        return _fresh(system, None)
    rows = ReferralStep.objects.visible_to(system)
    newest = rows.aggregate(last=Max("pk"), count=Count("pk"))
    if (newest["last"] or 0, newest["count"]) == (kept.last, kept.count):
        return kept
    more = _fresh(system, kept)
    # A step with a lower number may have come later than one with a higher: read all again.
    return more if more.count == newest["count"] else _fresh(system, None)


def _fresh(system: Viewer, after: _Kept | None) -> _Kept:
    """Read what comes after what was kept, or everything."""
    rows = ReferralStep.objects.visible_to(system).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after.last)
    # What was sent on comes from who did that; otherwise from who made the referral.
    sender = Case(
        When(
            ask__forwarded_by__isnull=False,
            then=Coalesce(F("ask__forwarded_by__organisation_id"), Value(MUNICIPALITY)),
        ),
        When(referral__from_resident=True, then=Value(RESIDENT)),
        default=Coalesce(F("referral__from_organisation_id"), Value(MUNICIPALITY)),
        output_field=IntegerField(),
    )
    values = rows.annotate(
        sender=sender,
        receiver=F("ask__organisation_id"),
        recorded=MomentNumber("recorded_at"),
        day=DayNumber("on"),
        due=DayNumber("due_on"),
    ).values_list(*NAMES)
    found = list(zip(*values.iterator(chunk_size=ROWS_AT_ONCE), strict=True))
    read = _as_arrays(dict(zip(NAMES, found or [()] * len(NAMES), strict=True)))
    if after is not None:
        read = {name: np.concatenate([after.read[name], new]) for name, new in read.items()}
    ids = read["step"]
    return _Kept(last=int(ids[-1]) if len(ids) else 0, count=len(ids), read=read)


def _as_arrays(column: Mapping[str, Sequence[Any]]) -> Read:
    reasons = set(DeclineReason)
    return {
        "step": np.array(column["pk"], dtype=np.int64),
        "recorded": np.array(column["recorded"], dtype=np.int64),
        "day": np.array(column["day"], dtype=np.int32),
        "event": words_to_codes(ReferralEvent, column["event"]),
        "referral": np.array(column["referral_id"], dtype=np.int64),
        "ask": _or_zero(column["ask_id"]),
        "sender": np.array(column["sender"], dtype=np.int64),
        "receiver": _or_zero(column["receiver"]),
        "theme": words_to_codes(Theme, column["referral__theme"]),
        "district": _or_zero(column["referral__district_id"]).astype(np.int32),
        "due": np.array(
            [FAR_FUTURE_DAY if day is None else day for day in column["due"]], dtype=np.int32
        ),
        # Other steps have reasons of their own, which are not counted.
        "reason": words_to_codes(
            DeclineReason,
            [
                reason if event == ReferralEvent.DECLINED and reason in reasons else ""
                for event, reason in zip(column["event"], column["reason"], strict=True)
            ],
        ),
    }


def _or_zero(values: Sequence[int | None]) -> NDArray[np.int64]:
    return np.array([value or 0 for value in values], dtype=np.int64)


# --- who takes part ------------------------------------------------------------------------------


def _directory(system: Viewer) -> DirectoryColumns:
    """Return since when and until when every organisation takes part, as that was noted."""
    rows = Organisation.objects.filter(municipality_id=system.municipality_id).order_by("pk")
    changes: dict[int, list[DirectoryChange]] = {}
    noted = DirectoryChange.objects.filter(
        municipality_id=system.municipality_id, subject=SubjectKind.ORGANISATION
    )
    for change in noted.order_by("pk"):
        changes.setdefault(change.subject_id, []).append(change)
    found = [
        statement
        for number, left_on in rows.values_list("pk", "left_on")
        for statement in _statements(number, left_on, changes.get(number, []))
    ]
    names = ("organisation", "joins", "leaves", "recorded")
    columns = list(zip(*found, strict=True)) or [()] * len(names)
    return DirectoryColumns.from_arrays(
        **{name: np.array(one, dtype=np.int64) for name, one in zip(names, columns, strict=True)}
    )


def _statements(
    number: int, left_on: date | None, changes: Sequence[DirectoryChange]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the organisation, its first day, the day it left and when that was recorded."""
    entered = next((one for one in changes if not one.before), None)
    joins = day_number(timezone.localdate(entered.changed_at) if entered else ALWAYS)
    leavings = [one for one in changes if "left_on" in one.after]
    first = _day(leavings[0].before.get("left_on")) if leavings else left_on
    recorded = moment_number(entered.changed_at) if entered else EVER
    yield number, joins, _leaves(first), recorded
    for one in leavings:
        leaves = _leaves(_day(one.after["left_on"]))
        yield number, joins, leaves, moment_number(one.changed_at)


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def _leaves(day: date | None) -> int:
    return FAR_FUTURE_DAY if day is None else day_number(day)
