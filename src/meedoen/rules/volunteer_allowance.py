"""Whether what a volunteer gets counts as means: Participatiewet, article 31(2)k and 31(5).

Money is in whole cents. What is above the limit of a month or a calendar year counts. Who is
younger than 27 on the day of a payment has no exemption: all of it counts. A municipality may
add a highest amount for an hour; above it the whole payment counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from meedoen.rules.dated_tables import line_on
from meedoen.rules.law.allowance import AllowanceTable, shipped_allowance
from meedoen.rules.law.values import Series
from meedoen.rules.periods import has_age


class AllowanceCode(StrEnum):
    """What is to be said of a payment, a month or a year."""

    WITHIN = "within"
    OVER_MONTH = "over_month"
    OVER_YEAR = "over_year"
    UNDER_AGE = "under_age"
    """Paid before the age from which there is an exemption."""
    BIRTH_DATE_UNKNOWN = "birth_date_unknown"
    """Taken as old enough; somebody must look."""
    OVER_HOUR = "over_hour"
    """Above the highest amount for an hour: the whole payment counts."""
    HOURS_UNKNOWN = "hours_unknown"
    """There is a highest amount for an hour and nobody wrote the hours down."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What a volunteer got on a day, and for how many hours when that is known."""

    paid_on: date
    cents: int
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCheck:
    """One calendar month with payments."""

    month: date
    """Its first day."""
    paid_cents: int
    counts_wholly_cents: int
    """Of that: payments without exemption, by age or by amount for an hour."""
    limit_cents: int
    over_cents: int
    """How much the other payments are above the limit."""
    codes: tuple[AllowanceCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCheck:
    """One calendar year with payments. Exempt and counting together are what was paid."""

    year: int
    paid_cents: int
    counts_wholly_cents: int
    limit_cents: int
    over_cents: int
    """How much the other payments are above the limit of the year."""
    exempt_cents: int
    counts_cents: int
    months: tuple[MonthCheck, ...]
    codes: tuple[AllowanceCode, ...]


def check(
    payments: Iterable[Payment],
    birth_date: date | None,
    *,
    hour_limit: Series[int] | None = None,
    table: AllowanceTable | None = None,
) -> tuple[YearCheck, ...]:
    """Return what counts, for each calendar year with payments, in order.

    A month and a year each follow the limit of their first day. `hour_limit` is the highest
    amount for an hour, of a municipality that chose one (`shipped_hour_limit`), from the first
    day on which it holds. Raises
    ValueError for an amount or hours below 0, and NoValueError for a day without a known limit.
    """
    given = sorted(payments, key=lambda payment: payment.paid_on)
    if any(one.cents < 0 or (one.hours is not None and one.hours < 0) for one in given):
        raise ValueError("a payment has an amount or hours below 0; correct it")
    law = table or shipped_allowance()
    judged = [(one, tuple(_codes(one, birth_date, hour_limit, law))) for one in given]
    return tuple(
        _year(year, list(found), law)
        for year, found in groupby(judged, key=lambda pair: pair[0].paid_on.year)
    )


_Judged = tuple[Payment, tuple[AllowanceCode, ...]]
COUNTS_WHOLLY = frozenset({AllowanceCode.UNDER_AGE, AllowanceCode.OVER_HOUR})


def _codes(
    payment: Payment, birth_date: date | None, hour_limit: Series[int] | None, law: AllowanceTable
) -> Iterator[AllowanceCode]:
    years = law.from_age.on(payment.paid_on).value
    if birth_date is None:
        yield AllowanceCode.BIRTH_DATE_UNKNOWN
    elif not has_age(birth_date, years, payment.paid_on):
        yield AllowanceCode.UNDER_AGE
    limit = line_on(hour_limit.lines, payment.paid_on) if hour_limit else None
    if limit is None:
        return
    if payment.hours is None:
        yield AllowanceCode.HOURS_UNKNOWN
    elif payment.cents > payment.hours * limit.value:
        yield AllowanceCode.OVER_HOUR


def _year(year: int, judged: list[_Judged], law: AllowanceTable) -> YearCheck:
    months = tuple(
        _month(month, list(found), law)
        for month, found in groupby(judged, key=lambda pair: pair[0].paid_on.replace(day=1))
    )
    limit = law.year_cents.on(date(year, 1, 1)).value
    paid = sum(month.paid_cents for month in months)
    wholly = sum(month.counts_wholly_cents for month in months)
    over = max(0, paid - wholly - limit)
    within_months = paid - wholly - sum(month.over_cents for month in months)
    exempt = min(within_months, limit)
    said = {code for month in months for code in month.codes} - {AllowanceCode.WITHIN}
    if over:
        said.add(AllowanceCode.OVER_YEAR)
    return YearCheck(
        year=year,
        paid_cents=paid,
        counts_wholly_cents=wholly,
        limit_cents=limit,
        over_cents=over,
        exempt_cents=exempt,
        counts_cents=paid - exempt,
        months=months,
        codes=_in_order(said),
    )


def _month(month: date, judged: list[_Judged], law: AllowanceTable) -> MonthCheck:
    limit = law.month_cents.on(month).value
    paid = sum(payment.cents for payment, _ in judged)
    wholly = sum(payment.cents for payment, codes in judged if COUNTS_WHOLLY & set(codes))
    over = max(0, paid - wholly - limit)
    said = {code for _, codes in judged for code in codes}
    if over:
        said.add(AllowanceCode.OVER_MONTH)
    return MonthCheck(
        month=month,
        paid_cents=paid,
        counts_wholly_cents=wholly,
        limit_cents=limit,
        over_cents=over,
        codes=_in_order(said),
    )


def _in_order(said: set[AllowanceCode]) -> tuple[AllowanceCode, ...]:
    if not said:
        return (AllowanceCode.WITHIN,)
    return tuple(code for code in AllowanceCode if code in said)
