"""From history to figures: every stretch adds one at its start and takes one off at its end.

People are counted in the history, asks and organisations in the steps of referrals.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import Columns, KnownColumns, code_of
from meedoen.rules.indicators.days import DAY_SPAN, day_number
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import DaysToAnswer, Definition, ReferralWord, Version, Word
from meedoen.rules.indicators.medians import lower_medians
from meedoen.rules.indicators.people_words import PeopleByGrowth
from meedoen.rules.indicators.referral_columns import KnownReferrals, Referrals
from meedoen.rules.indicators.referral_spells import parts_of, referral_spells
from meedoen.rules.indicators.spells import Spells, spells_of
from meedoen.rules.vocabulary import EntryKind, ReferralEvent

Group = Literal["district"]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Numbers per reference date and group, of what the word counts."""

    dates: tuple[date, ...]
    """As asked for, in that order."""
    groups: tuple[int, ...] | None
    """The districts, 0 for what has none; None when everything is together."""
    values: NDArray[np.int64]
    """The headline: dates x groups (one column when everything is together).

    A share or a median of nothing is 0 here: see `are_measured`.
    """
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
    """Empty for a word without parts; `headline_part` tells which of them is the headline."""
    measured: bool = True
    """False when nothing of the kind was known to have happened by then: not a zero, a dash.

    Nor is a share of nothing measured, or a median.
    """


def evaluate(
    version: Version,
    columns: KnownColumns,
    dates: Sequence[date],
    group: Group | None = None,
    *,
    referrals: KnownReferrals | None = None,
) -> Counts:
    """Count what is distinct on every date, for everything together or per district.

    Per district somebody with stretches in two districts on one day counts in both, so the
    districts may add up to more than the whole. The district is that of the statement, for
    growth that of the last measurement, for referrals that of the ask. Raises ValueError for a
    word about referrals without those.
    """
    word = version.count
    if isinstance(word, ReferralWord):
        known = _given(referrals)
        spells = referral_spells(word, known)
        districts = np.union1d(known.steps.district, [0])
    else:
        spells, districts = spells_of(word, columns), columns.district
    groups = None if group is None else np.unique(districts)
    width = 1 if groups is None else len(groups)
    parts = _parts(word, spells, dates, groups)
    if isinstance(word, DaysToAnswer):
        values = lower_medians(word, _given(referrals), dates, groups)
    else:
        values = _share(parts) if word.form is Form.SHARE else parts[:, 0]
    return Counts(
        dates=tuple(dates),
        groups=None if groups is None else tuple(groups.tolist()),
        values=values.reshape(len(dates), width),
        parts={name: parts[:, place] for place, name in enumerate(word.parts)},
    )


def _given(referrals: KnownReferrals | None) -> KnownReferrals:
    if referrals is None:
        raise ValueError("this word counts in the steps of referrals: give those too")
    return referrals


def _parts(
    word: Word, spells: Spells, dates: Sequence[date], groups: NDArray[np.int32] | None
) -> NDArray[np.int64]:
    """Count the parts of a figure, dates x parts x groups; a word without parts has one."""
    width = 1 if groups is None else len(groups)
    names = word.parts or ("",)
    places = (
        np.zeros(len(spells.person), dtype=np.int64)
        if groups is None
        else np.searchsorted(groups, spells.district)
    )
    cells = spells.part * width + places
    table = _counted(merged(spells, cells), dates, width * len(names))
    counted = table.reshape(len(dates), len(names), width)
    return parts_of(word, counted) if isinstance(word, ReferralWord) else counted


def _share(parts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the first part as a whole per cent of the second, halves up; 0 of nothing."""
    part, whole = parts[:, 0], parts[:, 1]
    return (200 * part + whole) // np.maximum(2 * whole, 1)


def figure(
    definition: Definition,
    columns: Columns,
    on: date,
    known_at: datetime | None,
    *,
    referrals: Referrals | None = None,
) -> FigureResult:
    """Count one figure on one day as known at a moment, by the version that is valid on that day.

    Raises NoVersionError for a day before the first version, and ValueError for a word about
    referrals without those.
    """
    return next(iter(figures([definition], columns, on, known_at, referrals=referrals)))


def figures(
    definitions: Iterable[Definition],
    columns: Columns,
    on: date,
    known_at: datetime | None,
    *,
    referrals: Referrals | None = None,
) -> list[FigureResult]:
    """Count the figures of many definitions on one day, as `figure` does one by one."""
    known = columns.known_at(known_at)
    steps = None if referrals is None else referrals.known_at(known_at)
    return [_figure(definition, known, steps, on, known_at) for definition in definitions]


def are_measured(
    version: Version,
    known: KnownColumns,
    dates: Sequence[date],
    *,
    referrals: KnownReferrals | None = None,
) -> list[bool]:
    """Tell on which dates a figure says something: a zero, and not "we do not know".

    It does when the history holds anything of the kind that is counted, up to that day; for
    growth, anything in that calendar year. Nobody on a participation job is a zero where there
    are placements of other kinds; in a history that had not begun it is not. Of referrals one
    must have been sent by then; a share needs something it is a share of, a median an answer.
    """
    word = version.count
    if isinstance(word, ReferralWord) and word.form is not Form.COUNT:
        counts = evaluate(version, known, dates, referrals=referrals)
        return [bool(there) for there in counts.parts[word.parts[-1]][:, 0]]
    if isinstance(word, ReferralWord):
        steps = _given(referrals).about(word.themes).steps
        starts = steps.day[steps.of(ReferralEvent.SENT)]
    elif isinstance(word, PeopleByGrowth):
        starts = known.starts[known.kind == code_of(EntryKind.MEASUREMENT)]
    else:
        starts = known.starts[known.kind == code_of(word.kind)]
    return [
        bool(np.any((starts >= _first_that_counts(word, day)) & (starts <= day_number(day))))
        for day in dates
    ]


def _first_that_counts(word: Word, on: date) -> int:
    """Return from which day on something makes a figure of this day more than a dash."""
    return day_number(date(on.year, 1, 1) if isinstance(word, PeopleByGrowth) else date.min)


def people_behind(
    version: Version,
    columns: KnownColumns,
    on: date,
    *,
    part: str | None = None,
    district: int | None = None,
) -> NDArray[np.int64]:
    """List the people that a figure counts on a day, each once, in order of their number.

    Without a part this is the headline. Raises ValueError for a part that the word has not, and
    for a word about referrals: behind those there are asks and organisations.
    """
    word, parts = version.count, version.count.parts
    if isinstance(word, ReferralWord):
        raise ValueError(f"{word.word} counts no people")
    if part is not None and part not in parts:
        raise ValueError(f"{part!r} is no part of this figure; possible is {', '.join(parts)}")
    spells = spells_of(word, columns)
    day = day_number(on)
    counted = (spells.starts <= day) & (day < spells.ends)
    counted &= spells.part == (0 if part is None else parts.index(part))
    if district is not None:
        counted &= spells.district == district
    return np.unique(spells.person[counted])


def _figure(
    definition: Definition,
    known: KnownColumns,
    referrals: KnownReferrals | None,
    on: date,
    known_at: datetime | None,
) -> FigureResult:
    version = definition.version_on(on)
    counts = evaluate(version, known, [on], referrals=referrals)
    return FigureResult(
        code=definition.code,
        version=version.valid_from,
        on=on,
        known_at=known_at,
        value=int(counts.values[0, 0]),
        parts={name: int(values[0, 0]) for name, values in counts.parts.items()},
        measured=all(are_measured(version, known, [on], referrals=referrals)),
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
