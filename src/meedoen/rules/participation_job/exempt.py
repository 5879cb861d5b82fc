"""How much of a premium does not count as means: Participatiewet, article 31(2)j and 31(5).

A premium is left out of account up to an amount for each calendar year, in one or two payments;
not for who is younger than 27, unless in the group of the wage subsidy. A third payment in a
year counts as means from its first cent. 31(2)j asks too that the premium helps towards work, as
the municipality judges; of the premium of 10a(6), which is given for just that, it is taken so.
Money is in whole cents.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meedoen.rules.law.premium_exemption import PremiumExemptionTable, shipped_exemption
from meedoen.rules.participation_job.problems import ClockError, ClockProblem
from meedoen.rules.periods import has_age


@dataclass(frozen=True, slots=True)
class Payment:
    """A premium that was paid or will be, in whole cents."""

    paid_on: date
    cents: int


class WhyNotExempt(StrEnum):
    """Why a premium, or what is left of it, counts as means."""

    ABOVE_YEARLY_AMOUNT = "above_yearly_amount"
    TOO_MANY_PAYMENTS = "too_many_payments"
    UNDER_AGE = "under_age"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptPart:
    """What of a payment is exempt and what is not; `because` says why not, when anything is left.

    `earlier_payments` and `earlier_cents` are what was paid before in the calendar year.
    """

    exempt_cents: int
    rest_cents: int
    because: WhyNotExempt | None
    earlier_payments: int
    earlier_cents: int
    yearly_cents: int
    payments_a_year: int
    from_age: int
    article: str
    address: str


def exempt_part(
    payments: Iterable[Payment],
    new_payment: Payment,
    *,
    birth_date: date | None,
    in_wage_subsidy_group: bool | None,
    table: PremiumExemptionTable | None = None,
) -> ExemptPart:
    """Return how much of a new payment is exempt, after what was paid before in that year.

    `payments` may hold other years too; the values are those of the day of the new payment.
    Raises NoValueError when no amount is established for that day, and ClockError when the age,
    or below the age the group, is not known.
    """
    law = (table or shipped_exemption()).on(new_payment.paid_on)
    year = new_payment.paid_on.year
    earlier = [one.cents for one in payments if one.paid_on.year == year]
    allowed = max(0, law.yearly_cents.value - sum(earlier))
    because: WhyNotExempt | None = WhyNotExempt.ABOVE_YEARLY_AMOUNT
    if not _is_open_to(
        birth_date,
        in_wage_subsidy_group=in_wage_subsidy_group,
        from_age=law.from_age.value,
        on=new_payment.paid_on,
    ):
        allowed, because = 0, WhyNotExempt.UNDER_AGE
    elif len(earlier) >= law.payments_a_year.value:
        allowed, because = 0, WhyNotExempt.TOO_MANY_PAYMENTS
    exempt = min(allowed, new_payment.cents)
    rest = new_payment.cents - exempt
    value = law.from_age if because is WhyNotExempt.UNDER_AGE else law.yearly_cents
    return ExemptPart(
        exempt_cents=exempt,
        rest_cents=rest,
        because=because if rest else None,
        earlier_payments=len(earlier),
        earlier_cents=sum(earlier),
        yearly_cents=law.yearly_cents.value,
        payments_a_year=law.payments_a_year.value,
        from_age=law.from_age.value,
        article=value.article,
        address=value.address,
    )


def _is_open_to(
    birth_date: date | None, *, in_wage_subsidy_group: bool | None, from_age: int, on: date
) -> bool:
    if in_wage_subsidy_group:
        return True
    if birth_date is None:
        raise ClockError([ClockProblem.BIRTH_DATE_UNKNOWN])
    if has_age(birth_date, from_age, on):
        return True
    if in_wage_subsidy_group is None:
        raise ClockError([ClockProblem.WAGE_SUBSIDY_GROUP_UNKNOWN])
    return False
