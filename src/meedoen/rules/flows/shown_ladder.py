"""What may be shown of the ladder between two dates, the most important first.

How many went up, down and nowhere is what a council asks, so that is decided on first: it is hidden
only when it is itself small, or gives a small one of those away. The square comes after that, and
gives way to it; the districts come last. So a small number far down hides what stands beside it
there, and not what all of it adds up to. Rungs with few people are joined before any is hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.flows.flows import TOTAL, Flow, ShownFlow
from meedoen.rules.flows.ladder import CLASSES, Ladder
from meedoen.rules.indicators.disclosure import USUAL_THRESHOLD, Shown
from meedoen.rules.indicators.hiding import hide
from meedoen.rules.indicators.people_words import GrowthClass
from meedoen.rules.indicators.pieces import Aims
from meedoen.rules.indicators.published_table import Protection
from meedoen.rules.indicators.sums import Key, Sum, System, Unprinted

IMPORTANCE = (
    GrowthClass.GROWTH,
    GrowthClass.EQUAL,
    GrowthClass.DECLINE,
    GrowthClass.MEASURED_ONCE,
)
"""The last of these is hidden first. A choice: a promise is about growth."""
ALL = (TOTAL, TOTAL)
"""Everybody who was measured twice or more."""
EVERYBODY = Unprinted("everybody")
"""Who was measured at all; that is printed nowhere."""

Node = tuple[int, ...]
"""Rungs that are told together, from the lowest on, by their places in the flow."""


@dataclass(frozen=True, slots=True)
class ShownLadder:
    """What people get to see; the marks of hidden numbers are `<10` and `x`.

    In `districts` everybody of a district stands under None, beside the classes.
    """

    flow: ShownFlow
    classes: Mapping[GrowthClass, Shown]
    districts: Mapping[int, Mapping[GrowthClass | None, Shown]]


def protect_ladder(found: Ladder, threshold: int = USUAL_THRESHOLD) -> ShownLadder:
    """Show what can be shown without a small number. Raises ValueError for a threshold under 5.

    The square and its classes are shown in the same way whatever the districts are.
    """
    numbers: dict[Key, int] = {}
    sums: list[Sum] = []
    shown: Mapping[Key, Shown] = {}
    least = Protection(threshold).threshold
    nodes = joined_rungs(found.flow, least)
    for add in (_add_classes, partial(_add_square, nodes), _add_districts):
        add(found, numbers, sums)
        aims = Aims(least, shown, _of_few(numbers, sums, least), frozenset())
        shown = hide(System(numbers, tuple(sums)), aims)
    names = [node_of(one) for one in nodes]
    return ShownLadder(
        flow=ShownFlow(
            cells={(one, other): shown[one, other] for one in names for other in names},
            sources={node: shown[node, TOTAL] for node in names},
            targets={node: shown[TOTAL, node] for node in names},
            total=shown[ALL],
        ),
        classes={one: shown[one] for one in CLASSES},
        districts={
            number: {one: shown[number, one] for one in (*CLASSES, None)}
            for number in found.districts
        },
    )


def joined_rungs(flow: Flow, threshold: int) -> list[Node]:
    """Join rungs that few people left or reached to the nearest one with people, the fewest first.

    A few people on a rung would otherwise hide much of what stands beside them. A rung that nobody
    left or reached stays as it is, unless it lies between two that are joined.
    """
    nodes: list[Node] = [(at,) for at in range(len(flow.nodes))]

    def sizes(node: Node) -> tuple[int, int]:
        return int(flow.people[list(node)].sum()), int(flow.people[:, list(node)].sum())

    while True:
        there = [at for at, one in enumerate(nodes) if any(sizes(one))]
        few = [at for at in there if any(0 < size < threshold for size in sizes(nodes[at]))]
        if not few or len(there) == 1:
            return nodes
        # Of rungs that are few the highest is joined first: there the fewest people are.
        at = few[-1]
        place = there.index(at)
        beside = [*there[max(0, place - 1) : place], *there[place + 1 : place + 2]]
        other = min(beside, key=lambda one: sum(sizes(nodes[one])))
        first, last = min(at, other), max(at, other)
        nodes[first : last + 1] = [tuple(chain(*nodes[first : last + 1]))]


def node_of(rungs: Node) -> str:
    """Return the name of rungs that are told together: "5", or "5-6"."""
    return str(rungs[0] + 1) if len(rungs) == 1 else f"{rungs[0] + 1}-{rungs[-1] + 1}"


def is_joined(node: str) -> bool:
    """Return whether a name is one of rungs that are told together."""
    return "-" in node


def _of_few(numbers: Mapping[Key, int], sums: Sequence[Sum], threshold: int) -> dict[Key, str]:
    """Return the parts of what is small, with the mark of a small number.

    Beside a zero that is shown one would know that what is hidden is somebody, and so that the
    whole are several.
    """
    return {
        part: f"<{threshold}"
        for one in sums
        if 0 < numbers[one.whole] < threshold and not isinstance(one.whole, Unprinted)
        for part in one.parts
    }


def _add_classes(found: Ladder, numbers: dict[Key, int], sums: list[Sum]) -> None:
    counts = dict(zip(CLASSES, found.classes, strict=True))
    numbers |= {ALL: found.flow.total} | {one: counts[one] for one in IMPORTANCE}
    numbers[EVERYBODY] = sum(found.classes)
    sums.append(Sum(ALL, IMPORTANCE[:3]))
    sums.append(Sum(EVERYBODY, (ALL, GrowthClass.MEASURED_ONCE)))


def _add_square(
    nodes: Sequence[Node], found: Ladder, numbers: dict[Key, int], sums: list[Sum]
) -> None:
    """Say how rows, columns and classes add up; who was equal stands before who moved.

    Of rungs that are told together it is printed nowhere who went up or down among them.
    """
    people, names = found.flow.people, [node_of(one) for one in nodes]
    went: dict[GrowthClass, list[Key]] = {one: [] for one in IMPORTANCE[:3]}
    for node, name in zip(nodes, names, strict=True):
        numbers[name, TOTAL] = int(people[list(node)].sum())
        sums.append(Sum((name, TOTAL), tuple((name, to) for to in names)))
    places = [(row, column) for row in range(len(nodes)) for column in range(len(nodes))]
    for row, column in sorted(places, key=lambda place: abs(place[0] - place[1])):
        cell: Key = (names[row], names[column])
        square = people[np.ix_(nodes[row], nodes[column])]
        numbers[cell] = int(square.sum())
        if row != column or len(nodes[row]) == 1:
            went[_class_of(row, column)].append(cell)
            continue
        inside = dict(zip(IMPORTANCE[:3], _inside(square), strict=True))
        numbers |= {Unprinted((cell, one)): count for one, count in inside.items()}
        sums.append(Sum(cell, tuple(Unprinted((cell, one)) for one in inside)))
        for one in inside:
            went[one].append(Unprinted((cell, one)))
    for node, name in zip(nodes, names, strict=True):
        numbers[TOTAL, name] = int(people[:, list(node)].sum())
        sums.append(Sum((TOTAL, name), tuple((by, name) for by in names)))
    sums.append(Sum(ALL, tuple((name, TOTAL) for name in names)))
    sums.append(Sum(ALL, tuple((TOTAL, name) for name in names)))
    sums += [Sum(one, tuple(cells)) for one, cells in went.items()]


def _inside(square: NDArray[np.int64]) -> tuple[int, int, int]:
    """Return how many went up, nowhere and down among rungs that are told together."""
    return int(np.triu(square, 1).sum()), int(np.trace(square)), int(np.tril(square, -1).sum())


def _class_of(row: int, column: int) -> GrowthClass:
    if row == column:
        return GrowthClass.EQUAL
    return GrowthClass.GROWTH if column > row else GrowthClass.DECLINE


def _add_districts(found: Ladder, numbers: dict[Key, int], sums: list[Sum]) -> None:
    for number, counts in found.districts.items():
        numbers[number, None] = sum(counts)
    for number, counts in found.districts.items():
        theirs = dict(zip(CLASSES, counts, strict=True))
        numbers |= {(number, one): theirs[one] for one in IMPORTANCE}
        sums.append(Sum((number, None), tuple((number, one) for one in IMPORTANCE)))
    for one in CLASSES:
        sums.append(Sum(one, tuple((number, one) for number in found.districts)))
    sums.append(Sum(EVERYBODY, tuple((number, None) for number in found.districts)))
