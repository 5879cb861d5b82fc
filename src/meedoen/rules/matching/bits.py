"""What a place asks as bits of one number, so that one operation tells whether that is too much.

Each place has the bit of its kind, of the law it goes by, of the level of Dutch, of each demand
and of the number of half-days a week. A person has the bits of all that is closed to them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel, PersonFacts, PlaceFacts
from meedoen.rules.vocabulary import LegalTask, PlaceKind

_MOST_NEEDED = len(half_days.CODES)
_Word = TypeVar("_Word")


def _bits_from(words: Iterable[_Word], first: int) -> dict[_Word, int]:
    return {word: 1 << at for at, word in enumerate(words, start=first)}


_KIND = _bits_from(PlaceKind, 0)
_TASK = _bits_from(LegalTask, len(_KIND))
_LEVEL = _bits_from(LanguageLevel, len(_KIND) + len(_TASK))
_DEMAND = _bits_from(FunctionalDemand, len(_KIND) + len(_TASK) + len(_LEVEL))
_FIRST_NEEDED = len(_KIND) + len(_TASK) + len(_LEVEL) + len(_DEMAND)
_NEEDED = [1 << (_FIRST_NEEDED + number) for number in range(_MOST_NEEDED + 1)]

KIND, TASK, LEVEL, DEMAND, NEEDED = (
    np.uint64(sum(bits))
    for bits in (_KIND.values(), _TASK.values(), _LEVEL.values(), _DEMAND.values(), _NEEDED)
)
"""The bits that belong to each rule."""
KINDS = tuple(PlaceKind)


def asked_by(places: Sequence[PlaceFacts]) -> NDArray[np.uint64]:
    """Return what each place asks."""
    demands = all_of(_DEMAND)
    return np.fromiter(
        (
            _KIND[place.kind]
            | _TASK[place.legal_task]
            | _LEVEL[place.language_level_asked]
            | demands(place.functional_demands)
            | _NEEDED[min(max(place.half_days_needed, 0), _MOST_NEEDED)]
            for place in places
        ),
        np.uint64,
        len(places),
    )


def closed_to(people: Sequence[PersonFacts]) -> NDArray[np.uint64]:
    """Return what is closed to each person, whatever kind of place they wish."""
    kinds, tasks = all_but(_KIND), all_but(_TASK)
    demands = all_of(_DEMAND)
    levels = {
        level: sum(_LEVEL[more] for more in LanguageLevel if more > level)
        for level in LanguageLevel
    }
    needed = [sum(_NEEDED[most + 1 :]) for most in range(_MOST_NEEDED + 1)]
    return np.fromiter(
        (
            (0 if one.allowed_kinds is None else kinds(one.allowed_kinds))
            | (0 if one.legal_tasks is None else tasks(one.legal_tasks))
            | (0 if one.language_level is None else levels[one.language_level])
            | demands(one.functional_limits)
            | (0 if one.most_half_days is None else needed[min(one.most_half_days, _MOST_NEEDED)])
            for one in people
        ),
        np.uint64,
        len(people),
    )


def unwished_by(people: Sequence[PersonFacts]) -> NDArray[np.uint64]:
    """Return the kinds that each person did not wish; none for who has no wish for a kind."""
    others = all_but(_KIND)
    found = (others(one.wished_kinds) if one.wished_kinds else 0 for one in people)
    return np.fromiter(found, np.uint64, len(people))


def kind_bits(sets: Iterable[frozenset[PlaceKind]], many: int) -> NDArray[np.uint64]:
    """Return the bits of the kinds in each set."""
    together = all_of(_KIND)
    return np.fromiter((together(one) for one in sets), np.uint64, many)


def all_of(bits: Mapping[_Word, int]) -> Callable[[frozenset[_Word]], int]:
    """Return what gives the bits of a set together."""
    return _remembered(lambda one: sum(bits[word] for word in one))


def all_but(bits: Mapping[_Word, int]) -> Callable[[frozenset[_Word]], int]:
    """Return what gives the bits of all that is not in a set."""
    return _remembered(lambda one: sum(bit for word, bit in bits.items() if word not in one))


def _remembered(work: Callable[[frozenset[_Word]], int]) -> Callable[[frozenset[_Word]], int]:
    """Return the work, done once for each different set: most people have one of a few."""
    known: dict[frozenset[_Word], int] = {}

    def answer(one: frozenset[_Word]) -> int:
        found = known.get(one)
        if found is None:
            found = known[one] = work(one)
        return found

    return answer
