"""What is said of a place, a seat that is held and a confirmation, as the indicator rules read it.

Nobody is here: a seat is held, and by whom plays no part.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from meedoen.rules.vocabulary import LegalTask, PlaceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceStatement:
    """What a place in the directory is from a day on, recorded at a moment; only added to.

    On a day it is what the statement with the latest `starts_on` up to that day says; of two with
    the same day the one that was recorded last. Raises ValueError for a moment without a time
    zone.
    """

    place: int
    """At least 1."""
    starts_on: date
    recorded_at: datetime
    kind: PlaceKind
    organisation: int
    district: int = 0
    """0 is no district."""
    legal_task: LegalTask | Literal[""] = ""
    capacity: int = 1
    """For how many people there is room, whoever is there."""
    is_full: bool = False
    """The organisation says that there is no room, whatever the numbers say."""
    opens_on: date = date.min
    closes_on: date | None = None
    """First day on which the place is there no more."""

    def __post_init__(self) -> None:
        _check(self.place, self.recorded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatStatement:
    """Somebody holds a seat at a place during a stretch, known from one moment until another.

    Raises ValueError for a moment without a time zone.
    """

    place: int
    starts_on: date
    ends_on: date | None = None
    """First day on which the seat is held no more."""
    recorded_at: datetime
    replaced_at: datetime | None = None
    """From when something else was known; None is that this still holds."""

    def __post_init__(self) -> None:
        _check(self.place, self.recorded_at)
        if self.replaced_at is not None:
            _check(self.place, self.replaced_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationStatement:
    """Somebody stood for what is said of a place on a day; only added to.

    Of several the one of the latest day holds, and of that day the one recorded last. Raises
    ValueError for a moment without a time zone.
    """

    place: int
    on: date
    until: date
    """The last day on which the place counts as up to date."""
    recorded_at: datetime

    def __post_init__(self) -> None:
        _check(self.place, self.recorded_at)


def _check(place: int, moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise ValueError(f"place {place}: a moment has no time zone; give an aware moment")
