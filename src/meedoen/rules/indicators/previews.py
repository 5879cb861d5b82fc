"""What may be seen of a definition before it is in force.

Whoever makes one may look as often as they like at definitions that differ a little, and nothing of
it is kept. Two of them that differ by one person would tell of that person, and tens or hundreds do
too: they can be asked for again and again with another filter. So a preview tells of people only
what is told already: a number that an indicator in force, or one of its breakdowns, shows under
another name, and what such numbers are together.
"""

from collections.abc import Hashable, Mapping

from meedoen.rules.indicators.disclosure import PROTECTED, Shown
from meedoen.rules.indicators.language import Catalogue, PlainWord, Word
from meedoen.rules.indicators.one_number import Names
from meedoen.rules.indicators.people_words import PeopleInState
from meedoen.rules.indicators.published_table import Cell

ASKED = "?"
"""The code of what is looked at; no indicator has it."""
UNTOLD = Shown(PROTECTED, hidden=True)


class Told:
    """What is told of a day by the indicators that are in force."""

    def __init__(self, catalogue: Catalogue, word: Word, shown: Mapping[Cell, Shown]) -> None:
        """Give each number that is told the names under which it could be asked for."""
        words = {cell.indicator: catalogue[cell.indicator].versions[-1].count for cell in shown}
        self._shown = shown
        self._same = next((code for code, other in words.items() if other == word), None)
        self._names = Names({**words, ASKED: word})
        # On one day somebody is in one district; over a time perhaps in two, and counted once.
        self._nobody_twice = isinstance(word, PeopleInState)
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


def says_nothing_of_people(word: Word) -> bool:
    """Tell whether a word counts organisations or places, of which everything may be told."""
    return isinstance(word, PlainWord)
