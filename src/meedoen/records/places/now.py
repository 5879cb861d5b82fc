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

import numpy as np
from django.db import connection

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


MOST_PATCHED = 500
"""When more rows changed than this, reading everything is as quick."""


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
    # Before the rows themselves: what changes in between shows the next time.
    sums, rest = _state(viewer)
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
    if len(changed) > MOST_PATCHED:
        return None
    revisions = {**kept.revisions, **changed}
    if (len(revisions), sum(revisions.values())) != (sums.count, sums.sum):
        return None
    facts = open_places(viewer, area=kept.rest.area, only=list(changed))
    now = _with(kept.now, facts, changed)
    return _Kept(kept.rest, sums, revisions, now)


def _with(now: PlacesNow, facts: Sequence[PlaceFacts], changed: Mapping[int, int]) -> PlacesNow:
    """Return the places with some of them as they are now, or left out when they are not open."""
    fresh = {one.place: one for one in facts}
    kept = _same_but_for_rooms(now, fresh, changed)
    if kept is not None:
        return kept
    others = [one for one in now.facts if one.place not in changed]
    return _now(now.area, sorted([*others, *facts], key=lambda one: one.place))


def _same_but_for_rooms(
    now: PlacesNow, fresh: Mapping[int, PlaceFacts], changed: Mapping[int, int]
) -> PlacesNow | None:
    """Return the places with seats taken or given back, or called otherwise; None when it is more.

    Then the columns stay as they are, which are most of the work.
    """
    numbers = np.array(list(changed), np.int64)
    at, there = now.columns.positions(numbers)
    if not there.all() or len(fresh) != len(changed):
        return None
    known, room = list(now.facts), now.columns.room.copy()
    for position, number in zip(at.tolist(), changed, strict=True):
        before, after = known[position], fresh[number]
        same = replace(before, title=after.title, taken=after.taken) == after
        if not same or after.capacity is None:
            return None
        known[position], room[position] = after, after.capacity - after.taken
    return PlacesNow(now.area, known, replace(now.columns, room=room))


def _state(viewer: Viewer) -> tuple[_Sums, _Rest]:
    """Return what the rows add up to, and what else the facts rest on, in two questions."""
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, {"town": viewer.municipality_id, "about": SubjectKind.LOCATION})
        count, total, newest, *added = cursor.fetchone()
    checks, last_check, changes, last_change = added
    sums = _Sums(count, int(total or 0), newest or 0)
    there = _Rest(
        on=clock.today(),
        area=area_of(viewer),
        checks=(checks, last_check or 0),
        locations=(changes, last_change or 0),
    )
    return sums, there


# Asked before every list, in one go: putting these together as querysets takes ten times as long
# as answering them. None of these tables is about people.
_QUESTION = f"""
SELECT p.count, p.total, p.newest, c.count, c.newest, l.count, l.newest FROM
(SELECT count(*) AS count, sum(revision) AS total, max(revision) AS newest
 FROM {Place._meta.db_table} WHERE municipality_id = %(town)s) p,
(SELECT count(*) AS count, max(id) AS newest
 FROM {DisplacementCheck._meta.db_table} WHERE municipality_id = %(town)s) c,
(SELECT count(*) AS count, max(id) AS newest
 FROM {DirectoryChange._meta.db_table} WHERE municipality_id = %(town)s AND subject = %(about)s) l
"""  # noqa: S608, SLF001 - only names of our own tables
