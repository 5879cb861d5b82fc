"""People as columns: an entry for each person, in the order in which they were given."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meedoen.rules import half_days
from meedoen.rules.matching import bits
from meedoen.rules.matching.facts import PersonFacts
from meedoen.rules.matching.place_columns import PlaceColumns, spots, words_of
from meedoen.rules.matching.score import HELP, INTERESTS_FOR_FULL

NO_LIMIT = 2**62
NOT_KNOWN = -1
_BITS_IN_WORD = 64


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """What people said of single places: a row for each person with each place."""

    person: NDArray[np.int64]
    number: NDArray[np.int64]
    """Of the place."""
    value: NDArray[np.int64]
    """Which wish it is, from 1; or the first day on which it may be offered again."""


@dataclass(frozen=True, slots=True, eq=False)
class PeopleColumns:
    """What people want and can, as columns; see PersonFacts for what each means."""

    closed: NDArray[np.uint64]
    unwished: NDArray[np.uint64]
    wished_kinds: NDArray[np.uint64]
    step_kinds: NDArray[np.uint64]
    earlier_kinds: NDArray[np.uint64]
    help_needed: NDArray[np.intp]
    """Position in HELP, or NOT_KNOWN."""
    half_days: NDArray[np.uint32]
    """None at all for who was not asked."""
    knows_times: NDArray[np.bool_]
    district: NDArray[np.intp]
    """Position in `districts`, or NOT_KNOWN."""
    districts: tuple[str, ...]
    reachable: NDArray[np.bool_]
    """A row for each different set of districts, a column for each district."""
    reachable_set: NDArray[np.intp]
    """Which row of `reachable`, or NOT_KNOWN."""
    east: NDArray[np.int64]
    north: NDArray[np.int64]
    has_start: NDArray[np.bool_]
    too_far: NDArray[np.int64]
    """From so many square metres away a place is too far."""
    interests: NDArray[np.uint64]
    codes: tuple[str, ...]
    enough: NDArray[np.intp]
    """How many interests in common are as good as it gets, 0 to 3."""
    picks: Marks
    pauses: Marks

    def __len__(self) -> int:
        """Return how many people there are."""
        return len(self.closed)

    @classmethod
    def of(cls, people: Sequence[PersonFacts]) -> "PeopleColumns":
        """Put people into columns. Raises TooFarAwayError."""
        many = len(people)
        districts, reachable, reachable_set = _reachable(people)
        at: dict[str | None, int] = {one: at for at, one in enumerate(districts)}
        at[None] = NOT_KNOWN
        east, north, has_start = spots(one.start for one in people)
        codes, interests = words_of([one.interests for one in people])
        enough = [min(INTERESTS_FOR_FULL, len(one.interests)) for one in people]
        return cls(
            closed=bits.closed_to(people),
            unwished=bits.unwished_by(people),
            wished_kinds=bits.kind_bits((one.wished_kinds for one in people), many),
            step_kinds=bits.kind_bits((one.step_kinds for one in people), many),
            earlier_kinds=bits.kind_bits((one.earlier_kinds for one in people), many),
            help_needed=np.fromiter((_help(one) for one in people), np.intp, many),
            half_days=np.fromiter(
                (one.half_days or half_days.NONE for one in people), np.uint32, many
            ),
            knows_times=np.fromiter((one.half_days is not None for one in people), np.bool_, many),
            district=np.fromiter((at[one.district] for one in people), np.intp, many),
            districts=districts,
            reachable=reachable,
            reachable_set=reachable_set,
            east=east,
            north=north,
            has_start=has_start,
            too_far=np.fromiter((_too_far(one) for one in people), np.int64, many),
            interests=interests,
            codes=codes,
            enough=np.array(enough, np.intp),
            picks=_picks(people),
            pauses=_pauses(people),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """Columns of people in the numbering of the places that they meet."""

    district: NDArray[np.intp]
    """Position in the districts of the places, or NOT_KNOWN."""
    reachable: NDArray[np.bool_]
    """A row for each set of districts, and an empty one behind them for who has none."""
    interests: NDArray[np.uint64]


def meet(people: PeopleColumns, places: PlaceColumns) -> Met:
    """Write districts and interests of people in the numbering of the places."""
    at = {district: position for position, district in enumerate(places.districts)}
    # One more for who lives in no district: NOT_KNOWN, as a position, is the last.
    to = np.array([*(at.get(one, NOT_KNOWN) for one in people.districts), NOT_KNOWN], np.intp)
    reachable = np.zeros((len(people.reachable) + 1, len(places.districts) + 1), np.bool_)
    shared = np.flatnonzero(to[:-1] != NOT_KNOWN)
    reachable[:-1, to[shared]] = people.reachable[:, shared]
    return Met(to[people.district], reachable, _interests(people, places))


def _interests(people: PeopleColumns, places: PlaceColumns) -> NDArray[np.uint64]:
    found = np.zeros((len(places.interests), len(people)), np.uint64)
    at = {code: position for position, code in enumerate(places.codes)}
    for position, code in enumerate(people.codes):
        if code in at:
            word, bit = divmod(position, _BITS_IN_WORD)
            has = (people.interests[word] >> np.uint64(bit)) & np.uint64(1)
            word, bit = divmod(at[code], _BITS_IN_WORD)
            found[word] |= has << np.uint64(bit)
    return found


def _reachable(
    people: Sequence[PersonFacts],
) -> tuple[tuple[str, ...], NDArray[np.bool_], NDArray[np.intp]]:
    """Return all districts, each different set as a row, and which row each person has."""
    sets: dict[frozenset[str] | None, int] = {None: NOT_KNOWN}
    rows = [sets.setdefault(one.reachable_districts, len(sets) - 1) for one in people]
    different = [one for one in sets if one is not None]
    homes = {one.district for one in people if one.district is not None}
    districts = tuple(sorted(homes.union(*different)))
    at = {district: position for position, district in enumerate(districts)}
    reachable = np.zeros((len(different), len(districts)), np.bool_)
    for row, one in enumerate(different):
        reachable[row, [at[district] for district in one]] = True
    return districts, reachable, np.array(rows, np.intp)


def _help(person: PersonFacts) -> int:
    return NOT_KNOWN if person.guidance_needed is None else HELP.index(person.guidance_needed)


def _too_far(person: PersonFacts) -> int:
    # Distances are rounded down: up to a metre further is not too far yet.
    if person.reach_metres is None:
        return NO_LIMIT
    return min((person.reach_metres + 1) ** 2 if person.reach_metres >= 0 else 0, NO_LIMIT)


def _picks(people: Sequence[PersonFacts]) -> Marks:
    rows = [
        (person, number, wish)
        for person, one in enumerate(people)
        for number, wish in _wishes(one).items()
    ]
    return _marks(rows)


def _wishes(person: PersonFacts) -> dict[int, int]:
    found: dict[int, int] = {}
    for wish, number in enumerate(person.wished_places, start=1):
        found.setdefault(number, wish)
    return found


def _pauses(people: Sequence[PersonFacts]) -> Marks:
    return _marks(
        [
            (person, number, until.toordinal())
            for person, one in enumerate(people)
            for number, until in one.paused_until.items()
        ]
    )


def _marks(rows: list[tuple[int, int, int]]) -> Marks:
    table = np.array(rows, np.int64).reshape(-1, 3)
    return Marks(table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy())
