"""When two numbers under different names must be the same, because they count the same people.

Who counts in one district is the same people under an indicator of that district alone, and in the
breakdown by district of one without that filter. Of who is somewhere on a day that is so of kinds
of places and of organisations too, by themselves.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from meedoen.rules.indicators.language import Word
from meedoen.rules.indicators.people_words import Filters, PeopleInState
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.wholes import NARROWER, WHERE, Counting, countings

Pins = tuple[int | None, str, int | None]
"""The one district, kind of place and organisation that a number is of; nothing for all."""


def everywhere(word: Word) -> Word:
    """Return a word without its filters on where somebody is."""
    if type(word) not in NARROWER:
        return word
    where: Filters = replace(getattr(word, WHERE), districts=())
    if isinstance(word, PeopleInState):
        where = replace(where, place_kinds=(), organisations=())
    return _with(word, where)


def _with(word: Word, where: Filters) -> Word:
    # Every word that can be narrower has these filters.
    filtered: Any = word
    found: Word = replace(filtered, where=where)
    return found


@dataclass(slots=True)
class Names:
    """One name for each number of people, whatever indicators it stands under."""

    words: Mapping[str, Word]
    _countings: dict[tuple[str, str], Counting] = field(default_factory=dict)
    _numbers: dict[tuple[Word, str], int] = field(default_factory=dict)
    """Words are long: a number stands for each."""
    _known: dict[tuple[str, str, tuple[bool, ...]], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note what every number counts."""
        self._countings = {
            (one.code, one.part): one for one in countings(self.words) if one.all_of_it
        }

    def of(self, cell: Cell) -> Hashable | None:
        """Return the name of a number; None for one that has no other than its own."""
        one = self._countings.get((cell.indicator, cell.part))
        return None if one is None else self._named(one, _pins(one.word, cell))

    def in_districts(self, cell: Cell) -> Iterator[Hashable]:
        """Give the names of the numbers of which one is the sum: that of several districts."""
        one = self._countings.get((cell.indicator, cell.part))
        if one is None or cell.district is not None:
            return
        districts = _where(one.word).districts
        if len(districts) > 1:
            for district in districts:
                yield self._named(one, _pins(one.word, replace(cell, district=district)))

    def _named(self, one: Counting, pins: Pins) -> Hashable:
        district, kind, organisation = pins
        which = (district is not None, bool(kind), organisation is not None)
        key = (one.code, one.part, which)
        if key not in self._known:
            word = _without(one.word, which)
            self._known[key] = self._numbers.setdefault((word, one.inner), len(self._numbers))
        return self._known[key], pins


def is_local(word: Word, part: str) -> bool:
    """Tell whether a number of a word is about some districts or organisations only."""
    where = _where(getattr(word, part, word) if part else word)
    return bool(where.districts or where.organisations)


def is_outside(word: Word, cell: Cell) -> bool:
    """Tell whether a filter leaves out a whole cell of a breakdown: then nobody can be in it."""
    where = _where(getattr(word, cell.part, word) if cell.part else word)
    pairs: list[tuple[object, Collection[object]]] = [(cell.district, where.districts)]
    if isinstance(word, PeopleInState):
        pairs.append((cell.place_kind, where.place_kinds))
        pairs.append((cell.organisation, where.organisations))
    return any(place and chosen and place not in chosen for place, chosen in pairs)


def _where(word: Word) -> Filters:
    return getattr(word, WHERE) if type(word) in NARROWER else Filters()


def _pins(word: Word, cell: Cell) -> Pins:
    """Return of which district, kind and organisation a number is, by its place or by a filter."""
    where = _where(word)
    district, kind, organisation = cell.district, cell.place_kind, cell.organisation
    if district is None and len(where.districts) == 1:
        [district] = where.districts
    if isinstance(word, PeopleInState):
        if not kind and len(where.place_kinds) == 1:
            kind = where.place_kinds[0].value
        if organisation is None and len(where.organisations) == 1:
            [organisation] = where.organisations
    return district, kind, organisation


def _without(word: Word, which: tuple[bool, bool, bool]) -> Word:
    """Return a word without the filters that say no more than its pins do."""
    if type(word) not in NARROWER:
        return word
    by_district, by_kind, by_organisation = which
    where: Filters = getattr(word, WHERE)
    if by_district:
        where = replace(where, districts=())
    if isinstance(word, PeopleInState):
        where = replace(
            where,
            place_kinds=() if by_kind else where.place_kinds,
            organisations=() if by_organisation else where.organisations,
        )
    return _with(word, where)
