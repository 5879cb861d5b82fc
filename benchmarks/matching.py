"""How fast places are matched and divided, as ratios measured in one run (`make bench`).

A made-up town of forty thousand people and eight thousand places, and a quarter of it. Compare the
ratios, not the seconds: each is beside plain Python, or beside the solver alone.
"""

import random
import resource
import statistics
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow
from town import DAY, town

from meedoen.rules.matching.allocate import Seats, Waiting, allocate, check
from meedoen.rules.matching.columns import (
    PeopleColumns,
    PlaceColumns,
    allowed_pairs,
    order_for_one,
)
from meedoen.rules.matching.explained import explain
from meedoen.rules.matching.facts import PersonFacts, PlaceFacts
from meedoen.rules.matching.pairs import Pairs
from meedoen.rules.matching.rank import rank
from meedoen.rules.matching.rule_set import rule_set_on, shipped_rule_sets
from meedoen.rules.matching.shortage import worth_of_new_places

TOWNS = ((10_000, 2_000), (40_000, 8_000))
SMALL = (1_000, 200)
MOST_EACH, RUNS, SAMPLE = 20, 3, 10
RULE_SET = rule_set_on(shipped_rule_sets(), DAY)


def main() -> None:
    """Match, divide and print."""
    for people, places in TOWNS:
        some_people, some_places = town(people, places)
        pairs = lists(some_people, some_places)
    division(some_people, some_places, pairs)
    over_every_pair(some_people, some_places)
    small()


def lists(people: list[PersonFacts], places: list[PlaceFacts]) -> Pairs:
    """Measure all lists of a town, and those of one person; return the best twenty of each."""
    both = len(people) * len(places)
    encode = timed(lambda: (PeopleColumns.of(people), PlaceColumns.of(places)))
    columns = PeopleColumns.of(people), PlaceColumns.of(places)
    best = timed(lambda: allowed_pairs(*columns, RULE_SET, DAY, most_each=MOST_EACH))
    every = timed(lambda: allowed_pairs(*columns, RULE_SET, DAY))
    plain = timed(lambda: [rank(one, places, RULE_SET, DAY) for one in people[:SAMPLE]], 1)
    pairs = allowed_pairs(*columns, RULE_SET, DAY, most_each=MOST_EACH)
    single = PeopleColumns.of(people[:1])
    one = timed(lambda: order_for_one(single, columns[1], RULE_SET, DAY), 20)
    quicker, crowd = plain / SAMPLE / one, plain / SAMPLE * len(people) / best
    print(f"{len(people)} people x {len(places)} places")
    print(f"  into columns              {encode:8.3f} s  {encode / best:6.2f} x the lists")
    print(f"  best {MOST_EACH} of each           {best:8.3f} s  {crowd:6.0f} x quicker than plain")
    print(f"  every pair that suits     {every:8.3f} s  {every / both * 1e9:6.1f} ns a pair")
    print(f"  one person, in order     {one * 1000:9.2f} ms {quicker:6.0f} x quicker than plain")
    print(f"  {len(pairs)} pairs in the lists, peak memory {peak()} MB")
    return pairs


