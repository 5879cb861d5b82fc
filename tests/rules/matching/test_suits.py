"""Each hard rule with a worked example, and all reasons together."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules import half_days
from meedoen.rules.half_days import HalfDaysError
from meedoen.rules.matching.facts import (
    FunctionalDemand,
    LanguageLevel,
    PersonFacts,
    PlaceFacts,
    Spot,
)
from meedoen.rules.matching.suits import FIRM_RULES, FallsOff, HardRule, suits
from meedoen.rules.vocabulary import LegalTask, PlaceKind
from tests.rules.matching.samples import DAY, RULE_SET, people, person, place, places

MONDAY_MORNING = half_days.from_codes(["mon_morning"])
WEEKEND = half_days.from_codes(["sat_morning", "sun_morning"])
LIFTING = FunctionalDemand.LIFTING
STAIRS = FunctionalDemand.CLIMBING_STAIRS
NEXT_DAY = date(2026, 11, 30)
HERE = {"start": Spot(0, 0), "reach_metres": 5000}


def test_the_place_of_the_samples_suits_the_person_of_the_samples():
    assert suits(person(), place(), RULE_SET, DAY) == ()


@pytest.mark.parametrize(
    ("of_person", "of_place", "rule", "facts"),
    [
        (
            {"wished_kinds": frozenset()},
            {"kind": PlaceKind.SHELTERED_NEW},
            HardRule.KIND_NOT_ALLOWED,
            {"kind": "sheltered_new"},
        ),
        (
            {"wished_kinds": frozenset({PlaceKind.VOLUNTEER_WORK, PlaceKind.DAY_ACTIVITY})},
            {"kind": PlaceKind.PARTICIPATION_JOB},
            HardRule.KIND_NOT_WISHED,
            {"kind": "participation_job", "kinds_wished": ("day_activity", "volunteer_work")},
        ),
        (
            {"half_days": MONDAY_MORNING | WEEKEND},
            {"half_days": MONDAY_MORNING | half_days.from_codes(["tue_evening"])},
            HardRule.TIMES_DO_NOT_OVERLAP,
            {
                "half_days_shared": ("mon_morning",),
                "shared": 1,
                "needed": 2,
                "half_days_offered": ("mon_morning", "tue_evening"),
            },
        ),
        (
            {"half_days": WEEKEND},
            {"half_days": MONDAY_MORNING, "half_days_needed": 0},
            HardRule.TIMES_DO_NOT_OVERLAP,
            {
                "half_days_shared": (),
                "shared": 0,
                "needed": 1,
                "half_days_offered": ("mon_morning",),
            },
        ),
        (
            {"half_days": MONDAY_MORNING},
            {"half_days": half_days.NONE},
            HardRule.TIMES_DO_NOT_OVERLAP,
            {
                "half_days_shared": ("mon_morning",),
                "shared": 1,
                "needed": 2,
                "half_days_offered": (),
            },
        ),
        (
            {"most_half_days": 1},
            {},
            HardRule.MORE_TIME_THAN_WISHED,
            {"needed": 2, "most": 1},
        ),
        (
            {},
            {"district": "east"},
            HardRule.OUT_OF_REACH,
            {"district": "east", "districts_in_reach": ("north", "south")},
        ),
        (
            {"district": None, "reachable_districts": frozenset()},
            {},
            HardRule.OUT_OF_REACH,
            {"district": "north", "districts_in_reach": ()},
        ),
        (
            {"language_level": LanguageLevel.A1},
            {},
            HardRule.LANGUAGE_LEVEL_HIGHER,
            {"level": "A1", "level_asked": "A2"},
        ),
        (
            {"functional_limits": frozenset({LIFTING, STAIRS})},
            {"functional_demands": frozenset(FunctionalDemand)},
            HardRule.FUNCTIONAL_DEMAND,
            {"demands": ("climbing_stairs", "lifting")},
        ),
        ({}, {"taken": 4}, HardRule.NO_FREE_PLACE, {"capacity": 4, "taken": 4}),
        ({}, {"taken": 5}, HardRule.NO_FREE_PLACE, {"capacity": 4, "taken": 5}),
        (
            {},
            {"open_from": NEXT_DAY},
            HardRule.NOT_OPEN,
            {"on": "2026-11-29", "open_from": "2026-11-30", "open_until": None},
        ),
        (
            {},
            {"open_from": date(2026, 1, 1), "open_until": DAY},
            HardRule.NOT_OPEN,
            {"on": "2026-11-29", "open_from": "2026-01-01", "open_until": "2026-11-29"},
        ),
        (
            {"legal_tasks": frozenset({LegalTask.PARTICIPATION, LegalTask.INTEGRATION})},
            {"legal_task": LegalTask.SOCIAL_SUPPORT},
            HardRule.GROUND_NOT_ALLOWED,
            {"legal_task": "social_support"},
        ),
        (
            {"legal_tasks": frozenset()},
            {},
            HardRule.GROUND_NOT_ALLOWED,
            {"legal_task": "participation"},
        ),
        (
            {**HERE, "reach_metres": 4999},
            {"district": "south", "spot": Spot(3000, -4000)},
            HardRule.TOO_FAR,
            {"metres": 5000, "reach": 4999},
        ),
        (
            HERE,
            {"district": None, "spot": Spot(0, 5001)},
            HardRule.TOO_FAR,
            {"metres": 5001, "reach": 5000},
        ),
        (
            {"paused_until": {1: NEXT_DAY, 2: DAY}},
            {},
            HardRule.REFUSED_BEFORE,
            {"until": "2026-11-30"},
        ),
        ({}, {"is_unchecked": True}, HardRule.DISPLACEMENT_UNCHECKED, {}),
        ({}, {"days_unconfirmed": 181}, HardRule.NOT_CONFIRMED, {"days": 181}),
    ],
)
def test_a_place_falls_off_with_one_rule_and_the_facts_for_its_sentence(
    of_person, of_place, rule, facts
):
    assert suits(person(**of_person), place(**of_place), RULE_SET, DAY) == (FallsOff(rule, facts),)


@pytest.mark.parametrize(
    ("of_person", "of_place"),
    [
        # At the edge.
        ({"most_half_days": 2}, {}),
        ({"language_level": LanguageLevel.A2}, {}),
        ({}, {"taken": 3}),
        ({}, {"open_from": DAY, "open_until": NEXT_DAY}),
        ({"half_days": MONDAY_MORNING | WEEKEND}, {"half_days": MONDAY_MORNING | WEEKEND}),
        # Not known, or no limit.
        ({"allowed_kinds": None, "wished_kinds": frozenset()}, {"kind": PlaceKind.OTHER}),
        ({"half_days": None}, {"half_days": WEEKEND}),
        ({"most_half_days": None}, {"half_days_needed": 4}),
        ({"reachable_districts": None}, {"district": "east"}),
        ({"language_level": None}, {"language_level_asked": LanguageLevel.C2}),
        ({"half_days": MONDAY_MORNING}, {"half_days": half_days.NONE, "half_days_needed": 1}),
        ({}, {"capacity": None, "taken": 500}),
        # Within reach.
        ({}, {"district": "south"}),
        ({}, {"district": None}),
        ({"reachable_districts": frozenset()}, {}),
        (HERE, {"district": "south", "spot": Spot(-3000, 4000)}),
        # Rounded down: just over five kilometres still counts as five.
        (HERE, {"district": "south", "spot": Spot(5000, 99)}),
        # Of the own district only the middle is known.
        (HERE, {"district": "north", "spot": Spot(0, 5001)}),
        # Where someone starts, how far they get or where the place is was not told.
        ({**HERE, "start": None}, {"district": "south", "spot": Spot(0, 5001)}),
        ({**HERE, "reach_metres": None}, {"district": "south", "spot": Spot(0, 5001)}),
        (HERE, {"district": "south", "spot": None}),
        # On a law that may be used, or none was said.
        ({"legal_tasks": frozenset({LegalTask.PARTICIPATION})}, {}),
        ({"legal_tasks": None}, {"legal_task": LegalTask.DEBT_HELP}),
        # The pause is over on its last day; a pause for another place says nothing.
        ({"paused_until": {1: DAY, 2: NEXT_DAY}}, {}),
        # Stood for on the last day that counts, or new.
        ({}, {"days_unconfirmed": 180}),
        ({}, {"days_unconfirmed": None}),
        ({}, {"days_unconfirmed": 0, "is_stale": True}),
        # Other demands than the limits.
        ({}, {"functional_demands": frozenset({STAIRS})}),
    ],
)
def test_a_place_does_not_fall_off_at_the_edge_or_for_what_is_not_known(of_person, of_place):
    assert suits(person(**of_person), place(**of_place), RULE_SET, DAY) == ()


def test_a_place_picked_by_name_may_be_of_a_kind_that_was_not_wished():
    picked = person(wished_places=(7,))
    assert suits(picked, place(7, kind=PlaceKind.PARTICIPATION_JOB), RULE_SET, DAY) == ()


def test_a_place_picked_by_name_still_has_to_be_allowed():
    picked = person(wished_places=(7,))
    (reason,) = suits(picked, place(7, kind=PlaceKind.SHELTERED_NEW), RULE_SET, DAY)
    assert reason.rule is HardRule.KIND_NOT_ALLOWED


def test_all_reasons_are_given_at_once():
    reasons = suits(
        person(
            half_days=WEEKEND,
            most_half_days=1,
            language_level=LanguageLevel.BELOW_A1,
            start=Spot(0, 0),
            reach_metres=3000,
            legal_tasks=frozenset({LegalTask.PARTICIPATION}),
            paused_until={1: NEXT_DAY},
        ),
        place(
            kind=PlaceKind.TRIAL,
            district="east",
            functional_demands=frozenset({LIFTING}),
            taken=4,
            open_until=DAY,
            spot=Spot(0, 3001),
            legal_task=LegalTask.DEBT_HELP,
            is_unchecked=True,
            days_unconfirmed=181,
        ),
        RULE_SET,
        DAY,
    )
    assert len(reasons) == len(HardRule)
    assert {reason.rule for reason in reasons} == set(HardRule)


def test_a_person_of_whom_nothing_is_known_loses_only_what_is_full_or_closed():
    nobody = PersonFacts()
    assert suits(nobody, place(), RULE_SET, DAY) == ()
    rules = [
        reason.rule for reason in suits(nobody, place(capacity=0, open_until=DAY), RULE_SET, DAY)
    ]
    assert rules == [HardRule.NO_FREE_PLACE, HardRule.NOT_OPEN]


def test_half_days_beyond_the_week_are_refused_on_both_sides():
    with pytest.raises(HalfDaysError):
        PersonFacts(half_days=half_days.ALL + 1)
    with pytest.raises(HalfDaysError):
        PlaceFacts(place=1, kind=PlaceKind.OTHER, title="Proefplek", half_days=-1)


def test_a_pause_holds_also_for_a_place_that_was_picked_by_name():
    picked = person(wished_places=(7,), paused_until={7: NEXT_DAY})
    (reason,) = suits(picked, place(7), RULE_SET, DAY)
    assert reason.rule is HardRule.REFUSED_BEFORE


def test_only_rules_of_law_and_of_what_there_is_are_firm():
    assert set(HardRule) - FIRM_RULES == {
        HardRule.KIND_NOT_WISHED,
        HardRule.TIMES_DO_NOT_OVERLAP,
        HardRule.MORE_TIME_THAN_WISHED,
        HardRule.OUT_OF_REACH,
        HardRule.LANGUAGE_LEVEL_HIGHER,
        HardRule.FUNCTIONAL_DEMAND,
        HardRule.TOO_FAR,
        HardRule.REFUSED_BEFORE,
        HardRule.NOT_CONFIRMED,
    }


@given(people, places, st.sampled_from(FunctionalDemand))
def test_a_limit_more_never_takes_a_reason_away(someone, some_places, limit):
    limited = _changed(someone, functional_limits=someone.functional_limits | {limit})
    for one in some_places:
        before = {reason.rule for reason in suits(someone, one, RULE_SET, DAY)}
        assert before <= {reason.rule for reason in suits(limited, one, RULE_SET, DAY)}


@given(people, places)
def test_more_time_never_adds_a_reason(someone, some_places):
    always = _changed(someone, half_days=half_days.ALL)
    for one in some_places:
        before = {reason.rule for reason in suits(someone, one, RULE_SET, DAY)}
        added = {reason.rule for reason in suits(always, one, RULE_SET, DAY)} - before
        # Who was not asked yet may turn out to have too little time even with a whole week.
        assert not added or someone.half_days is None


def _changed(someone, **changes):
    known = {name: getattr(someone, name) for name in PersonFacts.__slots__}
    return PersonFacts(**{**known, **changes})
