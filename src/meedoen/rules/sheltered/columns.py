"""Employment contracts as columns: one NumPy array per field, one place per contract."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

OPEN_END = np.datetime64("10000-01-01", "D")
"""The end of a contract without one: after every date."""
UNKNOWN_HOURS = -1
MOST_HOURS = 168
"""The hours of a week."""
PER_HOUR = 100
"""Hours are kept in hundredths, so that adding them up is exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A stretch in which somebody is employed for so many hours a week.

    `ends_on` is the first day after it, None when it is open. Other hours are another stretch.
    """

    person: int
    starts_on: date
    ends_on: date | None
    week_hours: Decimal | None
    """At most two decimals; None when nobody wrote them down."""


@dataclass(frozen=True, slots=True, eq=False)
class ContractColumns:
    """Many contracts, in any order."""

    person: NDArray[np.int64]
    starts: NDArray[np.datetime64]
    ends: NDArray[np.datetime64]
    """The first day after the contract; OPEN_END when it is open."""
    hundredths: NDArray[np.int64]
    """Hours a week times 100; UNKNOWN_HOURS when they are not known."""

    def __len__(self) -> int:
        return len(self.person)

    def running_on(self, day: date) -> NDArray[np.bool_]:
        """Return which contracts run on a day."""
        number = np.datetime64(day, "D")
        running: NDArray[np.bool_] = (self.starts <= number) & (number < self.ends)
        return running


def contract_columns(contracts: Iterable[Contract]) -> ContractColumns:
    """Return contracts as columns, in the order that they come in.

    Raises ValueError for an end that is not after the start, and for hours that are not from 0
    to 168 with at most two decimals.
    """
    rows = tuple(contracts)
    _refuse_backward(rows)
    return ContractColumns(
        person=np.array([row.person for row in rows], dtype=np.int64),
        starts=np.array([row.starts_on for row in rows], dtype="datetime64[D]"),
        ends=np.array(
            [OPEN_END if row.ends_on is None else row.ends_on for row in rows],
            dtype="datetime64[D]",
        ),
        hundredths=np.array([_hundredths(row.week_hours) for row in rows], dtype=np.int64),
    )


def _refuse_backward(rows: Sequence[Contract]) -> None:
    for row in rows:
        if row.ends_on is not None and row.ends_on <= row.starts_on:
            raise ValueError(
                f"a contract of {row.starts_on} ends on {row.ends_on}; give a later end"
            )


def _hundredths(hours: Decimal | None) -> int:
    if hours is None:
        return UNKNOWN_HOURS
    many = hours * PER_HOUR
    if not 0 <= hours <= MOST_HOURS or many != many.to_integral_value():
        raise ValueError(f"{hours} hours a week; give 0 to {MOST_HOURS} with at most two decimals")
    return int(many)
