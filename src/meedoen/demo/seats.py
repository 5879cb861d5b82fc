"""Which seats are held from when to when, while a town is being planned."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from meedoen.demo.chance import in_any_order
from meedoen.demo.town import Spot
from meedoen.rules.vocabulary import PlaceKind

FOR_EVER = datetime.max.replace(tzinfo=UTC)


class SeatBook:
    """The seats of a town's places; a seat is held while a placement is on record as running."""

    def __init__(self, places: Sequence[Spot]) -> None:
        """Begin with every seat free."""
        self._places = places
        self._held: list[list[tuple[datetime, datetime]]] = [[] for _ in places]
        self._by_kind: dict[PlaceKind, list[int]] = defaultdict(list)
        self._nearby: dict[tuple[PlaceKind, int], list[int]] = defaultdict(list)
        for number, place in enumerate(places):
            self._by_kind[place.kind].append(number)
            self._nearby[place.kind, place.district].append(number)

    def take(
        self,
        random: Random,
        kind: PlaceKind,
        district: int,
        stretch: tuple[datetime, datetime],
        been_at: frozenset[int],
    ) -> int | None:
        """Hold a seat at a place of this kind, rather in the own district, and return the place.

        Leaves out the places where the person has been. None when there is no seat.
        """
        for numbers in (self._nearby[kind, district], self._by_kind[kind]):
            for number in in_any_order(random, numbers):
                if number not in been_at and self._has_room(number, stretch):
                    self._held[number].append(stretch)
                    return number
        return None

    def _has_room(self, place: int, stretch: tuple[datetime, datetime]) -> bool:
        return self._most_held(place, stretch) < self._places[place].capacity

    def _most_held(self, place: int, stretch: tuple[datetime, datetime]) -> int:
        """Return how many seats are held at the busiest moment of a stretch."""
        since, until = stretch
        held = [one for one in self._held[place] if one[0] <= until and one[1] >= since]
        moments = [since, *(start for start, _end in held if start > since)]
        return max(sum(start <= moment <= end for start, end in held) for moment in moments)
