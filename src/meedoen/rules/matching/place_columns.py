"""Places as columns: an entry for each place, in the order in which they were given."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
from numpy.typing import NDArray

from meedoen.rules import half_days
from meedoen.rules.matching import bits
from meedoen.rules.matching.facts import PlaceFacts, Spot
from meedoen.rules.matching.rank import SamePlaceTwiceError
from meedoen.rules.matching.score import HELP

FAR_AWAY = 10_000_000
"""No place on earth is further from the fixed point, in metres to one side."""
_ALWAYS, _NEVER = 0, date.max.toordinal() + 1
_WORD = 64
_KIND_AND_HELP = {both: at for at, both in enumerate(product(bits.KINDS, HELP))}


class TooFarAwayError(ValueError):
    """A spot lies further away than anything on earth."""


@dataclass(frozen=True, slots=True, eq=False)
class PlaceColumns:
    """What the places offer and ask, as columns; see PlaceFacts for what each means."""

    number: NDArray[np.int64]
    by_number: NDArray[np.int64]
    """Positions of the places in order of their number."""
    rank: NDArray[np.int64]
    """Where each place stands in that order."""
    asks: NDArray[np.uint64]
    kind_and_help: NDArray[np.intp]
    """Position among all kinds, each with all of HELP."""
    half_days: NDArray[np.uint32]
    """All of them where times are agreed freely."""
    offered: NDArray[np.intp]
    """How many half-days; 0 where times are agreed freely."""
    at_least: NDArray[np.uint8]
    """How many half-days someone must share with the place."""
    district: NDArray[np.intp]
    """Position in `districts`; one beyond the last for a place that is bound to none."""
    districts: tuple[str, ...]
    east: NDArray[np.int64]
    north: NDArray[np.int64]
    has_spot: NDArray[np.bool_]
    interests: NDArray[np.uint64]
    """A row for every 64 codes, with a bit for each code."""
    codes: tuple[str, ...]
    room: NDArray[np.int64]
    """How many seats are free; one that has no limit counts as many."""
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    days_unconfirmed: NDArray[np.int64]
    is_unchecked: NDArray[np.bool_]
    is_stale: NDArray[np.bool_]

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self.number)

    @classmethod
    def of(cls, places: Sequence[PlaceFacts]) -> "PlaceColumns":
        """Put places into columns. Raises SamePlaceTwiceError and TooFarAwayError."""
        numbers = [place.place for place in places]
        twice = sorted(number for number, count in Counter(numbers).items() if count > 1)
        if twice:
            raise SamePlaceTwiceError(tuple(twice))
        many = len(places)
        number = np.fromiter(numbers, np.int64, many)
        by_number = np.argsort(number)
        mask = np.fromiter((place.half_days for place in places), np.uint32, many)
        needed = np.fromiter((place.half_days_needed for place in places), np.uint8, many)
        districts = sorted({place.district for place in places if place.district is not None})
        at: dict[str | None, int] = {one: at for at, one in enumerate(districts)}
        at[None] = len(districts)
        east, north, has_spot = spots(place.spot for place in places)
        codes, interests = words_of([place.interests for place in places])
        return cls(
            number=number,
            by_number=by_number,
            rank=np.argsort(by_number),
            asks=bits.asked_by(places),
            kind_and_help=np.fromiter(
                (_KIND_AND_HELP[one.kind, one.guidance] for one in places), np.intp, many
            ),
            half_days=np.where(mask == half_days.NONE, np.uint32(half_days.ALL), mask),
            offered=np.bitwise_count(mask).astype(np.intp),
            at_least=np.maximum(needed, mask != half_days.NONE),
            district=np.fromiter((at[place.district] for place in places), np.intp, many),
            districts=tuple(districts),
            east=east,
            north=north,
            has_spot=has_spot,
            interests=interests,
            codes=codes,
            room=np.fromiter((_room(place) for place in places), np.int64, many),
            opens=_days((place.open_from for place in places), many, _ALWAYS),
            closes=_days((place.open_until for place in places), many, _NEVER),
            days_unconfirmed=np.fromiter(
                (-1 if one.days_unconfirmed is None else one.days_unconfirmed for one in places),
                np.int64,
                many,
            ),
            is_unchecked=np.fromiter((place.is_unchecked for place in places), np.bool_, many),
            is_stale=np.fromiter((place.is_stale for place in places), np.bool_, many),
        )

    def positions(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return where the places with these numbers stand, and which of them are there at all."""
        if not len(self):
            return np.zeros(len(numbers), np.intp), np.zeros(len(numbers), np.bool_)
        order = self.by_number
        found = np.searchsorted(self.number, numbers, sorter=order)
        position = order[np.minimum(found, len(self) - 1)]
        return position, self.number[position] == numbers


def spots(
    given: Iterable[Spot | None],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return east, north and whether it is known at all. Raises TooFarAwayError."""
    listed = list(given)
    east = [spot.east if spot else 0 for spot in listed]
    north = [spot.north if spot else 0 for spot in listed]
    if listed and max(map(abs, east + north)) > FAR_AWAY:
        raise TooFarAwayError(f"A spot lies more than {FAR_AWAY} metres away; give metres.")
    return (
        np.array(east, np.int64),
        np.array(north, np.int64),
        np.array([spot is not None for spot in listed], np.bool_),
    )


def words_of(
    sets: Sequence[frozenset[str]],
) -> tuple[tuple[str, ...], NDArray[np.uint64]]:
    """Return all codes in the sets, in order, and for each set a bit for each of its codes."""
    codes = tuple(sorted(frozenset().union(*sets)))
    bit = {code: 1 << at for at, code in enumerate(codes)}
    together = bits.all_of(bit)
    masks = [together(one) for one in sets]
    words = range((len(codes) + _WORD - 1) // _WORD)
    all_bits = 2**_WORD - 1
    rows = [[(mask >> (_WORD * word)) & all_bits for mask in masks] for word in words]
    return codes, np.array(rows, np.uint64).reshape(len(words), len(sets))


def _room(place: PlaceFacts) -> int:
    return np.iinfo(np.int32).max if place.capacity is None else place.capacity - place.taken


def _days(days: Iterable[date | None], many: int, otherwise: int) -> NDArray[np.int64]:
    found = (otherwise if day is None else day.toordinal() for day in days)
    return np.fromiter(found, np.int64, many)
