"""How many new sheltered jobs there are, and how far that is from the number of the year.

Participatiewet, article 10b. Counted two ways, and both are always given: everyone with an
employment contract, and the hours of those contracts divided by a norm. Which of the two says
that the number is reached is a choice of the municipality, in catalogue/law.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

import numpy as np

from meedoen.rules.law.sheltered import CountedBy, CountingTable, YearlyNumber, shipped_counting
from meedoen.rules.periods import month_ends
from meedoen.rules.sheltered.columns import (
    PER_HOUR,
    UNKNOWN_HOURS,
    Contract,
    ContractColumns,
    contract_columns,
)

SHOWN = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Realised:
    """What was realised on one day."""

    on: date
    persons: int
    """People with a contract; somebody with two counts once."""
    week_hours: Decimal
    """The hours of all contracts whose hours are known."""
    hours_unknown: int
    """Contracts whose hours nobody wrote down: they miss in `jobs`, and that must be said."""
    hours_norm: int
    counted_by: CountedBy

    @property
    def jobs(self) -> Decimal:
        """Return the hours divided by the norm, to two decimals, half up."""
        return (self.week_hours / self.hours_norm).quantize(SHOWN, rounding=ROUND_HALF_UP)

    @property
    def decides(self) -> Decimal:
        """Return the exact count that says whether the number is reached."""
        if self.counted_by is CountedBy.PERSONS:
            return Decimal(self.persons)
        return self.week_hours / self.hours_norm


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far what was realised is from the number of the year."""

    required: YearlyNumber
    realised: Realised
    persons_to_go: int | None
    """How many people are lacking, from 0; None when no number is established."""
    jobs_to_go: Decimal | None
    """How many jobs by hours are lacking, from 0, to two decimals; None likewise."""
    duty_stops: bool | None
    """Whether the number is reached, so that the duty stops (10b(6)); None likewise."""


def realised_on(
    contracts: Iterable[Contract], day: date, table: CountingTable | None = None
) -> Realised:
    """Return what was realised on a day.

    Raises ValueError as `contract_columns` does, and NoValueError when it is not established
    how to count on that day.
    """
    return _realised(contract_columns(contracts), day, table or shipped_counting())


def realised_in(
    columns: ContractColumns, day: date, table: CountingTable | None = None
) -> Realised:
    """Return what was realised on a day, of contracts that are columns already.

    Raises NoValueError as `realised_on` does.
    """
    return _realised(columns, day, table or shipped_counting())


def realised_at_year_end(
    contracts: Iterable[Contract], year: int, table: CountingTable | None = None
) -> Realised:
    """Return what was realised on 31 December of a year. Raises as `realised_on` does."""
    return realised_on(contracts, date(year, 12, 31), table)


def monthly(
    columns: ContractColumns, first: date, last: date, table: CountingTable | None = None
) -> tuple[Realised, ...]:
    """Return what was realised at every month end from `first` up to and including `last`.

    Each month is counted as the law of its own last day says. Raises NoValueError.
    """
    counting = table or shipped_counting()
    return tuple(_realised(columns, day, counting) for day in month_ends(first, last))


def distance(required: YearlyNumber, realised: Realised) -> Distance:
    """Return how far it is to the number; without a number nothing is said, also not 0."""
    number = required.number
    if number is None:
        return Distance(
            required=required,
            realised=realised,
            persons_to_go=None,
            jobs_to_go=None,
            duty_stops=None,
        )
    return Distance(
        required=required,
        realised=realised,
        persons_to_go=max(0, number - realised.persons),
        jobs_to_go=max(Decimal(0), number - realised.jobs),
        duty_stops=realised.decides >= number,
    )


def hours_to_go(found: Distance) -> int | None:
    """Return how many whole hours a week are lacking by the norm; None without a number."""
    number = found.required.number
    if number is None:
        return None
    lacking = number * found.realised.hours_norm - found.realised.week_hours
    return max(0, ceil(lacking))


def _realised(columns: ContractColumns, day: date, table: CountingTable) -> Realised:
    law = table.on(day)
    running = columns.running_on(day)
    hundredths = columns.hundredths[running]
    known = hundredths != UNKNOWN_HOURS
    return Realised(
        on=day,
        persons=len(np.unique(columns.person[running])),
        week_hours=Decimal(int(hundredths[known].sum())) / PER_HOUR,
        hours_unknown=int((~known).sum()),
        hours_norm=law.hours_norm.value,
        counted_by=law.counted_by.value,
    )
