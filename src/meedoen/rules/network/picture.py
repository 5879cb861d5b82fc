"""Who refers to whom: a square of organisations with its totals, small numbers protected.

Every referral is about somebody, so what went between two parties is a number of people. The
busiest parties have a row and a column by name, the others are one together; how many have one is
what lets most of the square be seen. A picture per theme or district would let a reader subtract
one from another; instead each pair says of which themes and districts it sent many.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.flows.flows import Flow, ShownFlow, protect_flow
from meedoen.rules.indicators.asks import Asks, asks_of
from meedoen.rules.indicators.columns import code_of
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.disclosure import USUAL_THRESHOLD, Shown
from meedoen.rules.indicators.referral_columns import KnownReferrals
from meedoen.rules.indicators.referral_statements import MUNICIPALITY, RESIDENT
from meedoen.rules.vocabulary import Theme

TRIED = (12, 10, 8, 6, 4, 3, 2, 1, 0)
"""So many parties get a row of their own: the number with which the most cells can be shown."""
MOST_NAMED = max(TRIED)
REST = "rest"
"""All other parties together."""
NO_DISTRICT = 0
ALWAYS_NAMED = (MUNICIPALITY, RESIDENT)


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A party in the picture, or the rest together.

    `party` is the number of the organisation, MUNICIPALITY or RESIDENT; None is the rest.
    """

    code: str
    party: int | None
    sent: Shown
    received: Shown


@dataclass(frozen=True, slots=True)
class NetworkCell:
    """What went from one node to another; only of a number that is shown what it was about.

    Themes and districts are those of which many were sent, the most first; 0 is no district.
    """

    source: str
    target: str
    shown: Shown
    themes: tuple[Theme, ...]
    districts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """The square: nodes in order, the rest last; every cell that is not zero, by row and column."""

    nodes: tuple[NetworkNode, ...]
    cells: tuple[NetworkCell, ...]
    total: Shown
    hidden: int
    """How many cells are not shown."""

    def cell(self, source: str, target: str) -> NetworkCell | None:
        """Return a cell by the codes of its nodes; None for a zero."""
        found = (one for one in self.cells if (one.source, one.target) == (source, target))
        return next(found, None)


def network_picture(
    known: KnownReferrals, start: date, end: date, threshold: int = USUAL_THRESHOLD
) -> NetworkPicture:
    """Draw who referred to whom from the first day to the last, both included.

    Every receiver of a referral counts. What residents ask for themselves is in the picture; what a
    party asks of itself is not. Raises ValueError for a threshold under 5.
    """
    asks = asks_of(known.steps)
    rows = in_period(asks.sent, start, end)
    rows = rows[asks.sender[rows] != asks.receiver[rows]]
    parties = _busiest_first(asks.sender[rows], asks.receiver[rows])
    drawn = [_drawn(asks, rows, _named(parties, most), threshold) for most in TRIED]
    # Where that makes no difference, the most names: those come first.
    best = max(drawn, key=lambda one: (one.cells_shown, -one.cells_hidden))
    flow, shown, nodes = best.flow, best.shown, best.flow.nodes
    cells = [
        _cell(
            asks,
            rows[
                (best.source == nodes.index(link.source))
                & (best.target == nodes.index(link.target))
            ],
            (link.source, link.target),
            shown.cells[(link.source, link.target)],
            threshold,
        )
        for link in flow.links
    ]
    return NetworkPicture(
        nodes=tuple(
            NetworkNode(code, party, shown.sources[code], shown.targets[code])
            for code, party in zip(nodes, (*best.parties, None), strict=True)
        ),
        cells=tuple(cells),
        total=shown.total,
        hidden=sum(one.shown.hidden for one in cells),
    )


def in_period(days: NDArray[np.int64], start: date, end: date) -> NDArray[np.intp]:
    """Find which days lie between two, both included.

    Raises ValueError for a period that ends before it starts.
    """
    if end < start:
        raise ValueError(f"the period ends on {end}: give a day from {start} on")
    return np.flatnonzero((days >= day_number(start)) & (days <= day_number(end)))


def many_of(counts: Mapping[int, int], threshold: int) -> tuple[int, ...]:
    """Name the parts of a known whole of which there are many, the most first.

    Each of the parts named says of itself that it is at least the threshold. What that leaves for
    all others must still hold every number under the threshold, so that none is given away.
    """
    whole = sum(counts.values())
    named: list[int] = []
    for key, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        if count < threshold or whole < (len(named) + 2) * threshold - 1:
            break
        named.append(key)
    return tuple(named)


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """A square with some parties by name, and at which node every ask begins and ends."""

    parties: Sequence[int]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    flow: Flow
    shown: ShownFlow

    @property
    def cells_shown(self) -> int:
        """Return how many cells hold a number that is shown."""
        return len(self.flow.links) - self.cells_hidden

    @property
    def cells_hidden(self) -> int:
        """Return how many cells hold a number that is not shown."""
        ends = ((link.source, link.target) for link in self.flow.links)
        return sum(self.shown.cells[each].hidden for each in ends)


def _drawn(asks: Asks, rows: NDArray[np.intp], parties: Sequence[int], threshold: int) -> _Drawn:
    nodes = (*(str(party) for party in parties), REST)
    places = {party: place for place, party in enumerate(parties)}
    source = _places(asks.sender[rows], places)
    target = _places(asks.receiver[rows], places)
    width = len(nodes)
    square = np.bincount(source * width + target, minlength=width * width).reshape(width, width)
    flow = Flow(nodes, square.astype(np.int64))
    return _Drawn(parties, source, target, flow, protect_flow(flow, threshold))


def _busiest_first(sender: NDArray[np.int64], receiver: NDArray[np.int64]) -> Sequence[int]:
    parties, counts = np.unique(np.concatenate([sender, receiver]), return_counts=True)
    busiest: list[int] = parties[np.lexsort((parties, -counts))].tolist()
    return busiest


def _named(busiest: Sequence[int], most: int) -> Sequence[int]:
    """Return the municipality and the residents where they are, then the busiest by number."""
    there = [party for party in ALWAYS_NAMED if party in busiest]
    others = [party for party in busiest if party not in ALWAYS_NAMED]
    return [*there, *sorted(others[:most])]


def _places(parties: NDArray[np.int64], places: Mapping[int, int]) -> NDArray[np.int64]:
    found = np.full(len(parties), len(places), dtype=np.int64)
    for party, place in places.items():
        found[parties == party] = place
    return found


def _cell(
    asks: Asks, rows: NDArray[np.intp], ends: tuple[str, str], shown: Shown, threshold: int
) -> NetworkCell:
    themes: tuple[Theme, ...] = ()
    districts: tuple[int, ...] = ()
    if not shown.hidden:
        by_code = {code_of(theme): theme for theme in Theme}
        themes = tuple(by_code[code] for code in many_of(_counts(asks.theme[rows]), threshold))
        districts = many_of(_counts(asks.district[rows]), threshold)
    return NetworkCell(ends[0], ends[1], shown, themes, districts)


def _counts(values: NDArray[np.integer]) -> dict[int, int]:
    found, counts = np.unique(values, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))
