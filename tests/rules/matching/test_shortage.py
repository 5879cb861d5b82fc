"""What a new place would bring is exactly what dividing anew with it brings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.matching.allocate import Division, Seats, Waiting, Worth, allocate
from meedoen.rules.matching.pairs import Pairs
from meedoen.rules.matching.prices import NoPricesError
from meedoen.rules.matching.problem import UnusableInputError
from meedoen.rules.matching.shortage import worth_of_new_places
from tests.rules.matching.divisions import pairs_of, problems, rows_of
from tests.rules.matching.samples import place

TWO, FULL = Waiting((1, 2), (0, 0)), Seats((5,), (1,))
PAIRS = pairs_of([(0, 0, 800, 1), (1, 0, 900, 1)])


NEW = (place(6),)


def worth(new_rows, new=NEW):
    division = allocate(TWO, FULL, PAIRS)
    return worth_of_new_places(TWO, FULL, PAIRS, division, new, pairs_of(new_rows))


def test_a_place_for_who_has_none_brings_what_speaks_for_it():
    assert worth([(0, 0, 300, 0)]) == (Worth(0, 300),)


def test_a_place_for_who_has_one_frees_the_seat_for_the_other():
    assert worth([(1, 0, 50, 1)]) == (Worth(1, 800 - 900 + 50),)


def test_a_place_where_nobody_would_go_brings_nothing():
    assert worth([]) == (Worth(0, 0),)
    assert worth([(1, 0, 5000, 0)]) == (Worth(0, 4900),)


def test_new_places_count_in_the_order_in_which_they_are_given():
    found = worth([(0, 0, 300, 0), (0, 1, 400, 0)], new=(place(9), place(6)))
    assert found == (Worth(0, 300), Worth(0, 400))


def test_without_new_places_there_is_nothing_to_say():
    assert worth([], new=()) == ()


def test_a_division_that_can_be_bettered_has_no_exact_worth():
    waiting, seats = Waiting((1, 2), (0, 0)), Seats((5, 6), (1, 1))
    pairs = pairs_of([(0, 0, 1, 0), (0, 1, 9, 0), (1, 0, 9, 0), (1, 1, 1, 0)])
    crossed = Division((5, 6), 0, 2, (Worth(0, 0), Worth(0, 0)))
    with pytest.raises(NoPricesError):
        worth_of_new_places(waiting, seats, pairs, crossed, (), Pairs.none())


def test_mistakes_in_the_new_pairs_are_refused():
    with pytest.raises(UnusableInputError, match="no usable place: 3"):
        worth([(0, 3, 300, 0)])


@given(problems(most_people=7, most_places=4), st.data())
def test_it_equals_dividing_anew_with_the_place(problem, data):
    waiting, seats, pairs = problem
    rows = [
        (person, 0, data.draw(st.sampled_from([0, 2, 4, 10_000])), data.draw(st.integers(0, 1)))
        for person in range(len(waiting.people))
        if data.draw(st.booleans())
    ]
    # Somebody has one first wish at most.
    first = {person for person, _, _, wish in rows_of(pairs) if wish == 1}
    rows = [(person, at, points, wish * (person not in first)) for person, at, points, wish in rows]
    before = allocate(*problem)
    (found,) = worth_of_new_places(*problem, before, [place(100)], pairs_of(rows))
    there = len(seats.places)
    with_it = pairs_of([*rows_of(pairs), *((row[0], there, *row[2:]) for row in rows)])
    after = allocate(waiting, Seats((*seats.places, 100), (*seats.free, 1)), with_it)
    assert found == Worth(after.first_wishes - before.first_wishes, after.points - before.points)
