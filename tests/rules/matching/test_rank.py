"""The order of the places: own wishes first, then what speaks for them, then the number."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.matching.rank import (
    FallenOff,
    FirmRuleError,
    Ranking,
    SamePlaceTwiceError,
    Suggestion,
    rank,
)
from meedoen.rules.matching.suits import FIRM_RULES, HardRule, suits
from tests.rules.matching.samples import DAY, RULE_SET, people, person, place, places


def order_of(someone, some_places):
    ranking = rank(someone, some_places, RULE_SET, DAY)
    return [suggestion.place.place for suggestion in ranking.suitable]


def total(suggestion):
    return sum(line.contribution for line in suggestion.contributions)


def test_what_speaks_most_for_a_place_puts_it_first():
    far = place(1, district="south")
    dull = place(2, interests=frozenset())
    near = place(3)
    assert order_of(person(), [far, dull, near]) == [3, 1, 2]


def test_own_wishes_come_first_in_their_own_order_whatever_speaks_for_others():
    better, poor, poorer = (
        place(1),
        place(2, district="south", taken=3),
        place(3, district="south", taken=3, interests=frozenset()),
    )
    wishing = person(wished_places=(3, 2, 99))
    assert order_of(wishing, [better, poor, poorer]) == [3, 2, 1]


def test_a_wished_place_that_does_not_suit_falls_off_with_its_reason():
    ranking = rank(person(wished_places=(2,)), [place(1), place(2, taken=4)], RULE_SET, DAY)
    (fallen,) = ranking.fallen_off
    assert fallen.place.place == 2
    assert [reason.rule for reason in fallen.reasons] == [HardRule.NO_FREE_PLACE]


def test_a_tie_is_settled_by_the_number_of_the_place():
    assert order_of(person(), [place(5), place(3), place(4)]) == [3, 4, 5]


def test_without_places_the_ranking_is_empty_and_names_its_rule_set_and_day():
    assert rank(person(), [], RULE_SET, DAY) == Ranking(
        rule_set_version="2026.2", on=DAY, suitable=(), fallen_off=()
    )


def test_when_nothing_suits_everything_has_a_reason():
    ranking = rank(person(), [place(2, taken=4), place(1, open_until=DAY)], RULE_SET, DAY)
    assert ranking.suitable == ()
    assert [fallen.place.place for fallen in ranking.fallen_off] == [1, 2]


def test_a_place_whose_rule_is_set_aside_is_suggested_with_the_reason_beside_it():
    far = place(1, district="east")
    full = place(2, district="east", taken=4)
    aside = frozenset({HardRule.OUT_OF_REACH})
    ranking = rank(person(), [far, full, place(3)], RULE_SET, DAY, aside)
    told = [(one.place.place, [why.rule for why in one.in_spite_of]) for one in ranking.suitable]
    assert told == [(3, []), (1, [HardRule.OUT_OF_REACH])]
    # What else is in the way still counts, and every reason is told.
    (fallen,) = ranking.fallen_off
    assert [why.rule for why in fallen.reasons] == [HardRule.OUT_OF_REACH, HardRule.NO_FREE_PLACE]


@pytest.mark.parametrize("rule", sorted(FIRM_RULES))
def test_a_firm_rule_cannot_be_set_aside(rule):
    with pytest.raises(FirmRuleError, match=rule.value) as caught:
        rank(person(), [place()], RULE_SET, DAY, frozenset({rule, HardRule.TOO_FAR}))
    assert caught.value.rules == (rule,)


def test_the_same_place_twice_is_refused():
    with pytest.raises(SamePlaceTwiceError, match="place 1, 4") as caught:
        rank(person(), [place(4), place(1), place(1), place(4), place(2)], RULE_SET, DAY)
    assert caught.value.places == (1, 4)


def test_no_total_is_handed_out():
    assert [field.name for field in dataclasses.fields(Suggestion)] == [
        "order",
        "place",
        "contributions",
        "in_spite_of",
    ]
    assert [field.name for field in dataclasses.fields(FallenOff)] == ["place", "reasons"]


@given(people, places, st.randoms(use_true_random=False))
def test_the_order_in_which_places_are_given_changes_nothing(someone, some_places, chance):
    shuffled = list(some_places)
    chance.shuffle(shuffled)
    assert rank(someone, shuffled, RULE_SET, DAY) == rank(someone, some_places, RULE_SET, DAY)


@given(people, places)
def test_every_place_is_either_suitable_or_falls_off_with_all_reasons(someone, some_places):
    ranking = rank(someone, some_places, RULE_SET, DAY)
    suitable = [suggestion.place for suggestion in ranking.suitable]
    fallen = [one.place for one in ranking.fallen_off]
    assert sorted(one.place for one in suitable + fallen) == sorted(
        one.place for one in some_places
    )
    assert all(suits(someone, one, RULE_SET, DAY) == () for one in suitable)
    assert all(
        one.reasons == suits(someone, one.place, RULE_SET, DAY) != () for one in ranking.fallen_off
    )


@given(people, places)
def test_the_order_follows_wish_then_freshness_then_total_then_number(someone, some_places):
    ranking = rank(someone, some_places, RULE_SET, DAY)
    assert [one.order for one in ranking.suitable] == list(range(1, len(ranking.suitable) + 1))
    wishes = {number: wish for wish, number in enumerate(someone.wished_places)}
    keys = [
        (
            wishes.get(one.place.place, len(wishes)),
            one.place.is_stale,
            -total(one),
            one.place.place,
        )
        for one in ranking.suitable
    ]
    assert keys == sorted(keys)


@given(people, places)
def test_leaving_a_place_out_does_not_change_the_order_of_the_others(someone, some_places):
    whole = order_of(someone, some_places)
    for left_out in some_places:
        rest = [one for one in some_places if one is not left_out]
        assert order_of(someone, rest) == [one for one in whole if one != left_out.place]
