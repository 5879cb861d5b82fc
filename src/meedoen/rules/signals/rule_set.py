"""Rule sets for signals: when each kind is due, when it shows, and how urgent it is.

The files stand in catalogue/signals/, one per rule set. A file with a mistake is refused as a
whole, with a sentence for each mistake.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import combinations

from meedoen.rules.periods import add_months
from meedoen.rules.signals.kinds import SignalKind

MOST = {"after_months": 60, "after_days": 366, "ahead_days": 366}
"""More than this is a slip of the keyboard."""
NUMBER_OF_DAYS = "planned_contact_within_days"
FIRST_MONTH = "months_asked_from"


@dataclass(frozen=True, slots=True)
class Timing:
    """When one kind of signal is due, counted from a day of its own, and how long before it shows.

    All whole numbers from 0; `description` says it in Dutch.
    """

    kind: SignalKind
    after_months: int
    after_days: int
    ahead_days: int
    description: str

    def due_on(self, counted_from: date) -> date:
        """Return the day on which it is due."""
        return add_months(counted_from, self.after_months) + timedelta(days=self.after_days)

    def shows_from(self, due_on: date) -> date:
        """Return the first day on which it shows."""
        return due_on - timedelta(days=self.ahead_days)


@dataclass(frozen=True, slots=True)
class Rules:
    """A dated rule set, in force from valid_from up to but not on valid_to.

    `timings` has every kind once, the most urgent first. From `months_asked_from` on
    organisations are asked how months went; earlier ones are not missed.
    """

    version: str
    valid_from: date
    valid_to: date | None
    description: str
    planned_contact_within_days: int
    months_asked_from: date
    timings: tuple[Timing, ...]

    def timing(self, kind: SignalKind) -> Timing:
        """Return when this kind is due."""
        return next(one for one in self.timings if one.kind is kind)

    @property
    def order(self) -> tuple[SignalKind, ...]:
        """Return the kinds in order of urgency."""
        return tuple(one.kind for one in self.timings)

    def in_force(self, day: date) -> bool:
        """Say whether the rule set counts on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class RulesError(ValueError):
    """One or more rule sets hold mistakes; `problems` has a sentence for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the sentences, in the order of the files."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class NoRulesError(LookupError):
    """No rule set is in force on the day."""

    def __init__(self, day: date, known: tuple[str, ...]) -> None:
        """Name the day and the rule sets that there are."""
        versions = ", ".join(known) or "none at all"
        super().__init__(
            f"No rule set for signals is in force on {day.isoformat()} (there are: {versions}); "
            "add a file to catalogue/signals that covers the day."
        )
        self.day = day


def read_rules(text: str, file_name: str) -> Rules:
    """Read one rule set from TOML. Raises RulesError with every mistake in the file."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError([f"{file_name}: this is not TOML: {error}."]) from error
    reading = _Reading(file_name, [])
    rules = reading.rules(table)
    if reading.problems:
        raise RulesError(reading.problems)
    return rules


def read_all_rules(texts: Mapping[str, str]) -> tuple[Rules, ...]:
    """Read all rule sets, by file name, and return them in order of date.

    Raises RulesError with every mistake in every file; when the files themselves are right, with
    every version that is used twice and every pair whose dates overlap.
    """
    problems: list[str] = []
    named: list[tuple[str, Rules]] = []
    for file_name in sorted(texts):
        try:
            named.append((file_name, read_rules(texts[file_name], file_name)))
        except RulesError as error:
            problems.extend(error.problems)
    if not problems:
        problems.extend(_clashes(named))
    if problems:
        raise RulesError(problems)
    return tuple(sorted((one for _, one in named), key=lambda one: one.valid_from))


@cache
def shipped_rules() -> tuple[Rules, ...]:
    """Read the rule sets that come with the package, once. Raises RulesError."""
    folder = files("meedoen").joinpath("catalogue", "signals")
    return read_all_rules(
        {
            entry.name: entry.read_text(encoding="utf-8")
            for entry in folder.iterdir()
            if entry.name.endswith(".toml")
        }
    )


def rules_on(rule_sets: Iterable[Rules], day: date) -> Rules:
    """Return the rule set that is in force on the day. Raises NoRulesError."""
    given = tuple(rule_sets)
    for rules in given:
        if rules.in_force(day):
            return rules
    raise NoRulesError(day, tuple(one.version for one in given))


