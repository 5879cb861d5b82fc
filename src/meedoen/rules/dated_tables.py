"""Reading dated tables of the catalogue: what is wrong becomes a sentence, nothing is guessed.

A file holds tables under one key. Each line holds from its valid_from up to, not including, its
valid_to. Money stands in whole cents, a part of something as a text such as "0.70": TOML would
read a plain 0.70 as a number that is not exactly that.
"""

import re
import tomllib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Something that holds from a day on; `valid_to` is the first day on which it does not."""

    @property
    def valid_from(self) -> date:
        """Return the first day."""

    @property
    def valid_to(self) -> date | None:
        """Return the day after the last; None until further notice."""


D = TypeVar("D", bound=Dated)
K = TypeVar("K", bound=Hashable)

LONGEST_ADDRESS = 300
MOST_CENTS = 100_000_000
"""A million euros, which no amount in these tables comes near. Own choice, against slips."""
_FRACTION = re.compile(r"[0-9](?:\.[0-9]{1,4})?")


class DatedTableError(ValueError):
    """A file of the catalogue holds mistakes; `problems` has a sentence for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the sentences, in the order of the file."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Row:
    """One table of a file; notes what is wrong with it instead of stopping at it."""

    where: str
    values: Mapping[str, object]
    problems: list[str]

    def text(self, key: str, longest: int) -> str:
        """Return a text of at most so many signs; anything else is noted."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            self.wrong(f"{key} {self._given(key)}; write it between quotes")
            return ""
        if len(value.strip()) > longest:
            self.wrong(f"{key} is longer than {longest} signs; make it shorter")
        return value.strip()

    def number(self, key: str, most: int) -> int:
        """Return a whole number from 1 to `most`; anything else is noted."""
        value = self.values.get(key)
        if type(value) is int and 1 <= value <= most:
            return value
        self.wrong(f"{key} {self._given(key)}; write a whole number from 1 to {most}")
        return 1

    def whole(self, key: str, most: int) -> int:
        """Return a whole number from 0 to `most`; anything else is noted."""
        value = self.values.get(key)
        if type(value) is int and 0 <= value <= most:
            return value
        self.wrong(f"{key} {self._given(key)}; write a whole number from 0 to {most}")
        return 0

    def cents(self, key: str) -> int:
        """Return an amount of money in whole cents, from 0; anything else is noted."""
        value = self.values.get(key)
        if type(value) is int and 0 <= value <= MOST_CENTS:
            return value
        self.wrong(f"{key} {self._given(key)}; write whole cents, such as 15000 for 150 euros")
        return 0

    def fraction(self, key: str, most: Decimal = Decimal(1)) -> Decimal:
        """Return a part from 0 to `most`, written as a text such as "0.70"; else it is noted."""
        value = self.values.get(key)
        if isinstance(value, str) and _FRACTION.fullmatch(value) and Decimal(value) <= most:
            return Decimal(value)
        self.wrong(f'{key} {self._given(key)}; write it as "0.70", from "0" to "{most}"')
        return Decimal(0)

    def whole_numbers(self, key: str, most: int) -> tuple[int, ...]:
        """Return one or more whole numbers from 1 to `most`, each larger than the one before."""
        value = self.values.get(key)
        numbers = value if isinstance(value, list) else []
        right = all(type(one) is int and 1 <= one <= most for one in numbers)
        if numbers and right and numbers == sorted(set(numbers)):
            return tuple(numbers)
        self.wrong(f"{key} {self._given(key)}; list whole numbers from 1 to {most}, smallest first")
        return ()

    def address(self, key: str) -> str:
        """Return an address that begins with https://; anything else is noted."""
        value = self.text(key, LONGEST_ADDRESS)
        if value and not value.startswith("https://"):
            self.wrong(f"{key} must begin with https://")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; anything else is noted."""
        value = self.values.get(key)
        if isinstance(value, bool):
            return value
        self.wrong(f"{key} {self._given(key)}; write true or false")
        return False

    def word(self, key: str, words: Iterable[str]) -> str:
        """Return one of these words; anything else is noted."""
        value, known = self.values.get(key), list(words)
        if isinstance(value, str) and value in known:
            return value
        self.wrong(f"{key} {self._given(key)}; use {' or '.join(known)}")
        return known[0]

    def words(self, key: str, words: Iterable[str]) -> tuple[str, ...]:
        """Return a list with one or more of these words; anything else is noted."""
        value, known = self.values.get(key), list(words)
        if isinstance(value, list) and value and all(one in known for one in value):
            return tuple(value)
        self.wrong(f"{key} {self._given(key)}; list one or more of {', '.join(known)}")
        return ()

    def day(self, key: str) -> date:
        """Return a date; anything else is noted."""
        if key not in self.values:
            self.wrong(f"{key} is missing; write a date such as 2026-01-01")
        return self._day(key) or date.min

    def dates(self) -> tuple[date, date | None]:
        """Return valid_from and valid_to."""
        valid_from, valid_to = self._day("valid_from"), None
        if valid_from is None and "valid_from" not in self.values:
            self.wrong("valid_from is missing; write a date such as 2026-01-01")
        if "valid_to" in self.values:
            valid_to = self._day("valid_to")
        if valid_from and valid_to and valid_to <= valid_from:
            self.wrong("valid_to must be later than valid_from")
        return valid_from or date.min, valid_to

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """Note every key that means nothing here: it is probably a slip of the pen."""
        names = sorted(known)
        for key in self.values:
            if key not in names:
                self.wrong(f"{key!r} is not known here; use {', '.join(names)}")

    def wrong(self, problem: str) -> None:
        """Note a mistake: where it stands, and what to do."""
        self.problems.append(f"{self.where}: {problem}.")

    def _day(self, key: str) -> date | None:
        value = self.values.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.wrong(f"{key} is {value!r}; write a date without quotes, such as 2026-01-01")
        return None

    def _given(self, key: str) -> str:
        return f"is {self.values[key]!r}" if key in self.values else "is missing"


def rows_of(text: str, file_name: str, key: str, problems: list[str]) -> list[Row]:
    """Return the tables under the one key of a file, to be read one by one.

    Raises DatedTableError when it is not TOML, or holds something else.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DatedTableError([f"{file_name}: this is not TOML: {error}."]) from error
    rows = table.get(key)
    if set(table) != {key} or not isinstance(rows, list):
        raise DatedTableError([f"{file_name}: write only {key}, each begun by [[{key}]]."])
    if not all(isinstance(row, dict) for row in rows):
        raise DatedTableError([f"{file_name}: each of {key} must be a table; use [[{key}]]."])
    return [Row(f"{file_name}, {key} {at}", row, problems) for at, row in enumerate(rows, start=1)]


