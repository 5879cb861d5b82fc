"""What of a figure had happened by a day, as the forecast looks at it."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.causes import kinds_of
from meedoen.rules.indicators.columns import Columns, code_of
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number
from meedoen.rules.indicators.evaluate import are_measured, evaluate, merged
from meedoen.rules.indicators.language import EVENT_KINDS, Version, Word
from meedoen.rules.indicators.people_words import (
    Events,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleInState,
    PeopleWithEvent,
    PeopleWord,
)
from meedoen.rules.indicators.sources import Known, Sources
from meedoen.rules.indicators.spells import spells_of
from meedoen.rules.periods import MONTHS_IN_YEAR

Days = NDArray[np.int64]
AnyColumns = TypeVar("AnyColumns", bound=Columns)


def only_about(word: Word, sources: Sources) -> Sources:
    """Keep of the history what a word looks at: the rest costs time and changes nothing."""
    history = sources.history
    if not isinstance(word, PeopleWord):
        none = np.zeros(len(history), dtype=np.bool_)
        return replace(sources, history=_rows(history, none))
    codes = [code_of(kind) for kind in kinds_of(word)]
    return replace(sources, history=_rows(history, np.isin(history.kind, codes)))


def _rows(history: AnyColumns, kept: NDArray[np.bool_]) -> AnyColumns:
    arrays = {field.name: getattr(history, field.name)[kept] for field in fields(history)}
    return type(history)(**arrays)


def stretches_of(word: PeopleInState, known: Known) -> tuple[Days, Days]:
    """Return of each stretch in which a person counts the first day and the first day after it."""
    spells = spells_of(word, known.history)
    _cell, starts, ends = merged(spells, np.zeros(len(spells.person), dtype=np.int64))
    return starts, ends


def values_on(version: Version, known: Known, days: Sequence[date]) -> list[int]:
    """Return the figure on each day."""
    counts = evaluate(version, known, list(days))
    return [int(value) for value in counts.values[:, 0]]


def is_measured(version: Version, known: Known, on: date) -> bool:
    """Return whether the figure says something on a day."""
    return all(are_measured(version, known, [on]))


def values_so_far(version: Version, known: Known, days: Sequence[date]) -> list[int]:
    """Return for each day what the figure of its year end would be if nothing more happened.

    No two days are of one year. What does not come from the history of people, such as referrals
    and places, is the figure on the day itself.
    """
    word = version.count
    if not isinstance(word, PeopleWord):
        return values_on(version, known, days)
    if _stays_within_years(word):
        return values_on(version, _by_these_days(known, days), [_year_end(day) for day in days])
    return [
        value
        for day in days
        for value in values_on(version, happened_by(known, day), [_year_end(day)])
    ]


def value_at_start(version: Version, known: Known, year: int) -> int:
    """Return what the figure of a year end would have been if nothing had happened in that year.

    What looks only at events of its own year begins it at nought. What does not come from the
    history of people is the figure of the year end before.
    """
    if isinstance(version.count, PeopleWord) and _stays_within_years(version.count):
        return 0
    before, year_end = date(year - 1, 12, 31), date(year, 12, 31)
    if not isinstance(version.count, PeopleWord):
        [value] = values_on(version, known, [before])
    else:
        [value] = values_on(version, happened_by(known, before), [year_end])
    return value


def happened_by(known: Known, on: date) -> Known:
    """Leave out of a history what began after a day; what ended after it had not ended yet."""
    history, day = known.history, day_number(on)
    begun = _rows(history, history.starts <= day)
    going_on = begun.ends > day + 1
    ends = np.where(going_on, FAR_FUTURE_DAY, begun.ends).astype(np.int32)
    return replace(known, history=replace(begun, ends=ends))


def _stays_within_years(word: PeopleWord) -> bool:
    """Tell whether the figure of a year end looks at nothing but events of its own year.

    Then many years can be counted at once, which is much quicker.
    """
    within = isinstance(word, PeopleWithEvent | Events) and word.months <= MONTHS_IN_YEAR
    return (within or isinstance(word, PeopleByGrowth | PeopleBySteps)) and all(
        kind in EVENT_KINDS for kind in kinds_of(word)
    )


def _by_these_days(known: Known, days: Sequence[date]) -> Known:
    """Keep what happened in the years of these days, up to and including each."""
    starts = known.history.starts
    kept = np.zeros(len(starts), dtype=np.bool_)
    for day in days:
        kept |= (starts >= day_number(date(day.year, 1, 1))) & (starts <= day_number(day))
    return replace(known, history=_rows(known.history, kept))


def _year_end(day: date) -> date:
    return date(day.year, 12, 31)
