"""Which statements made a figure what it is now, when it was something else before.

Whoever counts otherwise now than then has a statement that was recorded in between. That
statement, and not what was known all along, is why the figure changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import (
    NOT_A_REPLACEMENT,
    Columns,
    KnownColumns,
    code_of,
)
from meedoen.rules.indicators.days import FAR_FUTURE, day_number, moment_number
from meedoen.rules.indicators.people_words import (
    DaysInState,
    Events,
    GrowthAfterStart,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleEnded,
    PeopleInState,
    PeopleOnRung,
    PeopleStarted,
    PeopleWithEvent,
    PeopleWithoutEvent,
    PeopleWord,
    Ratio,
    Share,
    ShareFallenBack,
    ShareStillThere,
)
from meedoen.rules.indicators.spells import spells_of
from meedoen.rules.vocabulary import EntryKind, PlaceKind

NOBODY = 0
"""No person has this number."""


@dataclass(frozen=True, slots=True)
class Where:
    """Of which part of a figure, district, kind and organisation; None and "" are all of them."""

    part: str = ""
    district: int | None = None
    place_kind: PlaceKind | None = None
    organisation: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Corrected:
    """A history, and for each statement the one that it takes the place of, 0 for none."""

    columns: Columns
    replaces: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Causes:
    """The places in the columns of the statements that changed a figure, and whose they are."""

    rows: NDArray[np.intp]
    people: NDArray[np.int64]


def causes_of(
    word: PeopleWord,
    history: Corrected,
    on: date,
    where: Where,
    *,
    then: datetime,
    now: datetime | None,
) -> Causes:
    """Find what was recorded after one moment, up to another, by which people count otherwise.

    `now` None is everything recorded. What was itself replaced again by then is left out, as is
    what begins after the reference date and replaces nothing.
    """
    columns = history.columns
    edge, until = moment_number(then), FAR_FUTURE if now is None else moment_number(now)
    later = (columns.recorded > edge) & (columns.recorded <= until)
    later &= (columns.replaced == FAR_FUTURE) | (columns.replaced > until)
    later &= np.isin(columns.kind, [code_of(kind) for kind in kinds_of(word)])
    later &= (columns.starts <= day_number(on)) | (history.replaces != NOT_A_REPLACEMENT)
    about = np.stack([columns.person, _replaced_person(history)], axis=1)
    before, after = (_counting(word, columns.known_at(moment), on, where) for moment in (then, now))
    about = np.where(np.isin(about, _differing(before, after)), about, NOBODY)
    rows = np.flatnonzero(later & (about != NOBODY).any(axis=1))
    people = np.unique(about[rows])
    return Causes(rows, people[people != NOBODY])


def _replaced_person(history: Corrected) -> NDArray[np.int64]:
    """Return about whom each statement took the place of another, mostly the same person."""
    person = np.full(len(history.columns), NOBODY, dtype=np.int64)
    rows = np.flatnonzero(history.replaces != NOT_A_REPLACEMENT)
    places = np.searchsorted(history.columns.entry, history.replaces[rows])
    person[rows] = history.columns.person[places]
    return person


def _counting(word: PeopleWord, known: KnownColumns, on: date, where: Where) -> NDArray[np.int64]:
    """Return who counts and how often: a row for each, the number of the person first."""
    spells, day = spells_of(word, known), day_number(on)
    holds = (spells.starts <= day) & (day < spells.ends)
    if where.part:
        holds &= spells.part == word.parts.index(where.part)
    if where.district is not None:
        holds &= spells.district == where.district
    if where.place_kind is not None:
        holds &= spells.kind == code_of(where.place_kind)
    if where.organisation is not None:
        holds &= spells.organisation == where.organisation
    people = spells.person if spells.about is None else spells.about
    counted: list[NDArray[Any]] = [people, spells.part]
    if spells.about is not None:
        # Of events and ends it counts which ones there were, and how many of those.
        counted += [spells.starts, spells.ends]
    if spells.days is not None:
        counted.append(spells.days)
    table = np.stack([column[holds].astype(np.int64) for column in counted], axis=1)
    rows, times = np.unique(table, axis=0, return_counts=True)
    return rows if spells.about is None else np.column_stack([rows, times])


def _differing(before: NDArray[np.int64], after: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the people with a row in one of the two only."""
    rows, times = np.unique(np.concatenate([before, after]), axis=0, return_counts=True)
    return np.unique(rows[times == 1][:, 0])


def kinds_of(word: PeopleWord) -> Sequence[EntryKind]:
    """Return the kinds of statements by which it is decided whether somebody counts."""
    kinds: tuple[EntryKind, ...]
    match word:
        case PeopleInState() | PeopleWithEvent() | Events():
            kinds = (word.kind, *getattr(word, "also", ()))
        case PeopleWithoutEvent():
            kinds = (EntryKind.BENEFIT, *word.kinds)
        case PeopleStarted() | PeopleEnded() | DaysInState() | ShareStillThere():
            kinds = (EntryKind.PLACEMENT,)
        case ShareFallenBack() | GrowthAfterStart():
            kinds = (EntryKind.PLACEMENT, EntryKind.MEASUREMENT)
        case PeopleByGrowth() | PeopleOnRung():
            kinds = (EntryKind.MEASUREMENT, *([EntryKind.BENEFIT] if word.on_benefit else []))
        case PeopleBySteps():
            kinds = (EntryKind.LIFE_DOMAIN, *([EntryKind.MEASUREMENT] if word.same_rung else []))
        case Share() | Ratio():
            kinds = (*kinds_of(word.part), *kinds_of(word.whole))
        case _:
            assert_never(word)
    if not isinstance(word, Share | Ratio) and word.where.about_places:
        kinds = (*kinds, EntryKind.PLACEMENT)
    return tuple(dict.fromkeys(kinds))
