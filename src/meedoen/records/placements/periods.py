"""The stretches of a placement, kept in step with the history.

Used by the actions, inside their transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import OuterRef, Subquery

from meedoen.records.history.actions import Statement, state_all
from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement, StatePeriod, StatePeriodQuerySet
from meedoen.rules.vocabulary import (
    EntryKind,
    LegalTask,
    MoveReason,
    Outcome,
    PlaceKind,
    PlacementState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A stretch to begin; without `ends_on` it stays open. `placement` comes with its place."""

    placement: Placement
    state: PlacementState
    on: date
    district_id: int | None
    recorded_at: datetime | None
    ends_on: date | None = None
    outcome: Outcome | None = None
    reason: MoveReason | None = None


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What a stretch should have said; what is None stays as it is, unless `exactly`.

    A stretch that would not last a single day counts nowhere and is withdrawn; so is one that was
    not so at all, with `withdrawn`.
    """

    period: StatePeriod
    recorded_at: datetime | None
    starts_on: date | None = None
    ends_on: date | None = None
    withdrawn: bool = False
    outcome: Outcome | None = None
    reason: MoveReason | None = None
    exactly: bool = False
    """Also that it has no outcome and no reason."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A placement with the stretch in which it is now."""

    placement: Placement
    period: StatePeriod


def opened(viewer: Viewer, placement_ids: Sequence[int]) -> dict[int, Opened]:
    """Return the placements that have an open stretch and are for this viewer, by id.

    On PostgreSQL the rows are locked until the end of the transaction; SQLite has one writer.
    """
    found: dict[int, Opened] = {}
    for group in in_groups(list(placement_ids)):
        rows = _held(
            StatePeriod.objects.visible_to(viewer).filter(
                placement_id__in=group, ends_on=STILL_OPEN, withdrawn=False
            )
        )
        found |= {row.placement_id: Opened(row.placement, row) for row in rows}
    return found


def all_of(viewer: Viewer, placement_ids: Sequence[int]) -> dict[int, list[StatePeriod]]:
    """Return every stretch of placements that are for this viewer, as first said, by placement.

    Those that were not true too. Locked like the open ones.
    """
    found: dict[int, list[StatePeriod]] = {}
    for group in in_groups(list(placement_ids)):
        for row in _held(StatePeriod.objects.visible_to(viewer).filter(placement_id__in=group)):
            found.setdefault(row.placement_id, []).append(row)
    return found


def _held(rows: StatePeriodQuerySet) -> StatePeriodQuerySet:
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.select_related("placement__place", "entry").order_by("placement_id", "pk")


def begin(viewer: Viewer, beginnings: Sequence[Beginning]) -> list[StatePeriod]:
    """Begin a stretch for each, in the history and in the record; return them in order."""
    entries = state_all(
        viewer,
        [
            Statement(
                pseudonym_id=new.placement.pseudonym_id,
                kind=EntryKind.PLACEMENT,
                starts_on=new.on,
                ends_on=new.ends_on,
                outcome=new.outcome,
                reason=new.reason,
                state=new.state,
                place_kind=PlaceKind(new.placement.place.kind),
                self_found=new.placement.self_found,
                legal_task=LegalTask(new.placement.place.legal_task),
                district_id=new.district_id,
                organisation_id=new.placement.place.organisation_id,
                recorded_at=new.recorded_at,
            )
            for new in beginnings
        ],
    )
    return StatePeriod.objects.bulk_create(
        [
            StatePeriod(
                municipality_id=viewer.municipality_id,
                placement=new.placement,
                state=new.state,
                starts_on=new.on,
                ends_on=new.ends_on or STILL_OPEN,
                reason=new.reason or "",
                entry=entry,
            )
            for new, entry in zip(beginnings, entries, strict=True)
        ],
        batch_size=2_000,
    )


def rewrite(viewer: Viewer, rewrites: Sequence[Rewrite]) -> None:
    """Write what the stretches should have said: new entries that replace, and the record."""
    for change in rewrites:
        _apply(change)
    state_all(viewer, [_statement(change) for change in rewrites])
    # The record takes over what the history now says: the entry that replaces the one it had.
    better = Entry.objects.filter(replaces_id=OuterRef("entry_id"))
    for group in in_groups([change.period.pk for change in rewrites]):
        StatePeriod.objects.visible_to(viewer).filter(pk__in=group).update(
            starts_on=Subquery(better.values("starts_on")),
            ends_on=Subquery(better.values("ends_on")),
            withdrawn=Subquery(better.values("withdrawn")),
            reason=Subquery(better.values("reason")),
            entry_id=Subquery(better.values("pk")),
        )


def _apply(change: Rewrite) -> None:
    period = change.period
    starts_on = change.starts_on or period.starts_on
    ends_on = change.ends_on or period.ends_on
    if change.withdrawn:
        # Not so at all: it has no end, which tells it from what was so but lasted no day.
        period.withdrawn, period.ends_on = True, STILL_OPEN
    elif ends_on > starts_on:
        period.withdrawn, period.starts_on, period.ends_on = False, starts_on, ends_on
    else:
        # It was so, and over on the same day: it keeps that one day.
        period.withdrawn, period.starts_on = True, starts_on
        period.ends_on = date.fromordinal(starts_on.toordinal() + 1)


def _statement(change: Rewrite) -> Statement:
    period, earlier = change.period, change.period.entry
    outcome, reason = change.outcome, change.reason
    if not change.exactly:
        outcome = outcome or (Outcome(earlier.outcome) if earlier.outcome else None)
        reason = reason or (MoveReason(earlier.reason) if earlier.reason else None)
    return Statement(
        pseudonym_id=earlier.pseudonym_id,
        kind=EntryKind.PLACEMENT,
        starts_on=period.starts_on,
        ends_on=None if period.ends_on == STILL_OPEN else period.ends_on,
        replaces_id=earlier.pk,
        withdrawn=period.withdrawn,
        state=PlacementState(period.state),
        place_kind=PlaceKind(earlier.place_kind),
        self_found=earlier.self_found,
        legal_task=LegalTask(earlier.legal_task) if earlier.legal_task else None,
        outcome=outcome,
        reason=reason,
        district_id=earlier.district_id,
        organisation_id=earlier.organisation_id,
        recorded_at=change.recorded_at,
    )