def division(people: list[PersonFacts], places: list[PlaceFacts], pairs: Pairs) -> None:
    """Measure dividing half of the seats over everyone, and what follows from it."""
    waiting, seats = scarce(people, places)
    given = (waiting, seats, pairs)
    alone = timed(lambda: solver_alone(*given))
    whole = timed(lambda: allocate(*given))
    found = allocate(*given)
    checked = timed(lambda: check(*given, found))
    told = timed(lambda: explain(*given, found))
    new = places[: len(places) // 10]
    worth = timed(
        lambda: worth_of_new_places(*given, found, new, only(pairs, len(new))),
    )
    placed = sum(place is not None for place in found.place_of)
    print(
        f"{len(people)} people, {len(places)} places, {sum(seats.free)} seats, {len(pairs)} pairs"
    )
    print(f"  the solver alone          {alone:8.3f} s")
    print(f"  best division with prices {whole:8.3f} s  {whole / alone:6.2f} x the solver alone")
    print(f"  checked without a solver  {checked:8.3f} s  {checked / whole:6.2f} x the division")
    print(f"  explained to everyone     {told:8.3f} s  {told / whole:6.2f} x the division")
    print(f"  worth of {len(new)} new places   {worth:8.3f} s  {worth / whole:6.2f} x the division")
    loss = 1 - greedy(*given)[1] / found.points
    print(f"  {placed} placed, {found.first_wishes} first wishes; one by one loses {loss:.1%}")
    print(f"  peak memory {peak()} MB")


def over_every_pair(people: list[PersonFacts], places: list[PlaceFacts]) -> None:
    """Measure the same division over every pair that suits."""
    columns = PeopleColumns.of(people), PlaceColumns.of(places)
    given = (*scarce(people, places), allowed_pairs(*columns, RULE_SET, DAY))
    start = time.process_time()
    found = allocate(*given)
    whole = time.process_time() - start
    placed = sum(place is not None for place in found.place_of)
    print(f"over all {len(given[2])} pairs that suit")
    print(f"  best division with prices {whole:8.3f} s  {placed} placed, peak memory {peak()} MB")


def small() -> None:
    """Measure a little town against plain Python that finds the same optimum."""
    people, places = town(*SMALL)
    pairs = lists_of(people, places)
    given = (*scarce(people, places), pairs)
    quick = timed(lambda: allocate(*given))
    found = allocate(*given)
    plain = timed(lambda: plain_optimum(*given), 1)
    assert plain_optimum(*given) == (found.first_wishes, found.points)
    print(f"{len(people)} people, {len(places)} places, {len(pairs)} pairs")
    print(f"  best division with prices {quick:8.4f} s {plain / quick:6.0f} x quicker than plain")


def lists_of(people: list[PersonFacts], places: list[PlaceFacts]) -> Pairs:
    """Return the best twenty of each."""
    columns = PeopleColumns.of(people), PlaceColumns.of(places)
    return allowed_pairs(*columns, RULE_SET, DAY, most_each=MOST_EACH)


def scarce(people: list[PersonFacts], places: list[PlaceFacts]) -> tuple[Waiting, Seats]:
    """Return everyone as waiting, and half of the seats of each place."""
    chance = random.Random(2)  # noqa: S311
    days = tuple(chance.randrange(1000) for _ in people)
    free = tuple(max((place.capacity or 0) // 2, 1) for place in places)
    return (
        Waiting(tuple(range(len(people))), days),
        Seats(tuple(place.place for place in places), free),
    )


def only(pairs: Pairs, places: int) -> Pairs:
    """Return the pairs with the first places, as if those were new."""
    kept = pairs.place < places
    return Pairs(pairs.person[kept], pairs.place[kept], pairs.points[kept], pairs.wish[kept])


def solver_alone(waiting: Waiting, seats: Seats, pairs: Pairs) -> int:
    """Return the most points, by OR-Tools and nothing else."""
    people, places = len(waiting.people), len(seats.places)
    nodes = np.arange(people + places + 2, dtype=np.int32)
    source, sink = nodes[-2], nodes[-1]
    of_people, of_places = nodes[:people], nodes[people:-2]
    solver = min_cost_flow.SimpleMinCostFlow()
    add = solver.add_arcs_with_capacity_and_unit_cost
    one, free = np.ones(len(pairs), np.int64), np.array(seats.free, np.int64)
    add(pairs.person, pairs.place + np.int32(people), one, -pairs.points.astype(np.int64))
    add(np.full(people, source), of_people, one[:people], 0 * one[:people])
    add(of_people, np.full(people, sink), one[:people], 0 * one[:people])
    add(of_places, np.full(places, sink), free, 0 * free)
    solver.set_node_supply(int(source), people)
    solver.set_node_supply(int(sink), -people)
    assert solver.solve() == solver.OPTIMAL
    return -int(solver.optimal_cost())


def greedy(waiting: Waiting, seats: Seats, pairs: Pairs) -> tuple[int, int]:
    """Return the first wishes and points of taking the best pair each time."""
    free, placed, firsts, points = list(seats.free), set(), 0, 0
    is_first = pairs.wish == 1
    for at in np.lexsort((-pairs.points, ~is_first)).tolist():
        person, place = int(pairs.person[at]), int(pairs.place[at])
        if person not in placed and free[place]:
            placed.add(person)
            free[place] -= 1
            firsts += int(is_first[at])
            points += int(pairs.points[at])
    return firsts, points


def plain_optimum(waiting: Waiting, seats: Seats, pairs: Pairs) -> tuple[int, int]:
    """Return first wishes and points of the optimum, by the best path for one person at a time.

    The same people may lose a place again: then the path ends with somebody without a place.
    """
    unit = 2 * len(waiting.people) * 10_000 + 1
    rows: list[dict[int, int]] = [{} for _ in waiting.people]
    for person, place, points, wish in zip(
        pairs.person.tolist(),
        pairs.place.tolist(),
        pairs.points.tolist(),
        pairs.wish.tolist(),
        strict=True,
    ):
        rows[person][place] = points + unit * (wish == 1)
    seated: list[set[int]] = [set() for _ in seats.places]
    total = 0
    for person in range(len(rows)):
        total += _let_in(person, rows, seated, seats.free)
    return (total + unit // 2) // unit, total - (total + unit // 2) // unit * unit


def _let_in(
    person: int, rows: list[dict[int, int]], seated: list[set[int]], free: tuple[int, ...]
) -> int:
    """Let one more person in along the best path, and return what that brings."""
    gain, came = _paths(person, rows, seated)
    best, end, out = 0, None, None
    for place, more in gain.items():
        leaving, loss = None, 0
        if len(seated[place]) >= free[place]:
            leaving = min(seated[place], key=lambda one: rows[one][place])
            loss = rows[leaving][place]
        if more - loss > best:
            best, end, out = more - loss, place, leaving
    if end is not None and out is not None:
        seated[end].discard(out)
    while end is not None:
        mover, before = came[end]
        seated[end].add(mover)
        if before is not None:
            seated[before].discard(mover)
        end = before
    return best


def _paths(
    person: int, rows: list[dict[int, int]], seated: list[set[int]]
) -> tuple[dict[int, int], dict[int, tuple[int, int | None]]]:
    """Return what coming to each place brings at best, and who comes there from where."""
    gain = dict(rows[person])
    came: dict[int, tuple[int, int | None]] = dict.fromkeys(gain, (person, None))
    todo = deque(gain)
    while todo:
        place = todo.popleft()
        for other in seated[place]:
            for to, weight in rows[other].items():
                more = gain[place] - rows[other][place] + weight
                if to != place and more > gain.get(to, 0):
                    gain[to], came[to] = more, (other, place)
                    todo.append(to)
    return gain, came


def timed(work: Callable[[], Any], runs: int = RUNS) -> float:
    """Return the median seconds of processor time that the work takes."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def peak() -> int:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
