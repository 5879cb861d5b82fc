"""All open places as matching takes them, kept in this process as long as nothing changed.

Reading and sorting out thousands of places takes longer than ranking them. What was read is used
again when the database says that it holds: rows have numbers that only rise (see revised.py), and
what else plays a part is only added to. Inside a transaction everything is read, because what it
sees may never come to be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Count, Max, Sum

from meedoen.records.directory.models import DirectoryChange
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.models import DisplacementCheck, Place
from meedoen.records.places.queries import open_places
from meedoen.records.places.spots import Area, area_of
from meedoen.rules.matching.facts import PlaceFacts
from meedoen.rules.matching.place_columns import PlaceColumns
from meedoen.rules.vocabulary import SubjectKind

MOST_KEPT = 4
"""Of how many municipalities one process keeps the places; eight thousand take about 20 MB."""
MARGIN = 10 * 60 * 1_000
"""Numbers of rows are milliseconds: who began to change a row so long ago is done by now. One that
took longer shows in the sum, and then everything is read."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacesNow:
    """The open places by number, as facts and as columns, and where the districts are."""

    area: Area
    facts: Sequence[PlaceFacts]
    columns: PlaceColumns


@dataclass(frozen=True, slots=True)
class _Rest:
    """What the facts of places rest on beside their rows: the day, and rows only added to."""

    on: date
    area: Area
    checks: tuple[int, int]
    locations: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the numbers of all rows add up to, and how many rows there are."""

    count: int
    sum: int
    newest: int


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    rest: _Rest
    sums: _Sums
    revisions: Mapping[int, int]
    now: PlacesNow


_kept: dict[int, _Kept] = {}
_reading = Lock()


def places_now(viewer: Viewer) -> PlacesNow:
    """Return every listed place of the viewer's municipality that is not closed, for matching."""
    if connection.in_atomic_block:
        area = area_of(viewer)
        return _now(area, open_places(viewer, area=area))
    with _reading:
        kept = _brought_up_to_date(viewer, _kept.pop(viewer.municipality_id, None))
        _kept[viewer.municipality_id] = kept
        while len(_kept) > MOST_KEPT:
            del _kept[next(iter(_kept))]
        return kept.now


def _now(area: Area, facts: Sequence[PlaceFacts]) -> PlacesNow:
    return PlacesNow(area=area, facts=facts, columns=PlaceColumns.of(facts))


def _brought_up_to_date(viewer: Viewer, kept: _Kept | None) -> _Kept:
    # The sums come first: what changes after them shows the next time.
    sums, rest = _sums(viewer), _rest(viewer)
    if kept is None or kept.rest != rest:
        return _fresh(viewer, sums, rest)
    if kept.sums == sums:
        return kept
    return _patched(viewer, kept, sums) or _fresh(viewer, sums, rest)


def _fresh(viewer: Viewer, sums: _Sums, rest: _Rest) -> _Kept:
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    # Read before the places: a change in between makes the sums differ, and is read again.
    revisions = dict(rows.values_list("pk", "revision"))
    return _Kept(rest, sums, revisions, _now(rest.area, open_places(viewer, area=rest.area)))


def _patched(viewer: Viewer, kept: _Kept, sums: _Sums) -> _Kept | None:
    """Return what was kept with the rows that changed since; None when that is not all.

    No number ever gets lower. So when those that are known add up to what the database says, for
    as many rows, each of them is right.
    """
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    recent = rows.filter(revision__gt=kept.sums.newest - MARGIN)
    changed = {
        pk: revision
        for pk, revision in recent.values_list("pk", "revision")
        if kept.revisions.get(pk) != revision
    }
    revisions = {**kept.revisions, **changed}
    if (len(revisions), sum(revisions.values())) != (sums.count, sums.sum):
        return None
    facts = open_places(viewer, area=kept.rest.area, only=list(changed))
    now = _with(kept.now, facts, changed)
    return _Kept(kept.rest, sums, revisions, now)


def _with(now: PlacesNow, facts: Sequence[PlaceFacts], changed: Mapping[int, int]) -> PlacesNow:
    """Return the places with some of them as they are now, or left out when they are not open."""
    fresh = {one.place: one for one in facts}
    rooms = _only_rooms(now, fresh, changed)
    if rooms is not None:
        return rooms
    others = [one for one in now.facts if one.place not in changed]
    return _now(now.area, sorted([*others, *facts], key=lambda one: one.place))


def _only_rooms(
    now: PlacesNow, fresh: Mapping[int, PlaceFacts], changed: Mapping[int, int]
) -> PlacesNow | None:
    """Return the places with seats taken or given back; None when more than that changed."""
    numbers = np.array(list(changed), np.int64)
    at, there = now.columns.positions(numbers)
    if not there.all() or len(fresh) != len(changed):
        return None
    known, room = list(now.facts), now.columns.room.copy()
    for position, number in zip(at.tolist(), changed, strict=True):
        before, after = known[position], fresh[number]
        if replace(before, taken=after.taken) != after or after.capacity is None:
            return None
        known[position], room[position] = after, after.capacity - after.taken
    return PlacesNow(now.area, known, replace(now.columns, room=room))


def _sums(viewer: Viewer) -> _Sums:
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    found = rows.aggregate(count=Count("pk"), sum=Sum("revision"), newest=Max("revision"))
    return _Sums(found["count"], int(found["sum"] or 0), found["newest"] or 0)


def _rest(viewer: Viewer) -> _Rest:
    changes = DirectoryChange.objects.filter(subject=SubjectKind.LOCATION)
    return _Rest(
        on=clock.today(),
        area=area_of(viewer),
        checks=_added(viewer, DisplacementCheck.objects.all()),
        locations=_added(viewer, changes),
    )


def _added(viewer: Viewer, rows: Any) -> tuple[int, int]:
    """Return how many rows there are, and the newest, of what is only added to."""
    found = rows.filter(municipality_id=viewer.municipality_id).aggregate(
        count=Count("pk"), last=Max("pk")
    )
    return found["count"], found["last"] or 0
