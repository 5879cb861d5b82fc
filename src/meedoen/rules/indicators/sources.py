"""What figures are counted in: the history of people, the steps of referrals, and the places."""

from dataclasses import dataclass
from datetime import datetime

from meedoen.rules.indicators.columns import Columns, KnownColumns
from meedoen.rules.indicators.place_columns import KnownPlaces, Places
from meedoen.rules.indicators.referral_columns import KnownReferrals, Referrals


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What was known at one moment; None where a source was not read."""

    history: KnownColumns
    referrals: KnownReferrals | None = None
    places: KnownPlaces | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """Everything that was ever recorded; None where a source is not read.

    Count nothing in these: ask `known_at` first.
    """

    history: Columns
    referrals: Referrals | None = None
    places: Places | None = None

    def known_at(self, moment: datetime | None) -> Known:
        """Keep what was known at a moment; None is with everything recorded.

        Raises ValueError for a moment without a time zone.
        """
        return Known(
            history=self.history.known_at(moment),
            referrals=None if self.referrals is None else self.referrals.known_at(moment),
            places=None if self.places is None else self.places.known_at(moment),
        )
