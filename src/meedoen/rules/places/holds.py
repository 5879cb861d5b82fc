"""For how long a seat is held for somebody who was proposed, or introduced, and did not begin yet.

The terms stand in catalogue/places/holds.toml, dated; they are choices of Meedoen's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from meedoen.rules.dated_tables import (
    DatedTableError,
    Row,
    holding,
    in_order,
    rows_of,
    wrong_together,
)
from meedoen.rules.vocabulary import PlaceKind

LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTerm:
    """For how many days a seat of one kind of place is held, during a stretch."""

    kind: PlaceKind
    valid_from: date
    valid_to: date | None
    days: int


HoldTable = Mapping[PlaceKind, tuple[HoldTerm, ...]]
"""The terms of each kind, in order of date, without gaps."""


def held_until(kind: PlaceKind, on: date) -> date:
    """Return the last day on which a seat is held that was given, or kept on, on a day."""
    return on + timedelta(days=holding(shipped_holds()[kind], on).days)


@cache
def shipped_holds() -> HoldTable:
    """Read the terms that come with the package, once. Raises DatedTableError."""
    path = files("meedoen").joinpath("catalogue", "places", "holds.toml")
    return read_holds(path.read_text(encoding="utf-8"), "holds.toml")


def read_holds(text: str, file_name: str) -> HoldTable:
    """Read the terms from TOML. Raises DatedTableError with every mistake at once."""
    problems: list[str] = []
    lines = [_line(row) for row in rows_of(text, file_name, "holds", problems)]
    if problems:
        raise DatedTableError(problems)
    found = {kind: in_order(line for line in lines if line.kind is kind) for kind in PlaceKind}
    problems += [
        f"{file_name}, {kind.value}: {what}."
        for kind, of_kind in found.items()
        for what in wrong_together(of_kind)
    ]
    if problems:
        raise DatedTableError(problems)
    return found


def _line(row: Row) -> HoldTerm:
    row.refuse_unknown(field.name for field in fields(HoldTerm))
    valid_from, valid_to = row.dates()
    return HoldTerm(
        kind=PlaceKind(row.word("kind", PlaceKind)),
        valid_from=valid_from,
        valid_to=valid_to,
        days=row.number("days", LONGEST_DAYS),
    )
