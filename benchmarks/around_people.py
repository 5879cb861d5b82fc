"""Made-up referrals and places beside a made-up history: what indicators about those count in."""

import numpy as np
from history import DAY, FIRST, KINDS_OF_PLACES, LAST, ORGANISATIONS, TASKS

from meedoen.rules.indicators.columns import code_of
from meedoen.rules.indicators.days import FAR_FUTURE, FAR_FUTURE_DAY
from meedoen.rules.indicators.place_columns import (
    ConfirmationColumns,
    PlaceColumns,
    Places,
    SeatColumns,
)
from meedoen.rules.indicators.referral_columns import DirectoryColumns, Referrals, StepColumns
from meedoen.rules.vocabulary import ReferralEvent, Theme

EVENTS = (ReferralEvent.SENT, ReferralEvent.ACCEPTED, ReferralEvent.DONE)
DAYS_TO_ANSWER = 7


def referrals(people: int, districts: int, seed: int = 8) -> Referrals:
    """Return a referral for every person: sent, three in four accepted, half of those done."""
    chance = np.random.default_rng(seed)
    numbers = np.arange(1, people + 1)
    sent = chance.integers(FIRST, LAST - 200, people)
    parties = chance.integers(1, ORGANISATIONS + 1, (2, people))
    theme = chance.integers(1, len(Theme) + 1, people)
    place = chance.integers(1, districts + 1, people)
    happened = np.cumsum(chance.random((3, people)) < [[1], [0.75], [0.5]], axis=0) == [
        [1],
        [2],
        [3],
    ]
    waits = np.cumsum(chance.integers(0, 30, (3, people)), axis=0)
    turn, who = np.nonzero(happened)
    days = (sent + waits)[turn, who]
    order = np.argsort(days, kind="stable")
    turn, who, days = turn[order], who[order], days[order]
    size = len(order)
    steps = StepColumns.from_arrays(
        step=np.arange(1, size + 1),
        recorded=days * DAY,
        day=days,
        event=np.array([code_of(event) for event in EVENTS])[turn],
        referral=numbers[who],
        ask=numbers[who],
        sender=parties[0, who],
        receiver=parties[1, who],
        theme=theme[who],
        district=place[who],
        due=days + DAYS_TO_ANSWER * (turn + 1),
        reason=np.zeros(size, dtype=np.int8),
    )
    partners = np.arange(1, ORGANISATIONS + 1)
    directory = DirectoryColumns.from_arrays(
        organisation=partners,
        joins=np.full(len(partners), FIRST),
        leaves=np.full(len(partners), FAR_FUTURE_DAY),
        recorded=np.full(len(partners), FIRST * DAY),
    )
    return Referrals(steps, directory)


def places(people: int, districts: int, seed: int = 9) -> Places:
    """Return a place for every five people, with seats that three in a row held, and confirmed."""
    chance = np.random.default_rng(seed)
    count = people // 5
    numbers, opens = np.arange(1, count + 1), chance.integers(FIRST, LAST - 365, count)
    statements = PlaceColumns.from_arrays(
        place=numbers,
        starts=opens,
        recorded=opens * DAY,
        kind=chance.integers(1, KINDS_OF_PLACES + 1, count),
        organisation=chance.integers(1, ORGANISATIONS + 1, count),
        district=chance.integers(1, districts + 1, count),
        legal_task=chance.choice(TASKS, count),
        capacity=chance.integers(1, 12, count),
        is_full=chance.random(count) < 0.1,
        opens=opens,
        closes=np.full(count, FAR_FUTURE_DAY),
    )
    held = np.repeat(np.arange(count), 3)
    starts = np.minimum(opens[held] + chance.integers(0, 700, len(held)), LAST - 1)
    seats = SeatColumns.from_arrays(
        place=numbers[held],
        starts=starts,
        ends=starts + chance.integers(30, 700, len(held)),
        recorded=starts * DAY,
        replaced=np.full(len(held), FAR_FUTURE),
    )
    said = np.repeat(np.arange(count), 4)
    on = np.minimum(opens[said] + chance.integers(0, 1_500, len(said)), LAST)
    order = np.argsort(on, kind="stable")
    confirmations = ConfirmationColumns.from_arrays(
        place=numbers[said][order],
        on=on[order],
        until=on[order] + 183,
        recorded=on[order] * DAY,
    )
    return Places(statements, seats, confirmations, np.arange(1, districts + 1, dtype=np.int32))
