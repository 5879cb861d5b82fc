"""Random little problems of dividing, and every way to divide them, for the tests of allocate."""

import itertools

import numpy as np
from hypothesis import strategies as st

from meedoen.rules.matching.allocate import Seats, Waiting
from meedoen.rules.matching.pairs import Pairs


def pairs_of(rows):
    """Return the pairs for rows of person, place, points and wish, in any order."""
    columns = zip(*sorted(rows), strict=True) if rows else ([],) * 4
    kinds = (np.int32, np.int32, np.int32, np.int16)
    return Pairs(*(np.array(one, dtype=kind) for one, kind in zip(columns, kinds, strict=True)))


def rows_of(pairs):
    """Return the rows that the pairs stand for."""
    columns = (pairs.person, pairs.place, pairs.points, pairs.wish)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@st.composite
def problems(draw, most_people=5, most_places=4, points=(0, 1, 2, 3, 5, 10_000), seats=2):
    """Return people who wait, places with seats, and pairs, with many ties."""
    people = draw(st.lists(st.integers(1, 99), unique=True, max_size=most_people))
    places = draw(st.lists(st.integers(1, 99), unique=True, max_size=most_places))
    days = draw(st.lists(st.integers(0, 3), min_size=len(people), max_size=len(people)))
    free = draw(st.lists(st.integers(0, seats), min_size=len(places), max_size=len(places)))
    rows = []
    for person in range(len(people)):
        able = [place for place in range(len(places)) if draw(st.booleans())]
        wished = draw(st.permutations(able))[: draw(st.integers(0, 2))]
        rows += [
            (
                person,
                place,
                draw(st.sampled_from(points)),
                1 + wished.index(place) if place in wished else 0,
            )
            for place in able
        ]
    waiting = Waiting(tuple(people), tuple(days))
    return waiting, Seats(tuple(places), tuple(free)), pairs_of(rows)


def every_division(waiting, seats, pairs):
    """Yield each way to give people a place or none, as positions, that keeps to the seats."""
    choices = [[None] for _ in waiting.people]
    for person, place, _, _ in rows_of(pairs):
        choices[person].append(place)
    for places in itertools.product(*choices):
        if all(places.count(at) <= room for at, room in enumerate(seats.free)):
            yield places


def worth(pairs, places):
    """Return first wishes and points of a division by positions."""
    rows = {(person, place): (points, wish) for person, place, points, wish in rows_of(pairs)}
    got = [rows[pair] for pair in enumerate(places) if pair[1] is not None]
    return sum(wish == 1 for _, wish in got), sum(points for points, _ in got)


def patience(waiting, pairs, places):
    """Return how much a division means to those who wait, each day counting once."""
    rows = {(person, place): (points, wish) for person, place, points, wish in rows_of(pairs)}
    return sum(
        (waiting.days[person] + 1)
        * (rows[person, place][0] + 1 + 10_001 * (rows[person, place][1] == 1))
        for person, place in enumerate(places)
        if place is not None
    )


def best_by_trying(waiting, seats, pairs):
    """Return the first wishes, the points and the patience of the best of all divisions."""
    return max(
        (*worth(pairs, places), patience(waiting, pairs, places))
        for places in every_division(waiting, seats, pairs)
    )


def positions(seats, division):
    """Return the position of everyone's place, None for who has none."""
    return [None if place is None else seats.places.index(place) for place in division.place_of]
