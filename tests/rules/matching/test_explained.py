"""Every sentence about an outcome follows from the facts of that division."""

import pytest
from hypothesis import given

from meedoen.rules.matching.allocate import Seats, Waiting, allocate
from meedoen.rules.matching.explained import Because, explain
from tests.rules.matching.divisions import pairs_of, positions, problems, rows_of


def told(people, days, free, rows):
    """Return what is told of each person; places are numbered from 11."""
    waiting = Waiting(tuple(range(1, people + 1)), days)
    seats = Seats(tuple(range(11, 11 + len(free))), free)
    pairs = pairs_of(rows)
    return explain(waiting, seats, pairs, allocate(waiting, seats, pairs))


def test_a_first_wish():
    (one,) = told(1, (9,), (1,), [(0, 0, 500, 1)])
    assert (one.code, one.facts) == (Because.FIRST_WISH, {"suitable": 1, "days": 9, "wish": 1})


def test_a_second_wish_because_people_who_wait_longer_wished_the_places():
    rows = [(person, 0, 500, 1) for person in range(4)] + [(3, 1, 400, 2)]
    one = told(4, (30, 20, 10, 5), (2, 1), rows)[3]
    assert one.code is Because.LATER_WISH
    assert one.facts == {
        "suitable": 2,
        "days": 5,
        "wish": 2,
        "passed": 11,
        "passed_wish": 1,
        "seats": 2,
        "wished": 3,
        "wished_longer": 3,
        "got_as_first": 2,
        "got_longer": 2,
        "got_with_more": 0,
    }


def test_a_second_wish_because_more_speaks_for_another():
    rows = [(0, 0, 500, 1), (0, 1, 400, 2), (1, 0, 700, 1)]
    one = told(2, (30, 20), (1, 1), rows)[0]
    assert one.code is Because.LATER_WISH
    assert (one.facts["got_with_more"], one.facts["got_longer"]) == (1, 0)


def test_a_second_wish_when_the_first_does_not_suit():
    (one,) = told(1, (0,), (1,), [(0, 0, 500, 2)])
    assert (one.code, one.facts["wish"]) == (Because.ONLY_WISH_THAT_SUITS, 2)


def test_a_suggestion_for_who_picked_nothing():
    (one,) = told(1, (0,), (1,), [(0, 0, 500, 0)])
    assert (one.code, one.facts) == (Because.SUGGESTION, {"suitable": 1, "days": 0})


def test_a_suggestion_though_the_wish_is_full():
    rows = [(0, 0, 500, 1), (0, 1, 100, 0), (1, 0, 600, 1)]
    one = told(2, (0, 0), (1, 1), rows)[0]
    assert one.code is Because.SUGGESTION_INSTEAD
    assert (one.facts["passed"], one.facts["seats"], one.facts["wished"]) == (11, 1, 1)


def test_a_place_for_which_more_speaks_than_for_a_later_wish_with_room():
    rows = [(0, 0, 100, 2), (0, 1, 900, 0)]
    (one,) = told(1, (0,), (1, 1), rows)
    assert (one.code, one.facts["passed"], one.facts["passed_wish"]) == (
        Because.FITS_BETTER,
        11,
        2,
    )


def test_no_place_because_all_went_to_others():
    rows = [(0, 0, 500, 0), (0, 1, 500, 0), (1, 0, 600, 0), (2, 1, 600, 0), (3, 1, 700, 0)]
    one = told(4, (5, 0, 0, 0), (1, 2), rows)[0]
    assert (one.code, one.facts) == (
        Because.ALL_TAKEN,
        {"suitable": 2, "days": 5, "seats_in_all": 3},
    )


def test_no_place_because_the_wish_went_to_somebody_who_waits_longer():
    one = told(2, (5, 6), (1,), [(0, 0, 500, 1), (1, 0, 500, 1)])[0]
    assert one.code is Because.WISH_TAKEN
    assert (one.facts["wished_longer"], one.facts["got_longer"]) == (1, 1)


def test_no_place_because_none_suits():
    (one,) = told(1, (5,), (1,), [])
    assert (one.code, one.facts) == (Because.NOTHING_SUITS, {"suitable": 0, "days": 5})


def test_nobody_has_nothing_told():
    assert told(0, (), (), []) == ()


@given(problems(most_people=9, most_places=5, points=(0, 10, 20, 30)))
def test_all_that_is_said_holds(problem):
    waiting, seats, pairs = problem
    division = allocate(*problem)
    places = positions(seats, division)
    rows = rows_of(pairs)
    for person, (place, one) in enumerate(zip(places, explain(*problem, division), strict=True)):
        mine = {row[1]: row for row in rows if row[0] == person}
        got = mine.get(place)
        assert one.facts["suitable"] == len(mine)
        assert one.facts["days"] == waiting.days[person]
        assert one.facts.get("wish", 0) == (got[3] if got else 0)
        assert (place is None) == (
            one.code in {Because.ALL_TAKEN, Because.WISH_TAKEN, Because.NOTHING_SUITS}
        )
        if place is None and mine:
            assert all(places.count(at) == seats.free[at] for at in mine)
            assert one.facts["seats_in_all"] == sum(seats.free[at] for at in mine)
        if one.code is Because.FIRST_WISH:
            assert got[3] == 1
        if "passed" in one.facts:
            check_passed(one, waiting, seats, rows, places, person)
        else:
            better = [
                row
                for row in mine.values()
                if row[3] and (not got or not got[3] or row[3] < got[3])
            ]
            assert not better


def check_passed(one, waiting, seats, rows, places, person):
    """Count once more, from the rows, what is said of the place that was passed over."""
    at = seats.places.index(one.facts["passed"])
    (mine,) = [row for row in rows if row[:2] == (person, at)]
    others = [row for row in rows if row[1] == at and row[0] != person]
    wishers = [row for row in others if row[3]]
    got = [row for row in others if places[row[0]] == at]
    days = waiting.days[person]
    assert mine[3] == one.facts["passed_wish"]
    assert one.facts["passed_wish"] == min(row[3] for row in rows if row[0] == person and row[3])
    assert one.facts["seats"] == seats.free[at]
    assert one.facts["wished"] == len(wishers)
    assert one.facts["wished_longer"] == sum(waiting.days[row[0]] > days for row in wishers)
    assert one.facts["got_as_first"] == sum(row[3] == 1 for row in got)
    assert one.facts["got_longer"] == sum(waiting.days[row[0]] > days for row in got)
    assert one.facts["got_with_more"] == sum(row[2] > mine[2] for row in got)
    is_full = len(got) == seats.free[at]
    assert is_full == (one.code is not Because.FITS_BETTER)
    assert is_full or mine[3] > 1


@pytest.mark.parametrize("code", Because)
def test_a_code_stays_as_it_is_stored(code):
    assert code.value == code.name.lower()
