"""Steps in life domains: first against last, domain by domain; never mixed with the ladder."""

import inspect
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.ladder import growth, step_growth
from meedoen.rules.ladder.life_domains import HIGHEST, INSTRUMENT_VERSION, LOWEST, LifeDomain
from meedoen.rules.ladder.step_growth import MeasuredSteps, StepChange, StepGrowthClass

FIRST_DAY = date(2026, 1, 5)
MONEY, HOUSE, WORK = LifeDomain.FINANCES, LifeDomain.HOUSING, LifeDomain.WORK_AND_EDUCATION


def measured(day, scores, version=INSTRUMENT_VERSION):
    return MeasuredSteps(FIRST_DAY + timedelta(days=day), version, scores)


@pytest.mark.parametrize(
    ("measurements", "kind", "up", "down"),
    [
        ([measured(0, {MONEY: 2})], StepGrowthClass.MEASURED_ONCE, 0, 0),
        # Measured twice, but never the same domain.
        ([measured(0, {MONEY: 2}), measured(9, {HOUSE: 4})], StepGrowthClass.MEASURED_ONCE, 0, 0),
        ([measured(0, {MONEY: 2}), measured(9, {MONEY: 3})], StepGrowthClass.GROWTH, 1, 0),
        ([measured(0, {MONEY: 2}), measured(9, {MONEY: 1})], StepGrowthClass.DECLINE, 0, 1),
        ([measured(0, {MONEY: 2}), measured(9, {MONEY: 2})], StepGrowthClass.EQUAL, 0, 0),
        # Two up do not make up for one down.
        (
            [
                measured(0, {MONEY: 2, HOUSE: 2, WORK: 3}),
                measured(9, {MONEY: 5, HOUSE: 3, WORK: 2}),
            ],
            StepGrowthClass.MIXED,
            2,
            1,
        ),
        # A domain that was left out keeps what was measured before; it is not zero.
        (
            [measured(0, {MONEY: 2, HOUSE: 5}), measured(9, {MONEY: 3})],
            StepGrowthClass.GROWTH,
            1,
            0,
        ),
        # First against last of that domain, whatever lies between.
        (
            [measured(0, {MONEY: 2}), measured(5, {MONEY: 5}), measured(9, {MONEY: 2})],
            StepGrowthClass.EQUAL,
            0,
            0,
        ),
        # Another version of the instrument cannot be compared.
        (
            [measured(0, {MONEY: 1}, "older"), measured(9, {MONEY: 3})],
            StepGrowthClass.MEASURED_ONCE,
            0,
            0,
        ),
        # The order in which they come does not count.
        ([measured(9, {MONEY: 3}), measured(0, {MONEY: 2})], StepGrowthClass.GROWTH, 1, 0),
        # Of two on one day the one given later is the later.
        ([measured(0, {MONEY: 3}), measured(0, {MONEY: 2})], StepGrowthClass.DECLINE, 0, 1),
    ],
)
def test_first_against_last_in_each_domain_decides_the_class(measurements, kind, up, down):
    found = step_growth.step_growth(measurements)
    assert (found.kind, found.up, found.down) == (kind, up, down)


@pytest.mark.parametrize("measurements", [[], [measured(0, {})]])
def test_who_was_not_measured_has_no_class(measurements):
    assert step_growth.step_growth(measurements) is None


def test_each_domain_says_from_what_to_what_and_when():
    found = step_growth.step_growth([measured(0, {HOUSE: 4, MONEY: 2}), measured(9, {HOUSE: 3})])
    later = FIRST_DAY + timedelta(days=9)
    assert found.domains == (
        step_growth.DomainSteps(MONEY, StepChange.MEASURED_ONCE, 2, FIRST_DAY, 2, FIRST_DAY),
        step_growth.DomainSteps(HOUSE, StepChange.DOWN, 4, FIRST_DAY, 3, later),
    )


some_scores = st.dictionaries(
    st.sampled_from(LifeDomain), st.integers(LOWEST, HIGHEST), min_size=1, max_size=13
)
some_measurements = st.lists(
    st.tuples(st.integers(0, 1000), some_scores, st.sampled_from([INSTRUMENT_VERSION, "older"])),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one[0],
).map(lambda rows: [measured(*row) for row in rows])

OPPOSITE = {
    StepGrowthClass.GROWTH: StepGrowthClass.DECLINE,
    StepGrowthClass.DECLINE: StepGrowthClass.GROWTH,
}


@given(some_measurements, st.randoms(use_true_random=False))
def test_the_order_of_measurements_on_different_days_plays_no_part(measurements, chance):
    shuffled = list(measurements)
    chance.shuffle(shuffled)
    assert step_growth.step_growth(shuffled) == step_growth.step_growth(measurements)


@given(some_measurements)
def test_turning_the_scale_round_turns_up_into_down(measurements):
    turned = [
        MeasuredSteps(
            one.day,
            one.instrument,
            {domain: LOWEST + HIGHEST - score for domain, score in one.scores.items()},
        )
        for one in measurements
    ]
    found, opposite = step_growth.step_growth(measurements), step_growth.step_growth(turned)
    assert (opposite.up, opposite.down) == (found.down, found.up)
    assert opposite.kind is OPPOSITE.get(found.kind, found.kind)


@given(some_measurements)
def test_the_class_follows_from_how_many_went_up_and_down(measurements):
    found = step_growth.step_growth(measurements)
    expected = {
        (True, False): {StepGrowthClass.GROWTH},
        (False, True): {StepGrowthClass.DECLINE},
        (True, True): {StepGrowthClass.MIXED},
        (False, False): {StepGrowthClass.EQUAL, StepGrowthClass.MEASURED_ONCE},
    }
    assert found.kind in expected[found.up > 0, found.down > 0]
    assert {one.domain for one in found.domains} <= {
        domain for one in measurements for domain in one.scores
    }


def test_no_rule_takes_both_rungs_and_steps():
    for module, other in ((growth, "Steps"), (step_growth, "Rung")):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            taken = str(inspect.signature(function))
            assert other not in taken, name
