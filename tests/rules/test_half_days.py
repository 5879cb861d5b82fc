"""Half-days are bits of a number, and every number leads back to its codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules import half_days

masks = st.integers(half_days.NONE, half_days.ALL)


@pytest.mark.parametrize(
    ("chosen", "mask"),
    [
        ([], 0),
        (["mon_morning"], 1),
        (["mon_afternoon"], 2),
        (["tue_morning", "mon_evening"], 4 + 8),
        (["sun_evening"], 1 << 20),
        (["mon_morning", "mon_morning"], 1),
    ],
)
def test_codes_become_bits_from_monday_morning_on(chosen, mask):
    assert half_days.from_codes(chosen) == mask


def test_a_week_has_twenty_one_half_days():
    assert half_days.count(half_days.ALL) == len(half_days.CODES) == 21


def test_every_unknown_code_is_named():
    with pytest.raises(half_days.HalfDaysError, match=r"'noon', 'mon'.*'mon_morning'"):
        half_days.from_codes(["noon", "mon_morning", "mon"])


@pytest.mark.parametrize("mask", [-1, half_days.ALL + 1])
def test_a_number_beyond_the_week_is_refused_everywhere(mask):
    for use in (half_days.codes, half_days.count, half_days.check_mask):
        with pytest.raises(half_days.HalfDaysError, match="no set of half-days"):
            use(mask)
    with pytest.raises(half_days.HalfDaysError):
        half_days.common(half_days.ALL, mask)


@given(masks)
def test_codes_lead_back_to_the_mask(mask):
    assert half_days.from_codes(half_days.codes(mask)) == mask
    assert len(half_days.codes(mask)) == half_days.count(mask)


@given(masks, masks)
def test_common_is_what_both_weeks_hold(one, other):
    both = set(half_days.codes(one)) & set(half_days.codes(other))
    assert set(half_days.codes(half_days.common(one, other))) == both