def shipped_text(folder: str, file_name: str) -> str:
    """Return a file of the catalogue that comes with the package."""
    path = files("meedoen").joinpath("catalogue", folder, file_name)
    return path.read_text(encoding="utf-8")


def read_series(text: str, file_name: str, key: str, line: Callable[[Row], D]) -> tuple[D, ...]:
    """Return the lines of a file that hold one after the other, the earliest first.

    Raises DatedTableError with every mistake at once; when the lines themselves are right, with
    every gap and overlap in their dates.
    """
    lines = in_order(_read(text, file_name, key, line))
    if problems := [f"{file_name}: {what}." for what in wrong_together(lines)]:
        raise DatedTableError(problems)
    return lines


def read_series_of_each(
    text: str,
    file_name: str,
    key: str,
    line: Callable[[Row], D],
    *,
    of: Callable[[D], K],
    each: Iterable[K] | None = None,
) -> dict[K, tuple[D, ...]]:
    """Return the lines of a file about each of something, the earliest first.

    `of` says what a line is about, and `each` what there must be lines about; None for whatever
    occurs. Raises DatedTableError with every mistake at once; when the lines themselves are
    right, with everything that is missing, and every gap and overlap in the dates.
    """
    lines = _read(text, file_name, key, line)
    names = dict.fromkeys(map(of, lines) if each is None else each)
    found = {name: in_order(one for one in lines if of(one) == name) for name in names}
    problems = [
        f"{file_name}, {name}: {what}."
        for name, about in found.items()
        for what in wrong_together(about)
    ]
    if problems:
        raise DatedTableError(problems)
    return found


def _read(text: str, file_name: str, key: str, line: Callable[[Row], D]) -> list[D]:
    problems: list[str] = []
    lines = [line(row) for row in rows_of(text, file_name, key, problems)]
    if problems:
        raise DatedTableError(problems)
    return lines


def in_order(lines: Iterable[D]) -> tuple[D, ...]:
    """Return what is dated with the earliest first."""
    return tuple(sorted(lines, key=lambda line: line.valid_from))


def wrong_together(lines: Sequence[Dated]) -> list[str]:
    """Return every gap and overlap in the dates of lines in order; the last must stay open."""
    if not lines:
        return ["there is no line; add one"]
    wrong = []
    for line, after in pairwise(lines):
        if line.valid_to is None or after.valid_from < line.valid_to:
            wrong.append(f"two lines hold on {after.valid_from}; close the earlier one that day")
        elif line.valid_to < after.valid_from:
            wrong.append(f"no line holds on {line.valid_to}; begin the later one that day")
    if lines[-1].valid_to is not None:
        wrong.append(f"no line holds on {lines[-1].valid_to}; add one that begins that day")
    return wrong


def holding(lines: Sequence[D], on: date) -> D:
    """Return the line that holds on a day; before the first, the first."""
    return next((line for line in reversed(lines) if line.valid_from <= on), lines[0])


def line_on(lines: Iterable[D], on: date) -> D | None:
    """Return the line that holds on a day; None where no line is known to hold."""
    return next(
        (
            line
            for line in lines
            if line.valid_from <= on and (line.valid_to is None or on < line.valid_to)
        ),
        None,
    )
