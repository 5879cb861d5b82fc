"""The places in the directory as columns, for those who count: what each was, and when we knew.

What a place was from a day on and when that was said is kept in full (`PlacePeriod`), as is when
somebody stood for it (`PlaceConfirmation`), and from when until when seats were held (the
history). A few things are not kept, or were not kept from the beginning:

- When a place came into the directory is known of places that somebody found, and of others from
  statements that say so (`details.standing_facts`). An older one counts from its first day on.
- A first confirmation that came with the place itself, before such statements, is known only
  until the next one.
- Of the districts it is known which there are, not since when.

Nobody is in here: of who holds a seat only the days are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Count, Max, Sum
from django.utils import timezone
from numpy.typing import NDArray

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.history.queries import columns_with_replaced
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.models import Place, PlaceConfirmation, PlacePeriod
from meedoen.rules.indicators.columns import Columns, code_of
from meedoen.rules.indicators.place_columns import (
    ConfirmationColumns,
    PlaceColumns,
    Places,
    SeatColumns,
)
from meedoen.rules.indicators.place_statements import ConfirmationStatement, PlaceStatement
from meedoen.rules.placement_states import HOLDS_A_SEAT
from meedoen.rules.places.freshness import confirm_by
from meedoen.rules.vocabulary import FreshnessAnswer, LegalTask, PlaceKind, PlaceStatus

MOST_KEPT = 4
"""Of how many municipalities one process keeps the places; eight thousand take a few MB."""
ROWS_AT_ONCE = 20_000
SAYS_RIGHT = (FreshnessAnswer.STILL_RIGHT, FreshnessAnswer.FULL)
"""Answers that make a place fresh."""

State = tuple[object, ...]
"""What changes with everything that is read."""


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    state: State
    history: Columns
    places: Places


_kept: dict[int, _Kept] = {}
_reading = Lock()


def place_columns(viewer: Viewer) -> Places:
    """Return what was ever said of the places in the directory of the viewer's municipality.

    Empty for who may not read the history. What this process read before is used again as long as
    nothing changed; inside a transaction everything is read, for what it sees may never come to
    be.
    """
    if not viewer.may(Permission.READ_HISTORY):
        return Places.from_statements([])
    system = Viewer.system(viewer.municipality_id)
    history, replaces = columns_with_replaced(system)
    if connection.in_atomic_block:
        return _read(system, history, replaces)
    # Before the rows themselves: what changes in between shows the next time.
    state = _state(system)
    with _reading:
        kept = _kept.pop(system.municipality_id, None)
        if kept is None or kept.state != state or kept.history is not history:
            kept = _Kept(state, history, _read(system, history, replaces))
        _kept[system.municipality_id] = kept
        while len(_kept) > MOST_KEPT:
            del _kept[next(iter(_kept))]
    return kept.places


def _state(system: Viewer) -> State:
    own = {"municipality_id": system.municipality_id}
    last = {"last": Max("pk"), "count": Count("pk")}
    return (
        # Every row of a place rises with every change: see revised.py.
        Place.objects.filter(**own).aggregate(sum=Sum("revision"), count=Count("pk")),
        PlacePeriod.objects.filter(**own).aggregate(**last),
        PlaceConfirmation.objects.filter(**own).aggregate(**last),
        District.objects.filter(**own).aggregate(**last),
    )


def _read(system: Viewer, history: Columns, replaces: NDArray[np.int64]) -> Places:
    said = _said(system)
    districts = District.objects.filter(municipality_id=system.municipality_id)
    return Places(
        statements=PlaceColumns.from_statements(_statements(system, said)),
        seats=_seats(system, history, replaces),
        confirmations=ConfirmationColumns.from_statements(_confirmations(system, said)),
        districts=np.array(sorted(districts.values_list("pk", flat=True)), dtype=np.int32),
    )


# --- what was said -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement about a place, as it is kept."""

    place: int
    starts_on: date
    recorded_at: datetime
    facts: Mapping[str, Any]


def _said(system: Viewer) -> dict[int, list[_Said]]:
    """Return all that was said of every place that is in the directory now, as it was recorded."""
    rows = PlacePeriod.objects.filter(
        municipality_id=system.municipality_id, place__status=PlaceStatus.LISTED
    ).order_by("recorded_at", "pk")
    found: dict[int, list[_Said]] = {}
    names = ("place_id", "starts_on", "recorded_at", "facts")
    for row in rows.values_list(*names).iterator(chunk_size=ROWS_AT_ONCE):
        found.setdefault(row[0], []).append(_Said(*row))
    return found


def _statements(system: Viewer, said: Mapping[int, Sequence[_Said]]) -> list[PlaceStatement]:
    """Return the statements in order of recording, each from when the place was in the directory.

    What was said before it came in holds from the day on which it did, and is known since then.
    """
    decided = _decided(system)
    found = []
    for place, rows in said.items():
        came_in = decided.get(place) or _came_in(rows)
        for row in rows:
            recorded, opens = row.recorded_at, date.fromisoformat(row.facts["opens_on"])
            if came_in is not None:
                recorded = max(recorded, came_in)
                opens = max(opens, timezone.localdate(came_in))
            found.append(_statement(row, recorded, opens))
    return sorted(found, key=lambda one: one.recorded_at)


