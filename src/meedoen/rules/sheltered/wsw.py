"""Old sheltered work: Wet sociale werkvoorziening (Wsw, BWBR0008903), text of 1 July 2015.

Nobody came in since 1 January 2015 but who had such a job the day before. What is left is
counted in people, in working years and in standard units.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.law.sheltered import WswTable, shipped_wsw
from meedoen.rules.periods import add_months, month_ends
from meedoen.rules.sheltered.columns import (
    PER_HOUR,
    UNKNOWN_HOURS,
    Contract,
    ContractColumns,
    contract_columns,
)
from meedoen.rules.sheltered.words import WswCategory, WswKind

NO_INFLOW_FROM = date(2015, 1, 1)
"""The day on which the Participatiewet took the place of the Wsw for everybody new."""
MONTHS = 12
SHOWN = Decimal("0.01")
KINDS = tuple(WswKind)


class WswProblem(StrEnum):
    """Why somebody cannot begin in old sheltered work."""

    NO_INFLOW = "no_inflow"
    TOO_LONG_AGO = "too_long_ago"
    """The last such job ended too long before."""


class WswEntryError(ValueError):
    """Somebody new would begin in old sheltered work."""

    def __init__(self, starts_on: date, problem: WswProblem = WswProblem.NO_INFLOW) -> None:
        """Say what to do instead."""
        super().__init__(
            f"Nobody can begin in old sheltered work (Wsw) on {starts_on.isoformat()}: since "
            f"{NO_INFLOW_FROM.isoformat()} only who had such a job the day before. Ask for new "
            "sheltered work instead, or add the job of the day before."
        )
        self.starts_on = starts_on
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class WswJob:
    """A stretch of old sheltered work; the hours of the contract must be known."""

    contract: Contract
    category: WswCategory
    kind: WswKind


@dataclass(frozen=True, slots=True, eq=False)
class WswColumns:
    """Many stretches as columns, one place each."""

    contracts: ContractColumns
    is_severe: NDArray[np.bool_]
    kind: NDArray[np.int8]
    """The place of the kind in KINDS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WswMonthEnd:
    """The stock at one month end; parts of a week are exact."""

    on: date
    persons: int
    full_weeks: Fraction
    """The hours of all together, in full weeks."""
    standard_units: Fraction
    full_weeks_by_kind: dict[WswKind, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class WswYear:
    """What a year comes to: the average of its month ends, to two decimals, half up."""

    year: int
    month_ends: tuple[WswMonthEnd, ...]
    """Those up to the day until which is known; twelve make a year."""
    person_years: Decimal
    standard_units: Decimal
    person_years_by_kind: dict[WswKind, Decimal]

    @property
    def is_complete(self) -> bool:
        """Say whether all twelve month ends are there; else it is the average so far."""
        return len(self.month_ends) == MONTHS


def check_entry(
    starts_on: date, earlier: Iterable[Contract], table: WswTable | None = None
) -> None:
    """Refuse somebody new; `earlier` are the other stretches of old sheltered work of a person.

    From 1 January 2015 only who had a job on the day before that day may begin again, and not
    too long after the last one. Raises WswEntryError.
    """
    if starts_on < NO_INFLOW_FROM:
        return
    earlier = tuple(earlier)
    day_before = NO_INFLOW_FROM - timedelta(days=1)
    had_job = any(
        one.starts_on <= day_before and (one.ends_on is None or day_before < one.ends_on)
        for one in earlier
    )
    if not had_job:
        raise WswEntryError(starts_on)
    stopped_on = max(one.ends_on or starts_on for one in earlier)
    law = (table or shipped_wsw()).on(starts_on)
    if starts_on > add_months(stopped_on, law.come_back_months.value):
        raise WswEntryError(starts_on, WswProblem.TOO_LONG_AGO)


def wsw_columns(jobs: Iterable[WswJob]) -> WswColumns:
    """Return stretches as columns.

    Raises ValueError as `contract_columns` does, and when the hours of a contract are missing.
    """
    rows = tuple(jobs)
    contracts = contract_columns(row.contract for row in rows)
    missing = int((contracts.hundredths == UNKNOWN_HOURS).sum())
    if missing:
        raise ValueError(
            f"{missing} contracts have no hours; fill them in, working years need them"
        )
    return WswColumns(
        contracts=contracts,
        is_severe=np.array([row.category is WswCategory.SEVERE for row in rows], dtype=np.bool_),
        kind=np.array([KINDS.index(row.kind) for row in rows], dtype=np.int8),
    )


def stock_on(columns: WswColumns, day: date, table: WswTable | None = None) -> WswMonthEnd:
    """Return the stock on any day. Raises NoValueError when the law of that day is not known."""
    law = (table or shipped_wsw()).on(day)
    running = columns.contracts.running_on(day)
    hundredths = columns.contracts.hundredths[running]
    kind, is_severe = columns.kind[running], columns.is_severe[running]
    full_week = law.full_week_hours.value * PER_HOUR
    severe = Fraction(int(hundredths[is_severe].sum()), full_week)
    moderate = Fraction(int(hundredths[~is_severe].sum()), full_week)
    return WswMonthEnd(
        on=day,
        persons=len(np.unique(columns.contracts.person[running])),
        full_weeks=severe + moderate,
        standard_units=severe * Fraction(law.severe_weight.value)
        + moderate * Fraction(law.moderate_weight.value),
        full_weeks_by_kind={
            word: Fraction(int(hundredths[kind == at].sum()), full_week)
            for at, word in enumerate(KINDS)
        },
    )


def wsw_year(
    columns: WswColumns, year: int, *, known_until: date, table: WswTable | None = None
) -> WswYear:
    """Return the realised working years: the average of the twelve month ends of a year.

    Month ends after `known_until` are left out, and `is_complete` then says so. Raises
    ValueError when no month of the year has ended by then, and NoValueError.
    """
    last = min(date(year, 12, 31), known_until)
    ends = tuple(stock_on(columns, day, table) for day in month_ends(date(year, 1, 1), last))
    if not ends:
        raise ValueError(f"no month of {year} ended by {known_until.isoformat()}; ask it later")
    return WswYear(
        year=year,
        month_ends=ends,
        person_years=_average([end.full_weeks for end in ends]),
        standard_units=_average([end.standard_units for end in ends]),
        person_years_by_kind={
            word: _average([end.full_weeks_by_kind[word] for end in ends]) for word in KINDS
        },
    )


def _average(values: list[Fraction]) -> Decimal:
    average = sum(values, Fraction(0)) / len(values)
    exact = Decimal(average.numerator) / Decimal(average.denominator)
    return exact.quantize(SHOWN, rounding=ROUND_HALF_UP)
