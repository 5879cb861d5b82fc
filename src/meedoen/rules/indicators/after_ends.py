"""Where people are some days after a placement ended, and whether their rung is lower than before.

Two questions, answered apart: does somebody take part, and is their rung lower? A rung that nobody
measured is never counted as fine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.participating import Participations
from meedoen.rules.indicators.rungs import Rungs
from meedoen.rules.indicators.shared import shared
from meedoen.rules.indicators.sorting import distinct, in_order, places_among
from meedoen.rules.indicators.stretches import on_one_line
from meedoen.rules.vocabulary import Outcome


class Elsewhere(StrEnum):
    """Where somebody is who takes part in no place."""

    NOTHING = "nothing"
    PAID_WORK = "to_paid_work"
    SUPPORTED_WORK = "to_supported_work"
    OWN_VOLUNTEERING = "to_own_volunteering"
    TRAINING = "to_training"
    MOVED_AWAY = "to_other_municipality"
    DIED = "died"


ELSEWHERE_AFTER: Mapping[Outcome, Elsewhere] = {
    Outcome.MOVED_ON_TO_PAID_WORK: Elsewhere.PAID_WORK,
    Outcome.MOVED_ON_TO_SUPPORTED_WORK: Elsewhere.SUPPORTED_WORK,
    Outcome.MOVED_ON_TO_OWN_VOLUNTEERING: Elsewhere.OWN_VOLUNTEERING,
    Outcome.MOVED_ON_TO_TRAINING: Elsewhere.TRAINING,
    Outcome.MOVED_AWAY: Elsewhere.MOVED_AWAY,
    Outcome.DIED: Elsewhere.DIED,
}
"""After every other outcome there is nothing, as far as is known."""


class Where(StrEnum):
    """Where somebody is on the last day of a window."""

    TAKING_PART = "taking_part"
    """Still or again, at any place."""
    MOVED_ON = "moved_on"
    """To paid or supported work, training or volunteering of their own."""
    NO_ACTIVITY = "no_activity"
    GONE = "gone"
    """Moved away or died: nobody can say how it went on."""
    NOT_YET_KNOWN = "not_yet_known"
    """The window is not over."""


class RungSince(StrEnum):
    """The last rung that was measured in a window beside the last one before the end."""

    LOWER = "lower"
    NOT_LOWER = "not_lower"
    NOT_MEASURED = "not_measured"
    """Not before, not in the window, or not in the same version of the ladder."""
    NOT_YET_KNOWN = "not_yet_known"
    """The window is not over."""


WHERE, RUNG_SINCE = tuple(Where), tuple(RungSince)
FOLLOWED = (Where.TAKING_PART, Where.MOVED_ON, Where.NO_ACTIVITY)


def where_on(
    found: Participations, rows: NDArray[np.intp], days: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return where the person of each row is on a day, as places in WHERE.

    Of the ends of a person the last one up to that day says where they went.
    """
    line = _line(found)
    asked = on_one_line(line.person[rows], days)
    # What began before less what ended before: of the people that come earlier on the line all
    # that began also ends there, so only the placements of this person are left.
    running = np.searchsorted(line.starts, asked, side="right")
    running -= np.searchsorted(line.ends, asked, side="right")
    where = _where_after()[_last_outcomes(found, line, line.person[rows], days)]
    where[running > 0] = WHERE.index(Where.TAKING_PART)
    return where


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """Of each participation the person, counted from 0; all first days and all ends in order."""

    person: NDArray[np.intp]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    by_end: NDArray[np.intp]
    """The participation of each of the ends; of ends on one day the highest placement is last."""


@shared
def _line(found: Participations) -> _Line:
    return _line_of(found, places_among(distinct(found.person), found.person))


def _line_of(found: Participations, person: NDArray[np.intp]) -> _Line:
    by_end = in_order(person, found.ends, found.placement)
    ends = on_one_line(person, found.ends)[by_end]
    return _Line(person, np.sort(on_one_line(person, found.starts)), ends, by_end)


def rung_since(
    rungs: Rungs, first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return how the last rung of each window compares, as places in RUNG_SINCE.

    `rungs` looks back from the day before each end.
    """
    later = rungs.last_between(first, last)
    measured = later > 0
    since = np.where(
        later < rungs.rung,
        RUNG_SINCE.index(RungSince.LOWER),
        RUNG_SINCE.index(RungSince.NOT_LOWER),
    )
    return np.where(measured, since, RUNG_SINCE.index(RungSince.NOT_MEASURED)).astype(np.int64)


def was_followed(where: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of whom it is known where they are."""
    return np.isin(where, [WHERE.index(one) for one in FOLLOWED])


def fell_back(where: NDArray[np.int64], rung: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell who has no activity or a lower rung, of those that were followed."""
    idle = where == WHERE.index(Where.NO_ACTIVITY)
    lower = rung == RUNG_SINCE.index(RungSince.LOWER)
    fallen: NDArray[np.bool_] = was_followed(where) & (idle | lower)
    return fallen


def last_outcomes(
    found: Participations,
    index: NDArray[np.intp],
    people: Sequence[int] | NDArray[np.integer],
    days: NDArray[np.integer],
) -> NDArray[np.int64]:
    """Return the outcome of the last end of people up to a day, 0 where there is none.

    `index` numbers the person of each participation from 0; `people` are such numbers. Of ends
    on one day that of the highest placement counts.
    """
    return _last_outcomes(found, _line_of(found, index), np.asarray(people, dtype=np.int64), days)


def _last_outcomes(
    found: Participations, line: _Line, asked: NDArray[np.integer], days: NDArray[np.integer]
) -> NDArray[np.int64]:
    places = np.searchsorted(line.ends, on_one_line(asked, days), side="right") - 1
    outcomes = np.zeros(len(asked), dtype=np.int64)
    theirs = np.flatnonzero(places >= 0)
    rows = line.by_end[places[theirs]]
    own = line.person[rows] == asked[theirs]
    outcomes[theirs[own]] = found.outcome[rows[own]]
    return outcomes


def _where_after() -> NDArray[np.int64]:
    """Return for every code of an outcome, 0 for none, where it led, as a place in WHERE."""
    led = {
        Elsewhere.NOTHING: Where.NO_ACTIVITY,
        Elsewhere.MOVED_AWAY: Where.GONE,
        Elsewhere.DIED: Where.GONE,
    }
    after = [ELSEWHERE_AFTER.get(outcome, Elsewhere.NOTHING) for outcome in Outcome]
    names = [Where.NO_ACTIVITY, *(led.get(one, Where.MOVED_ON) for one in after)]
    return np.array([WHERE.index(name) for name in names], dtype=np.int64)
