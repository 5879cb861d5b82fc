"""How fast the network of partners is counted, as ratios to plain loops, in one run.

Made-up steps: twenty thousand referrals between two hundred organisations in three years. Compare
the ratios, not the seconds.
"""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.days import date_of, day_number
from meedoen.rules.indicators.evaluate import evaluate
from meedoen.rules.indicators.language import (
    DaysToAnswer,
    PartnersNotConnected,
    ReferralPairs,
    ReferralReciprocity,
    ReferralsAnswered,
    ReferralsWithFeedback,
    ReferralWord,
    Version,
)
from meedoen.rules.indicators.referral_columns import KnownReferrals, Referrals
from meedoen.rules.indicators.referral_statements import DirectoryStatement, ReferralStatement
from meedoen.rules.indicators.sources import Known
from meedoen.rules.network.figures import compare, quarter_ends, quarters
from meedoen.rules.network.picture import network_picture
from meedoen.rules.network.told import refusals, unmet
from meedoen.rules.periods import add_months, month_ends
from meedoen.rules.vocabulary import DeclineReason, ReferralEvent, Theme

REFERRALS, ORGANISATIONS, DISTRICTS = 20_000, 200, 16
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
RUNS = 5
NOBODY = Columns.from_statements([]).known_at(None)
WORDS: tuple[ReferralWord, ...] = (
    ReferralPairs(),
    ReferralReciprocity(),
    ReferralsAnswered(),
    ReferralsWithFeedback(),
    DaysToAnswer(),
    PartnersNotConnected(),
)


def main() -> None:
    """Build, count and print."""
    referrals = town(random.Random(1))  # noqa: S311
    known = referrals.known_at(None)
    months = list(month_ends(FIRST, LAST))
    start = add_months(LAST, -12) + timedelta(days=1)
    plain = timed(lambda: plain_pairs(known, months), 1)
    figures: dict[str, Callable[[], Any]] = {
        "known at a moment": lambda: referrals.known_at(datetime(2026, 1, 15, tzinfo=UTC)),
        f"pairs, {len(months)} months": lambda: counted(ReferralPairs(), known, months),
        f"every word, {len(months)} months": lambda: [
            counted(word, known, months, by_district=True) for word in WORDS
        ],
        "four quarters": lambda: quarters(known, quarter_ends(LAST, 4)),
        "against the first whole year": lambda: compare(known, LAST),
        "the picture, protected": lambda: network_picture(known, start, LAST),
        "what a no teaches, protected": lambda: refusals(known, start, LAST),
        "wishes that found nobody": lambda: unmet(known, start, LAST),
    }
    print(f"{REFERRALS} referrals of {ORGANISATIONS} organisations, {len(known.steps)} steps")
    print(f"{'pairs, as many months, plain':30}{plain:8.3f} s")
    for name, work in figures.items():
        taken = timed(work)
        print(f"{name:30}{taken:8.3f} s  {plain / taken:7.1f} x the plain pairs")


def town(chance: random.Random) -> Referrals:
    """Return made-up referrals; a few organisations are busy and most are not."""
    steps: list[ReferralStatement] = []
    for number in range(1, REFERRALS + 1):
        steps += _referral(chance, number, len(steps))
    joined = datetime(2023, 1, 1, tzinfo=UTC)
    directory = [
        DirectoryStatement(organisation=one, joins_on=FIRST, recorded_at=joined)
        for one in range(1, ORGANISATIONS + 1)
    ]
    return Referrals.from_statements(steps, directory)


def _referral(chance: random.Random, number: int, before: int) -> list[ReferralStatement]:
    sent = FIRST + timedelta(days=chance.randrange(1_000))
    answered = sent + timedelta(days=chance.randrange(20))
    answer = chance.choice((ReferralEvent.ACCEPTED, ReferralEvent.ACCEPTED, ReferralEvent.DECLINED))
    common = {
        "referral": number,
        "ask": number,
        "sender": _party(chance),
        "receiver": _party(chance),
        "theme": chance.choice(list(Theme)),
        "district": chance.randint(1, DISTRICTS),
    }
    told = [
        (ReferralEvent.SENT, sent, sent + timedelta(days=14)),
        (ReferralEvent.SEEN, answered, None),
        (answer, answered, answered + timedelta(days=30)),
        (ReferralEvent.DONE, answered + timedelta(days=chance.randrange(60)), None),
    ]
    if answer is ReferralEvent.DECLINED:
        del told[-1]
    reason = chance.choice(list(DeclineReason))
    return [
        ReferralStatement(
            id=before + place,
            event=event,
            on=on,
            recorded_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
            due_on=due,
            reason=reason if event is ReferralEvent.DECLINED else "",
            **common,  # type: ignore[arg-type]
        )
        for place, (event, on, due) in enumerate(told, start=1)
    ]


def _party(chance: random.Random) -> int:
    return min(int(chance.expovariate(1 / 30)), ORGANISATIONS)


def counted(
    word: ReferralWord, known: KnownReferrals, dates: list[date], *, by_district: bool = False
) -> Any:
    """Count one word on many dates."""
    version = Version(FIRST, word)
    group = "district" if by_district else None
    return evaluate(version, Known(NOBODY, known), dates, group)  # type: ignore[arg-type]


def plain_pairs(known: KnownReferrals, dates: list[date]) -> list[int]:
    """Count the pairs of the twelve months up to each date as a loop would, over lists."""
    steps = known.steps
    rows = [
        (sender, receiver, day)
        for sender, receiver, day, is_sent in zip(
            steps.sender.tolist(),
            steps.receiver.tolist(),
            steps.day.tolist(),
            steps.of(ReferralEvent.SENT).tolist(),
            strict=True,
        )
        if is_sent and sender not in {-1, receiver}
    ]
    ends = {day: day_number(add_months(date_of(day), 12)) for _, _, day in rows}
    return [
        len(
            {
                (sender, receiver)
                for sender, receiver, day in rows
                if day <= day_number(on) < ends[day]
            }
        )
        for on in dates
    ]


def timed(work: Callable[[], Any], runs: int = RUNS) -> float:
    """Return the median seconds of processor time that the work takes."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
