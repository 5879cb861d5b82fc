"""Which dates of a wage-cost subsidy become a signal: Participatiewet, article 10d."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from meedoen.rules.signals.facts import LawDate
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.wage_subsidy.terms import decide_by, flat_until, next_recalculation


@dataclass(frozen=True, slots=True)
class NewestSubsidy:
    """The subsidy of a job that goes on, as it was worked out last.

    `starts_on` is the day from which it holds; `is_flat` says that it is the fixed part of the
    first months, so that the loonwaarde is still to be fixed.
    """

    job_started_on: date
    starts_on: date
    is_flat: bool


def subsidy_dates(newest: NewestSubsidy, track: str, *, on: date) -> Iterator[LawDate]:
    """Give what is to be done next about the subsidy of a track.

    The loonwaarde is fixed in the first months (10d(5)), and the municipality decides within some
    weeks of that (10d(12)): so at the latest that many weeks after those months. On every
    1 January the subsidy is worked out anew (10d(7)). When the fixed part is over there is nothing
    to work out before the loonwaarde is known. Raises NoValueError.
    """
    if newest.is_flat:
        last_flat = flat_until(newest.job_started_on) - timedelta(days=1)
        if on > last_flat:
            by = decide_by(last_flat)
            yield LawDate(SignalKind.SUBSIDY_DECISION_DUE, track, by)
            return
        yield LawDate(SignalKind.LOONWAARDE_DUE, track, last_flat)
    again = next_recalculation(newest.starts_on)
    yield LawDate(SignalKind.SUBSIDY_RECALCULATION_DUE, track, again)
