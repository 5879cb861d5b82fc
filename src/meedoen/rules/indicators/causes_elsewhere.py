"""What was recorded since that made a figure about referrals or places what it is now.

As for people: something counts otherwise now than then, and what was recorded about it in between
is why. `referral_causes` and `place_causes` find it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.days import FAR_FUTURE, moment_number
from meedoen.rules.vocabulary import ReferralEvent

NO_NUMBER = 0
"""What is no step of a referral has no number of its own here."""


class Noted(StrEnum):
    """What can be recorded of organisations and places, beside entries and steps of referrals."""

    ORGANISATION = "organisation"
    """Since when, or until when, an organisation takes part."""
    PLACE = "place"
    SEAT = "seat"
    """Somebody holds a seat at a place, or not any more."""
    CONFIRMATION = "confirmation"
    """Somebody stood for a place."""


class Subject(StrEnum):
    """Of what it is that some count otherwise."""

    PEOPLE = "people"
    ASKS = "asks"
    """Asks to a receiver, each about somebody."""
    PAIRS = "pairs"
    """Who referred and to whom."""
    ORGANISATIONS = "organisations"
    PLACES = "places"


ABOUT_PEOPLE = (Subject.PEOPLE, Subject.ASKS)
"""What is so near to people that a small number of it is protected."""


@dataclass(frozen=True, slots=True)
class Later:
    """One thing that was recorded since. `number` is that of a step of a referral."""

    sort: ReferralEvent | Noted
    number: int
    day: int
    """Since when it is true, counted from 1970-01-01."""
    recorded: int
    """Microseconds since 1970 in UTC."""

    @property
    def says_of_people(self) -> bool:
        """Tell whether it is something that somebody did: a step of a referral, a seat."""
        return isinstance(self.sort, ReferralEvent) or self.sort is Noted.SEAT


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How many count otherwise, and what was recorded about those, in order of recording."""

    subject: Subject
    count: int
    later: tuple[Later, ...]

    @classmethod
    def of(cls, subject: Subject, count: int, later: Iterable[Later]) -> "Elsewhere":
        """Put what was recorded in order."""
        return cls(subject, count, tuple(sorted(later, key=lambda one: one.recorded)))


@dataclass(frozen=True, slots=True)
class Since:
    """What was recorded after one moment, up to and including another; None is everything."""

    then: datetime
    now: datetime | None

    def holds(self, recorded: NDArray[Any]) -> NDArray[np.bool_]:
        """Tell which moments lie between the two."""
        until = FAR_FUTURE - 1 if self.now is None else moment_number(self.now)
        found: NDArray[np.bool_] = (recorded > moment_number(self.then)) & (recorded <= until)
        return found
