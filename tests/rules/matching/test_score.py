"""Each soft criterion says what it adds and why."""

import pytest
from hypothesis import given

from meedoen.rules import half_days
from meedoen.rules.matching.rule_set import Criterion, rule_set_on, shipped_rule_sets
from meedoen.rules.matching.score import contributions
from meedoen.rules.vocabulary import PlaceKind
from tests.rules.matching.samples import DAY, MORNINGS, people, person, place, places

RULE_SET = rule_set_on(shipped_rule_sets(), DAY)
TWO_MORNINGS = half_days.from_codes(["mon_morning", "wed_morning"])


def line(someone, one_place, criterion):
    (found,) = (
        found
        for found in contributions(someone, one_place, RULE_SET)
        if found.criterion is criterion
    )
    return found


@pytest.mark.parametrize(
    ("criterion", "of_person", "of_place", "value", "text_code", "facts"),
    [
        (Criterion.OWN_WISH, {"wished_places": (9, 1)}, {}, 100, "own_wish_place", {"wish": 2}),
        (Criterion.OWN_WISH, {}, {}, 50, "own_wish_kind", {"kind": "volunteer_work"}),
        (Criterion.OWN_WISH, {}, {"kind": PlaceKind.OTHER}, 0, "own_wish_none", {}),
        (
            Criterion.SHARED_INTERESTS,
            {},
            {},
            50,
            "shared_interests_some",
            {"interests": ("cooking",), "shared": 1},
        ),
        (
            Criterion.SHARED_INTERESTS,
            {"interests": frozenset("abcd")},
            {"interests": frozenset("bad")},
            100,
            "shared_interests_some",
            {"interests": ("a", "b", "d"), "shared": 3},
        ),
        (
            Criterion.SHARED_INTERESTS,
            {"interests": frozenset("abcdefgh")},
            {"interests": frozenset("abcdefgh")},
            100,
            "shared_interests_some",
            {"interests": tuple("abcdefgh"), "shared": 8},
        ),
        (
            Criterion.SHARED_INTERESTS,
            {"interests": frozenset()},
            {},
            0,
            "shared_interests_none",
            {},
        ),
        (Criterion.NEARNESS, {}, {}, 100, "nearness_own_district", {"district": "north"}),
        (
            Criterion.NEARNESS,
            {},
            {"district": "south"},
            50,
            "nearness_reachable_district",
            {"district": "south"},
        ),
        (
            Criterion.NEARNESS,
            {"district": None},
            {"district": "south"},
            50,
            "nearness_reachable_district",
            {"district": "south"},
        ),
        (
            Criterion.NEARNESS,
            {"reachable_districts": None},
            {"district": "east"},
            0,
            "nearness_other_district",
            {"district": "east"},
        ),
        (
            Criterion.NEARNESS,
            {"district": None, "reachable_districts": None},
            {},
            0,
            "nearness_unknown",
            {"district": "north"},
        ),
        (Criterion.NEARNESS, {}, {"district": None}, 50, "nearness_anywhere", {}),
        (
            Criterion.TIMES_THAT_SUIT,
            {"half_days": TWO_MORNINGS},
            {"half_days": MORNINGS},
            50,
            "times_that_suit_share",
            {"half_days": ("mon_morning", "wed_morning"), "shared": 2, "offered": 4},
        ),
        (
            Criterion.TIMES_THAT_SUIT,
            {},
            {"half_days": half_days.NONE},
            100,
            "times_that_suit_free",
            {},
        ),
        (Criterion.TIMES_THAT_SUIT, {"half_days": None}, {}, 0, "times_that_suit_unknown", {}),
        (Criterion.ROOM_LEFT, {}, {}, 100, "room_left_free", {"free": 4, "capacity": 4}),
        (Criterion.ROOM_LEFT, {}, {"taken": 3}, 50, "room_left_free", {"free": 1, "capacity": 4}),
        (Criterion.ROOM_LEFT, {}, {"taken": 5}, 0, "room_left_free", {"free": 0, "capacity": 4}),
        (Criterion.ROOM_LEFT, {}, {"capacity": None}, 100, "room_left_no_limit", {}),
    ],
)
def test_a_criterion_gives_its_value_and_its_sentence(
    criterion, of_person, of_place, value, text_code, facts
):
    found = line(person(**of_person), place(**of_place), criterion)
    assert (found.value, found.text_code, found.facts) == (value, text_code, facts)


def test_a_contribution_is_value_times_weight():
    found = line(person(), place(), Criterion.SHARED_INTERESTS)
    assert (found.value, found.weight, found.contribution) == (50, 25, 1250)


@given(people, places)
def test_every_criterion_speaks_once_with_whole_numbers_in_bounds(someone, some_places):
    for one in some_places:
        lines = contributions(someone, one, RULE_SET)
        assert [found.criterion for found in lines] == [
            weighed.criterion for weighed in RULE_SET.criteria
        ]
        for found in lines:
            assert type(found.value) is int
            assert 0 <= found.value <= 100
            assert found.contribution == found.value * found.weight
            assert found.text_code.startswith(found.criterion.value)
