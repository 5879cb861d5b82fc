"""Why somebody got this place, or none: a code and facts for a sentence that is true.

Nothing is said of who the others are, only how many of them, and what counted.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.matching.allocate import Division, Seats, Waiting
from meedoen.rules.matching.pairs import Pairs


class Because(StrEnum):
    """How a division came out for somebody; stored with each line. New ones come last."""

    FIRST_WISH = "first_wish"
    """The place that the person wishes most."""
    LATER_WISH = "later_wish"
    """A picked place; one that the person wishes more is full."""
    ONLY_WISH_THAT_SUITS = "only_wish_that_suits"
    """A picked place; none of those that the person wishes more suits."""
    SUGGESTION = "suggestion"
    """A place that was not picked; no picked place suits, or none was picked."""
    SUGGESTION_INSTEAD = "suggestion_instead"
    """A place that was not picked; one that was is full."""
    FITS_BETTER = "fits_better"
    """A place for which more speaks than for one that is wished more and has room."""
    ALL_TAKEN = "all_taken"
    """None: all seats of all places that suit went to others."""
    WISH_TAKEN = "wish_taken"
    """Likewise, of somebody who picked one of them."""
    NOTHING_SUITS = "nothing_suits"
    """None: no place suits at all."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of one person, with whole numbers by name.

    Always: `suitable`, how many places suit; `days`, how long the person waits. With a place that
    was picked: `wish`, 1 for the most wished. When all is taken: `seats_in_all` of what suits. When
    another place that suits is wished more, of the most wished of those: `passed`, its number;
    `passed_wish`; `seats`; `wished`, how many others picked it, of whom `wished_longer` wait for
    more days; and of those who got it `got_as_first` wish it most, `got_longer` wait for more days
    and for `got_with_more` more speaks for it than for this person.
    """

    code: Because
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Wish:
    """A place that somebody picked and that suits."""

    wish: int
    place: int
    points: int


@dataclass(frozen=True, slots=True)
class _Place:
    """What happened at one place; the lists are in order."""

    days_of_wishers: Sequence[int]
    days: Sequence[int]
    points: Sequence[int]
    firsts: int


def explain(
    waiting: Waiting, seats: Seats, pairs: Pairs, division: Division
) -> tuple[Explained, ...]:
    """Return for everyone who waits, in their order, how it came out and why.

    The division has to be the best for these pairs, and the pairs have to hold every picked place
    that suits: else a sentence would say of a place that it does not suit.
    """
    where = {number: at for at, number in enumerate(seats.places)}
    given = [None if number is None else where[number] for number in division.place_of]
    wishes: defaultdict[int, list[_Wish]] = defaultdict(list)
    for person, place, points, wish in _rows(pairs, np.flatnonzero(pairs.wish)):
        wishes[person].append(_Wish(wish, place, points))
    telling = _Telling(waiting, seats, _places(waiting, pairs, given))
    suitable = np.bincount(pairs.person, minlength=len(given)).tolist()
    room = np.bincount(
        pairs.person, np.array(seats.free, np.float64)[pairs.place], minlength=len(given)
    ).tolist()
    return tuple(
        telling.of_one(
            place,
            sorted(wishes[person], key=lambda one: one.wish),
            {"suitable": suitable[person], "days": waiting.days[person]},
            int(room[person]),
        )
        for person, place in enumerate(given)
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells of one person after the other."""

    waiting: Waiting
    seats: Seats
    places: Mapping[int, _Place]

    def of_one(
        self, given: int | None, wishes: Sequence[_Wish], facts: dict[str, int], room: int
    ) -> Explained:
        """Return what became of somebody with these wishes that suit."""
        got = next((one for one in wishes if one.place == given), None)
        if got is not None:
            facts["wish"] = got.wish
        passed = wishes[0] if wishes and wishes[0] is not got else None
        if passed is not None:
            facts |= self._passed(passed, facts["days"])
        if given is None:
            return self._without(facts, passed, room)
        if passed is not None and len(self.places[passed.place].days) < facts["seats"]:
            return Explained(Because.FITS_BETTER, facts)
        if got is None:
            code = Because.SUGGESTION if passed is None else Because.SUGGESTION_INSTEAD
        elif got.wish == 1:
            code = Because.FIRST_WISH
        else:
            code = Because.ONLY_WISH_THAT_SUITS if passed is None else Because.LATER_WISH
        return Explained(code, facts)

    def _without(self, facts: dict[str, int], passed: _Wish | None, room: int) -> Explained:
        if not facts["suitable"]:
            return Explained(Because.NOTHING_SUITS, facts)
        facts["seats_in_all"] = room
        return Explained(Because.ALL_TAKEN if passed is None else Because.WISH_TAKEN, facts)

    def _passed(self, wish: _Wish, days: int) -> dict[str, int]:
        """Return what happened at a place that somebody wishes more than what they got."""
        place = self.places[wish.place]
        return {
            "passed": self.seats.places[wish.place],
            "passed_wish": wish.wish,
            "seats": self.seats.free[wish.place],
            "wished": len(place.days_of_wishers) - 1,
            "wished_longer": _above(place.days_of_wishers, days),
            "got_as_first": place.firsts,
            "got_longer": _above(place.days, days),
            "got_with_more": _above(place.points, wish.points),
        }


def _places(waiting: Waiting, pairs: Pairs, given: Sequence[int | None]) -> Mapping[int, _Place]:
    """Return what happened at each place that is among the pairs."""
    wishers: defaultdict[int, list[int]] = defaultdict(list)
    for person, place, _points, _wish in _rows(pairs, np.flatnonzero(pairs.wish)):
        wishers[place].append(waiting.days[person])
    got: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    where = np.array([-1 if place is None else place for place in given], np.int64)
    for person, place, points, wish in _rows(
        pairs, np.flatnonzero(where[pairs.person] == pairs.place)
    ):
        got[place].append((waiting.days[person], points, wish))
    return {
        place: _Place(
            days_of_wishers=sorted(wishers[place]),
            days=sorted(days for days, _, _ in got[place]),
            points=sorted(points for _, points, _ in got[place]),
            firsts=sum(wish == 1 for _, _, wish in got[place]),
        )
        for place in {*wishers, *got}
    }


def _rows(pairs: Pairs, which: NDArray[np.intp]) -> list[tuple[int, int, int, int]]:
    columns = (pairs.person, pairs.place, pairs.points, pairs.wish)
    person, place, points, wish = (column[which].tolist() for column in columns)
    return list(zip(person, place, points, wish, strict=True))


def _above(in_order: Sequence[int], value: int) -> int:
    return len(in_order) - bisect_right(in_order, value)
