"""A publication in pieces: numbers that hang together by sums, apart from all others.

Nothing follows from a sum about a number that no sum ties to it. So each piece is protected by
itself. In a piece a number is named by its place in the order of importance, which is quick to
look up, and makes equal pieces of other days or other publications equal.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.sums import Key, System, Unprinted


@dataclass(frozen=True, slots=True)
class Aims:
    """What is to be hidden.

    `fixed` are shown as they are whatever follows, because they were decided on before, and
    `hidden` were hidden earlier, with these marks. Of `groups`, parts of some people, nobody says
    something of everybody who could have been in it: there a zero is hidden too.
    """

    threshold: int
    fixed: Mapping[Key, Shown]
    hidden: Mapping[Key, str]
    groups: AbstractSet[Key]


class Sum(NamedTuple):
    """The numbers at the places `parts` add up to exactly the one at the place `whole`."""

    whole: int
    parts: tuple[int, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """The places of all numbers in it, the whole last."""
        return (*self.parts, self.whole)


@dataclass(frozen=True, slots=True)
class Piece:
    """Numbers by place, in order of importance; those from the place `printed` on are unprinted.

    `fixed` and `hidden` have a value for each printed number, None where there is none. `groups`
    and `says_all` are places: see `Aims` and `Unprinted`.
    """

    threshold: int
    counts: tuple[int, ...]
    printed: int
    sums: tuple[Sum, ...]
    fixed: tuple[Shown | None, ...]
    hidden: tuple[str | None, ...]
    groups: frozenset[int]
    says_all: frozenset[int]

    def is_small(self, place: int) -> bool:
        """Tell whether these are people, and fewer than the threshold."""
        return 0 < self.counts[place] < self.threshold

    def around(self) -> Sequence[Sequence[int]]:
        """Return for each number in which of the sums it is, by their numbers."""
        found: list[list[int]] = [[] for _ in self.counts]
        for number, one in enumerate(self.sums):
            for place in one.places:
                found[place].append(number)
        return found


def pieces(system: System, aims: Aims) -> Iterator[tuple[list[Key], Piece]]:
    """Give the printed numbers of each piece, with the piece."""
    keys = [key for key in system.numbers if not isinstance(key, Unprinted)]
    printed = len(keys)
    keys += [key for key in system.numbers if isinstance(key, Unprinted)]
    place_of = {key: place for place, key in enumerate(keys)}
    sums = [
        Sum(place_of[one.whole], tuple(place_of[part] for part in one.parts)) for one in system.sums
    ]
    leaders = joined(len(keys), (one.places for one in sums))
    members: dict[int, list[int]] = defaultdict(list)
    for place, leader in enumerate(leaders):
        members[leader].append(place)
    theirs: dict[int, list[Sum]] = defaultdict(list)
    for one in sums:
        theirs[leaders[one.whole]].append(one)
    for leader, places in members.items():
        some = [keys[place] for place in places]
        count = sum(place < printed for place in places)
        yield some[:count], _piece(system, aims, some, count, _moved(theirs[leader], places))


def joined(size: int, ties: Iterable[Sequence[int]]) -> list[int]:
    """Return for each place the leader of all that are tied to it, by whatever way."""
    leaders = list(range(size))

    def first(place: int) -> int:
        while leaders[place] != place:
            leaders[place] = leaders[leaders[place]]
            place = leaders[place]
        return place

    for places in ties:
        leader = first(places[0])
        for place in places[1:]:
            leaders[first(place)] = leader
    return [first(place) for place in range(size)]


def _moved(sums: Iterable[Sum], places: Sequence[int]) -> tuple[Sum, ...]:
    """Name the numbers of sums by their place in the piece, each sum once."""
    own = {place: number for number, place in enumerate(places)}
    moved = (Sum(own[one.whole], tuple(own[part] for part in one.parts)) for one in sums)
    return tuple(dict.fromkeys(moved))


def _piece(
    system: System, aims: Aims, keys: Sequence[Key], printed: int, sums: tuple[Sum, ...]
) -> Piece:
    return Piece(
        threshold=aims.threshold,
        counts=tuple(system.numbers[key] for key in keys),
        printed=printed,
        sums=sums,
        fixed=tuple(aims.fixed.get(key) for key in keys[:printed]),
        hidden=tuple(aims.hidden.get(key) for key in keys[:printed]),
        groups=frozenset(place for place, key in enumerate(keys) if key in aims.groups),
        says_all=frozenset(
            place for place, key in enumerate(keys) if isinstance(key, Unprinted) and key.says_all
        ),
    )
