"""Places, held seats and confirmations as columns: one NumPy array per field.

Whoever counts asks `Places.known_at` first: it leaves out what was recorded later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from meedoen.rules.indicators.columns import check_lengths, check_names, fitting, words_to_codes
from meedoen.rules.indicators.days import (
    FAR_FUTURE,
    FAR_FUTURE_DAY,
    day_number,
    moment_number,
)
from meedoen.rules.indicators.place_statements import (
    ConfirmationStatement,
    PlaceStatement,
    SeatStatement,
)
from meedoen.rules.vocabulary import LegalTask, PlaceKind

PLACE_TYPES: Mapping[str, type[np.generic]] = {
    "place": np.int64,
    "starts": np.int32,
    "recorded": np.int64,
    "kind": np.int8,
    "organisation": np.int64,
    "district": np.int32,
    "legal_task": np.int8,
    "capacity": np.int32,
    "is_full": np.bool_,
    "opens": np.int32,
    "closes": np.int32,
}
"""Every column about places with the type in which it is kept."""
SEAT_TYPES: Mapping[str, type[np.generic]] = {
    "place": np.int64,
    "starts": np.int32,
    "ends": np.int32,
    "recorded": np.int64,
    "replaced": np.int64,
}
"""Every column about seats with the type in which it is kept."""
CONFIRMATION_TYPES: Mapping[str, type[np.generic]] = {
    "place": np.int64,
    "on": np.int32,
    "until": np.int32,
    "recorded": np.int64,
}
"""Every column about confirmations with the type in which it is kept."""


@dataclass(frozen=True, slots=True, eq=False)
class PlaceColumns:
    """What was said of places, in the order in which it was recorded; see `PlaceStatement`."""

    place: NDArray[np.int64]
    starts: NDArray[np.int32]
    """Days since 1970-01-01."""
    recorded: NDArray[np.int64]
    """Microseconds since 1970 in UTC."""
    kind: NDArray[np.int8]
    """`code_of` a PlaceKind."""
    organisation: NDArray[np.int64]
    district: NDArray[np.int32]
    legal_task: NDArray[np.int8]
    """`code_of` a LegalTask."""
    capacity: NDArray[np.int32]
    is_full: NDArray[np.bool_]
    opens: NDArray[np.int32]
    closes: NDArray[np.int32]
    """FAR_FUTURE_DAY until further notice."""

    @classmethod
    def from_arrays(cls, **columns: ArrayLike) -> Self:
        """Columns from arrays of equal length. Raises HistoryError as the history does."""
        return cls(**_arrays(columns, PLACE_TYPES))

    @classmethod
    def from_statements(cls, statements: Iterable[PlaceStatement]) -> Self:
        """Columns from statements in the order in which they were recorded."""
        rows = list(statements)
        return cls.from_arrays(
            place=[row.place for row in rows],
            starts=[day_number(row.starts_on) for row in rows],
            recorded=[moment_number(row.recorded_at) for row in rows],
            kind=words_to_codes(PlaceKind, (row.kind for row in rows)),
            organisation=[row.organisation for row in rows],
            district=[row.district for row in rows],
            legal_task=words_to_codes(LegalTask, (row.legal_task for row in rows)),
            capacity=[row.capacity for row in rows],
            is_full=[row.is_full for row in rows],
            opens=[day_number(row.opens_on) for row in rows],
            closes=[_end(row.closes_on) for row in rows],
        )


@dataclass(frozen=True, slots=True, eq=False)
class SeatColumns:
    """Which seats were held from when until when; see `SeatStatement`."""

    place: NDArray[np.int64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    recorded: NDArray[np.int64]
    replaced: NDArray[np.int64]
    """FAR_FUTURE for what still holds."""

    @classmethod
    def from_arrays(cls, **columns: ArrayLike) -> Self:
        """Columns from arrays of equal length. Raises HistoryError as the history does."""
        return cls(**_arrays(columns, SEAT_TYPES))

    @classmethod
    def from_statements(cls, statements: Iterable[SeatStatement]) -> Self:
        """Columns from statements in any order."""
        rows = list(statements)
        return cls.from_arrays(
            place=[row.place for row in rows],
            starts=[day_number(row.starts_on) for row in rows],
            ends=[_end(row.ends_on) for row in rows],
            recorded=[moment_number(row.recorded_at) for row in rows],
            replaced=[
                FAR_FUTURE if row.replaced_at is None else moment_number(row.replaced_at)
                for row in rows
            ],
        )


@dataclass(frozen=True, slots=True, eq=False)
class ConfirmationColumns:
    """When somebody stood for a place, in the order in which it was recorded."""

    place: NDArray[np.int64]
    on: NDArray[np.int32]
    until: NDArray[np.int32]
    """The last day on which the place counts as up to date."""
    recorded: NDArray[np.int64]

    @classmethod
    def from_arrays(cls, **columns: ArrayLike) -> Self:
        """Columns from arrays of equal length. Raises HistoryError as the history does."""
        return cls(**_arrays(columns, CONFIRMATION_TYPES))

    @classmethod
    def from_statements(cls, statements: Iterable[ConfirmationStatement]) -> Self:
        """Columns from statements in the order in which they were recorded."""
        rows = list(statements)
        return cls.from_arrays(
            place=[row.place for row in rows],
            on=[day_number(row.on) for row in rows],
            until=[day_number(row.until) for row in rows],
            recorded=[moment_number(row.recorded_at) for row in rows],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """All that was ever recorded of the places in the directory, and which districts there are."""

    statements: PlaceColumns
    seats: SeatColumns
    confirmations: ConfirmationColumns
    districts: NDArray[np.int32]
    """Every district of the municipality, in order, once; with places or without."""

    @classmethod
    def from_statements(
        cls,
        statements: Iterable[PlaceStatement],
        seats: Iterable[SeatStatement] = (),
        confirmations: Iterable[ConfirmationStatement] = (),
        districts: Iterable[int] = (),
    ) -> Self:
        """All of it from statements in the order of recording. Raises HistoryError."""
        return cls(
            PlaceColumns.from_statements(statements),
            SeatColumns.from_statements(seats),
            ConfirmationColumns.from_statements(confirmations),
            np.unique(np.array(list(districts), dtype=np.int32)),
        )

    def known_at(self, moment: datetime | None) -> "KnownPlaces":
        """Keep what was known at a moment; None is with everything recorded.

        Raises ValueError for a moment without a time zone.
        """
        if moment is None:
            standing = self.seats.replaced == FAR_FUTURE
            seats = kept(self.seats, standing)
            return KnownPlaces(self.statements, seats, self.confirmations, self.districts)
        until = moment_number(moment)
        there = (self.seats.recorded <= until) & (self.seats.replaced > until)
        return KnownPlaces(
            kept(self.statements, self.statements.recorded <= until),
            kept(self.seats, there),
            kept(self.confirmations, self.confirmations.recorded <= until),
            self.districts,
        )


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class KnownPlaces:
    """What was known at one moment: what may be counted."""

    statements: PlaceColumns
    seats: SeatColumns
    confirmations: ConfirmationColumns
    districts: NDArray[np.int32]


Some = TypeVar("Some", PlaceColumns, SeatColumns, ConfirmationColumns)


def kept(columns: Some, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Some:
    """Return some of the rows of columns, as columns of the same class."""
    return type(columns)(**{one.name: getattr(columns, one.name)[rows] for one in fields(columns)})


def _arrays(
    columns: Mapping[str, ArrayLike], types: Mapping[str, type[np.generic]]
) -> dict[str, NDArray[Any]]:
    check_names(columns, types.keys())
    arrays = {name: fitting(name, each, types[name]) for name, each in columns.items()}
    check_lengths("place", arrays)
    return arrays


def _end(day: date | None) -> int:
    return FAR_FUTURE_DAY if day is None else day_number(day)
