"""What may be seen of a definition before it is in force.

Whoever makes one may look as often as they like at definitions that differ a little, and nothing of
it is kept. Two of them that differ by one person would tell of that person, and tens or hundreds do
too: they can be asked for again and again with another filter. So a preview tells of people only
what is told already: a number that an indicator in force, or one of its breakdowns, shows under
another name, and what such numbers are together.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from meedoen.rules.indicators.disclosure import PROTECTED, Shown
from meedoen.rules.indicators.language import Catalogue, PlainWord, Word
from meedoen.rules.indicators.one_number import Names
from meedoen.rules.indicators.people_words import PeopleInState
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.wholes import WHERE, wholes_by_words

ASKED = "?"
"""The code of what is looked at; no indicator has it."""
UNTOLD = Shown(PROTECTED, hidden=True)
MOST_NEAR = 10
"""So many figures stand beside one that is not told; more say hardly more."""


@dataclass(frozen=True, slots=True)
class Near:
    """A number that is told, beside one that is not: all of that are in it, or all of it in that.

    Which of the two follows from the words of both, whatever the numbers are.
    """

    cell: Cell
    shown: Shown
    is_around: bool
    """Whether everybody of what is asked is in it; otherwise everybody in it is in that."""


class Told:
    """What is told of a day by the indicators that are in force."""

    def __init__(
        self, catalogue: Catalogue, word: Word, shown: Mapping[Cell, Shown], on: date
    ) -> None:
        """Give each number that is told on a day the names under which it could be asked for."""
        words = {cell.indicator: catalogue[cell.indicator].version_on(on).count for cell in shown}
        self._shown = shown
        self._words = {**words, ASKED: word}
        self._same = next((code for code, other in words.items() if other == word), None)
        self._names = Names(self._words)
        # On one day somebody is in one district; over a time perhaps in two, and counted once.
        # So may be who counts by two things that were written down in different districts.
        self._nobody_twice = isinstance(word, PeopleInState) and not word.also
        self._told: dict[Hashable, Shown] = {}
        for cell, one in shown.items():
            if (name := self._names.of(cell)) is not None:
                self._told.setdefault(name, one)

    def of(self, cell: Cell) -> Shown | None:
        """Return how a number of what is asked is told; None where it is not told by anything."""
        if self._same is not None:
            # The same word counts under another code, its shares and medians with it.
            same = Cell(self._same, cell.part, cell.district, cell.place_kind, cell.organisation)
            if same in self._shown:
                return self._shown[same]
        if (name := self._names.of(cell)) in self._told:
            return self._told[name]
        if not self._nobody_twice:
            return None
        parts = [self._told.get(name) for name in self._names.in_districts(cell)]
        found = [part for part in parts if part is not None]
        if not parts or len(found) < len(parts):
            return None
        if any(part.hidden for part in found):
            return UNTOLD
        return Shown(str(sum(int(part.text) for part in found)), hidden=False)

    def near(self) -> Iterator[Near]:
        """Give the numbers that come nearest to what is asked: those around it, then those in it.

        Of one district that is the number of that district. The smallest around it and the largest
        in it come first: these say most.
        """
        found: dict[Hashable, Near] = {}
        for one in sorted(self._all_near(), key=_how_far):
            # A whole of a share is often a figure by itself too; that one says what it is.
            found.setdefault((self._names.of(one.cell), one.is_around), one)
        yield from list(found.values())[:MOST_NEAR]

    def _all_near(self) -> Iterator[Near]:
        asked, wholes = (ASKED, ""), wholes_by_words(self._words)
        around = [(number, True) for number in wholes.get(asked, ())]
        within = [(number, False) for number, theirs in wholes.items() if asked in theirs]
        where = getattr(self._words[ASKED], WHERE, None)
        [district] = where.districts if where and len(where.districts) == 1 else [None]
        for (code, part), is_around in (*around, *within):
            whole = Cell(code, part)
            here = replace(whole, district=district if is_around else None)
            cell = here if here in self._shown else whole
            if cell in self._shown:
                yield Near(cell, self._shown[cell], is_around)


def _how_far(one: Near) -> tuple[bool, bool, int, bool]:
    count = 0 if one.shown.hidden else int(one.shown.text)
    far = count if one.is_around else -count
    return not one.is_around, one.shown.hidden, far, bool(one.cell.part)


def between(near: Iterable[Near]) -> tuple[int | None, int | None]:
    """Return the least and the most that a number is by those around it and in it, as they say."""
    told = [one for one in near if not one.shown.hidden]
    least = [int(one.shown.text) for one in told if not one.is_around]
    most = [int(one.shown.text) for one in told if one.is_around]
    return max(least, default=None), min(most, default=None)


def says_nothing_of_people(word: Word) -> bool:
    """Tell whether a word counts organisations or places, of which everything may be told."""
    return isinstance(word, PlainWord)
