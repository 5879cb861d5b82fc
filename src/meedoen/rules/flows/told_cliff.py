"""What may be told of support that ends: of everyone, per team and per district, in time.

Months in which few people's support ends are told together with the months after them. Teams and
districts are told per quarter; when that leaves no one to tell of, per half year or per year.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.rules.flows.cliff import Cliff, Curve, EndsBy
from meedoen.rules.flows.named import Named, any_small, name_rows
from meedoen.rules.indicators.disclosure import Shown, protect

STEPS = (3, 6, 12)
"""Months that are told together for teams and districts: the shortest that tells of somebody."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """People whose last support ends in months that follow each other, and in all so far.

    `first` is the first day of the first month, `months` how many there are.
    """

    first: date
    months: int
    ending: int
    by_then: int


@dataclass(frozen=True, slots=True)
class ToldCliff:
    """A cliff as people see it. Teams and districts by their numbers, 0 for none.

    `steps` holds the first day of each column of `teams` and `districts`. Without a `stretches`
    those whose support ends are too few to tell of, or there are none: `falling` says which.
    `by_law` is None where it would give a small number away.
    """

    falling: Shown
    overdue: Shown
    goes_on: Shown
    by_law: int | None
    stretches: tuple[Stretch, ...]
    step: int
    steps: tuple[date, ...]
    teams: Named[int]
    districts: Named[int]


def tell_cliff(found: Cliff, threshold: int | None) -> ToldCliff:
    """Tell what can be told; without a threshold everything, to who knows the people anyway.

    The months must fill whole years. Raises ValueError for months that do not, and for a
    threshold under 5.
    """
    if len(found.months) % STEPS[-1]:
        raise ValueError(f"{len(found.months)} months are no whole years")
    count, by_law = len(found.falling), _by_law(found)
    if threshold is None:
        step, lengths = STEPS[0], [1] * len(found.months)
        teams, districts = (Named(_rows(one, step), None) for one in _ways(found))
    else:
        step = _step(found, threshold)
        lengths = _lengths(found.together, step, threshold)
        teams, districts = (name_rows(_rows(one, step), threshold) for one in _ways(found))
    falling = _shown(count, threshold)
    if falling.hidden or not count:
        lengths, teams, districts = [], Named({}, None), Named({}, None)
    is_safe = threshold is None or not any_small((count, by_law, count - by_law), threshold)
    return ToldCliff(
        falling=falling,
        overdue=_shown(len(found.overdue), threshold),
        goes_on=_shown(found.goes_on, threshold),
        by_law=by_law if is_safe else None,
        stretches=tuple(_stretches(found, lengths)),
        step=step,
        steps=found.months[::step],
        teams=teams,
        districts=districts,
    )


def _ways(found: Cliff) -> tuple[Mapping[int, Curve], Mapping[int, Curve]]:
    return found.per_team, found.per_district


def _by_law(found: Cliff) -> int:
    return sum(one.support.ends_by is EndsBy.LAW for one in found.falling)


def _shown(count: int, threshold: int | None) -> Shown:
    return Shown(str(count), hidden=False) if threshold is None else protect(count, threshold)


def _rows(curves: Mapping[int, Curve], step: int) -> dict[int, tuple[int, ...]]:
    return {name: _per_step(curve, step) for name, curve in curves.items()}


def _per_step(curve: Curve, step: int) -> tuple[int, ...]:
    counts = curve.per_month
    return tuple(sum(counts[at : at + step]) for at in range(0, len(counts), step))


def _step(found: Cliff, threshold: int) -> int:
    """Return the shortest step in which nothing is small together and somebody can be named."""
    for step in STEPS[:-1]:
        if any_small(_per_step(found.together, step), threshold):
            continue
        if any(name_rows(_rows(one, step), threshold).rows for one in _ways(found)):
            return step
    return STEPS[-1]


def _lengths(curve: Curve, step: int, threshold: int) -> list[int]:
    """Return how many months are told together, stretch by stretch; a step is never crossed.

    Else the months between the end of a stretch and the end of a step could be worked out.
    """
    lengths: list[int] = []
    for first in range(0, len(curve.per_month), step):
        lengths += _within(curve.per_month[first : first + step], threshold)
    return lengths


def _within(counts: Sequence[int], threshold: int) -> list[int]:
    lengths, length, together = [], 0, 0
    for count in counts:
        length, together = length + 1, together + count
        if together == 0 or together >= threshold:
            lengths.append(length)
            length = together = 0
    if length:
        # Too few are left for a stretch of their own: they go with the last one that has people.
        while lengths and together < threshold:
            length += lengths[-1]
            together = sum(counts[sum(lengths[:-1]) :])
            lengths.pop()
        lengths.append(length)
    return lengths


def _stretches(found: Cliff, lengths: Sequence[int]) -> Iterator[Stretch]:
    at, by_then = 0, 0
    for length in lengths:
        ending = sum(found.together.per_month[at : at + length])
        by_then += ending
        yield Stretch(found.months[at], length, ending, by_then)
        at += length
