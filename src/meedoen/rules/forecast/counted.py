"""What of a figure had happened by a day, as the forecast looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.causes import kinds_of
from meedoen.rules.indicators.columns import Columns, code_of
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number
from meedoen.rules.indicators.evaluate import are_measured, evaluate, merged
from meedoen.rules.indicators.language import Version, Word
from meedoen.rules.indicators.people_words import (
    Events,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleEnded,
    PeopleInState,
    PeopleOnRung,
    PeopleStarted,
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


def measured_on(version: Version, known: Known, days: Sequence[date]) -> list[bool]:
    """Return on which days the figure says something; all at once, for that may take counting."""
    return are_measured(version, known, list(days))


@dataclass(frozen=True, slots=True)
class Years:
    """A figure in earlier years: what was counted by the same day, and how each year ended.

    `now` is what was counted by the day itself. Latest year first.
    """

    now: int
    by_then: tuple[int, ...]
    ended: tuple[int, ...]

    @property
    def added(self) -> list[int]:
        """Return what came after the day in each earlier year."""
        return [end - then for end, then in zip(self.ended, self.by_then, strict=True)]


def years_of(version: Version, known: Known, on: date, earlier: Sequence[date]) -> Years:
    """Count by a day, and by the same day of earlier years and at their end."""
    ends = [_year_end(day) for day in earlier]
    if _starts_anew(version.count):
        [now, *by_then] = values_so_far(version, known, [on, *earlier])
        ended = values_so_far(version, known, ends)
    else:
        [now, *values] = values_on(version, known, [on, *earlier, *ends])
        by_then, ended = values[: len(ends)], values[len(ends) :]
    return Years(now, tuple(by_then), tuple(ended))


def values_so_far(version: Version, known: Known, days: Sequence[date]) -> list[int]:
    """Return for each day what the figure of its year end would be if nothing more happened.

    No two days are of one year. That is asked only of what begins anew every year. Every other
    figure is the one on the day itself, and so is growth, which counts the year until then.
    """
    word = version.count
    if not _starts_anew(word):
        return values_on(version, known, days)
    if isinstance(word, PeopleWithEvent | Events) and not word.where.about_places:
        # These look at nothing but events of the year, so that many years are counted at once.
        return values_on(version, _by_these_days(known, days), [_year_end(day) for day in days])
    return [
        value
        for day in days
        for value in values_on(version, happened_by(known, day), [_year_end(day)])
    ]


def _starts_anew(word: Word) -> bool:
    """Tell whether a figure of a year end counts what happened in that year, and nothing before."""
    if not isinstance(word, PeopleWithEvent | Events | PeopleStarted | PeopleEnded):
        return False
    return word.months <= MONTHS_IN_YEAR


def value_at_start(version: Version, known: Known, year: int) -> int:
    """Return where the figure stood when a year began: nought for what counts within a year."""
    if _starts_anew(version.count) or isinstance(
        version.count, PeopleByGrowth | PeopleBySteps | PeopleOnRung
    ):
        return 0
    [value] = values_on(version, known, [date(year - 1, 12, 31)])
    return value


def happened_by(known: Known, on: date) -> Known:
    """Leave out of a history what began after a day; what ended after it had not ended yet."""
    history, day = known.history, day_number(on)
    begun = _rows(history, history.starts <= day)
    going_on = begun.ends > day + 1
    ends = np.where(going_on, FAR_FUTURE_DAY, begun.ends).astype(np.int32)
    return replace(known, history=replace(begun, ends=ends))


def _by_these_days(known: Known, days: Sequence[date]) -> Known:
    """Keep what happened in the years of these days, up to and including each."""
    starts = known.history.starts
    kept = np.zeros(len(starts), dtype=np.bool_)
    for day in days:
        kept |= (starts >= day_number(date(day.year, 1, 1))) & (starts <= day_number(day))
    return replace(known, history=_rows(known.history, kept))


def _year_end(day: date) -> date:
    return date(day.year, 12, 31)
