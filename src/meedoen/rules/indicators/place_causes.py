"""What was said since of places, of seats at them and by who stood for them, that changed a figure.

That a place opens, closes or is confirmed is about nobody. That a seat is taken is: see `Later`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.causes import Where
from meedoen.rules.indicators.causes_elsewhere import (
    NO_NUMBER,
    Elsewhere,
    Later,
    Noted,
    Since,
    Subject,
)
from meedoen.rules.indicators.columns import code_of
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.place_columns import KnownPlaces, Places
from meedoen.rules.indicators.place_pieces import PlacePieces, pieces_of
from meedoen.rules.indicators.place_spells import passing
from meedoen.rules.indicators.place_words import (
    DistrictsWithPlaces,
    PlacesListed,
    PlaceWord,
    Seats,
    SeatsOf,
    SharePlacesConfirmed,
)


def place_causes(
    word: PlaceWord, places: Places, on: date, where: Where, since: Since
) -> Elsewhere:
    """Find what was said since of the places that count otherwise on the day."""
    then, now = (places.known_at(moment) for moment in (since.then, since.now))
    changed = _counting(word, then, on, where) ^ _counting(word, now, on, where)
    numbers = np.array(sorted({row[0] for row in changed}), dtype=np.int64)
    return Elsewhere.of(Subject.PLACES, len(numbers), _since(word, places, numbers, since))


def _counting(word: PlaceWord, known: KnownPlaces, on: date, where: Where) -> set[tuple[int, ...]]:
    """Return the places that count on the day, and for how much each."""
    pieces, day = pieces_of(known), day_number(on)
    holds = passing(word.where, pieces) & (pieces.starts <= day) & (day < pieces.ends)
    if where.district is not None:
        holds &= pieces.district == where.district
    if where.place_kind is not None:
        holds &= pieces.kind == code_of(where.place_kind)
    if where.organisation is not None:
        holds &= pieces.organisation == where.organisation
    counted = _counted(word, pieces)
    return set(zip(pieces.place[holds].tolist(), counted[holds].tolist(), strict=True))


def _counted(word: PlaceWord, pieces: PlacePieces) -> NDArray[Any]:
    match word:
        case PlacesListed():
            return np.ones(len(pieces.place), dtype=np.int64)
        case Seats():
            return pieces.capacity if word.of is SeatsOf.CAPACITY else pieces.free
        case SharePlacesConfirmed():
            return pieces.fresh
        case DistrictsWithPlaces():
            return pieces.district
        case _:
            assert_never(word)


def _since(
    word: PlaceWord, places: Places, numbers: NDArray[np.int64], since: Since
) -> Iterator[Later]:
    said, seats, stood = places.statements, places.seats, places.confirmations
    yield from _later(Noted.PLACE, said.place, said.starts, said.recorded, numbers, since)
    if isinstance(word, SharePlacesConfirmed) or word.where.confirmed is not None:
        yield from _later(Noted.CONFIRMATION, stood.place, stood.on, stood.recorded, numbers, since)
    if (isinstance(word, Seats) and word.of is SeatsOf.FREE) or word.where.free:
        yield from _later(Noted.SEAT, seats.place, seats.starts, seats.recorded, numbers, since)
        # That a seat was not held after all is known from when it was replaced.
        gone = ~since.holds(seats.recorded)
        given_back = (seats.place[gone], seats.starts[gone], seats.replaced[gone])
        yield from _later(Noted.SEAT, *given_back, numbers, since)


def _later(
    sort: Noted,
    place: NDArray[np.int64],
    day: NDArray[np.int32],
    recorded: NDArray[np.int64],
    numbers: NDArray[np.int64],
    since: Since,
) -> Iterator[Later]:
    for row in np.flatnonzero(np.isin(place, numbers) & since.holds(recorded)).tolist():
        yield Later(sort, NO_NUMBER, int(day[row]), int(recorded[row]))
