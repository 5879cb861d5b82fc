"""Each soft criterion says what it adds and why."""

import pytest
from hypothesis import given

from meedoen.rules import half_days
from meedoen.rules.matching.facts import Spot
from meedoen.rules.matching.rule_set import Criterion
from meedoen.rules.matching.score import contributions
from meedoen.rules.vocabulary import Guidance, PlaceKind
from tests.rules.matching.samples import EARLIER, MORNINGS, RULE_SET, people, person, place, places

TWO_MORNINGS = half_days.from_codes(["mon_morning", "wed_morning"])


def line(someone, one_place, criterion):
    (found,) = (
        found
        for found in contributions(someone, one_place, RULE_SET)
        if found.criterion is criterion
    )
    return found


def away(east, north):
    """Return somebody, and a place in another district so many metres further on."""
    start = Spot(120_000, 480_000)
    spot = Spot(start.east + east, start.north + north)
    return {"start": start, "reachable_districts": None}, {"district": "south", "spot": spot}


def metres(far):
    return {"district": "south", "metres": far}


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
        (Criterion.NEARNESS, *away(400, 300), 100, "nearness_metres", metres(500)),
        (Criterion.NEARNESS, *away(0, 1000), 100, "nearness_metres", metres(1000)),
        (Criterion.NEARNESS, *away(0, -1001), 99, "nearness_metres", metres(1001)),
        (Criterion.NEARNESS, *away(5500, 0), 50, "nearness_metres", metres(5500)),
        (Criterion.NEARNESS, *away(9999, 0), 0, "nearness_metres", metres(9999)),
        (Criterion.NEARNESS, *away(40_000, 0), 0, "nearness_metres", metres(40_000)),
        (
            Criterion.NEARNESS,
            {"start": Spot(0, 0)},
            {"spot": Spot(9000, 0)},
            100,
            "nearness_own_district",
            {"district": "north"},
        ),
        (
            Criterion.NEARNESS,
            {"start": Spot(0, 0)},
            {"district": None, "spot": Spot(0, 0)},
            50,
            "nearness_anywhere",
            {},
        ),
        (
            Criterion.GROWTH_STEP,
            {"step_kinds": frozenset({PlaceKind.VOLUNTEER_WORK})},
            {},
            100,
            "growth_step_fits",
            {"kind": "volunteer_work"},
        ),
        (
            Criterion.GROWTH_STEP,
            {"step_kinds": frozenset({PlaceKind.TRIAL})},
            {},
            0,
            "growth_step_other",
            {"kind": "volunteer_work"},
        ),
        (Criterion.GROWTH_STEP, {}, {}, 0, "growth_step_unknown", {}),
        (Criterion.GUIDANCE, {}, {}, 0, "guidance_unknown", {}),
        *(
            (
                Criterion.GUIDANCE,
                {"guidance_needed": needed},
                {"guidance": there},
                value,
                "guidance_enough" if value == 100 else "guidance_less",
                {"guidance": there.value, "needed": needed.value},
            )
            for needed, there, value in [
                (Guidance.NONE, Guidance.NONE, 100),
                (Guidance.NONE, Guidance.ALWAYS_NEAR, 100),
                (Guidance.NOW_AND_THEN, Guidance.NOW_AND_THEN, 100),
                (Guidance.NOW_AND_THEN, Guidance.NONE, 50),
                (Guidance.ALWAYS_NEAR, Guidance.NOW_AND_THEN, 50),
                (Guidance.ALWAYS_NEAR, Guidance.NONE, 0),
            ]
        ),
        (
            Criterion.VARIETY,
            {"earlier_kinds": frozenset({PlaceKind.VOLUNTEER_WORK})},
            {},
            0,
            "variety_known",
            {"kind": "volunteer_work"},
        ),
        (
            Criterion.VARIETY,
            {"earlier_kinds": frozenset({PlaceKind.TRIAL})},
            {},
            100,
            "variety_new",
            {"kind": "volunteer_work"},
        ),
        (Criterion.VARIETY, {}, {}, 100, "variety_new", {"kind": "volunteer_work"}),
    ],
)
def test_a_criterion_gives_its_value_and_its_sentence(
    criterion, of_person, of_place, value, text_code, facts
):
    found = line(person(**of_person), place(**of_place), criterion)
    assert (found.value, found.text_code, found.facts) == (value, text_code, facts)


def test_a_contribution_is_value_times_weight():
    found = line(person(), place(), Criterion.SHARED_INTERESTS)
    assert (found.value, found.weight, found.contribution) == (50, 20, 1000)


def test_a_criterion_that_does_not_count_gives_no_line():
    lines = contributions(person(), place(), EARLIER)
    assert [found.criterion for found in lines] == list(Criterion)[:5]


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
