"""Columns say the same as the rules one by one, for every pair of person and place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.matching.columns import (
    PeopleColumns,
    PlaceColumns,
    TooFarAwayError,
    allowed_pairs,
    fall_off,
    order_for_one,
)
from meedoen.rules.matching.facts import Spot
from meedoen.rules.matching.rank import FirmRuleError, SamePlaceTwiceError, rank
from meedoen.rules.matching.score import contributions
from meedoen.rules.matching.suits import FIRM_RULES, HardRule, suits
from meedoen.rules.vocabulary import PlaceKind
from tests.rules.matching.divisions import rows_of
from tests.rules.matching.samples import DAY, EARLIER, RULE_SET, people, person, place, places

rule_sets = st.sampled_from([RULE_SET, EARLIER])
crowds = st.lists(people, max_size=6)


def pairs_of(some_people, some_places, rule_set=RULE_SET, **more):
    columns = PeopleColumns.of(some_people), PlaceColumns.of(some_places)
    return allowed_pairs(*columns, rule_set, DAY, **more)


def one_by_one(some_people, some_places, rule_set):
    """Return the rows that the rules give for every pair, by person and then by place."""
    return [
        (
            at_person,
            at_place,
            sum(line.contribution for line in contributions(someone, one, rule_set)),
            someone.wished_places.index(one.place) + 1 if one.place in someone.wished_places else 0,
        )
        for at_person, someone in enumerate(some_people)
        for at_place, one in enumerate(some_places)
        if not suits(someone, one, rule_set, DAY)
    ]


@given(crowds, places, rule_sets)
def test_pairs_equal_what_the_rules_say_of_each_pair(some_people, some_places, rule_set):
    found = pairs_of(some_people, some_places, rule_set)
    assert rows_of(found) == one_by_one(some_people, some_places, rule_set)


@given(crowds, places, rule_sets, st.integers(0, 4))
def test_the_best_of_each_are_the_first_of_the_ranking(some_people, some_places, rule_set, most):
    found = rows_of(pairs_of(some_people, some_places, rule_set, most_each=most))
    assert found == sorted(found)
    for at, someone in enumerate(some_people):
        ranking = rank(someone, some_places, rule_set, DAY)
        first = {suggestion.place.place for suggestion in ranking.suitable[:most]}
        assert {some_places[row[1]].place for row in found if row[0] == at} == first


@given(people, places, rule_sets)
def test_one_person_loses_the_same_places_for_the_same_rules(someone, some_places, rule_set):
    columns = PeopleColumns.of([someone]), PlaceColumns.of(some_places)
    found = fall_off(*columns, rule_set, DAY).tolist()
    for one, bits in zip(some_places, found, strict=True):
        rules = {rule for at, rule in enumerate(HardRule) if bits & (1 << at)}
        assert rules == {reason.rule for reason in suits(someone, one, rule_set, DAY)}


@given(
    people, places, rule_sets, st.frozensets(st.sampled_from(sorted(set(HardRule) - FIRM_RULES)))
)
def test_one_person_gets_the_order_of_the_ranking_also_with_rules_set_aside(
    someone, some_places, rule_set, set_aside
):
    columns = PeopleColumns.of([someone]), PlaceColumns.of(some_places)
    order = order_for_one(*columns, rule_set, DAY, set_aside)
    ranking = rank(someone, some_places, rule_set, DAY, set_aside)
    assert [some_places[at] for at in order.suitable] == [one.place for one in ranking.suitable]
    assert order.fall_off.tolist() == fall_off(*columns, rule_set, DAY).tolist()


@given(crowds, places, st.randoms(use_true_random=False))
def test_pairs_do_not_hang_on_the_order_of_people_and_places(some_people, some_places, chance):
    places_then, people_then = list(some_places), list(enumerate(some_people))
    chance.shuffle(places_then)
    chance.shuffle(people_then)
    before = {
        (one, some_places[at].place, *more)
        for one, at, *more in rows_of(pairs_of(some_people, some_places, most_each=3))
    }
    shuffled = pairs_of([someone for _, someone in people_then], places_then, most_each=3)
    assert before == {
        (people_then[one][0], places_then[at].place, *more) for one, at, *more in rows_of(shuffled)
    }


@pytest.mark.parametrize(
    ("some_people", "some_places"), [([], []), ([person()], []), ([], [place()])]
)
def test_without_people_or_places_there_are_no_pairs(some_people, some_places):
    pairs = pairs_of(some_people, some_places, most_each=5)
    assert len(pairs) == 0
    assert (pairs.person.dtype, pairs.wish.dtype) == (np.int32, np.int16)


def test_for_one_person_without_places_there_is_nothing():
    order = order_for_one(PeopleColumns.of([person()]), PlaceColumns.of([]), RULE_SET, DAY)
    assert (len(order.suitable), len(order.fall_off)) == (0, 0)


def test_nobody_fits_anywhere():
    assert len(pairs_of([person(), person()], [place(1, taken=4), place(2, open_until=DAY)])) == 0


def test_a_place_that_was_picked_comes_in_whatever_kind_was_wished_with_its_number():
    picked = person(wished_places=(9, 2), wished_kinds=frozenset({PlaceKind.TRIAL}))
    job = place(2, kind=PlaceKind.PARTICIPATION_JOB)
    assert [row[:2] + row[3:] for row in rows_of(pairs_of([picked], [place(1), job]))] == [
        (0, 1, 2)
    ]


def test_more_people_than_go_in_a_block_and_more_interests_than_go_in_a_word():
    many = [
        person(interests=frozenset({f"word {at}", f"word {at + 1}"}), district=None)
        for at in range(150)
    ]
    some_places = [place(at, interests=frozenset({f"word {at}"})) for at in range(150)]
    found = pairs_of(many, some_places)
    assert rows_of(found) == one_by_one(many, some_places, RULE_SET)


def test_it_tells_how_many_people_are_done():
    told = []
    crowd = [person() for _ in range(100)] + [person(district="south")]
    pairs_of(crowd, [place()], told=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1] == (101, 101)
    assert len(told) == 3


def test_the_same_place_twice_is_refused():
    with pytest.raises(SamePlaceTwiceError, match="place 1, 4"):
        PlaceColumns.of([place(4), place(1), place(1), place(4), place(2)])


def test_a_rule_of_law_cannot_be_set_aside():
    with pytest.raises(FirmRuleError, match="not_open"):
        order_for_one(
            PeopleColumns.of([person()]),
            PlaceColumns.of([place()]),
            RULE_SET,
            DAY,
            frozenset({HardRule.NOT_OPEN}),
        )


def test_a_spot_beyond_the_earth_is_refused_on_both_sides():
    with pytest.raises(TooFarAwayError):
        PlaceColumns.of([place(spot=Spot(10_000_001, 0))])
    with pytest.raises(TooFarAwayError):
        PeopleColumns.of([person(start=Spot(0, -10_000_001))])


@pytest.mark.parametrize("far", [999, 1000, 1001, 4999, 5000, 5001, 9999, 10_000, 9_999_999])
def test_metres_are_rounded_down_alike(far):
    someone = person(start=Spot(0, 0), reach_metres=5000, reachable_districts=None)
    around = [
        place(number, district="south", spot=Spot(east, far))
        for number, east in enumerate([0, 1, 99, 100, 101, 4000])
    ]
    assert rows_of(pairs_of([someone], around)) == one_by_one([someone], around, RULE_SET)
