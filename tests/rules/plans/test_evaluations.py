"""When a plan is looked at again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.plans.evaluations import (
    MOST_MONTHS,
    NoRhythmError,
    months_on,
    next_evaluation,
    read_rhythms,
    shipped_rhythms,
)
from meedoen.rules.plans.reading import PlanTableError

TWO = """[[rhythms]]
months = 12
source = "Eigen keuze."
valid_from = 2015-01-01
valid_to = 2026-01-01

[[rhythms]]
months = 6
source = "Eigen keuze."
valid_from = 2026-01-01
"""


def test_the_rhythm_is_that_of_the_day_on_which_the_plan_begins():
    rhythms = read_rhythms(TWO)
    assert months_on(rhythms, date(2025, 12, 31)) == 12
    assert months_on(rhythms, date(2026, 1, 1)) == 6
    with pytest.raises(NoRhythmError, match="2014-12-31"):
        months_on(rhythms, date(2014, 12, 31))


def test_the_shipped_rhythm_is_every_six_months():
    assert months_on(shipped_rhythms(), date(2026, 11, 22)) == 6


@pytest.mark.parametrize(
    ("after", "months", "day"),
    [
        (date(2026, 3, 9), 6, date(2026, 9, 9)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_the_next_evaluation_is_so_many_months_later(after: date, months: int, day: date):
    assert next_evaluation(after, months) == day


@given(
    after=st.dates(date(2015, 1, 1), date(2090, 1, 1)),
    months=st.integers(min_value=1, max_value=MOST_MONTHS),
)
def test_the_next_evaluation_always_comes_later(after: date, months: int):
    assert next_evaluation(after, months) > after


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "rhythms are missing"),
        (TWO.replace("valid_to = 2026-01-01\n", ""), "two rhythms are in force on 2026-01-01"),
        (TWO.replace("months = 12", "months = 0"), "from 1 to 24"),
        (TWO.replace("months = 12", 'months = "12"'), "from 1 to 24"),
        (TWO.replace('source = "Eigen keuze."\n', ""), "source is missing"),
    ],
)
def test_a_mistake_gets_a_sentence(text: str, wrong: str):
    with pytest.raises(PlanTableError) as caught:
        read_rhythms(text)
    assert any(wrong in problem for problem in caught.value.problems)
