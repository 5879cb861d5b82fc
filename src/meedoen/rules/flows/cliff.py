"""Support that ends in the coming months, before it does: how many people, whose, and in order.

A participation job ends by law after two years; without a next step people fall back. Somebody
with another placement that goes on is not falling: the last support of each person counts.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import PlaceKind

MONTHS_AHEAD = 12
Name = TypeVar("Name")


class EndsBy(StrEnum):
    """What makes a placement end when it is expected to."""

    AGREEMENT = "agreement"
    """The last day that was agreed on."""
    LAW = "law"
    """The end of the term in the law, when it comes no later than what was agreed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """A placement in which somebody takes part now. Both days are the last one; None is no end.

    `placement` and `person` are numbers that mean only same or different. `team` and `district`
    are numbers as well, 0 for none.
    """

    placement: int
    person: int
    kind: PlaceKind
    team: int
    district: int
    planned_end: date | None
    end_of_term: date | None

    @property
    def last_day(self) -> date | None:
        """Return the last day that is expected; None when nothing ends it."""
        return min((day for day in (self.planned_end, self.end_of_term) if day), default=None)

    @property
    def ends_by(self) -> EndsBy | None:
        """Return what ends it; None when nothing does. When both do on one day it is the law."""
        if self.last_day is None:
            return None
        return EndsBy.LAW if self.last_day == self.end_of_term else EndsBy.AGREEMENT


@dataclass(frozen=True, slots=True)
class Falling:
    """A person whose last support ends: which one that is, and on which last day."""

    person: int
    support: Support
    last_day: date


@dataclass(frozen=True, slots=True)
class Curve:
    """People whose last support ends, per month, and how many that are by then."""

    per_month: tuple[int, ...]

    @property
    def by_then(self) -> tuple[int, ...]:
        """Return the running total."""
        return tuple(sum(self.per_month[: at + 1]) for at in range(len(self.per_month)))


@dataclass(frozen=True, slots=True)
class Cliff:
    """What ends from a day on. `months` holds the first day of each month that is counted.

    A month runs from its first day up to the next one, as the terms of the law do: they are
    months by the date, not of the calendar. Every person is in exactly one of: `falling`,
    `overdue` (the last day has passed and nobody ended it), and the number that `goes_on`.
    """

    months: tuple[date, ...]
    together: Curve
    per_team: Mapping[int, Curve]
    per_district: Mapping[int, Curve]
    per_kind: Mapping[PlaceKind, Curve]
    falling: tuple[Falling, ...]
    """In the order in which to look for something else: who ends first."""
    overdue: tuple[Falling, ...]
    goes_on: int


def cliff(supports: Iterable[Support], on: date, months: int = MONTHS_AHEAD) -> Cliff:
    """Say whose last support ends in the coming months, `on` included, and when.

    The team, district and kind of somebody are those of the support that ends last. Raises
    ValueError for fewer months than one.
    """
    if months < 1:
        raise ValueError(f"{months} months ahead: give one or more")
    edges = tuple(add_months(on, later) for later in range(months + 1))
    last = _last_supports(supports)
    ending = sorted(
        (
            Falling(person, one, day)
            for person, one in last.items()
            if (day := one.last_day) is not None and day < edges[-1]
        ),
        key=lambda falling: (falling.last_day, falling.support.placement),
    )
    falling = tuple(one for one in ending if one.last_day >= on)
    at = [(one.support, bisect_right(edges, one.last_day) - 1) for one in falling]
    return Cliff(
        months=edges[:-1],
        together=_curve((month for _, month in at), months),
        per_team=_curves(((one.team, month) for one, month in at), months),
        per_district=_curves(((one.district, month) for one, month in at), months),
        per_kind=_curves(((one.kind, month) for one, month in at), months),
        falling=falling,
        overdue=tuple(one for one in ending if one.last_day < on),
        goes_on=len(last) - len(ending),
    )


def _last_supports(supports: Iterable[Support]) -> dict[int, Support]:
    """Return of each person the support that ends last; of equal ones the lowest number."""
    last: dict[int, Support] = {}
    for one in supports:
        other = last.get(one.person)
        if other is None or _later(one, other):
            last[one.person] = one
    return last


def _later(one: Support, other: Support) -> bool:
    days = (one.last_day or date.max, other.last_day or date.max)
    return days[0] > days[1] or (days[0] == days[1] and one.placement < other.placement)


def _curve(at: Iterable[int], months: int) -> Curve:
    counts = Counter(at)
    return Curve(tuple(counts[month] for month in range(months)))


def _curves(at: Iterable[tuple[Name, int]], months: int) -> dict[Name, Curve]:
    by_name: dict[Name, list[int]] = {}
    for name, month in at:
        by_name.setdefault(name, []).append(month)
    return {name: _curve(found, months) for name, found in by_name.items()}
