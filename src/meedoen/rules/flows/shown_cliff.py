"""What may be shown of support that ends: per month of everyone, per quarter of teams, districts.

By month a team has a few people at most, and then nothing could be shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from meedoen.rules.flows.cliff import Cliff, Curve, EndsBy
from meedoen.rules.flows.protected import Line, protect_lines
from meedoen.rules.indicators.disclosure import Shown

MONTHS_TOGETHER = 3
Key = tuple[object, ...]
FALLING: Key = ("falling",)
OVERDUE: Key = ("overdue",)
GOES_ON: Key = ("goes on",)


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """People whose last support ends in the month from a day on, and in all months so far."""

    first: date
    ending: Shown
    by_then: Shown


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """People whose last support ends, of one team or district: per quarter, and together."""

    quarters: tuple[Shown, ...]
    together: Shown


@dataclass(frozen=True, slots=True)
class ShownCliff:
    """A cliff as people see it; `teams` and `districts` by their numbers, 0 for none."""

    months: tuple[ShownMonth, ...]
    teams: Mapping[int, ShownGroup]
    districts: Mapping[int, ShownGroup]
    whole: ShownGroup
    by_law: Shown
    by_agreement: Shown
    overdue: Shown
    goes_on: Shown


def protect_cliff(found: Cliff, threshold: int | None) -> ShownCliff:
    """Show what can be shown; without a threshold everything, to who knows the people anyway.

    The months must fill whole quarters. Raises ValueError for months that do not, and for a
    threshold under 5.
    """
    if len(found.months) % MONTHS_TOGETHER:
        raise ValueError(f"{len(found.months)} months are no whole quarters")
    figures, lines = _together(found)
    for name, curves in (("team", found.per_team), ("district", found.per_district)):
        _apart(name, curves, figures, lines)
    if threshold is None:
        shown = {key: Shown(str(count), hidden=False) for key, count in figures.items()}
    else:
        shown = protect_lines(figures, lines, threshold)
    quarters = len(found.months) // MONTHS_TOGETHER
    return ShownCliff(
        months=tuple(
            ShownMonth(first, shown[("month", at)], shown[("by then", at)])
            for at, first in enumerate(found.months)
        ),
        teams={one: _group(shown, ("team", one), quarters) for one in found.per_team},
        districts={one: _group(shown, ("district", one), quarters) for one in found.per_district},
        whole=_group(shown, FALLING, quarters),
        by_law=shown[(EndsBy.LAW,)],
        by_agreement=shown[(EndsBy.AGREEMENT,)],
        overdue=shown[OVERDUE],
        goes_on=shown[GOES_ON],
    )


def _together(found: Cliff) -> tuple[dict[Key, int], list[Line[Key]]]:
    """Return the numbers of everyone, and how they add up."""
    months, by_then = found.together.per_month, found.together.by_then
    by_law = sum(one.support.ends_by is EndsBy.LAW for one in found.falling)
    figures: dict[Key, int] = {
        FALLING: len(found.falling),
        OVERDUE: len(found.overdue),
        GOES_ON: found.goes_on,
        (EndsBy.AGREEMENT,): len(found.falling) - by_law,
        (EndsBy.LAW,): by_law,
    }
    lines: list[Line[Key]] = [Line(FALLING, ((EndsBy.AGREEMENT,), (EndsBy.LAW,)))]
    for at, (ending, so_far) in enumerate(zip(months, by_then, strict=True)):
        figures |= {("month", at): ending, ("by then", at): so_far}
        before: tuple[Key, ...] = (("by then", at - 1),) if at else ()
        lines.append(Line(("by then", at), (*before, ("month", at))))
    quarters = _quarters(found.together)
    for at, ending in enumerate(quarters):
        figures[(*FALLING, at)] = ending
        first = at * MONTHS_TOGETHER
        lines.append(
            Line(
                (*FALLING, at),
                tuple(("month", month) for month in range(first, first + MONTHS_TOGETHER)),
            )
        )
    lines.append(Line(FALLING, tuple((*FALLING, at) for at in range(len(quarters)))))
    lines.append(Line(FALLING, (("by then", len(months) - 1),)))
    return figures, lines


def _apart(
    name: str, curves: Mapping[int, Curve], figures: dict[Key, int], lines: list[Line[Key]]
) -> None:
    """Add the numbers of each team or district: along its quarters, and to those of everyone."""
    if not curves:
        return
    quarters = {one: _quarters(curve) for one, curve in curves.items()}
    count = len(next(iter(quarters.values())))
    for one, counts in quarters.items():
        figures[(name, one)] = sum(counts)
        figures |= {(name, one, at): ending for at, ending in enumerate(counts)}
        lines.append(Line((name, one), tuple((name, one, at) for at in range(count))))
    for at in range(count):
        lines.append(Line((*FALLING, at), tuple((name, one, at) for one in curves)))
    lines.append(Line(FALLING, tuple((name, one) for one in curves)))


def _quarters(curve: Curve) -> list[int]:
    counts = curve.per_month
    return [sum(counts[at : at + MONTHS_TOGETHER]) for at in range(0, len(counts), MONTHS_TOGETHER)]


def _group(shown: Mapping[Key, Shown], key: Key, quarters: int) -> ShownGroup:
    return ShownGroup(tuple(shown[(*key, at)] for at in range(quarters)), shown[key])
