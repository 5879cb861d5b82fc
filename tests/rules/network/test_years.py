"""Of which years there is a picture: only those that are over, so that it never moves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.referral_columns import Referrals
from meedoen.rules.network.picture import network_picture
from meedoen.rules.network.told import refusals
from meedoen.rules.network.years import is_begun, whole_year, years_told
from tests.rules.indicators.histories import unhurried
from tests.rules.indicators.referral_histories import steps
from tests.rules.network.steps import Story

days = st.dates(date(2023, 1, 1), date(2028, 1, 1))


def told(found, today):
    """Return what is told on a day, of which only the steps up to that day are known."""
    known = Referrals.from_statements([one for one in found if one.on <= today]).known_at(None)
    return {
        year: (
            network_picture(known, *whole_year(year, today), 5),
            refusals(known, *whole_year(year, today), 5),
        )
        for year in years_told(known, today)
    }


@unhurried
@given(steps(most=30), days, days)
def test_two_days_never_tell_different_numbers_of_one_year(found, one, other):
    earlier, later = sorted((one, other))
    before, after = told(found, earlier), told(found, later)
    assert before.items() <= after.items()


def test_a_year_is_told_from_the_day_after_its_last():
    story = Story()
    story.ask(0, 1, times=12, on=date(2025, 5, 6))
    known = story.known
    assert years_told(known, date(2025, 12, 31)) == ()
    assert years_told(known, date(2026, 1, 1)) == (2025,)
    assert years_told(known, date(2027, 8, 1)) == (2026, 2025)
    assert whole_year(2025, date(2026, 1, 1)) == (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_that_is_not_over_has_no_days_to_tell(year):
    with pytest.raises(ValueError, match=f"{year} is not over on 2025-12-31"):
        whole_year(year, date(2025, 12, 31))


def test_it_begins_with_the_first_referral():
    first = date(2025, 5, 6)
    story = Story()
    assert not is_begun(story.known, first)
    assert years_told(story.known, first) == ()
    story.ask(0, 1, on=first)
    assert is_begun(story.known, first)
    assert not is_begun(story.known, first - timedelta(days=1))
