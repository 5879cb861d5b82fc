"""Values of the law as they stand in catalogue/law: dated, each with its article and its source.

A file holds [[values]]. Every line gives one value of a name during a stretch:

    name, valid_from, valid_to (first day on which it does not hold; left out until further notice)
    article, address   where the law says so; for a choice of our own: which article leaves it open
    confidence         H a primary source, M a secondary one, L thin, OWN a choice not found in law
    says               a Dutch sentence for people
    value              the value itself
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import Any, Generic, TypeVar

from meedoen.rules.dated_tables import (
    DatedTableError,
    Row,
    in_order,
    line_on,
    rows_of,
    wrong_together,
)

LONGEST_ARTICLE = 120
LONGEST_SENTENCE = 300
LONGEST_NAME = 60
MOST_MONTHS = 120

V = TypeVar("V")


class Confidence(StrEnum):
    """How sure it is that the law says so."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"
    OWN = "OWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Generic[V]):
    """One value during a stretch, with where it comes from; `says` is Dutch."""

    name: str
    value: V
    valid_from: date
    valid_to: date | None
    article: str
    address: str
    confidence: Confidence
    says: str


class NoValueError(LookupError):
    """Nobody has established what the law says on a day; nothing is guessed."""

    def __init__(self, name: str, day: date, first: date) -> None:
        """Name the value, the day, and since when it is known."""
        super().__init__(
            f"{name} is not established on {day.isoformat()}; it is known from "
            f"{first.isoformat()} on. Add a line with its source to catalogue/law."
        )
        self.name = name
        self.day = day


@dataclass(frozen=True, slots=True)
class Series(Generic[V]):
    """All values of one name, the oldest first, without gaps."""

    lines: tuple[Value[V], ...]

    def on(self, day: date) -> Value[V]:
        """Return the value on a day. Raises NoValueError before the first line."""
        found = line_on(self.lines, day)
        if found is None:
            first = self.lines[0]
            raise NoValueError(first.name, day, first.valid_from)
        return found

    def at(self, day: date) -> Value[V]:
        """Return the value on a day; before the first line, that line."""
        return line_on(self.lines, day) or self.lines[0]


class LawFile:
    """One file of catalogue/law while it is read: collects every mistake, then tells all."""

    def __init__(self, text: str, file_name: str) -> None:
        """Read the lines. Raises DatedTableError when it is not TOML, or holds something else."""
        self._file_name = file_name
        self._problems: list[str] = []
        self._rows = rows_of(text, file_name, "values", self._problems)
        self._known: list[str] = []

    @property
    def is_empty(self) -> bool:
        """Say whether it holds no line at all: of a choice that nobody made."""
        return not self._rows

    def series(self, name: str, read: Callable[[Row], V]) -> Series[V]:
        """Return the values of a name, in order of date; `read` takes the value from a line."""
        self._known.append(name)
        rows = [row for row in self._rows if row.values.get("name") == name]
        before = len(self._problems)
        lines = in_order(_value(row, name, read) for row in rows)
        if len(self._problems) == before:
            self._problems += [
                f"{self._file_name}, {name}: {what}." for what in wrong_together(lines)
            ]
        return Series(lines)

    def finish(self) -> None:
        """Raise DatedTableError with every mistake at once, when there is any."""
        for row in self._rows:
            row.word("name", self._known)
        if self._problems:
            raise DatedTableError(self._problems)


def months(row: Row) -> int:
    """Read a number of months, from 1."""
    return row.number("value", MOST_MONTHS)


def cents(row: Row) -> int:
    """Return an amount of money in whole cents; anything else is noted."""
    return row.cents("value")


def shipped_law(file_name: str) -> str:
    """Return the text of a file of catalogue/law that comes with the package."""
    return files("meedoen").joinpath("catalogue", "law", file_name).read_text(encoding="utf-8")


def changes_in(all_series: Iterable[Series[Any]]) -> tuple[date, ...]:
    """Return the days on which any value becomes another one, in order."""
    return tuple(sorted({line.valid_from for one in all_series for line in one.lines[1:]}))


def _value(row: Row, name: str, read: Callable[[Row], V]) -> Value[V]:
    row.refuse_unknown(field.name for field in fields(Value))
    valid_from, valid_to = row.dates()
    return Value(
        name=name,
        value=read(row),
        valid_from=valid_from,
        valid_to=valid_to,
        article=row.text("article", LONGEST_ARTICLE),
        address=row.address("address"),
        confidence=Confidence(row.word("confidence", Confidence)),
        says=row.text("says", LONGEST_SENTENCE),
    )
