"""How much of a premium does not count as means: 3.398 euros a year, twice, from 27 on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.law.values import NoValueError
from meedoen.rules.participation_job.exempt import Payment, WhyNotExempt, exempt_part
from meedoen.rules.participation_job.problems import ClockError, ClockProblem
from tests.rules.participation_job.people import day

BIRTH = date(1980, 5, 5)


def paid(on, cents=15_000):
    return Payment(day(on), cents)


def part(payments, new, *, birth_date=BIRTH, group=False):
    found = exempt_part(payments, new, birth_date=birth_date, in_wage_subsidy_group=group)
    return found.exempt_cents, found.rest_cents, found.because


@pytest.mark.parametrize(
    ("earlier", "new", "exempt", "rest", "because"),
    [
        ([], paid("2026-09-01"), 15_000, 0, None),
        ([], paid("2026-09-01", 339_800), 339_800, 0, None),
        ([], paid("2026-09-01", 339_801), 339_800, 1, WhyNotExempt.ABOVE_YEARLY_AMOUNT),
        ([paid("2026-02-01")], paid("2026-09-01"), 15_000, 0, None),
        (
            [paid("2026-02-01", 200_000)],
            paid("2026-09-01", 200_000),
            139_800,
            60_200,
            WhyNotExempt.ABOVE_YEARLY_AMOUNT,
        ),
        (
            [paid("2026-02-01", 400_000)],
            paid("2026-09-01"),
            0,
            15_000,
            WhyNotExempt.ABOVE_YEARLY_AMOUNT,
        ),
        # Last year does not count; the third payment of a year counts as means.
        ([paid("2025-12-31", 339_800)], paid("2026-09-01"), 15_000, 0, None),
        (
            [paid("2026-01-01", 100), paid("2026-07-01", 100)],
            paid("2026-12-31", 100),
            0,
            100,
            WhyNotExempt.TOO_MANY_PAYMENTS,
        ),
        ([paid("2026-01-01", 100), paid("2026-07-01", 100)], paid("2027-01-01"), 15_000, 0, None),
    ],
)
def test_the_amount_and_the_number_of_payments_of_a_calendar_year(
    earlier, new, exempt, rest, because
):
    assert part(earlier, new) == (exempt, rest, because)


@pytest.mark.parametrize(
    ("birth_date", "group", "exempt"),
    [
        ("1999-09-01", False, 15_000),
        ("1999-09-01", None, 15_000),
        ("1999-09-02", False, 0),
        ("1999-09-02", True, 15_000),
        (None, True, 15_000),
    ],
)
def test_from_27_on_or_in_the_group_of_the_wage_subsidy(birth_date, group, exempt):
    birth = day(birth_date) if birth_date else None
    found = part([], paid("2026-09-01"), birth_date=birth, group=group)
    because = None if exempt else WhyNotExempt.UNDER_AGE
    assert found == (exempt, 15_000 - exempt, because)


def test_it_says_which_article_and_on_what_it_rests():
    known = {"birth_date": day("2001-01-01"), "in_wage_subsidy_group": False}
    found = exempt_part([paid("2026-02-01")], paid("2026-09-01"), **known)
    assert found.article == "Participatiewet, artikel 31, vijfde lid"
    assert (found.earlier_payments, found.earlier_cents) == (1, 15_000)
    assert (found.yearly_cents, found.payments_a_year, found.from_age) == (339_800, 2, 27)
    older = exempt_part([], paid("2026-09-01"), birth_date=BIRTH, in_wage_subsidy_group=False)
    assert older.article == "Participatiewet, artikel 31, tweede lid, onderdeel j"
    assert older.address == "https://wetten.overheid.nl/BWBR0015703/2026-01-01#Artikel31"


@pytest.mark.parametrize(
    ("birth_date", "group", "problem"),
    [
        (None, False, ClockProblem.BIRTH_DATE_UNKNOWN),
        (None, None, ClockProblem.BIRTH_DATE_UNKNOWN),
        (day("2001-01-01"), None, ClockProblem.WAGE_SUBSIDY_GROUP_UNKNOWN),
    ],
)
def test_what_is_not_known_is_asked_and_not_guessed(birth_date, group, problem):
    with pytest.raises(ClockError) as caught:
        part([], paid("2026-09-01"), birth_date=birth_date, group=group)
    assert caught.value.problems == (problem,)


def test_a_payment_before_the_first_established_amount_has_no_answer():
    with pytest.raises(NoValueError, match="not established on 2025-12-31"):
        part([], paid("2025-12-31"))


PAYMENTS = st.builds(
    Payment, st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 500_000)
)


@given(st.lists(PAYMENTS, max_size=5), PAYMENTS, st.dates(date(1960, 1, 1), date(2008, 1, 1)))
def test_the_two_parts_are_the_whole_and_a_rest_has_a_reason(earlier, new, birth_date):
    exempt, rest, because = part(earlier, new, birth_date=birth_date)
    assert exempt + rest == new.cents
    assert 0 <= exempt <= 339_800
    assert (because is not None) == (rest > 0)


@given(st.lists(PAYMENTS, max_size=6))
def test_in_no_year_more_than_the_amount_is_exempt(payments):
    done, exempt = [], {}
    for payment in sorted(payments, key=lambda one: one.paid_on):
        year = payment.paid_on.year
        exempt[year] = exempt.get(year, 0) + part(done, payment)[0]
        done.append(payment)
    assert all(total <= 339_800 for total in exempt.values())
