"""From history to figures: every stretch adds one at its start and takes one off at its end.

People are counted in the history, asks and organisations in the steps of referrals.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.grouping import (
    AT_PLACES,
    Group,
    Grouping,
    Groups,
    grouping_of,
)
from meedoen.rules.indicators.language import (
    Definition,
    ReferralWord,
    Version,
    Word,
    headline_part,
)
from meedoen.rules.indicators.measured import something_known
from meedoen.rules.indicators.medians import lower_medians
from meedoen.rules.indicators.people_words import PeopleWord, Printed, Ratio, knows_kinds
from meedoen.rules.indicators.place_columns import KnownPlaces
from meedoen.rules.indicators.place_spells import days_recorded, place_grouping, place_parts
from meedoen.rules.indicators.place_words import PlaceWord
from meedoen.rules.indicators.referral_columns import KnownReferrals
from meedoen.rules.indicators.referral_spells import parts_of, referral_spells
from meedoen.rules.indicators.sorting import changes, in_order
from meedoen.rules.indicators.sources import Known, Sources
from meedoen.rules.indicators.spell import Spells
from meedoen.rules.indicators.spells import spells_of
from meedoen.rules.indicators.stretches import openings
from meedoen.rules.vocabulary import ReferralEvent


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Numbers per reference date and group, of what the word counts."""

    dates: tuple[date, ...]
    """As asked for, in that order."""
    groups: Groups
    """The districts or the organisations, 0 for what has none; codes of kinds; or pairs of a
    district and a kind.

    None when everything is together.
    """
    values: NDArray[np.int64]
    """The headline: dates x groups (one column when everything is together).

    A share, a ratio or a median of nothing is 0 here: see `are_measured`.
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

    Nor is a share of nothing measured, a ratio or a median.
    """


def evaluate(
    version: Version, known: Known, dates: Sequence[date], group: Group | None = None
) -> Counts:
    """Count what is distinct on every date, for everything together or per group.

    Per district somebody with stretches in two districts on one day counts in both, so the
    districts may add up to more than the whole; so may the kinds of places and the organisations.
    Raises ValueError for a word about what was not read, per kind or organisation for a word that
    is about no places, and for a figure that is printed and not counted.
    """
    word = version.count
    check_group(word, group)
    if isinstance(word, PlaceWord):
        places = _places(known)
        grouping = place_grouping(places, group)
        parts = place_parts(word, places, dates, grouping)
        return _as_counts(word, dates, grouping, parts, headline(word, parts))
    spells, grouping = _spells(word, known, group)
    return counts_of(word, spells, dates, grouping)


def counts_of(
    word: PeopleWord | ReferralWord | Printed,
    spells: Spells,
    dates: Sequence[date],
    grouping: Grouping,
) -> Counts:
    """Count the stretches of a word on every date, as `evaluate` does."""
    parts = _parts(word, spells, dates, grouping)
    if word.form is Form.MEDIAN:
        values = lower_medians(spells, dates, grouping)
    else:
        values = headline(word, parts)
    return _as_counts(word, dates, grouping, parts, values)


def _as_counts(
    word: Word,
    dates: Sequence[date],
    grouping: Grouping,
    parts: NDArray[np.int64],
    values: NDArray[np.int64],
) -> Counts:
    return Counts(
        dates=tuple(dates),
        groups=grouping.groups,
        values=values.reshape(len(dates), grouping.width),
        parts={name: parts[:, place] for place, name in enumerate(word.parts)},
    )


def check_group(word: Word, group: Group | None) -> None:
    """Raise ValueError for a word that is about no places, in groups by what places have."""
    if isinstance(word, PlaceWord):
        return
    if group in AT_PLACES and (isinstance(word, ReferralWord) or not knows_kinds(word)):
        raise ValueError(f"{word.word} knows no kinds of places: count it per district")


