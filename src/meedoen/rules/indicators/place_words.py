"""The words of the language that count places, seats and districts with a place.

A place counts on a day when it is in the directory and open on that day, by what was known at one
moment. Numbers of places and seats are no numbers of people: nothing of them is hidden.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from meedoen.rules.indicators.forms import Form
from meedoen.rules.vocabulary import LegalTask, PlaceKind


class SeatsOf(StrEnum):
    """Which seats are counted."""

    CAPACITY = "capacity"
    """All, taken or not."""
    FREE = "free"
    """Those that nobody holds; none where the organisation says that the place is full."""


@dataclass(frozen=True, slots=True)
class PlaceFilters:
    """Which places count; a list that is empty is all of them."""

    place_kinds: tuple[PlaceKind, ...] = ()
    districts: tuple[int, ...] = ()
    """Numbers of districts as in the history."""
    organisations: tuple[int, ...] = ()
    """Numbers of organisations as in the history."""
    legal_tasks: tuple[LegalTask, ...] = ()
    """Under which law the place is."""
    free: bool = False
    """Only places with at least one seat that is free on the day."""
    confirmed: bool | None = None
    """Whether somebody stands for the place on the day; None is either."""


EVERY_PLACE = PlaceFilters()


@dataclass(frozen=True, slots=True)
class PlacesListed:
    """Places in the directory that are open on the reference date."""

    word: ClassVar[str] = "places_listed"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ()

    where: PlaceFilters = EVERY_PLACE


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats at the places that are open on the reference date."""

    word: ClassVar[str] = "seats"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ()

    of: SeatsOf = SeatsOf.CAPACITY
    where: PlaceFilters = EVERY_PLACE


@dataclass(frozen=True, slots=True)
class SharePlacesConfirmed:
    """Of the places that are open on the reference date, the share that somebody stands for.

    How long a confirmation holds stands in catalogue/places/freshness.toml.
    """

    word: ClassVar[str] = "share_places_confirmed"
    form: ClassVar[Form] = Form.SHARE
    parts: ClassVar[tuple[str, ...]] = ("confirmed", "listed")

    where: PlaceFilters = EVERY_PLACE
    """Without `confirmed`: that is what is counted."""


@dataclass(frozen=True, slots=True)
class DistrictsWithPlaces:
    """Districts in which at least one place is open on the reference date, and all districts."""

    word: ClassVar[str] = "districts_with_places"
    form: ClassVar[Form] = Form.COUNT
    parts: ClassVar[tuple[str, ...]] = ("with_places", "districts")

    where: PlaceFilters = EVERY_PLACE
    """Only the kinds of place are chosen here."""


PlaceWord = PlacesListed | Seats | SharePlacesConfirmed | DistrictsWithPlaces
"""Words that count places, which says nothing about anybody."""
