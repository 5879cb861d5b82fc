"""Cutting what is known of places into stretches of days on which nothing changes.

Every statement, every seat that is taken or given back and every confirmation begins a new piece.
A day at a place is one number, its key, so that all places are cut at once.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from meedoen.rules.indicators.days import DAY_SPAN, day_number
from meedoen.rules.indicators.place_columns import ConfirmationColumns, KnownPlaces, kept
from meedoen.rules.indicators.shared import shared
from meedoen.rules.indicators.sorting import changes, in_order

Numbers = NDArray[np.int64]
FIRST_DAY = day_number(date.min)


@dataclass(frozen=True, slots=True, eq=False)
class PlacePieces:
    """Stretches of places, half-open; no place is in two of them on one day."""

    place: Numbers
    starts: Numbers
    ends: Numbers
    kind: NDArray[np.int8]
    organisation: Numbers
    district: NDArray[np.int32]
    legal_task: NDArray[np.int8]
    capacity: Numbers
    free: Numbers
    """Seats that nobody holds; 0 where the organisation says that the place is full."""
    fresh: NDArray[np.bool_]
    """Whether somebody stands for what is said."""


@shared
def pieces_of(known: KnownPlaces) -> PlacePieces:
    """Cut the places into pieces; on a day on which a place is not there it has none."""
    rows, ends = _in_order(known.statements.place, known.statements.starts)
    said = kept(known.statements, rows)
    starts = _keys(said.place, np.maximum(said.starts, said.opens))
    stops = _keys(said.place, np.minimum(ends, said.closes))
    there = starts < stops
    said, starts, stops = kept(said, there), starts[there], stops[there]
    taken_from = np.sort(_keys(known.seats.place, known.seats.starts))
    last = np.maximum(known.seats.ends, known.seats.starts)
    taken_until = np.sort(_keys(known.seats.place, last))
    confirmed, after = _confirmed(known.confirmations)
    cuts = np.sort(np.concatenate([starts, stops, taken_from, taken_until, confirmed, after]))
    cuts = cuts[changes(cuts)]
    # A cut begins a piece when it falls in a stretch: then the next cut is in it too, or its end.
    stretch = np.searchsorted(starts, cuts, side="right") - 1
    inside = np.zeros(len(cuts), dtype=np.bool_)
    inside[stretch >= 0] = cuts[stretch >= 0] < stops[stretch[stretch >= 0]]
    begins = np.flatnonzero(inside)
    said, at = kept(said, stretch[begins]), cuts[begins]
    first = said.place * DAY_SPAN
    taken = _between(taken_from, first, at) - _between(taken_until, first, at)
    return PlacePieces(
        place=said.place,
        starts=at - first + FIRST_DAY,
        ends=cuts[begins + 1] - first + FIRST_DAY,
        kind=said.kind,
        organisation=said.organisation,
        district=said.district,
        legal_task=said.legal_task,
        capacity=said.capacity.astype(np.int64),
        free=np.where(said.is_full, 0, np.maximum(said.capacity - taken, 0)),
        fresh=_holds(confirmed, after, first, at),
    )


def _keys(place: Numbers, days: ArrayLike) -> Numbers:
    keys: Numbers = place * DAY_SPAN + (np.asarray(days, dtype=np.int64) - FIRST_DAY)
    return keys


def _in_order(place: Numbers, starts: NDArray[np.int32]) -> tuple[NDArray[np.intp], Numbers]:
    """Return the rows that hold, by place and day, each with the day on which the next begins.

    Of several rows with one place and one day the last holds: they come in order of recording.
    """
    order = in_order(place, starts)
    same_place = place[order][1:] == place[order][:-1]
    last = np.ones(len(order), dtype=np.bool_)
    last[:-1] = ~(same_place & (starts[order][1:] == starts[order][:-1]))
    rows = order[last]
    ends = np.full(len(rows), DAY_SPAN - 1 + FIRST_DAY, dtype=np.int64)
    followed = np.flatnonzero(place[rows][1:] == place[rows][:-1])
    ends[followed] = starts[rows][followed + 1]
    return rows, ends


def _confirmed(confirmations: ConfirmationColumns) -> tuple[Numbers, Numbers]:
    """Return the keys of every day of confirming, and of the first day on which it holds no more.

    A confirmation holds no longer than until the next one of its place.
    """
    rows, following = _in_order(confirmations.place, confirmations.on)
    place = confirmations.place[rows]
    after = np.minimum(confirmations.until[rows].astype(np.int64) + 1, following)
    return _keys(place, confirmations.on[rows]), _keys(place, after)


def _between(keys: Numbers, first: Numbers, at: Numbers) -> Numbers:
    """Count the keys, which are in order, from `first` up to and including `at`."""
    through = np.searchsorted(keys, at, side="right")
    return (through - np.searchsorted(keys, first)).astype(np.int64)


def _holds(confirmed: Numbers, after: Numbers, first: Numbers, at: Numbers) -> NDArray[np.bool_]:
    newest = np.searchsorted(confirmed, at, side="right") - 1
    fresh = np.zeros(len(at), dtype=np.bool_)
    found = np.flatnonzero(newest >= 0)
    own = confirmed[newest[found]] >= first[found]
    fresh[found] = own & (at[found] < after[newest[found]])
    return fresh
