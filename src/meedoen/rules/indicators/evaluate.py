"""From history to figures: every stretch adds one at its start and takes one off at its end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import Columns, KnownColumns, code_of
from meedoen.rules.indicators.days import DAY_SPAN, day_number
from meedoen.rules.indicators.language import Definition, PeopleByGrowth, Version
from meedoen.rules.indicators.spells import Spells, spells_of
from meedoen.rules.vocabulary import EntryKind

Group = Literal["district"]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Numbers of people per reference date and group."""

    dates: tuple[date, ...]
    """As asked for, in that order."""
    groups: tuple[int, ...] | None
    """The districts, 0 for people without one; None when everybody is together."""
    values: NDArray[np.int64]
    """The headline: dates x groups (one column when everybody is together)."""
    parts: Mapping[str, NDArray[np.int64]]
    """Per part of the figure the same shape; empty for a word without parts."""


@dataclass(frozen=True, slots=True)
class FigureResult:
    """One figure, with all that is needed to compute it again."""

    code: str
    version: date
    """The day from which the definition's version is valid."""
    on: date
    known_at: datetime | None
    """None is with everything recorded."""
    value: int
    parts: Mapping[str, int]
    """Empty for a word without parts; the headline is the first part."""
    measured: bool = True
    """False when nothing of the kind was known to have happened by then: not a zero, a dash."""


def evaluate(
    version: Version,
    columns: KnownColumns,
    dates: Sequence[date],
    group: Group | None = None,
) -> Counts:
    """Count the distinct people on every date, for everybody or per district.

    Per district somebody with stretches in two districts on one day counts in both, so the
    districts may add up to more than the whole. The district is that of the statement, for
    growth that of the last measurement.
    """
    spells = spells_of(version.count, columns)
    groups = None if group is None else np.unique(columns.district)
    places = (
        np.zeros(len(spells.person), dtype=np.int64)
        if groups is None
        else np.searchsorted(groups, spells.district)
    )
    names = version.count.parts or ("",)
    width = 1 if groups is None else len(groups)
    cells = spells.part * width + places
    table = _counted(merged(spells, cells), dates, width * len(names))
    by_part = table.reshape(len(dates), len(names), width)
    return Counts(
        dates=tuple(dates),
        groups=None if groups is None else tuple(groups.tolist()),
        values=by_part[:, 0],
        parts={name: by_part[:, place] for place, name in enumerate(version.count.parts)},
    )


def figure(
    definition: Definition, columns: Columns, on: date, known_at: datetime | None
) -> FigureResult:
    """Count one figure on one day as known at a moment, by the version that is valid on that day.

    Raises NoVersionError for a day before the first version.
    """
    return _figure(definition, columns.known_at(known_at), on, known_at)


def figures(
    definitions: Iterable[Definition], columns: Columns, on: date, known_at: datetime | None
) -> list[FigureResult]:
    """Count the figures of many definitions on one day, as `figure` does one by one."""
    known = columns.known_at(known_at)
    return [_figure(definition, known, on, known_at) for definition in definitions]


def is_measured(version: Version, known: KnownColumns, on: date) -> bool:
    """Tell whether a figure on this day says something: a zero, and not "we do not know".

    It does when the history holds anything of the kind that is counted, up to that day; for
    growth, anything in that calendar year. Nobody on a participation job is a zero where there
    are placements of other kinds; in a history that had not begun it is not.
    """
    word = version.count
    kind = EntryKind.MEASUREMENT if isinstance(word, PeopleByGrowth) else word.kind
    first = date(on.year, 1, 1) if isinstance(word, PeopleByGrowth) else date.min
    starts = known.starts[known.kind == code_of(kind)]
    return bool(np.any((starts >= day_number(first)) & (starts <= day_number(on))))


def people_behind(
    version: Version,
    columns: KnownColumns,
    on: date,
    *,
    part: str | None = None,
    district: int | None = None,
) -> NDArray[np.int64]:
    """List the people that a figure counts on a day, each once, in order of their number.

    Without a part this is the headline. Raises ValueError for a part that the word has not.
    """
    parts = version.count.parts
    if part is not None and part not in parts:
        raise ValueError(f"{part!r} is no part of this figure; possible is {', '.join(parts)}")
    spells = spells_of(version.count, columns)
    day = day_number(on)
    counted = (spells.starts <= day) & (day < spells.ends)
    counted &= spells.part == (0 if part is None else parts.index(part))
    if district is not None:
        counted &= spells.district == district
    return np.unique(spells.person[counted])


def _figure(
    definition: Definition, known: KnownColumns, on: date, known_at: datetime | None
) -> FigureResult:
    version = definition.version_on(on)
    counts = evaluate(version, known, [on])
    return FigureResult(
        code=definition.code,
        version=version.valid_from,
        on=on,
        known_at=known_at,
        value=int(counts.values[0, 0]),
        parts={name: int(values[0, 0]) for name, values in counts.parts.items()},
        measured=is_measured(version, known, on),
    )


Stretches = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Cell, first day and first day after; no person twice on one day in one cell."""


def merged(spells: Spells, cells: NDArray[np.int64]) -> Stretches:
    """Make overlapping stretches of one person in one cell one stretch."""
    kept = np.flatnonzero(spells.starts < spells.ends)
    kept = kept[np.lexsort((spells.starts[kept], cells[kept], spells.person[kept]))]
    if not len(kept):
        return cells[kept], spells.starts[kept], spells.ends[kept]
    person, cell = spells.person[kept], cells[kept]
    starts, ends = spells.starts[kept], spells.ends[kept]
    other = np.ones(len(kept), dtype=np.bool_)
    other[1:] = (person[1:] != person[:-1]) | (cell[1:] != cell[:-1])
    # Each run of one person in one cell is lifted above the one before it, so that a single
    # running maximum gives the latest end so far within the run.
    lift = np.cumsum(other) * DAY_SPAN
    latest = np.maximum.accumulate(ends + lift) - lift
    opens = other.copy()
    opens[1:] |= starts[1:] > latest[:-1]
    first = np.flatnonzero(opens)
    last = np.append(first[1:], len(kept)) - 1
    return cell[first], starts[first], latest[last]


def _counted(stretches: Stretches, dates: Sequence[date], width: int) -> NDArray[np.int64]:
    """Count the stretches that hold each date, dates x cells."""
    cell, starts, ends = stretches
    asked = np.array([day_number(day) for day in dates], dtype=np.int64)
    days, back = np.unique(asked, return_inverse=True)
    size = (len(days) + 1) * width
    changes = np.bincount(np.searchsorted(days, starts) * width + cell, minlength=size)
    changes -= np.bincount(np.searchsorted(days, ends) * width + cell, minlength=size)
    running = np.cumsum(changes.reshape(len(days) + 1, width), axis=0)
    return running[:-1][back]
