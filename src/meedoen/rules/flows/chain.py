"""The one path of a person over kinds of places and laws, with the law of each step kept apart.

Moving on from day activity (Wmo 2015) to a participation job (Participatiewet) is one path for
the person. What was written down for one law still belongs to that law: a step never has two.
The order of the kinds stands in catalogue/flows/chain.toml, dated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache

from meedoen.rules.dated_tables import (
    Row,
    holding,
    read_series_of_each,
    shipped_text,
)
from meedoen.rules.indicators.after_ends import ELSEWHERE_AFTER, Elsewhere
from meedoen.rules.places.kinds import KindTable, rules_of
from meedoen.rules.vocabulary import LegalTask, Outcome, PlaceKind

HIGHEST_LEVEL = 20
STEPS_ELSEWHERE = (
    Elsewhere.PAID_WORK,
    Elsewhere.SUPPORTED_WORK,
    Elsewhere.OWN_VOLUNTEERING,
    Elsewhere.TRAINING,
)
"""Where the path goes on outside the places; to nothing, away or death is no step."""
STEPS: tuple[PlaceKind | Elsewhere, ...] = (*PlaceKind, *STEPS_ELSEWHERE)


class Direction(StrEnum):
    """How a step compares with the one before it."""

    FIRST = "first"
    UP = "up"
    LEVEL = "level"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLevel:
    """How far along a step is, from a day on."""

    step: PlaceKind | Elsewhere
    valid_from: date
    valid_to: date | None
    level: int


ChainTable = Mapping[PlaceKind | Elsewhere, tuple[ChainLevel, ...]]
"""The lines of each step, in order of date, without gaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A placement of a person; `ends_on` is the first day on which it was over, None when open.

    `placement` means only same or different.
    """

    placement: int
    kind: PlaceKind
    starts_on: date
    ends_on: date | None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a path.

    `legal_task` is None outside the places: what somebody does there is no task of the
    municipality. `beside` holds the places in the path, from 0, of earlier steps that had not
    ended when this one began. `gap_days` counts the days before it on which there was nothing;
    0 for the first. `placement` is None outside the places.
    """

    step: PlaceKind | Elsewhere
    placement: int | None
    starts_on: date
    ends_on: date | None
    legal_task: LegalTask | None
    level: int
    direction: Direction
    beside: tuple[int, ...]
    gap_days: int


def path_of(
    stretches: Iterable[Stretch],
    *,
    levels: ChainTable | None = None,
    kinds: KindTable | None = None,
) -> tuple[Step, ...]:
    """Put the placements of one person in order of their beginning, with what came after.

    A placement that ended with an outcome such as paid work is followed by a step outside the
    places, which is over when the next placement begins: nothing more is known of it. A step is
    compared with the latest one to begin before it. Raises ValueError for a stretch that ends
    before it starts or that lasted no day.
    """
    ordered = sorted(stretches, key=lambda one: (one.starts_on, one.placement))
    _check(ordered)
    table = levels or shipped_chain()
    path: list[Step] = []
    steps: list[Stretch | _Begun] = [*ordered, *_elsewhere(ordered)]
    for begun in sorted(steps, key=_order):
        path.append(_step(begun, path, table, kinds))
    return tuple(path)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A step outside the places, before it is compared."""

    step: Elsewhere
    starts_on: date
    ends_on: date | None


def _elsewhere(ordered: Sequence[Stretch]) -> set[_Begun]:
    """Return a step for each end that led elsewhere, unless another place began that day."""
    found: set[_Begun] = set()
    for one in ordered:
        step = ELSEWHERE_AFTER.get(one.outcome) if one.outcome else None
        if one.ends_on is not None and step in STEPS_ELSEWHERE:
            later = (other.starts_on for other in ordered if other.starts_on >= one.ends_on)
            ends_on = min(later, default=None)
            if ends_on != one.ends_on:
                found.add(_Begun(step, one.ends_on, ends_on))
    return found


def _order(begun: Stretch | _Begun) -> tuple[date, bool, int]:
    if isinstance(begun, Stretch):
        return begun.starts_on, False, begun.placement
    return begun.starts_on, True, STEPS.index(begun.step)


def _step(
    begun: Stretch | _Begun, path: Sequence[Step], levels: ChainTable, kinds: KindTable | None
) -> Step:
    step: PlaceKind | Elsewhere = begun.kind if isinstance(begun, Stretch) else begun.step
    level = holding(levels[step], begun.starts_on).level
    return Step(
        step=step,
        placement=begun.placement if isinstance(begun, Stretch) else None,
        starts_on=begun.starts_on,
        ends_on=begun.ends_on,
        legal_task=(
            rules_of(begun.kind, begun.starts_on, kinds).legal_task
            if isinstance(begun, Stretch)
            else None
        ),
        level=level,
        direction=_direction(level, path),
        beside=tuple(
            at
            for at, one in enumerate(path)
            if one.ends_on is None or one.ends_on > begun.starts_on
        ),
        gap_days=_gap(begun.starts_on, path),
    )


def _direction(level: int, path: Sequence[Step]) -> Direction:
    if not path:
        return Direction.FIRST
    before = path[-1].level
    if level == before:
        return Direction.LEVEL
    return Direction.UP if level > before else Direction.DOWN


def _gap(starts_on: date, path: Sequence[Step]) -> int:
    """Count the days before a day on which no step of the path went on."""
    ends = [one.ends_on for one in path if one.starts_on < starts_on]
    known = [day for day in ends if day is not None]
    if not known or len(known) < len(ends):
        return 0
    return max((starts_on - max(known)).days, 0)


def _check(stretches: Iterable[Stretch]) -> None:
    for one in stretches:
        if one.ends_on is not None and one.ends_on <= one.starts_on:
            raise ValueError(
                f"placement {one.placement} is over on {one.ends_on}; "
                f"give a day after {one.starts_on}"
            )


def read_chain(text: str, file_name: str) -> ChainTable:
    """Read the levels from TOML.

    Raises DatedTableError with every mistake at once; when the lines themselves are right, with
    every step that is missing, and every gap and overlap in the dates.
    """
    return read_series_of_each(
        text, file_name, "levels", _line, of=lambda line: line.step, each=STEPS
    )


@cache
def shipped_chain() -> ChainTable:
    """Read the levels that come with the package, once. Raises DatedTableError."""
    return read_chain(shipped_text("flows", "chain.toml"), "chain.toml")


def _line(row: Row) -> ChainLevel:
    row.refuse_unknown(field.name for field in fields(ChainLevel))
    valid_from, valid_to = row.dates()
    names: dict[str, PlaceKind | Elsewhere] = {step.value: step for step in STEPS}
    return ChainLevel(
        step=names[row.word("step", names)],
        valid_from=valid_from,
        valid_to=valid_to,
        level=row.number("level", HIGHEST_LEVEL),
    )