def headline(word: Word, parts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Work the headline out from the parts, dates x parts x groups; not for a median.

    Halves go up; a share or a ratio of nothing is 0.
    """
    if word.form not in (Form.SHARE, Form.RATIO):
        shown = headline_part(word)
        return parts[:, 0 if shown is None else word.parts.index(shown)]
    per = word.per if isinstance(word, Ratio) else 100
    part, whole = parts[:, 0], parts[:, 1]
    worked_out = (2 * per * part + whole) // np.maximum(2 * whole, 1)
    return np.where(whole > 0, worked_out, 0)


def _spells(
    word: PeopleWord | ReferralWord | Printed, known: Known, group: Group | None
) -> tuple[Spells, Grouping]:
    """Return what counts, and the groups that occur in what is known."""
    if isinstance(word, ReferralWord):
        referrals = _given(known.referrals)
        districts = np.union1d(referrals.steps.district, [0])
        return referral_spells(word, referrals), grouping_of(
            group, districts, NO_KIND, NO_ORGANISATION
        )
    if isinstance(word, Printed):
        raise ValueError("this figure is printed and not counted: its values are imported")
    history = known.history
    grouping = grouping_of(group, history.district, history.place_kind, history.organisation)
    return spells_of(word, history), grouping


NO_KIND = np.zeros(1, dtype=np.int8)
NO_ORGANISATION = np.zeros(1, dtype=np.int32)


def _given(referrals: KnownReferrals | None) -> KnownReferrals:
    if referrals is None:
        raise ValueError("this word counts in the steps of referrals: give those too")
    return referrals


def _places(known: Known) -> KnownPlaces:
    if known.places is None:
        raise ValueError("this word counts places: give those too")
    return known.places


def _parts(
    word: Word, spells: Spells, dates: Sequence[date], grouping: Grouping
) -> NDArray[np.int64]:
    """Count the parts of a figure, dates x parts x groups; a word without parts has one."""
    width, names = grouping.width, word.parts or ("",)
    cells = spells.part * width + grouping.cells_of(spells)
    table = _counted(merged(spells, cells), dates, width * len(names))
    counted = table.reshape(len(dates), len(names), width)
    return parts_of(word, counted) if isinstance(word, ReferralWord) else counted


def figure(
    definition: Definition, sources: Sources, on: date, known_at: datetime | None
) -> FigureResult:
    """Count one figure on one day as known at a moment, by the version that is valid on that day.

    Raises NoVersionError for a day before the first version, and ValueError for a word about
    what was not read.
    """
    return next(iter(figures([definition], sources, on, known_at)))


def figures(
    definitions: Iterable[Definition], sources: Sources, on: date, known_at: datetime | None
) -> list[FigureResult]:
    """Count the figures of many definitions on one day, as `figure` does one by one.

    A figure that is printed and not counted comes out as not measured.
    """
    known = sources.known_at(known_at)
    return [_figure(definition, known, on, known_at) for definition in definitions]


def are_measured(version: Version, known: Known, dates: Sequence[date]) -> list[bool]:
    """Tell on which dates a figure says something: a zero, and not "we do not know".

    It does when anything of the kind that is counted is known by that day: see
    `something_known`; of referrals one must have been sent, of places one must be written down. A
    share and a ratio need something they are a part of, a median something that was done. What is
    printed is never measured here.
    """
    word = version.count
    if isinstance(word, Printed):
        return [False for _ in dates]
    if isinstance(word, PlaceWord):
        there = _by_then(days_recorded(_places(known)), dates)
    elif isinstance(word, ReferralWord):
        there = np.ones(len(dates), dtype=np.bool_)
        if word.form is Form.COUNT:
            there = _sent_by_then(word, _given(known.referrals), dates)
    else:
        there = something_known(word, known.history, dates)
    if word.form is not Form.COUNT:
        there &= evaluate(version, known, dates).parts[word.parts[-1]][:, 0] > 0
    return [bool(one) for one in there]


def _sent_by_then(
    word: ReferralWord, referrals: KnownReferrals, dates: Sequence[date]
) -> NDArray[np.bool_]:
    steps = referrals.about(word.themes).steps
    return _by_then(steps.day[steps.of(ReferralEvent.SENT)], dates)


def _by_then(days: NDArray[Any], dates: Sequence[date]) -> NDArray[np.bool_]:
    asked = np.array([day_number(day) for day in dates], dtype=np.int64)
    return asked >= days.min() if len(days) else np.zeros(len(dates), dtype=np.bool_)


def _figure(
    definition: Definition, known: Known, on: date, known_at: datetime | None
) -> FigureResult:
    version = definition.version_on(on)
    if isinstance(version.count, Printed):
        return FigureResult(
            definition.code, version.valid_from, on, known_at, 0, {}, measured=False
        )
    counts = evaluate(version, known, [on])
    return FigureResult(
        code=definition.code,
        version=version.valid_from,
        on=on,
        known_at=known_at,
        value=int(counts.values[0, 0]),
        parts={name: int(values[0, 0]) for name, values in counts.parts.items()},
        measured=all(are_measured(version, known, [on])),
    )


Stretches = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Cell, first day and first day after; no person twice on one day in one cell."""


def merged(spells: Spells, cells: NDArray[np.int64]) -> Stretches:
    """Make overlapping stretches of one person in one cell one stretch."""
    kept = np.flatnonzero(spells.starts < spells.ends)
    kept = kept[in_order(cells[kept], spells.person[kept], spells.starts[kept])]
    if not len(kept):
        return cells[kept], spells.starts[kept], spells.ends[kept]
    person, cell = spells.person[kept], cells[kept]
    starts, ends = spells.starts[kept], spells.ends[kept]
    opens, latest = openings(changes(person, cell), starts, ends)
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
