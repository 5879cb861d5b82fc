"""Worked tables about places: little tables of places, taken seats and confirmations.

The places, one row for everything that is said of one from a day on:

    place | starts     | kind           | organisation | district | seats | full | closes
    tuin  | 2026-01-01 | volunteer_work | A            | 1        | 3     |      | 2026-06-01

The seats that somebody holds, and when somebody stood for a place and until when that holds:

    place | starts     | ends          place | on         | until
    tuin  | 2026-02-01 |               tuin  | 2026-01-01 | 2026-07-01

All districts that there are, with places or without:

    district
    1

An empty cell or a column left out is: no end, room for one, recorded on its own day. Places are
any names, organisations and districts are numbers, as in the filters. `note` is for the reader.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from meedoen.rules.indicators.place_statements import (
    ConfirmationStatement,
    PlaceStatement,
    SeatStatement,
)
from meedoen.rules.indicators.table_rows import (
    HIGHEST_ID,
    NOON,
    Row,
    demand_right,
    numbered,
    rows_of,
)
from meedoen.rules.vocabulary import LegalTask, PlaceKind

PLACE_COLUMNS = (
    *("place", "starts", "recorded", "kind", "organisation", "district", "task", "seats", "full"),
    *("opens", "closes", "note"),
)
PLACE_NEEDED = ("place", "starts", "kind")
SEAT_COLUMNS = ("place", "starts", "ends", "recorded", "replaced", "note")
SEAT_NEEDED = ("place", "starts")
CONFIRMATION_COLUMNS = ("place", "on", "until", "recorded", "note")
CONFIRMATION_NEEDED = ("place", "on", "until")
DISTRICT_COLUMNS = ("district", "note")
DISTRICT_NEEDED = ("district",)
MOST_SEATS = 10_000
"""In a worked table; more is rather a slip."""


@dataclass(frozen=True, slots=True)
class PlaceTables:
    """The tables of an example about places, as written by key and as read."""

    written: Mapping[str, str] = field(default_factory=dict)
    statements: tuple[PlaceStatement, ...] = ()
    seats: tuple[SeatStatement, ...] = ()
    confirmations: tuple[ConfirmationStatement, ...] = ()
    districts: tuple[int, ...] = ()


NO_PLACES = PlaceTables()


def _rows(columns: Sequence[str], needed: Sequence[str]) -> Callable[[str], list[Row]]:
    return lambda table: rows_of(table, columns, needed)


PLACE_ROWS: Mapping[str, Callable[[str], list[Row]]] = {
    "places": _rows(PLACE_COLUMNS, PLACE_NEEDED),
    "taken": _rows(SEAT_COLUMNS, SEAT_NEEDED),
    "confirmed": _rows(CONFIRMATION_COLUMNS, CONFIRMATION_NEEDED),
    "districts": _rows(DISTRICT_COLUMNS, DISTRICT_NEEDED),
}
"""How each table of an example is split into rows, by its key; each raises TableError."""
PLACE_TABLES = tuple(PLACE_ROWS)
"""The keys of the tables in an example; the first must be there."""


def places_in(*tables: Sequence[Row]) -> dict[str, int]:
    """Give every place in these tables the same number."""
    return numbered(row.name("place") for table in tables for row in table)


def places_of(rows: Sequence[Row], places: Mapping[str, int]) -> tuple[PlaceStatement, ...]:
    """Read what is said of places. Raises TableError with every mistake in it."""
    statements = tuple(_place(row, places) for row in rows)
    demand_right(rows)
    return statements


def seats_of(rows: Sequence[Row], places: Mapping[str, int]) -> tuple[SeatStatement, ...]:
    """Read the taken seats. Raises TableError with every mistake in them."""
    statements = tuple(_seat(row, places) for row in rows)
    demand_right(rows)
    return statements


def confirmations_of(
    rows: Sequence[Row], places: Mapping[str, int]
) -> tuple[ConfirmationStatement, ...]:
    """Read the confirmations. Raises TableError with every mistake in them."""
    statements = tuple(_confirmation(row, places) for row in rows)
    demand_right(rows)
    return statements


def districts_of(rows: Sequence[Row]) -> tuple[int, ...]:
    """Read which districts there are. Raises TableError with every mistake in them."""
    districts = tuple(row.number("district", 1, HIGHEST_ID, needed=True) for row in rows)
    demand_right(rows)
    return districts


def _place(row: Row, places: Mapping[str, int]) -> PlaceStatement:
    starts = row.day("starts", needed=True) or date.min
    return PlaceStatement(
        place=places[row.name("place", needed=True)],
        starts_on=starts,
        recorded_at=row.moment("recorded") or datetime.combine(starts, NOON),
        kind=row.word("kind", PlaceKind, needed=True) or PlaceKind.OTHER,
        organisation=row.number("organisation", 1, HIGHEST_ID),
        district=row.number("district", 1, HIGHEST_ID),
        legal_task=row.word("task", LegalTask) or "",
        capacity=row.number("seats", 1, MOST_SEATS) or 1,
        is_full=row.yes("full"),
        opens_on=row.day("opens") or date.min,
        closes_on=row.day("closes"),
    )


def _seat(row: Row, places: Mapping[str, int]) -> SeatStatement:
    starts = row.day("starts", needed=True) or date.min
    return SeatStatement(
        place=places[row.name("place", needed=True)],
        starts_on=starts,
        ends_on=row.day("ends"),
        recorded_at=row.moment("recorded") or datetime.combine(starts, NOON),
        replaced_at=row.moment("replaced"),
    )


def _confirmation(row: Row, places: Mapping[str, int]) -> ConfirmationStatement:
    on = row.day("on", needed=True) or date.min
    return ConfirmationStatement(
        place=places[row.name("place", needed=True)],
        on=on,
        until=row.day("until", needed=True) or on,
        recorded_at=row.moment("recorded") or datetime.combine(on, NOON),
    )