def _decided(system: Viewer) -> dict[int, datetime]:
    """Return when somebody took a found place into the directory, by place."""
    rows = Place.objects.filter(
        municipality_id=system.municipality_id,
        status=PlaceStatus.LISTED,
        foundplace__decided_at__isnull=False,
    )
    return dict(rows.values_list("pk", "foundplace__decided_at"))


def _came_in(rows: Sequence[_Said]) -> datetime | None:
    """Return when a place that was first proposed came into the directory; None from the start."""
    if rows[0].facts.get("status") != PlaceStatus.PROPOSED:
        return None
    listed = (row.recorded_at for row in rows if row.facts.get("status") == PlaceStatus.LISTED)
    return next(listed, None)


def _statement(said: _Said, recorded_at: datetime, opens_on: date) -> PlaceStatement:
    closes_on = date.fromisoformat(said.facts["closes_on"])
    return PlaceStatement(
        place=said.place,
        starts_on=said.starts_on,
        recorded_at=recorded_at,
        kind=PlaceKind(said.facts["kind"]),
        organisation=said.facts["organisation_id"],
        district=said.facts["district_id"],
        legal_task=LegalTask(said.facts["legal_task"]),
        capacity=said.facts["capacity"],
        is_full=said.facts["is_full"],
        opens_on=opens_on,
        closes_on=None if closes_on == STILL_OPEN else closes_on,
    )


# --- who stood for it ----------------------------------------------------------------------------


def _confirmations(
    system: Viewer, said: Mapping[int, Sequence[_Said]]
) -> list[ConfirmationStatement]:
    """Return when somebody stood for each place, in the order in which that was recorded."""
    answers = PlaceConfirmation.objects.filter(
        municipality_id=system.municipality_id,
        place__status=PlaceStatus.LISTED,
        answer__in=SAYS_RIGHT,
    )
    found = {
        (place, timezone.localdate(answered_at)): answered_at
        for place, answered_at in answers.order_by("-pk").values_list("place_id", "answered_at")
    }
    for place, rows in said.items():
        for row in rows:
            if (day := row.facts.get("confirmed_on")) is not None:
                found.setdefault((place, date.fromisoformat(day)), row.recorded_at)
    now = Place.objects.filter(
        municipality_id=system.municipality_id,
        status=PlaceStatus.LISTED,
        confirmed_on__isnull=False,
    )
    for place, day in now.values_list("pk", "confirmed_on"):
        # From before statements said so: as far as we know it came with the place.
        found.setdefault((place, day), said[place][0].recorded_at)
    stood = [
        ConfirmationStatement(
            place=place,
            on=day,
            until=confirm_by(_kind_on(said[place], day, recorded_at), day),
            recorded_at=recorded_at,
        )
        for (place, day), recorded_at in found.items()
    ]
    return sorted(stood, key=lambda one: (one.recorded_at, one.place))


def _kind_on(rows: Sequence[_Said], on: date, known_at: datetime) -> PlaceKind:
    """Return the kind that a place was on a day, as known at a moment; before that, its first."""
    known = [row for row in rows if row.starts_on <= on and row.recorded_at <= known_at]
    holds = max(known, key=lambda row: (row.starts_on, row.recorded_at), default=rows[0])
    return PlaceKind(holds.facts["kind"])


# --- who holds a seat ----------------------------------------------------------------------------


def _seats(system: Viewer, history: Columns, replaces: NDArray[np.int64]) -> SeatColumns:
    """Return from when until when seats were held, as the history tells, also what it said before.

    Placements are kept a layer above: asked through the relation, and only where each is.
    """
    rows = Place.objects.filter(
        municipality_id=system.municipality_id, placement__stateperiod__entry__isnull=False
    )
    pairs = rows.values_list("placement__stateperiod__entry_id", "pk")
    known = np.array(list(pairs.iterator(chunk_size=ROWS_AT_ONCE)), dtype=np.int64).reshape(-1, 2)
    place = np.zeros(len(history), dtype=np.int64)
    place[np.searchsorted(history.entry, known[:, 0])] = known[:, 1]
    _pass_on(place, history.entry, replaces)
    states = [code_of(state) for state in HOLDS_A_SEAT]
    held = np.flatnonzero((place > 0) & ~history.withdrawn & np.isin(history.state, states))
    return SeatColumns.from_arrays(
        place=place[held],
        starts=history.starts[held],
        ends=history.ends[held],
        recorded=history.recorded[held],
        replaced=history.replaced[held],
    )


def _pass_on(
    place: NDArray[np.int64], entry: NDArray[np.int64], replaces: NDArray[np.int64]
) -> None:
    """Give every entry the place of the one that replaced it: a placement stays where it is."""
    rows = np.flatnonzero((place > 0) & (replaces > 0))
    while len(rows):
        earlier = np.searchsorted(entry, replaces[rows])
        place[earlier] = place[rows]
        rows = earlier[replaces[earlier] > 0]
