"""Over which years the network is told, and who has no part in it.

The picture is drawn of calendar years, as far as their quarters are over: years do not overlap, so
nobody finds a small number by subtracting one picture from another, or that of today from that of
yesterday.
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


def years_told(known: KnownReferrals, until: date) -> tuple[int, ...]:
    """Return the years from the first referral to the last quarter that is over, newest first."""
    days = known.steps.day[known.steps.of(ReferralEvent.SENT)]
    if not len(days) or date_of(int(days.min())) > until:
        return ()
    return tuple(range(until.year, date_of(int(days.min())).year - 1, -1))


def part_told(year: int, until: date) -> tuple[date, date]:
    """Return the first and the last day that are told of a year."""
    return date(year, 1, 1), min(date(year, 12, 31), until)


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
