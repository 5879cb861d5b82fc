"""From a word about referrals to the stretches of days on which each ask, pair or partner counts.

What happened on a day counts from that day until a number of months later, so the same counting
serves as for people. What is counted there is not always what a figure shows: pairs in both
directions are the pairs with a direction less those without. `parts_of` makes the step.
"""

from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.asks import Asks, asks_of
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, plus_months
from meedoen.rules.indicators.language import (
    DaysToAnswer,
    PartnersNotConnected,
    ReferralPairs,
    ReferralReciprocity,
    ReferralsAnswered,
    ReferralsWithFeedback,
    ReferralWord,
)
from meedoen.rules.indicators.people_words import Filters
from meedoen.rules.indicators.referral_columns import DirectoryColumns, KnownReferrals
from meedoen.rules.indicators.referral_statements import MUNICIPALITY, RESIDENT
from meedoen.rules.indicators.spell import Spells, together

Rows = NDArray[np.intp]
Numbers = NDArray[np.int64]
NO_DISTRICT = 0
NO_PLACE = 0
"""Asks are about no kind of place, and are counted for no organisation."""


def referral_spells(word: ReferralWord, known: KnownReferrals) -> Spells:
    """Find the stretches that a word counts."""
    about = known.about(word.themes)
    asks = asks_of(about.steps)
    if not isinstance(word, PartnersNotConnected):
        asks = chosen(asks, word.where)
    match word:
        case ReferralPairs():
            return _pairs(asks, between(asks, partners_only=word.between_partners), word.months)
        case ReferralReciprocity():
            rows = between(asks, partners_only=word.between_partners)
            return _both_directions(asks, rows, word.months)
        case ReferralsAnswered():
            return _share(asks, answers_due(asks), word.months)
        case ReferralsWithFeedback():
            return _share(asks, feedback_due(asks), word.months)
        case DaysToAnswer():
            rows = answered(asks)
            found = _spells(asks.ask[rows], asks.district[rows], asks.answered[rows], word.months)
            return replace(found, days=days_taken(asks, rows))
        case PartnersNotConnected():
            return _partners(asks, about.directory, word.months)


def chosen(asks: Asks, where: Filters) -> Asks:
    """Return the asks about somebody in these districts, to these organisations; none is all."""
    wanted = np.ones(len(asks.ask), dtype=np.bool_)
    if where.districts:
        wanted &= np.isin(asks.district, where.districts)
    if where.organisations:
        wanted &= np.isin(asks.receiver, where.organisations)
    return Asks(**{one.name: getattr(asks, one.name)[wanted] for one in fields(asks)})


def parts_of(word: ReferralWord, counted: Numbers) -> Numbers:
    """Turn what was counted, dates x parts x groups, into the parts of the figure."""
    match word:
        case ReferralReciprocity():
            directed, connected = counted[:, 0], counted[:, 1]
            return np.stack([directed - connected, connected], axis=1)
        case PartnersNotConnected():
            with_referrals, taking_part = counted[:, 0], counted[:, 1]
            return np.stack([taking_part - with_referrals, with_referrals], axis=1)
        case _:
            return counted


Due = tuple[Rows, Numbers, NDArray[np.bool_]]
"""Which asks count, on which day each fell due, and which of them were in time."""


def answers_due(asks: Asks) -> Due:
    """Find the asks that needed an answer; see `ReferralsAnswered`."""
    return _due(asks.answer_due, asks.answered, asks.needless)


def feedback_due(asks: Asks) -> Due:
    """Find the asks that were accepted and needed feedback; see `ReferralsWithFeedback`."""
    return _due(asks.feedback_due, asks.told, asks.released)


def _due(due: Numbers, done: Numbers, needless: Numbers) -> Due:
    spared = (done == FAR_FUTURE_DAY) & (needless <= due)
    rows = np.flatnonzero((due < FAR_FUTURE_DAY) & ~spared)
    return rows, due[rows], done[rows] <= due[rows]


