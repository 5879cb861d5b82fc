"""For how long a seat is held for somebody who was proposed, or introduced, and did not begin yet.

The terms stand in catalogue/places/holds.toml, dated; they are choices of Meedoen's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache

from meedoen.rules.dated_tables import (
    Row,
    holding,
    read_series_of_each,
    shipped_text,
)
from meedoen.rules.vocabulary import PlaceKind

LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTerm:
    """For how many days a seat of one kind of place is held, during a stretch.

    `at_most` is for how many days in all, when a coach asks for more.
    """

    kind: PlaceKind
    valid_from: date
    valid_to: date | None
    days: int
    at_most: int


HoldTable = Mapping[PlaceKind, tuple[HoldTerm, ...]]
"""The terms of each kind, in order of date, without gaps."""


def held_until(kind: PlaceKind, on: date) -> date:
    """Return the last day on which a seat is held that was given, or kept on, on a day."""
    return on + timedelta(days=holding(shipped_holds()[kind], on).days)


def held_at_most_until(kind: PlaceKind, since: date) -> date:
    """Return the last day up to which a seat that is held since a day may be held in all."""
    return since + timedelta(days=holding(shipped_holds()[kind], since).at_most)


@cache
def shipped_holds() -> HoldTable:
    """Read the terms that come with the package, once. Raises DatedTableError."""
    return read_holds(shipped_text("places", "holds.toml"), "holds.toml")


def read_holds(text: str, file_name: str) -> HoldTable:
    """Read the terms from TOML. Raises DatedTableError with every mistake at once."""
    return read_series_of_each(
        text, file_name, "holds", _line, of=lambda line: line.kind, each=PlaceKind
    )


def _line(row: Row) -> HoldTerm:
    row.refuse_unknown(field.name for field in fields(HoldTerm))
    valid_from, valid_to = row.dates()
    days, at_most = row.number("days", LONGEST_DAYS), row.number("at_most", LONGEST_DAYS)
    if at_most < days:
        row.wrong("at_most is less than days; a seat is never held for longer then")
    return HoldTerm(
        kind=PlaceKind(row.word("kind", PlaceKind)),
        valid_from=valid_from,
        valid_to=valid_to,
        days=days,
        at_most=at_most,
    )
