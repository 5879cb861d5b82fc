"""Growth on the ladder: somebody's first rung against the last one.

Zwolle counts residents with growth but publishes no formula (budget 2020, goal 2.2.2). This is
the plain reading: the same person, the same version of the ladder, last against first. Who was
measured once has not stood still; that is a class of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meedoen.rules.ladder.rungs import Rung


class GrowthClass(StrEnum):
    """How someone's last rung compares with the first."""

    GROWTH = "growth"
    DECLINE = "decline"
    EQUAL = "equal"
    MEASURED_ONCE = "measured_once"


@dataclass(frozen=True, slots=True)
class MeasuredRung:
    """The rung that was set on a day, by one version of the ladder."""

    day: date
    rung: Rung
    ladder_version: str


def growth_class(measurements: Iterable[MeasuredRung]) -> GrowthClass | None:
    """Compare the first with the last measurement of one person.

    Only measurements by the ladder version of the last one count; the caller has already left
    out what falls outside the period. Of two on one day the one given later is the later one.
    Returns None for somebody who was not measured at all.
    """
    compared = compared_rungs(measurements)
    if not compared:
        return None
    if len(compared) == 1:
        return GrowthClass.MEASURED_ONCE
    return _compare(compared[0].rung, compared[-1].rung)


def compared_rungs(measurements: Iterable[MeasuredRung]) -> tuple[MeasuredRung, ...]:
    """Return the measurements that `growth_class` compares, first to last; empty when none."""
    in_order = sorted(measurements, key=lambda measured: measured.day)
    if not in_order:
        return ()
    version = in_order[-1].ladder_version
    return tuple(one for one in in_order if one.ladder_version == version)


def _compare(first: Rung, last: Rung) -> GrowthClass:
    if last > first:
        return GrowthClass.GROWTH
    if last < first:
        return GrowthClass.DECLINE
    return GrowthClass.EQUAL
