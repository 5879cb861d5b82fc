"""Flows that give away another one between two year ends: start + new - ended = end.

A page shows the stock on both days. With how many people started in the year between, whoever reads
it works out how many ended, also where that number is small, hidden, or printed nowhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.people_words import (
    Filters,
    PeopleEnded,
    PeopleInState,
    PeopleStarted,
)
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import EntryKind

MONTHS = 12
"""Between two year ends; a flow over another time adds up to no year."""


@dataclass(frozen=True, slots=True)
class Day:
    """The numbers of a day, and how they are shown; a cell that is not counted is 0."""

    numbers: Mapping[Cell, int]
    shown: Mapping[Cell, Shown]

    def shows(self, cell: Cell) -> bool:
        """Tell whether everyone reads this number."""
        return cell in self.shown and not self.shown[cell].hidden


def given_away(catalogue: Catalogue, first: Day, last: Day, threshold: int) -> Iterator[Cell]:
    """Give the flows of the year between two days that leave a small number of the other flow.

    Somebody can start twice in a year and is counted once, so what is left is near the other flow
    and need not be it. That is near enough to hide it.
    """
    stocks = dict(_stocks(catalogue))
    for cell in last.shown:
        count = catalogue[cell.indicator].versions[-1].count
        if not isinstance(count, PeopleStarted | PeopleEnded) or not _is_whole_year(count):
            continue
        stock = replace(cell, indicator=stocks.get(count.where, ""))
        if first.shows(stock) and last.shows(stock) and last.shows(cell):
            grown = last.numbers.get(stock, 0) - first.numbers.get(stock, 0)
            flow = last.numbers.get(cell, 0)
            other = flow + grown if isinstance(count, PeopleEnded) else flow - grown
            if 0 < abs(other) < threshold:
                yield cell


def _stocks(catalogue: Catalogue) -> Iterator[tuple[Filters, str]]:
    """Give the figures of everybody who takes part, by the filters they are counted with."""
    for definition in catalogue:
        count = definition.versions[-1].count
        if (
            isinstance(count, PeopleInState)
            and count.kind is EntryKind.PLACEMENT
            and frozenset(count.states) == TAKES_PART
        ):
            yield count.where, definition.code


def _is_whole_year(count: PeopleStarted | PeopleEnded) -> bool:
    outcomes = count.outcomes if isinstance(count, PeopleEnded) else ()
    return count.months == MONTHS and not outcomes
