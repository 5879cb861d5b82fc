"""Who waits gets a place by a rule that anybody may read, and hears why."""

import json
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.flows.waiting_order import (
    LAPSED,
    Passed,
    WaitingEntry,
    WaitingListError,
    in_waiting_order,
    promote,
    promote_by_hand,
    promotion_from_json,
)
from meedoen.rules.flows.waiting_rule import (
    Criterion,
    read_waiting_rules,
    shipped_waiting_rules,
    waiting_rule_on,
)

SHIPPED = files("meedoen").joinpath("catalogue", "places", "waiting.toml").read_text("utf-8")
TODAY = date(2026, 11, 29)
RULE = shipped_waiting_rules()[0]
OWN_WISH = read_waiting_rules(
    SHIPPED.replace('["lost_place", "since"]', '["own_wish_first", "lost_place", "since"]'), "x"
)[0]
AFTER_LAPSE = read_waiting_rules(SHIPPED.replace("_lapse = false", "_lapse = true"), "x")[0]


def waits(key, days, **more):
    return WaitingEntry(key=key, since=TODAY - timedelta(days=days), **more)


ANNA, BEN, CEM, DIRK = (
    waits("a", 10),
    waits("b", 63),
    waits("c", 5, lost_place=True),
    waits("d", 20, own_wish_first=True),
)
ALL = (ANNA, BEN, CEM, DIRK)
entries = st.lists(
    st.builds(
        waits,
        st.text("abcdef", min_size=1, max_size=2),
        st.integers(0, 4),
        lost_place=st.booleans(),
        own_wish_first=st.booleans(),
        lapsed=st.booleans(),
    ),
    unique_by=lambda entry: entry.key,
    max_size=8,
)
rules = st.sampled_from([RULE, OWN_WISH, AFTER_LAPSE])


def keys(order):
    return "".join(one.entry.key for one in order)


@pytest.mark.parametrize(
    ("rule", "order", "deciding"),
    [
        (RULE, "cbda", [Criterion.LOST_PLACE, Criterion.SINCE, Criterion.SINCE, None]),
        (OWN_WISH, "dcba", [Criterion.OWN_WISH_FIRST, Criterion.LOST_PLACE, Criterion.SINCE, None]),
    ],
)
def test_the_rule_decides_and_says_by_what(rule, order, deciding):
    found = in_waiting_order(ALL, TODAY, rule)
    assert keys(found) == order
    assert [one.decided_by for one in found] == deciding
    assert [one.position for one in found] == [1, 2, 3, 4]
    assert {one.entry.key: one.age for one in found} == {"a": 10, "b": 63, "c": 5, "d": 20}


def test_who_differs_in_nothing_stands_in_the_order_of_the_key():
    first, second = in_waiting_order([waits("y", 3), waits("x", 3)], TODAY)
    assert (first.entry.key, first.decided_by) == ("x", Criterion.KEY)
    assert second.entry.key == "y"


def test_a_promotion_tells_the_numbers_and_who_was_passed():
    (promotion,) = promote(ALL, TODAY, seats=1, unsuitable={"c": "times_do_not_overlap"})
    assert promotion.key == "b"
    assert (promotion.position, promotion.waiting, promotion.age) == (2, 4, 63)
    assert promotion.passed == (Passed("c", 1, "times_do_not_overlap"),)
    assert promotion.decided_by is Criterion.SINCE
    assert (promotion.on, promotion.rule_from) == (TODAY, date(2026, 1, 1))


def test_several_seats_go_down_the_list_and_stop_when_nobody_is_left():
    found = promote(ALL, TODAY, seats=9, unsuitable={"d": "out_of_reach"})
    assert [(one.key, one.promoted_before) for one in found] == [("c", 0), ("b", 1), ("a", 2)]
    assert found[-1].passed == (Passed("d", 3, "out_of_reach"),)
    assert promote(ALL, TODAY, seats=0, unsuitable={}) == ()


def test_who_let_a_hold_lapse_is_passed_until_somebody_chooses_them():
    lapsed = [waits("z", 90, lapsed=True), *ALL]
    (promotion,) = promote([lapsed[0], BEN], TODAY, seats=1, unsuitable={})
    assert (promotion.key, promotion.passed) == ("b", (Passed("z", 1, LAPSED),))
    chosen = promote_by_hand(lapsed, TODAY, key="z", because="asked_again")
    assert chosen.passed == (Passed("c", 1, "asked_again"),)
    (under_another_rule,) = promote(
        [lapsed[0], BEN], TODAY, seats=1, unsuitable={}, rule=AFTER_LAPSE
    )
    assert under_another_rule.key == "z"


