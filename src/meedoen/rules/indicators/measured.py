"""On which dates a figure says something: a zero, and not "we do not know"."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.columns import KnownColumns, code_of, is_one_of
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.people_words import (
    Events,
    GrowthAfterStart,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleInState,
    PeopleOnRung,
    PeopleWithEvent,
    PeopleWithoutEvent,
    PeopleWord,
    Ratio,
    Share,
)
from meedoen.rules.vocabulary import EntryKind


def something_known(
    word: PeopleWord, known: KnownColumns, dates: Sequence[date]
) -> NDArray[np.bool_]:
    """Tell on which dates the history holds anything of the kinds that a word counts.

    Nobody on a participation job is a zero where there are placements of other kinds; in a
    history that had not begun it is not. Who had no conversation is only known where both
    benefits and conversations are. Growth asks for a measurement in that calendar year.
    """
    match word:
        case PeopleByGrowth() | PeopleBySteps() | PeopleOnRung():
            [[kind]] = _kinds(word)
            return _in_year(known, kind, dates)
        case Share() | Ratio():
            parts = [something_known(each, known, dates) for each in (word.part, word.whole)]
            return parts[0] & parts[1]
        case _:
            return known_by(word, known, dates)


def known_by(word: PeopleWord, known: KnownColumns, dates: Sequence[date]) -> NDArray[np.bool_]:
    """Tell on which dates something of every kind that a word counts had been recorded ever."""
    if isinstance(word, Share | Ratio):
        return known_by(word.part, known, dates) & known_by(word.whole, known, dates)
    found = np.ones(len(dates), dtype=np.bool_)
    for kinds in _kinds(word):
        found &= _by_then(known, kinds, dates)
    return found


def _kinds(word: PeopleWord) -> list[tuple[EntryKind, ...]]:
    """Return of which kinds something must be known: one of each."""
    match word:
        case PeopleInState() | PeopleWithEvent() | Events():
            return [(word.kind, *getattr(word, "also", ()))]
        case PeopleWithoutEvent():
            return [(EntryKind.BENEFIT,), word.kinds]
        case GrowthAfterStart():
            return [(EntryKind.PLACEMENT,), (EntryKind.MEASUREMENT,)]
        case PeopleByGrowth() | PeopleOnRung():
            return [(EntryKind.MEASUREMENT,)]
        case PeopleBySteps():
            return [(EntryKind.LIFE_DOMAIN,)]
        case _:
            return [(EntryKind.PLACEMENT,)]


def _by_then(
    known: KnownColumns, kinds: Sequence[EntryKind], dates: Sequence[date]
) -> NDArray[np.bool_]:
    starts = known.starts[is_one_of(known.kind, kinds)]
    asked = np.array([day_number(day) for day in dates], dtype=np.int64)
    if not len(starts):
        return np.zeros(len(asked), dtype=np.bool_)
    there: NDArray[np.bool_] = asked >= starts.min()
    return there


def _in_year(known: KnownColumns, kind: EntryKind, dates: Sequence[date]) -> NDArray[np.bool_]:
    starts = np.sort(known.starts[known.kind == code_of(kind)])
    firsts = [day_number(date(day.year, 1, 1)) for day in dates]
    lasts = [day_number(day) for day in dates]
    until = np.searchsorted(starts, lasts, side="right")
    there: NDArray[np.bool_] = until > np.searchsorted(starts, firsts, side="left")
    return there
