"""One step of a referral, and one statement about who takes part, as the indicator rules read it.

Nobody's name is here: organisations are numbers, and whom a referral is about plays no part.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from meedoen.rules.vocabulary import DeclineReason, ReferralEvent, Theme

MUNICIPALITY = 0
"""The municipality itself, among the numbers of organisations."""
RESIDENT = -1
"""Residents who refer themselves, among the numbers of organisations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralStatement:
    """Something happened to a referral on a day, recorded at a moment; steps are only added.

    Who asked whom for what stands on the step `sent`; of the other steps that is not read.
    Raises ValueError for a moment without a time zone.
    """

    id: int
    """Increases with every step; at least 1."""
    referral: int
    ask: int = 0
    """One receiver of one referral; 0 for a step of the referral as a whole."""
    event: ReferralEvent
    on: date
    recorded_at: datetime
    sender: int = MUNICIPALITY
    """Who sent it to this receiver: of what was sent on, who did that."""
    receiver: int = MUNICIPALITY
    theme: Theme | Literal[""] = ""
    district: int = 0
    """0 is no district."""
    due_on: date | None = None
    """On `sent`: the last day for an answer. On `accepted`: the last day for the first feedback."""
    reason: DeclineReason | Literal[""] = ""
    """Only with `declined`."""

    def __post_init__(self) -> None:
        if self.recorded_at.utcoffset() is None:
            raise ValueError(f"step {self.id}: recorded_at has no time zone; give an aware moment")


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryStatement:
    """From when until when an organisation takes part, as was recorded at a moment.

    Of several about one organisation the last that is known holds. Raises ValueError for a moment
    without a time zone.
    """

    organisation: int
    """At least 1."""
    joins_on: date
    leaves_on: date | None = None
    """First day on which it takes part no more."""
    recorded_at: datetime

    def __post_init__(self) -> None:
        if self.recorded_at.utcoffset() is None:
            raise ValueError(
                f"organisation {self.organisation}: recorded_at has no time zone; "
                "give an aware moment"
            )