def answered(asks: Asks) -> Rows:
    """Find the asks that were answered, in time or not."""
    return np.flatnonzero(asks.answered < FAR_FUTURE_DAY)


def days_taken(asks: Asks, rows: Rows) -> Numbers:
    """Return the days from being sent to the answer, of asks that were answered."""
    days: Numbers = np.maximum(asks.answered[rows] - asks.sent[rows], 0)
    return days


def between(asks: Asks, *, partners_only: bool) -> Rows:
    """Find the asks that went from one party to another one; residents are no party."""
    counted = (asks.sender != RESIDENT) & (asks.sender != asks.receiver)
    if partners_only:
        counted &= (asks.sender != MUNICIPALITY) & (asks.receiver != MUNICIPALITY)
    return np.flatnonzero(counted)


def _spells(
    subject: Numbers, district: NDArray[np.int32], days: Numbers, months: int, part: int = 0
) -> Spells:
    return Spells(
        person=subject,
        district=district,
        kind=np.full(len(subject), NO_PLACE, dtype=np.int8),
        organisation=np.full(len(subject), NO_PLACE, dtype=np.int32),
        starts=days,
        ends=plus_months(days, months),
        part=np.full(len(subject), part, dtype=np.int64),
    )


def _share(asks: Asks, due: Due, months: int) -> Spells:
    rows, days, in_time = due
    good = rows[in_time]
    return together(
        _spells(asks.ask[good], asks.district[good], days[in_time], months, 0),
        _spells(asks.ask[rows], asks.district[rows], days, months, 1),
    )


def _pair_numbers(first: Numbers, second: Numbers) -> Numbers:
    """Give every pair in this order a number of its own."""
    parties, places = np.unique(np.concatenate([first, second]), return_inverse=True)
    before, after = places[: len(first)], places[len(first) :]
    return (before * len(parties) + after).astype(np.int64)


def _pairs(asks: Asks, rows: Rows, months: int) -> Spells:
    pairs = _pair_numbers(asks.sender[rows], asks.receiver[rows])
    return _spells(pairs, asks.district[rows], asks.sent[rows], months)


def _both_directions(asks: Asks, rows: Rows, months: int) -> Spells:
    """Count the pairs with a direction as part 0, and those without as part 1."""
    sender, receiver = asks.sender[rows], asks.receiver[rows]
    undirected = _pair_numbers(np.minimum(sender, receiver), np.maximum(sender, receiver))
    return together(
        _pairs(asks, rows, months),
        _spells(undirected, asks.district[rows], asks.sent[rows], months, 1),
    )


def _partners(asks: Asks, directory: DirectoryColumns, months: int) -> Spells:
    """Count who has referrals while taking part as part 0, and who takes part as part 1."""
    rows = between(asks, partners_only=False)
    party = np.concatenate([asks.sender[rows], asks.receiver[rows]])
    sent = np.concatenate([asks.sent[rows], asks.sent[rows]])
    order = np.argsort(directory.organisation)
    known = directory.organisation[order]
    places = np.searchsorted(known, party)
    there = np.zeros(len(party), dtype=np.bool_)
    inside = places < len(known)
    there[inside] = known[places[inside]] == party[inside]
    theirs, sent = order[places[there]], sent[there]
    everyone, busy = directory.organisation, party[there]
    numbers = (len(busy), len(everyone))
    return Spells(
        person=np.concatenate([busy, everyone]),
        district=np.full(sum(numbers), NO_DISTRICT, dtype=np.int32),
        kind=np.full(sum(numbers), NO_PLACE, dtype=np.int8),
        organisation=np.full(sum(numbers), NO_PLACE, dtype=np.int32),
        starts=np.concatenate([np.maximum(sent, directory.joins[theirs]), directory.joins]),
        ends=np.concatenate(
            [np.minimum(plus_months(sent, months), directory.leaves[theirs]), directory.leaves]
        ),
        part=np.repeat(np.arange(2, dtype=np.int64), numbers),
    )
