"""Numbers of one day that give away a small one with those of another day.

Two sums go over days. A page shows a stock on two of them: with how many people started between,
whoever reads it works out how many ended, also where that number is small, hidden, or printed
nowhere. And a flow of a short time is a part of the same flow of a longer time around it, such as
the first half of a year of that year.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import ge

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.people_words import (
    Events,
    Filters,
    PeopleEnded,
    PeopleInState,
    PeopleStarted,
    PeopleWithEvent,
)
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.wholes import is_part
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import EntryKind

FlowWord = PeopleStarted | PeopleEnded | PeopleWithEvent | Events
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """The numbers of a day, and how they are shown; a cell that is not counted is 0."""

    numbers: Mapping[Cell, int]
    shown: Mapping[Cell, Shown]

    def shows(self, cell: Cell) -> bool:
        """Tell whether everyone reads this number."""
        return cell in self.shown and not self.shown[cell].hidden


def eve_of(on: date, months: int) -> date:
    """Return the last day before the months up to a day: 30 June for six months up to 31 December.

    Raises ValueError before the year 1.
    """
    eve = add_months(on, -months)
    while add_months(eve + ONE_DAY, months) <= on:
        eve += ONE_DAY
    return eve


def days_beside(catalogue: Catalogue, on: date) -> set[date]:
    """Return the days with which the flows of a day make a sum, before it and after it."""
    months = {word.months for word in _flows(catalogue).values()}
    before = {eve_of(on, each) for each in months}
    later = {
        day
        for each in months
        for day in (add_months(on, each) + timedelta(days=more) for more in range(4))
        if eve_of(day, each) == on
    }
    return before | later


def given_away(
    catalogue: Catalogue, days: Mapping[date, Day], on: date, threshold: int
) -> Iterator[Cell]:
    """Give the numbers of a day that leave a small number with those of the other days.

    Somebody can start twice in a time and is counted once, so what is left is near the other number
    and need not be it. That is near enough to hide it, and with it every breakdown that adds up to
    it.
    """
    found = dict.fromkeys(_given(catalogue, days, on, threshold))
    hidden = {(cell.indicator, cell.breakdown) for cell in found}
    for cell in days[on].shown:
        if any(
            cell.indicator == code and all(map(ge, cell.breakdown, breakdown))
            for code, breakdown in hidden
        ):
            yield cell


def _given(
    catalogue: Catalogue, days: Mapping[date, Day], on: date, threshold: int
) -> Iterator[Cell]:
    """Give the numbers that give another one away themselves."""
    flows = _flows(catalogue)
    stocks = _stocks(catalogue, flows)
    for cell in days[on].shown:
        if cell.indicator in flows and days[on].shows(cell):
            is_given = _ends_a_sum(flows, stocks, days, on, cell, threshold)
            if is_given or _is_near_another(flows, days, on, cell, threshold):
                yield cell
    yield from _beginning_sums(flows, stocks, days, on, threshold)


def _ends_a_sum(
    flows: Mapping[str, FlowWord],
    stocks: Mapping[str, str],
    days: Mapping[date, Day],
    on: date,
    cell: Cell,
    threshold: int,
) -> bool:
    """Tell whether a flow leaves few people for the other one, with the stocks around its time."""
    word = flows[cell.indicator]
    first, stock = days.get(eve_of(on, word.months)), stocks.get(cell.indicator)
    if first is None or stock is None:
        return False
    place = replace(cell, indicator=stock)
    return _leaves_few(word, (first, days[on]), place, (days[on], cell), threshold)


def _beginning_sums(
    flows: Mapping[str, FlowWord],
    stocks: Mapping[str, str],
    days: Mapping[date, Day],
    on: date,
    threshold: int,
) -> Iterator[Cell]:
    """Give the stocks of a day that complete a sum with a flow of a later day."""
    for code, stock in stocks.items():
        word = flows[code]
        ends = [day for day in days if day > on and eve_of(day, word.months) == on]
        for later in (days[day] for day in ends):
            for cell in [cell for cell in days[on].shown if cell.indicator == stock]:
                flow = replace(cell, indicator=code)
                if _leaves_few(word, (days[on], later), cell, (later, flow), threshold):
                    yield cell


def _is_near_another(
    flows: Mapping[str, FlowWord],
    days: Mapping[date, Day],
    on: date,
    cell: Cell,
    threshold: int,
) -> bool:
    """Tell whether a flow differs by few people from that of a time within its own, or around."""
    count = days[on].numbers.get(cell, 0)
    return any(
        beside.shows(other) and 0 < abs(count - beside.numbers.get(other, 0)) < threshold
        for beside, other in _around(flows, days, on, cell)
    )


def _leaves_few(
    word: FlowWord, ends: tuple[Day, Day], stock: Cell, flow: tuple[Day, Cell], threshold: int
) -> bool:
    """Tell whether start + new - ended = end leaves few people for the flow that is not shown."""
    (first, last), (day, cell) = ends, flow
    if not (first.shows(stock) and last.shows(stock) and day.shows(cell)):
        return False
    grown = last.numbers.get(stock, 0) - first.numbers.get(stock, 0)
    count = day.numbers.get(cell, 0)
    other = count + grown if isinstance(word, PeopleEnded) else count - grown
    return 0 < abs(other) < threshold


def _around(
    flows: Mapping[str, FlowWord], days: Mapping[date, Day], on: date, cell: Cell
) -> Iterator[tuple[Day, Cell]]:
    """Give the same flow on other days of which the time lies in this one's, or around it."""
    word = flows[cell.indicator]
    here = (eve_of(on, word.months), on)
    for day, beside in days.items():
        for code, other in flows.items() if day != on else ():
            there = (eve_of(day, other.months), day)
            less, more = (word, other) if _lies_in(here, there) else (other, word)
            if _lies_in(here, there) or _lies_in(there, here):
                alike = replace(less, months=more.months)
                if alike == more or is_part(alike, more):
                    yield beside, replace(cell, indicator=code)


def _lies_in(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def _flows(catalogue: Catalogue) -> dict[str, FlowWord]:
    """Return what counts people, or events of theirs, over a number of months."""
    words = {each.code: each.versions[-1].count for each in catalogue}
    return {code: word for code, word in words.items() if isinstance(word, FlowWord)}


def _stocks(catalogue: Catalogue, flows: Mapping[str, FlowWord]) -> dict[str, str]:
    """Return for each flow of everybody who comes or goes the stock that it changes."""
    stocks: dict[Filters, str] = {}
    for definition in catalogue:
        count = definition.versions[-1].count
        if (
            isinstance(count, PeopleInState)
            and count.kind is EntryKind.PLACEMENT
            and not count.also
            and frozenset(count.states) == TAKES_PART
        ):
            stocks[count.where] = definition.code
    return {
        code: stocks[word.where]
        for code, word in flows.items()
        if word.where in stocks
        and isinstance(word, PeopleStarted | PeopleEnded)
        and not getattr(word, "outcomes", ())
    }
