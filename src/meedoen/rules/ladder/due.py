"""When the next measurement of somebody is due, by dated appointments of the municipality.

The appointments stand in catalogue/measuring.toml. A file with a mistake is refused as a whole,
with a sentence for each mistake.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from importlib.resources import files

from meedoen.rules.periods import add_months

MOST_MONTHS = 120
"""Longer than ten years is a slip, not an appointment."""


class Instrument(StrEnum):
    """What is measured with."""

    LADDER = "ladder"
    """The participation ladder (rungs.py)."""
    LIFE_DOMAINS = "life_domains"
    """Steps in life domains (life_domains.py)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """How often an instrument is measured from `valid_from` on, in whole months.

    `first_after_months` counts from the day somebody is known, `every_months` from one
    measurement to the next.
    """

    instrument: Instrument
    valid_from: date
    first_after_months: int
    every_months: int


class MeasuringError(ValueError):
    """The file with appointments holds mistakes; `problems` has a sentence for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the sentences, in the order of the file."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class NoIntervalError(LookupError):
    """No appointment for an instrument counts on the day."""

    def __init__(self, instrument: Instrument, day: date) -> None:
        """Name the instrument and the day."""
        super().__init__(
            f"How often {instrument.value!r} is measured on {day.isoformat()} is not known; add a "
            "block to catalogue/measuring.toml with a valid_from on or before that day."
        )
        self.instrument = instrument
        self.day = day


def next_due(
    instrument: Instrument,
    *,
    last_measured_on: date | None,
    known_since: date,
    on: date,
    intervals: Iterable[Interval],
) -> date:
    """Return the day on which the next measurement of one person is due; it may have passed.

    `known_since` is the day of the first conversation, or of registration while nobody spoke
    with the person; it counts until the first measurement. The appointment that counts is the
    one of the day `on`, also for what was measured under an earlier one. Raises NoIntervalError.
    """
    interval = interval_on(instrument, on, intervals)
    if last_measured_on is None:
        return add_months(known_since, interval.first_after_months)
    return add_months(last_measured_on, interval.every_months)


def month_of(due_on: date, *, on: date) -> date | None:
    """Return the first day of the month in which something is due, or None when it is overdue."""
    return None if due_on < on else due_on.replace(day=1)


def interval_on(instrument: Instrument, day: date, intervals: Iterable[Interval]) -> Interval:
    """Return the appointment that counts on the day: the last to begin. Raises NoIntervalError."""
    counting = [one for one in intervals if one.instrument is instrument and one.valid_from <= day]
    if not counting:
        raise NoIntervalError(instrument, day)
    return max(counting, key=lambda one: one.valid_from)


def shipped_intervals() -> tuple[Interval, ...]:
    """Read the appointments that come with the package. Raises MeasuringError."""
    file = files("meedoen").joinpath("catalogue", "measuring.toml")
    return read_intervals(file.read_text(encoding="utf-8"), "measuring.toml")


def read_intervals(text: str, file_name: str) -> tuple[Interval, ...]:
    """Read the appointments from TOML, in the order of the file.

    Raises MeasuringError with every mistake in it.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MeasuringError([f"{file_name}: this is not TOML: {error}."]) from error
    reading = _Reading(file_name, [])
    intervals = reading.intervals(table)
    if reading.problems:
        raise MeasuringError(reading.problems)
    return intervals


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads the file, and notes what is wrong instead of stopping at it."""

    file_name: str
    problems: list[str]

    def intervals(self, table: dict[str, object]) -> tuple[Interval, ...]:
        self._refuse_unknown("", table, {"intervals"})
        rows = table.get("intervals")
        if not isinstance(rows, list):
            self._wrong("", "intervals are missing; begin each with [[intervals]]")
            return ()
        read = [self._interval(f"interval {at}", row) for at, row in enumerate(rows, start=1)]
        found = tuple(one for one in read if one is not None)
        # Whether something is missing or twice there cannot be told while single blocks are wrong.
        if not self.problems:
            self._check_every_instrument_once_a_day(found)
        return found

    def _interval(self, where: str, row: object) -> Interval | None:
        if not isinstance(row, dict):
            self._wrong(where, "this is not a table; begin it with [[intervals]]")
            return None
        known = {"instrument", "valid_from", "first_after_months", "every_months"}
        self._refuse_unknown(where, row, known)
        instrument = self._instrument(where, row.get("instrument"))
        valid_from = self._day(where, row.get("valid_from"))
        first = self._months(where, row, "first_after_months", least=0)
        every = self._months(where, row, "every_months", least=1)
        if instrument is None or valid_from is None or first is None or every is None:
            return None
        return Interval(instrument, valid_from, first, every)

    def _check_every_instrument_once_a_day(self, found: tuple[Interval, ...]) -> None:
        for instrument in Instrument:
            if all(one.instrument is not instrument for one in found):
                self._wrong("", f"there is no interval for {instrument.value!r}; add one")
        times = Counter((one.instrument, one.valid_from) for one in found)
        for (instrument, day), count in times.items():
            if count > 1:
                self._wrong(
                    "",
                    f"{instrument.value!r} begins {count} times on {day.isoformat()}; keep one",
                )

    def _instrument(self, where: str, value: object) -> Instrument | None:
        if isinstance(value, str) and value in set(Instrument):
            return Instrument(value)
        given = "is missing" if value is None else f"is {value!r}"
        self._wrong(where, f"instrument {given}; use {', '.join(Instrument)}")
        return None

    def _day(self, where: str, value: object) -> date | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        given = "is missing" if value is None else f"is {value!r}"
        self._wrong(where, f"valid_from {given}; write a date without quotes, such as 2026-01-01")
        return None

    def _months(self, where: str, row: dict[str, object], key: str, *, least: int) -> int | None:
        value = row.get(key)
        whole = isinstance(value, int) and not isinstance(value, bool)
        if isinstance(value, int) and whole and least <= value <= MOST_MONTHS:
            return value
        given = "is missing" if value is None else f"is {value!r}"
        self._wrong(
            where, f"{key} {given}; write a whole number of months from {least} to {MOST_MONTHS}"
        )
        return None

    def _refuse_unknown(self, where: str, table: dict[str, object], known: set[str]) -> None:
        for key in table:
            if key not in known:
                self._wrong(where, f"{key!r} is not known here; use {', '.join(sorted(known))}")

    def _wrong(self, where: str, what: str) -> None:
        place = f"{self.file_name}, {where}" if where else self.file_name
        self.problems.append(f"{place}: {what}.")
