"""Which part of the minimum wage with holiday allowance a wage-cost subsidy is."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.wage_subsidy.calculate import JobFacts, calculate

DAY = date(2026, 6, 1)


def percent(loonwaarde: Decimal | None, hours: Decimal = Decimal(36)) -> Decimal:
    facts = JobFacts(
        started_on=DAY,
        minimum_wage=Decimal("2300"),
        week_hours=hours,
        full_week_hours=Decimal(40),
        loonwaarde=loonwaarde,
    )
    return calculate(facts, on=DAY).percent


@pytest.mark.parametrize(
    ("loonwaarde", "expected"),
    [
        (None, "50.00"),
        (Decimal(0), "70.00"),
        (Decimal("0.3"), "70.00"),
        (Decimal("0.3005"), "69.95"),
        (Decimal("0.6"), "40.00"),
        (Decimal(1), "0.00"),
    ],
)
def test_the_percentage_by_loonwaarde(loonwaarde: Decimal | None, expected: str) -> None:
    assert percent(loonwaarde) == Decimal(expected)


@given(st.decimals(0, 1, places=4), st.decimals(1, 60, places=2))
def test_it_lies_between_nothing_and_the_highest_and_hours_play_no_part(
    loonwaarde: Decimal, hours: Decimal
) -> None:
    assert 0 <= percent(loonwaarde, hours) <= 70
    assert percent(loonwaarde, hours) == percent(loonwaarde)
