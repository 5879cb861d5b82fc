"""Which steps of referrals made a figure what it is now. They are only added to, never replaced."""

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.asks import (
    ANSWERS,
    FEEDBACK,
    NO_ANSWER_NEEDED,
    NO_FEEDBACK_NEEDED,
    Asks,
    asks_of,
)
from meedoen.rules.indicators.causes import Where
from meedoen.rules.indicators.causes_elsewhere import (
    NO_NUMBER,
    Elsewhere,
    Later,
    Noted,
    Since,
    Subject,
)
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number, plus_months
from meedoen.rules.indicators.language import (
    PartnersNotConnected,
    ReferralPairs,
    ReferralReciprocity,
    ReferralWord,
)
from meedoen.rules.indicators.referral_columns import DirectoryColumns, KnownReferrals, Referrals
from meedoen.rules.indicators.referral_spells import between, chosen, referral_spells
from meedoen.rules.vocabulary import ReferralEvent

EVENTS = tuple(ReferralEvent)
COUNTED = (ReferralEvent.SENT, *ANSWERS, *NO_ANSWER_NEEDED, *FEEDBACK, *NO_FEEDBACK_NEEDED)
"""Steps by which it is decided how an ask counts."""


def referral_causes(
    word: ReferralWord, referrals: Referrals, on: date, where: Where, since: Since
) -> Elsewhere:
    """Find the steps, and what was noted of who takes part, that changed a figure."""
    then, now = (
        referrals.known_at(moment).about(word.themes) for moment in (since.then, since.now)
    )
    asks = asks_of(now.steps)
    sent = (ReferralEvent.SENT,)
    if isinstance(word, ReferralPairs | ReferralReciprocity):
        asks = chosen(asks, word.where)
        before = _pairs(word, chosen(asks_of(then.steps), word.where), on, where)
        pairs = before ^ _pairs(word, asks, on, where)
        ends = zip(asks.sender.tolist(), asks.receiver.tolist(), strict=True)
        theirs = asks.ask[np.array([pair in pairs for pair in ends], dtype=np.bool_)]
        return Elsewhere.of(Subject.PAIRS, len(pairs), _steps(now, theirs, sent, since))
    changed = _counting(word, now, on, where) ^ _counting(word, then, on, where)
    subjects = np.array(sorted({row[0] for row in changed}), dtype=np.int64)
    if isinstance(word, PartnersNotConnected):
        theirs = asks.ask[np.isin(asks.sender, subjects) | np.isin(asks.receiver, subjects)]
        steps = _steps(now, theirs, sent, since)
        noted = _memberships(referrals.directory, subjects, since)
        return Elsewhere.of(Subject.ORGANISATIONS, len(subjects), [*steps, *noted])
    return Elsewhere.of(Subject.ASKS, len(subjects), _steps(now, subjects, COUNTED, since))


def _pairs(
    word: ReferralPairs | ReferralReciprocity, asks: Asks, on: date, where: Where
) -> set[tuple[int, int]]:
    """Return who referred to whom in the months up to the day."""
    rows = between(asks, partners_only=word.between_partners)
    sent, day = asks.sent[rows], day_number(on)
    counted = (sent <= day) & (day < plus_months(sent, word.months))
    if where.district is not None:
        counted &= asks.district[rows] == where.district
    rows = rows[counted]
    return set(zip(asks.sender[rows].tolist(), asks.receiver[rows].tolist(), strict=True))


def _counting(
    word: ReferralWord, known: KnownReferrals, on: date, where: Where
) -> set[tuple[int, ...]]:
    """Return what counts on the day, and how: its number first."""
    spells, day = referral_spells(word, known), day_number(on)
    holds = (spells.starts <= day) & (day < spells.ends)
    if where.district is not None:
        holds &= spells.district == where.district
    if where.part and not isinstance(word, PartnersNotConnected):
        holds &= spells.part == word.parts.index(where.part)
    columns = [spells.person, spells.part]
    columns += [] if spells.days is None else [spells.days]
    return set(zip(*(column[holds].tolist() for column in columns), strict=True))


def _steps(
    known: KnownReferrals,
    asks: NDArray[np.int64],
    events: tuple[ReferralEvent, ...],
    since: Since,
) -> Iterator[Later]:
    """Give the steps since of some asks, and those of their referrals as a whole."""
    steps = known.steps
    of_asks = np.isin(steps.ask, asks) & (steps.ask > 0)
    of_whole = (steps.ask == 0) & np.isin(steps.referral, steps.referral[of_asks])
    counted = (of_asks | of_whole) & steps.of(*events) & since.holds(steps.recorded)
    for row in np.flatnonzero(counted).tolist():
        yield Later(
            EVENTS[int(steps.event[row]) - 1],
            int(steps.step[row]),
            int(steps.day[row]),
            int(steps.recorded[row]),
        )


def _memberships(
    directory: DirectoryColumns, organisations: NDArray[np.int64], since: Since
) -> Iterator[Later]:
    """Give what was noted since of organisations: that they came, or that they left."""
    about = np.isin(directory.organisation, organisations) & since.holds(directory.recorded)
    stays = directory.leaves == FAR_FUTURE_DAY
    for row in np.flatnonzero(about).tolist():
        day = directory.joins[row] if stays[row] else directory.leaves[row]
        yield Later(Noted.ORGANISATION, NO_NUMBER, int(day), int(directory.recorded[row]))