def _clashes(named: list[tuple[str, Rules]]) -> list[str]:
    problems = []
    for (name, one), (other_name, other) in combinations(named, 2):
        if one.version == other.version:
            problems.append(
                f"{name} and {other_name} have the same version {one.version!r}; "
                "give each rule set its own."
            )
        if one.in_force(other.valid_from) or other.in_force(one.valid_from):
            problems.append(
                f"{name} and {other_name} are both in force on "
                f"{max(one.valid_from, other.valid_from).isoformat()}; "
                "let valid_to of the earlier be valid_from of the later."
            )
    return problems


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads one table, and notes what is wrong instead of stopping at it."""

    file_name: str
    problems: list[str]

    def rules(self, table: dict[str, object]) -> Rules:
        known = {"version", "valid_from", "valid_to", "description", NUMBER_OF_DAYS, "signals"}
        known.add(FIRST_MONTH)
        self._refuse_unknown("", table, known)
        valid_from = self._day(table, "valid_from")
        if valid_from is None and "valid_from" not in table:
            self._wrong("", "valid_from is missing; write a date such as 2026-01-01")
        valid_to = self._day(table, "valid_to")
        if valid_from is not None and valid_to is not None and valid_to <= valid_from:
            self._wrong("", "valid_to must come after valid_from")
        months_asked_from = self._day(table, FIRST_MONTH)
        if months_asked_from is None and FIRST_MONTH not in table:
            self._wrong("", f"{FIRST_MONTH} is missing; write a date such as 2026-01-01")
        if NUMBER_OF_DAYS not in table:
            self._wrong("", f"{NUMBER_OF_DAYS} is missing; write a whole number of days")
        return Rules(
            version=self._text("", table, "version"),
            valid_from=valid_from or date.min,
            valid_to=valid_to,
            description=self._text("", table, "description"),
            planned_contact_within_days=self._number("", table, NUMBER_OF_DAYS, 366),
            months_asked_from=months_asked_from or date.min,
            timings=self._timings(table.get("signals")),
        )

    def _timings(self, rows: object) -> tuple[Timing, ...]:
        if not isinstance(rows, list):
            self._wrong("", "signals are missing; begin each with [[signals]]")
            return ()
        read = [self._timing(f"signal {at}", row) for at, row in enumerate(rows, start=1)]
        found = [one for one in read if one is not None]
        kinds = [one.kind for one in found]
        for kind in SignalKind:
            if kind not in kinds:
                self._wrong("", f"there is no signal {kind.value!r}; say when it is due")
            elif kinds.count(kind) > 1:
                self._wrong("", f"{kind.value!r} stands here more than once; keep one")
        return tuple(found)

    def _timing(self, where: str, row: object) -> Timing | None:
        if not isinstance(row, dict):
            self._wrong(where, "this is not a table; begin it with [[signals]]")
            return None
        self._refuse_unknown(where, row, {"kind", "description", *MOST})
        kind = self._text(where, row, "kind")
        numbers = {name: self._number(where, row, name, most) for name, most in MOST.items()}
        description = self._text(where, row, "description")
        if kind not in set(SignalKind):
            if kind:
                self._wrong(where, f"there is no signal {kind!r}; use {', '.join(SignalKind)}")
            return None
        return Timing(kind=SignalKind(kind), description=description, **numbers)

    def _number(self, where: str, table: dict[str, object], key: str, most: int) -> int:
        value = table.get(key, 0)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        self._wrong(where, f"{key} is {value!r}; write a whole number from 0 to {most}")
        return 0

    def _day(self, table: dict[str, object], key: str) -> date | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self._wrong("", f"{key} is {value!r}; write a date without quotes, such as 2026-01-01")
        return None

    def _text(self, where: str, table: dict[str, object], key: str) -> str:
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        given = "is missing" if value is None else f"is {value!r}"
        self._wrong(where, f"{key} {given}; write it between quotes")
        return ""

    def _refuse_unknown(self, where: str, table: dict[str, object], known: set[str]) -> None:
        for key in table:
            if key not in known:
                names = ", ".join(sorted(known))
                self._wrong(where, f"{key!r} is not known here; use {names}")

    def _wrong(self, where: str, what: str) -> None:
        place = f"{self.file_name}, {where}" if where else self.file_name
        self.problems.append(f"{place}: {what}.")
