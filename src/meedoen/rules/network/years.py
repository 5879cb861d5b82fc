"""Over which years the network is told, and who has no part in it.

The picture is drawn of whole calendar years that are over. They do not overlap, and the picture of
a year is the same on every later day. Of the year that runs there is none: who kept it after one
quarter and after the next would subtract one from the other and read a small number. What somebody
records late of a year that is over still changes its picture.
"""

from datetime import date

import numpy as np

from meedoen.rules.indicators.days import date_of, day_number
from meedoen.rules.indicators.language import PartnersNotConnected
from meedoen.rules.indicators.referral_columns import KnownReferrals
from meedoen.rules.indicators.referral_spells import referral_spells
from meedoen.rules.network.figures import YEAR, first_whole_year
from meedoen.rules.vocabulary import ReferralEvent

WITH_REFERRALS = 0
"""Which part of the stretches are of those with referrals; see `PartnersNotConnected.parts`."""


def is_begun(known: KnownReferrals, until: date) -> bool:
    """Tell whether anything was sent up to and including a day."""
    first = _first_sent(known)
    return first is not None and first <= until


def years_told(known: KnownReferrals, today: date) -> tuple[int, ...]:
    """Return the years that are over, from that of the first referral on, newest first."""
    first = _first_sent(known)
    return () if first is None else tuple(range(newest_over(today), first.year - 1, -1))


def newest_over(today: date) -> int:
    """Return the newest calendar year that is over; on its last day a year still runs."""
    return today.year - 1


def whole_year(year: int, today: date) -> tuple[date, date]:
    """Return the first and the last day of a year. Raises ValueError while it is not over."""
    if year > newest_over(today):
        raise ValueError(f"{year} is not over on {today}: give an earlier year")
    return date(year, 1, 1), date(year, 12, 31)


def baseline_years(known: KnownReferrals, until: date) -> tuple[int, ...]:
    """Return the whole years that are over and may be compared with, newest first."""
    first = first_whole_year(known)
    last = until.year if until == date(until.year, 12, 31) else until.year - 1
    return () if first is None else tuple(range(last, first - 1, -1))


def not_connected(known: KnownReferrals, on: date) -> frozenset[int]:
    """Return who takes part on a day and had no referral in the twelve months up to it.

    They are those that `partners_not_connected` counts.
    """
    spells = referral_spells(PartnersNotConnected(YEAR), known)
    day = day_number(on)
    there = (spells.starts <= day) & (day < spells.ends)
    busy = there & (spells.part == WITH_REFERRALS)
    return frozenset(np.setdiff1d(spells.person[there], spells.person[busy]).tolist())


def _first_sent(known: KnownReferrals) -> date | None:
    days = known.steps.day[known.steps.of(ReferralEvent.SENT)]
    return date_of(int(days.min())) if len(days) else None
