"""Which seats are held from when to when, while a town is being planned."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from meedoen.demo.town import Spot
from meedoen.rules.vocabulary import PlaceKind

FOR_EVER = datetime.max.replace(tzinfo=UTC)


class SeatBook:
    """The seats of a town's places; a seat is held while a placement is on record as running."""

    def __init__(self, places: Sequence[Spot]) -> None:
        """Begin with every seat free."""
        self._places = places
        self._held: list[list[tuple[datetime, datetime]]] = [[] for _ in places]
        self._by_kind: dict[PlaceKind, list[int]] = {kind: [] for kind in PlaceKind}
        for number, place in enumerate(places):
            self._by_kind[place.kind].append(number)

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
        numbers = [number for number in self._by_kind[kind] if number not in been_at]
        random.shuffle(numbers)
        numbers.sort(key=lambda number: self._places[number].district != district)
        for number in numbers:
            if self._most_held(number, stretch) < self._places[number].capacity:
                self._held[number].append(stretch)
                return number
        return None

    def _most_held(self, place: int, stretch: tuple[datetime, datetime]) -> int:
        """Return how many seats are held at the busiest moment of a stretch."""
        since, until = stretch
        held = [one for one in self._held[place] if one[0] <= until and one[1] >= since]
        moments = [since, *(start for start, _end in held if start > since)]
        return max(sum(start <= moment <= end for start, end in held) for moment in moments)
