"""What of a figure had happened by a day, as the forecast looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.causes import kinds_of
from meedoen.rules.indicators.columns import KnownColumns
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number
from meedoen.rules.indicators.evaluate import Counts, are_measured, counts_of, evaluate, merged
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.grouping import TOGETHER
from meedoen.rules.indicators.language import Version, Word
from meedoen.rules.indicators.measured import known_by, something_known
from meedoen.rules.indicators.participating import taking_part_in
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
from meedoen.rules.indicators.shared import shared
from meedoen.rules.indicators.sources import Known, Sources
from meedoen.rules.indicators.spell import Spells
from meedoen.rules.indicators.spells import spells_of
from meedoen.rules.periods import MONTHS_IN_YEAR

Days = NDArray[np.int64]


def only_about(word: Word, sources: Sources) -> Sources:
    """Keep of the history what a word looks at: the rest costs time and changes nothing."""
    kinds = kinds_of(word) if isinstance(word, PeopleWord) else ()
    return replace(sources, history=sources.history.by_kind_and_person(kinds))


def stretches_of(word: PeopleInState, known: Known) -> tuple[Days, Days]:
    """Return of each stretch in which a person counts the first day and the first day after it."""
    spells = _spells(known.history, word)
    _cell, starts, ends = merged(spells, np.zeros(len(spells.person), dtype=np.int64))
    return starts, ends


def values_on(version: Version, known: Known, days: Sequence[date]) -> list[int]:
    """Return the figure on each day."""
    return [int(value) for value in _counts(version, known, days).values[:, 0]]


def _counts(version: Version, known: Known, days: Sequence[date]) -> Counts:
    word = version.count
    if not isinstance(word, PeopleWord):
        return evaluate(version, known, days)
    return counts_of(word, _spells(known.history, word), days, TOGETHER)


@shared
def _spells(history: KnownColumns, word: PeopleWord) -> Spells:
    """Find the stretches of a word: a forecast asks for the same on day after day."""
    return spells_of(word, history)


def measured_on(version: Version, known: Known, days: Sequence[date]) -> list[bool]:
    """Return on which days the figure says something; all at once, for that may take counting."""
    word = version.count
    if not isinstance(word, PeopleWord):
        return are_measured(version, known, days)
    there = something_known(word, known.history, days)
    if word.form is not Form.COUNT:
        there &= _counts(version, known, days).parts[word.parts[-1]][:, 0] > 0
    return [bool(one) for one in there]


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


def begun_by(version: Version, known: Known, days: Sequence[date]) -> list[bool]:
    """Tell on which days what the figure looks at was being recorded.

    A year in which that began had few by any day, and then many: it says nothing of others.
    """
    word = version.count
    if not isinstance(word, PeopleWord):
        return are_measured(version, known, days)
    return [bool(one) for one in known_by(word, known.history, days)]


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
    if isinstance(word, PeopleStarted | PeopleEnded):
        known = replace(known, history=taking_part_in(known.history, word.where))
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
    begun = history.kept(history.starts <= day)
    going_on = begun.ends > day + 1
    ends = np.where(going_on, FAR_FUTURE_DAY, begun.ends).astype(np.int32)
    return replace(known, history=replace(begun, ends=ends))


def _by_these_days(known: Known, days: Sequence[date]) -> Known:
    """Keep what happened in the years of these days, up to and including each."""
    starts = known.history.starts
    kept = np.zeros(len(starts), dtype=np.bool_)
    for day in days:
        kept |= (starts >= day_number(date(day.year, 1, 1))) & (starts <= day_number(day))
    return replace(known, history=known.history.kept(kept))


def _year_end(day: date) -> date:
    return date(day.year, 12, 31)
