"""What became of every ask: one receiver of one referral, from being sent until its feedback."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.days import FAR_FUTURE_DAY
from meedoen.rules.indicators.referral_columns import StepColumns
from meedoen.rules.indicators.shared import shared
from meedoen.rules.vocabulary import ReferralEvent

ANSWERS = (ReferralEvent.ACCEPTED, ReferralEvent.DECLINED, ReferralEvent.FORWARDED)
"""The receiver said yes, no, or who can."""
NO_ANSWER_NEEDED = (ReferralEvent.OVERTAKEN, ReferralEvent.REVOKED, ReferralEvent.STOPPED)
"""Another one said yes first, or the sender took it back."""
FEEDBACK = (ReferralEvent.STARTED, ReferralEvent.DONE, ReferralEvent.STOPPED)
"""The receiver told that it began, or what came of it."""
NO_FEEDBACK_NEEDED = (ReferralEvent.FORWARDED, ReferralEvent.HANDED_BACK)
"""The receiver said yes and no longer has it."""
RETURNED = (ReferralEvent.LAPSED, ReferralEvent.HANDED_BACK)
"""It is with the sender again, without a no."""
OVER = (ReferralEvent.REVOKED, ReferralEvent.STOPPED)
"""The referral as a whole ended from the side of the sender."""


@dataclass(frozen=True, slots=True, eq=False)
class Asks:
    """Every ask that was sent, in order of number; a day is FAR_FUTURE_DAY for what did not happen.

    Days are numbers since 1970-01-01.
    """

    ask: NDArray[np.int64]
    referral: NDArray[np.int64]
    sender: NDArray[np.int64]
    receiver: NDArray[np.int64]
    theme: NDArray[np.int8]
    district: NDArray[np.int32]
    sent: NDArray[np.int64]
    answer_due: NDArray[np.int64]
    """The last day for an answer."""
    answered: NDArray[np.int64]
    needless: NDArray[np.int64]
    """From when no answer was needed any more."""
    reason: NDArray[np.int64]
    """`code_of` the reason of a no; 0 for another answer or none."""
    accepted: NDArray[np.bool_]
    returned: NDArray[np.int64]
    """When it went back to the sender: not answered in time, or given back after a yes."""
    feedback_due: NDArray[np.int64]
    """The last day for the first feedback, for who said yes."""
    told: NDArray[np.int64]
    """When the first feedback came."""
    released: NDArray[np.int64]
    """From when no feedback was needed any more."""


@shared
def asks_of(steps: StepColumns) -> Asks:
    """Find what became of every ask, by the first step of each kind in order of recording."""
    sent = _first(steps.ask, steps.of(ReferralEvent.SENT) & (steps.ask > 0))
    ask = steps.ask[sent]
    reader = _Reader(steps, ask, steps.referral[sent])
    answered = reader.first(*ANSWERS)
    accepted = reader.first(ReferralEvent.ACCEPTED)
    over = reader.day(reader.first_of_referral(*OVER))
    return Asks(
        ask=ask,
        referral=steps.referral[sent],
        sender=steps.sender[sent],
        receiver=steps.receiver[sent],
        theme=steps.theme[sent],
        district=steps.district[sent],
        sent=steps.day[sent].astype(np.int64),
        answer_due=steps.due[sent].astype(np.int64),
        answered=reader.day(answered),
        needless=np.minimum(reader.day(reader.first(*NO_ANSWER_NEEDED)), over),
        reason=reader.value(steps.reason, answered, 0),
        accepted=accepted != NONE,
        returned=reader.day(reader.first(*RETURNED)),
        feedback_due=reader.value(steps.due, accepted, FAR_FUTURE_DAY).astype(np.int64),
        told=reader.day(reader.first(*FEEDBACK)),
        released=np.minimum(reader.day(reader.first(*NO_FEEDBACK_NEEDED)), over),
    )


def _first(keys: NDArray[np.int64], wanted: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the place of the first wanted row of every key, in order of the keys."""
    rows = np.flatnonzero(wanted)
    _keys, places = np.unique(keys[rows], return_index=True)
    return rows[places]


NONE = -1
"""In an array of places: there is no such step."""


@dataclass(frozen=True, slots=True, eq=False)
class _Reader:
    """Looks up the steps of asks; `ask` is in order, `referral` is that of each ask."""

    steps: StepColumns
    ask: NDArray[np.int64]
    referral: NDArray[np.int64]

    def first(self, *events: ReferralEvent) -> NDArray[np.intp]:
        """Return the place of the first such step of each ask; NONE where there is none."""
        rows = _first(self.steps.ask, self.steps.of(*events) & (self.steps.ask > 0))
        return _matched(self.ask, self.steps.ask[rows], rows)

    def first_of_referral(self, *events: ReferralEvent) -> NDArray[np.intp]:
        """Return the place of the first such step of the whole referral of each ask."""
        rows = _first(self.steps.referral, self.steps.of(*events) & (self.steps.ask == 0))
        return _matched(self.referral, self.steps.referral[rows], rows)

    def day(self, places: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the days of steps."""
        return self.value(self.steps.day, places, FAR_FUTURE_DAY).astype(np.int64)

    def value(
        self, column: NDArray[np.generic], places: NDArray[np.intp], otherwise: int
    ) -> NDArray[np.int64]:
        """Return the values of a column at places, and another value where there is no step."""
        found = np.full(len(places), otherwise, dtype=np.int64)
        there = places != NONE
        found[there] = column[places[there]]
        return found


def _matched(
    wanted: NDArray[np.int64], keys: NDArray[np.int64], rows: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return for each wanted key its row; `keys` are in order and belong to `rows`."""
    found = np.full(len(wanted), NONE, dtype=np.intp)
    if len(keys):
        places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        same = keys[places] == wanted
        found[same] = rows[places[same]]
    return found
