"""Scarce places are divided as well as can be, and the prices prove it."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.matching.allocate import (
    Division,
    NotOptimalError,
    Seats,
    Waiting,
    Worth,
    allocate,
    check,
)
from meedoen.rules.matching.pairs import Pairs
from meedoen.rules.matching.problem import UnusableInputError
from tests.rules.matching.divisions import (
    best_by_trying,
    pairs_of,
    patience,
    positions,
    problems,
    rows_of,
    worth,
)

THREE = Waiting((7, 8, 9), (30, 20, 10))
ONE_SEAT = Seats((1, 2), (1, 1))
PAIRS = pairs_of([(0, 0, 900, 0), (1, 0, 500, 1), (1, 1, 100, 0), (2, 0, 700, 0), (2, 1, 50, 0)])


def test_a_first_wish_goes_before_any_points():
    division = allocate(THREE, ONE_SEAT, PAIRS)
    assert division.place_of == (None, 1, 2)
    assert (division.first_wishes, division.points) == (1, 550)


def test_a_price_says_what_one_more_seat_would_bring():
    division = allocate(THREE, ONE_SEAT, PAIRS)
    # With a second seat at place 1 it would go to person 7; at place 2 nobody else wants to be.
    assert division.prices == (Worth(0, 900), Worth(0, 0))


def test_a_price_may_be_a_first_wish_at_the_cost_of_points():
    waiting = Waiting((1, 2, 3), (0, 0, 0))
    pairs = pairs_of([(0, 0, 10, 1), (1, 0, 9000, 1), (1, 1, 9900, 0), (2, 0, 20, 1)])
    division = allocate(waiting, Seats((1, 2), (1, 1)), pairs)
    # Person 1 would get there too; person 2 stays where more speaks for it.
    assert division.place_of == (None, 2, 1)
    assert division.prices[0] == Worth(1, 10)
    pairs = pairs_of([(0, 0, 9500, 1), (1, 0, 9000, 1), (1, 1, 9900, 0)])
    division = allocate(Waiting((1, 2), (0, 0)), Seats((1, 2), (1, 1)), pairs)
    assert division.place_of == (1, 2)
    assert division.prices[0] == Worth(1, -900)


@pytest.mark.parametrize(("days", "place_of"), [((10, 20), (None, 5)), ((20, 10), (5, None))])
def test_among_equals_who_waits_longest_goes_first(days, place_of):
    pairs = pairs_of([(0, 0, 300, 1), (1, 0, 300, 1)])
    division = allocate(Waiting((1, 2), days), Seats((5,), (1,)), pairs)
    assert division.place_of == place_of
    assert division.prices == (Worth(1, 300),)


def test_who_waits_longest_gets_the_better_of_two_places():
    pairs = pairs_of(
        [(person, place, 900 - 400 * place, 0) for person in (0, 1) for place in (0, 1)]
    )
    division = allocate(Waiting((1, 2), (3, 4)), Seats((5, 6), (1, 1)), pairs)
    assert division.place_of == (6, 5)


def test_waiting_never_costs_a_point():
    pairs = pairs_of([(0, 0, 300, 0), (1, 0, 301, 0)])
    division = allocate(Waiting((1, 2), (99_999, 0)), Seats((5,), (1,)), pairs)
    assert division.place_of == (None, 5)


def test_a_free_seat_is_not_kept_from_somebody_for_whom_nothing_speaks():
    division = allocate(Waiting((1,), (0,)), Seats((5,), (1,)), pairs_of([(0, 0, 0, 0)]))
    assert division.place_of == (5,)


@pytest.mark.parametrize(
    ("people", "places"), [((), ()), ((1, 2), ()), ((), (1, 2)), ((1, 2), (1, 2))]
)
def test_without_people_places_or_pairs_the_division_is_empty_and_holds(people, places):
    waiting, seats = Waiting(people, (5,) * len(people)), Seats(places, (1,) * len(places))
    division = allocate(waiting, seats, Pairs.none())
    assert division == Division((None,) * len(people), 0, 0, (Worth(0, 0),) * len(places))
    check(waiting, seats, Pairs.none(), division)


@given(problems())
def test_the_division_equals_the_best_of_all_ways_to_divide(problem):
    waiting, seats, pairs = problem
    division = allocate(*problem)
    places = positions(seats, division)
    assert (division.first_wishes, division.points) == worth(pairs, places)
    found = (division.first_wishes, division.points, patience(waiting, pairs, places))
    assert found == best_by_trying(*problem)


@given(problems(most_people=12, most_places=8))
def test_nobody_gets_two_places_and_no_place_gets_more_people_than_seats(problem):
    waiting, seats, pairs = problem
    division = allocate(*problem)
    places = positions(seats, division)
    assert len(places) == len(waiting.people)
    assert all(places.count(at) <= room for at, room in enumerate(seats.free))
    allowed = {(person, place) for person, place, _, _ in rows_of(pairs)}
    assert all(pair in allowed for pair in enumerate(places) if pair[1] is not None)


@given(problems(most_people=12, most_places=8), st.randoms(use_true_random=False))
def test_the_order_in_which_all_is_given_changes_nothing(problem, chance):
    waiting, seats, pairs = problem
    people, places = list(range(len(waiting.people))), list(range(len(seats.places)))
    chance.shuffle(people)
    chance.shuffle(places)
    rows = [
        (people.index(person), places.index(place), points, wish)
        for person, place, points, wish in rows_of(pairs)
    ]
    chance.shuffle(rows)
    columns = (
        pairs_of([]) if not rows else Pairs(*(np.array(one) for one in zip(*rows, strict=True)))
    )
    shuffled = allocate(
        Waiting(
            tuple(waiting.people[at] for at in people), tuple(waiting.days[at] for at in people)
        ),
        Seats(tuple(seats.places[at] for at in places), tuple(seats.free[at] for at in places)),
        columns,
    )
    division = allocate(*problem)
    assert shuffled.place_of == tuple(division.place_of[at] for at in people)
    assert shuffled.prices == tuple(division.prices[at] for at in places)
    assert (shuffled.first_wishes, shuffled.points) == (division.first_wishes, division.points)


@given(problems(most_people=12, most_places=8))
def test_it_is_never_worse_than_taking_the_best_pair_each_time(problem):
    waiting, seats, pairs = problem
    free = list(seats.free)
    places = [None] * len(waiting.people)
    for _, _, person, place in sorted(
        (wish != 1, -points, person, place) for person, place, points, wish in rows_of(pairs)
    ):
        if places[person] is None and free[place]:
            places[person] = place
            free[place] -= 1
    division = allocate(*problem)
    assert (division.first_wishes, division.points) >= worth(pairs, places)


@given(problems(most_people=12, most_places=8))
def test_the_prices_prove_that_nothing_better_is_possible(problem):
    check(*problem, allocate(*problem))


@given(problems(most_people=8, most_places=5), st.data())
def test_a_price_is_what_one_more_seat_brings(problem, data):
    waiting, seats, pairs = problem
    if not seats.places:
        return
    at = data.draw(st.integers(0, len(seats.places) - 1))
    more = tuple(room + (place == at) for place, room in enumerate(seats.free))
    before = allocate(*problem)
    after = allocate(waiting, Seats(seats.places, more), pairs)
    assert before.prices[at] == Worth(
        after.first_wishes - before.first_wishes, after.points - before.points
    )


def changed(division, **changes):
    return dataclasses.replace(division, **changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"place_of": (None, 1)}, "is about 2 people, not 3"),
        ({"prices": (Worth(0, 0),)}, "1 prices for 2 places"),
        ({"place_of": (None, 1, 3)}, "not among the allowed pairs"),
        ({"place_of": (2, 1, None)}, "not among the allowed pairs"),
        ({"place_of": (1, 1, 2)}, "Place 1 has 1 seats and got 2 people"),
        ({"first_wishes": 2}, "says 2 first wishes and 550 points; it holds 1 and 550"),
        ({"points": 551}, "says 1 first wishes and 551 points; it holds 1 and 550"),
        ({"prices": (Worth(0, 899), Worth(0, 0))}, "prices allow"),
        ({"prices": (Worth(1, 501), Worth(0, 0))}, "prices allow"),
        ({"prices": (Worth(0, 900), Worth(0, 51))}, "prices allow"),
        ({"prices": (Worth(0, 900), Worth(0, -1))}, "below nothing"),
        ({"prices": (Worth(0, 900), Worth(2, 0))}, "above what one person can bring"),
        ({"prices": (Worth(0, 900), Worth(10**30, 0))}, "above what one person can bring"),
        ({"place_of": (None, 1, None), "points": 500}, "prices allow 1 first wishes and 550"),
        ({"place_of": (1, None, 2), "first_wishes": 0, "points": 950}, "prices allow 1"),
    ],
)
def test_a_division_that_does_not_hold_is_refused_with_what_is_wrong(changes, said):
    division = allocate(THREE, ONE_SEAT, PAIRS)
    check(THREE, ONE_SEAT, PAIRS, division)
    with pytest.raises(NotOptimalError, match=said):
        check(THREE, ONE_SEAT, PAIRS, changed(division, **changes))


@given(problems())
def test_no_division_but_a_best_one_gets_through_the_check(problem):
    best = allocate(*problem)
    worst = Division((None,) * len(best.place_of), 0, 0, best.prices)
    if (best.first_wishes, best.points) == (0, 0):
        check(*problem, worst)
    else:
        with pytest.raises(NotOptimalError):
            check(*problem, worst)


def columns(**changes):
    given_columns = {"person": [0, 1], "place": [0, 0], "points": [5, 6], "wish": [1, 0]}
    return Pairs(**{name: np.array(one) for name, one in {**given_columns, **changes}.items()})


TWO, ROOM = Waiting((1, 2), (0, 0)), Seats((5,), (1,))


@pytest.mark.parametrize(
    ("waiting", "seats", "pairs", "said"),
    [
        (TWO, ROOM, columns(points=[5, np.nan]), ["1 pairs have no usable points: nan"]),
        (TWO, ROOM, columns(points=[np.inf, -np.inf]), ["2 pairs have no usable points: inf"]),
        (TWO, ROOM, columns(points=[5, 6.5]), ["points: 6.5; give whole numbers from 0 to 10000"]),
        (TWO, ROOM, columns(points=[5, -1]), ["no usable points: -1"]),
        (TWO, ROOM, columns(points=[5, 10_001]), ["no usable points: 10001"]),
        (TWO, ROOM, columns(points=[5, 2**62]), ["no usable points: 4611686018427387904"]),
        (
            TWO,
            ROOM,
            columns(person=[0, 2]),
            ["no usable person: 2; give whole numbers from 0 to 1"],
        ),
        (TWO, ROOM, columns(person=[-1, 0]), ["no usable person: -1"]),
        (TWO, ROOM, columns(place=[0, 1]), ["no usable place: 1"]),
        (TWO, ROOM, columns(wish=[-1, 0]), ["no usable wish: -1"]),
        (TWO, ROOM, columns(person=[1, 1]), ["1 pairs are given more than once"]),
        (TWO, ROOM, columns(wish=[0]), ["differ in length"]),
        (Waiting((1, 1), (0, 0)), ROOM, columns(), ["Given more than once: person 1"]),
        (TWO, Seats((5, 5), (1, 1)), columns(), ["Given more than once: place 5"]),
        (Waiting((1, 2), (0,)), ROOM, columns(), ["2 x person and 1 x days of waiting"]),
        (TWO, Seats((5,), ()), columns(), ["1 x place and 0 x free seats"]),
        (TWO, Seats((5,), (-1,)), columns(), ["No number of free seats: -1"]),
        (TWO, Seats((5,), (1.0,)), columns(), ["No number of free seats: 1.0"]),
        (TWO, Seats((5,), (True,)), columns(), ["No number of free seats: True"]),
        (Waiting((1, 2), (0, float("nan"))), ROOM, columns(), ["days of waiting: nan"]),
        (Waiting((1, 2), (0, -3)), ROOM, columns(), ["days of waiting: -3"]),
        (
            Waiting((1, 1), (-1, 0)),
            Seats((5, 5), (-1, 0)),
            columns(points=[-1, 6], place=[0, 9]),
            ["person 1", "days of waiting: -1", "place 5", "free seats: -1", "points", "place: 9"],
        ),
    ],
)
@pytest.mark.parametrize("todo", [allocate, lambda *given: check(*given, Division((), 0, 0, ()))])
def test_what_cannot_be_divided_is_refused_with_every_mistake(todo, waiting, seats, pairs, said):
    with pytest.raises(UnusableInputError) as caught:
        todo(waiting, seats, pairs)
    assert len(caught.value.problems) == len(said)
    for words in said:
        assert words in str(caught.value)
