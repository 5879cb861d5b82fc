"""Reading the words about places, and which places each of them counts."""

from collections.abc import Callable, Mapping

from meedoen.rules.indicators.place_words import (
    DistrictsWithPlaces,
    PlaceFilters,
    PlacesListed,
    PlaceWord,
    Seats,
    SeatsOf,
    SharePlacesConfirmed,
)
from meedoen.rules.indicators.table_rows import HIGHEST_ID
from meedoen.rules.indicators.tables import Table
from meedoen.rules.vocabulary import LegalTask, PlaceKind


def _places_listed(table: Table) -> PlacesListed:
    return PlacesListed(_which(table))


def _seats(table: Table) -> Seats:
    return Seats(table.choice("of", SeatsOf), _which(table))


def _share_confirmed(table: Table) -> SharePlacesConfirmed:
    return SharePlacesConfirmed(_filters(table))


def _districts_with_places(table: Table) -> DistrictsWithPlaces:
    return DistrictsWithPlaces(PlaceFilters(table.choices("place_kinds", PlaceKind)))


PLACE_READERS: Mapping[str, Callable[[Table], PlaceWord]] = {
    PlacesListed.word: _places_listed,
    Seats.word: _seats,
    SharePlacesConfirmed.word: _share_confirmed,
    DistrictsWithPlaces.word: _districts_with_places,
}


def _which(table: Table) -> PlaceFilters:
    """Read the filters of words that may look at free and confirmed places alone."""
    return _filters(table, free=bool(table.truth("free")), confirmed=table.truth("confirmed"))


def _filters(table: Table, *, free: bool = False, confirmed: bool | None = None) -> PlaceFilters:
    return PlaceFilters(
        place_kinds=table.choices("place_kinds", PlaceKind),
        districts=table.numbers("districts", 1, HIGHEST_ID),
        organisations=table.numbers("organisations", 1, HIGHEST_ID),
        legal_tasks=table.choices("legal_tasks", LegalTask),
        free=free,
        confirmed=confirmed,
    )
