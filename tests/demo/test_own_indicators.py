"""The demo town's own indicators say of every figure how that one was counted."""

from datetime import date

import pytest

from meedoen.demo.own_indicators import COPIED, write_own_indicators
from meedoen.records.organisations import clock
from meedoen.records.own_indicators.catalogue import catalogue_of
from tests.town import Town

pytestmark = pytest.mark.django_db


def test_what_is_new_this_year_is_not_said_of_the_figures_of_before(town: Town):
    write_own_indicators(town.connie)
    copied = catalogue_of(town.connie.municipality_id)[COPIED]
    this_year = date(clock.today().year, 1, 1)
    before, now = (
        copied.definition_on(day).nl for day in (this_year.replace(year=2016), this_year)
    )
    assert "Sinds dit jaar telt ook" in now
    assert "Sinds dit jaar telt ook" not in before
    assert "Vrijwilligerswerk dat niet is vastgelegd, telt niet mee." in before