def test_nobody_is_chosen_who_does_not_wait_here():
    with pytest.raises(WaitingListError, match="q is not on this waiting list"):
        promote_by_hand(ALL, TODAY, key="q", because="asked_again")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([ANNA, ANNA], "a is on this waiting list twice"),
        ([waits("e", -1)], "e waits from 2026-11-30, which is after 2026-11-29"),
    ],
)
def test_a_list_that_cannot_be_is_refused(wrong, said):
    with pytest.raises(WaitingListError, match=said):
        in_waiting_order(wrong, TODAY)


@given(entries.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))), rules)
def test_the_order_in_which_people_are_named_changes_nothing(both, rule):
    found, shuffled = both
    assert in_waiting_order(found, TODAY, rule) == in_waiting_order(shuffled, TODAY, rule)
    kept = [promote(each, TODAY, seats=2, unsuitable={"a": "x"}, rule=rule) for each in both]
    assert kept[0] == kept[1]


@given(entries, rules, st.integers(0, 9), st.sets(st.sampled_from("abcdef")))
def test_everybody_ahead_of_a_promotion_is_accounted_for(found, rule, seats, unfit):
    promotions = promote(found, TODAY, seats=seats, unsuitable=dict.fromkeys(unfit, "x"), rule=rule)
    may = {one.key for one in found if one.key not in unfit}
    if not rule.promoted_after_lapse:
        may -= {one.key for one in found if one.lapsed}
    assert len(promotions) == min(seats, len(may))
    assert {one.key for one in promotions} <= may
    for at, one in enumerate(promotions):
        assert one.promoted_before == at
        assert one.position == 1 + at + len(one.passed)
        assert promotion_from_json(json.loads(json.dumps(one.as_json()))) == one


@given(entries, rules)
def test_nobody_stands_before_somebody_whom_the_rule_prefers(found, rule):
    order = in_waiting_order(found, TODAY, rule)
    for before, after in pairwise(order):
        for criterion in rule.criteria:
            if criterion is Criterion.SINCE:
                better, worse = after.age > before.age, after.age < before.age
            else:
                here, there = (getattr(one.entry, criterion) for one in (before, after))
                better, worse = there > here, there < here
            assert not better
            if worse:
                break


@pytest.mark.parametrize("values", [{}, {"key": "a"}, {"key": 1, "on": "2026-01-01"}])
def test_something_else_is_not_read_as_a_promotion(values):
    with pytest.raises(ValueError, match="this is no promotion"):
        promotion_from_json(values)


def test_another_rule_holds_from_its_own_day_on():
    first = SHIPPED.replace("2026-01-01\n", "2026-01-01\nvalid_to = 2027-01-01\n")
    later = "[[rules]]" + SHIPPED.split("[[rules]]")[1]
    later = later.replace("2026-01-01", "2027-01-01").replace('"lost_place", ', "")
    both = read_waiting_rules(f"{first}\n{later}", "x")
    days = (date(2020, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [len(waiting_rule_on(day, both).criteria) for day in days] == [2, 2, 1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["lost_place", "since"]', '["since", "since"]', "criteria names one of them twice"),
        ('["lost_place", "since"]', '["key"]', "criteria is ['key']; list one or more of"),
        ("_lapse = false", '_lapse = "no"', "promoted_after_lapse is 'no'; write true or false"),
        ("valid_from = 2026-01-01", "", "valid_from is missing"),
        (
            "valid_from = 2026-01-01",
            "valid_from = 2026-01-01\nvalid_to = 2027-01-01",
            "no line holds on 2027-01-01",
        ),
        ("[[rules]]", "[[rules]]\nrung = 1", "'rung' is not known here"),
    ],
)
def test_a_mistake_in_the_rule_is_a_sentence(old, new, said):
    with pytest.raises(DatedTableError) as caught:
        read_waiting_rules(SHIPPED.replace(old, new), "test.toml")
    assert any(said in problem for problem in caught.value.problems)
