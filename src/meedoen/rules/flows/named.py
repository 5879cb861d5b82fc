"""What can be told by name when small numbers may not: the rest is told together.

Where there are many small numbers, hiding each of them and then others for their sake leaves
nothing to read. So whoever is few is told of together with others: every number that is left is
true and is zero or large, and they add up. That a name is not there does not say it is zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from meedoen.rules.indicators.disclosure import LOWEST_THRESHOLD

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Named(Generic[Name]):
    """Some names with their numbers, and all others together; no rest when there are no others."""

    rows: Mapping[Name, tuple[int, ...]]
    rest: tuple[int, ...] | None


def name_rows(rows: Mapping[Name, Sequence[int]], threshold: int) -> Named[Name]:
    """Tell each row by name whose numbers are all zero or large, and the others together.

    When the others together still have a small number, the smallest row joins them, and so on.
    With every name among the others, they are the whole, and what of that may be shown is for the
    caller to say. All rows have the same length. Raises ValueError for a threshold under 5.
    """
    if threshold < LOWEST_THRESHOLD:
        raise ValueError(f"a threshold of {threshold} is under the lowest, {LOWEST_THRESHOLD}")
    told = [name for name, row in rows.items() if not any_small(row, threshold)]
    while told and any_small(_rest(rows, told), threshold):
        told.remove(smallest(told, rows))
    return Named(
        rows={name: tuple(rows[name]) for name in told},
        rest=_rest(rows, told) if len(told) < len(rows) else None,
    )


def any_small(row: Sequence[int], threshold: int) -> bool:
    """Tell whether one of the numbers is above zero and under the threshold."""
    return any(0 < count < threshold for count in row)


def smallest(names: Sequence[Name], rows: Mapping[Name, Sequence[int]]) -> Name:
    """Return the name with the lowest numbers together; of equal ones the last."""
    return min(reversed(names), key=lambda name: sum(rows[name]))


def _rest(rows: Mapping[Name, Sequence[int]], told: Sequence[Name]) -> tuple[int, ...]:
    others = [row for name, row in rows.items() if name not in told]
    return tuple(sum(column) for column in zip(*others, strict=True))
