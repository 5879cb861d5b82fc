"""Growth compares the first with the last measurement of one ladder version."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.ladder.growth import GrowthClass, MeasuredRung, growth_class
from meedoen.rules.ladder.rungs import LADDER_VERSION, Rung

FIRST_DAY = date(2026, 1, 5)


def measured(day, rung, version=LADDER_VERSION):
    return MeasuredRung(FIRST_DAY + timedelta(days=day), Rung(rung), version)


@pytest.mark.parametrize(
    ("measurements", "expected"),
    [
        ([], None),
        ([measured(0, 3)], GrowthClass.MEASURED_ONCE),
        ([measured(0, 2), measured(90, 3)], GrowthClass.GROWTH),
        ([measured(0, 4), measured(90, 1)], GrowthClass.DECLINE),
        ([measured(0, 2), measured(90, 2)], GrowthClass.EQUAL),
        # What lies between first and last does not count.
        ([measured(0, 2), measured(30, 5), measured(90, 2)], GrowthClass.EQUAL),
        # The order in which they come does not count.
        ([measured(90, 3), measured(0, 2)], GrowthClass.GROWTH),
        # Another version of the ladder cannot be compared.
        ([measured(0, 1, "five"), measured(90, 3)], GrowthClass.MEASURED_ONCE),
        ([measured(0, 1), measured(30, 4, "five"), measured(90, 2)], GrowthClass.GROWTH),
        # Of two on one day the one given later is the later.
        ([measured(0, 2), measured(0, 3)], GrowthClass.GROWTH),
    ],
)
def test_first_against_last_decides_the_class(measurements, expected):
    assert growth_class(measurements) is expected


on_different_days = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(1, 6), st.sampled_from([LADDER_VERSION, "five"])),
    min_size=1,
    unique_by=lambda one: one[0],
).map(lambda rows: [measured(*row) for row in rows])


@given(on_different_days, st.randoms(use_true_random=False))
def test_the_order_of_measurements_on_different_days_plays_no_part(measurements, chance):
    shuffled = list(measurements)
    chance.shuffle(shuffled)
    assert growth_class(shuffled) is growth_class(measurements)


@given(on_different_days)
def test_turning_every_rung_round_turns_growth_into_decline(measurements):
    opposite = {
        GrowthClass.GROWTH: GrowthClass.DECLINE,
        GrowthClass.DECLINE: GrowthClass.GROWTH,
        GrowthClass.EQUAL: GrowthClass.EQUAL,
        GrowthClass.MEASURED_ONCE: GrowthClass.MEASURED_ONCE,
    }
    turned = [MeasuredRung(one.day, Rung(7 - one.rung), one.ladder_version) for one in measurements]
    assert growth_class(turned) is opposite[growth_class(measurements)]
