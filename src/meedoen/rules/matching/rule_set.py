"""Rule sets: which soft criteria count and how much, from dated TOML files.

The files stand in catalogue/matching/, one per rule set. A file with a mistake is refused as a
whole, with a sentence for each mistake.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from importlib.resources import files
from itertools import combinations

from meedoen.rules.matching.facts import TravelBy

WEIGHTS_TOGETHER = 100
"""Weights are shares of a hundred, so that anyone can compare them."""


class Criterion(StrEnum):
    """A soft criterion; every rule set weighs each of them, if need be with 0."""

    OWN_WISH = "own_wish"
    SHARED_INTERESTS = "shared_interests"
    NEARNESS = "nearness"
    TIMES_THAT_SUIT = "times_that_suit"
    ROOM_LEFT = "room_left"
    GROWTH_STEP = "growth_step"
    GUIDANCE = "guidance"
    VARIETY = "variety"


@dataclass(frozen=True, slots=True)
class WeighedCriterion:
    """How much a criterion counts, 0 to 100, and what it means in Dutch."""

    criterion: Criterion
    weight: int
    description: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A dated set of weights, in force from valid_from up to but not on valid_to.

    A place falls off when somebody should have stood for it more than `most_days_unconfirmed`
    days ago. `reach` is how far one gets, in metres, by each way of travelling.
    """

    version: str
    valid_from: date
    valid_to: date | None
    description: str
    criteria: tuple[WeighedCriterion, ...]
    most_days_unconfirmed: int
    reach: Mapping[TravelBy, int]

    def weight(self, criterion: Criterion) -> int:
        """Return how much a criterion counts, 0 to 100."""
        return next(one.weight for one in self.criteria if one.criterion is criterion)

    def in_force(self, day: date) -> bool:
        """Say whether the rule set counts on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class RuleSetError(ValueError):
    """One or more rule sets hold mistakes; `problems` has a sentence for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the sentences, in the order of the files."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class NoRuleSetError(LookupError):
    """No rule set is in force on the day."""

    def __init__(self, day: date, known: tuple[str, ...]) -> None:
        """Name the day and the rule sets that there are."""
        versions = ", ".join(known) or "none at all"
        super().__init__(
            f"No rule set for matching is in force on {day.isoformat()} (there are: {versions}); "
            "add a file to catalogue/matching that covers the day."
        )
        self.day = day


def read_rule_set(text: str, file_name: str) -> RuleSet:
    """Read one rule set from TOML. Raises RuleSetError with every mistake in the file."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleSetError([f"{file_name}: this is not TOML: {error}."]) from error
    reading = _Reading(file_name, [])
    rule_set = reading.rule_set(table)
    if reading.problems:
        raise RuleSetError(reading.problems)
    return rule_set


def read_rule_sets(texts: Mapping[str, str]) -> tuple[RuleSet, ...]:
    """Read all rule sets, by file name, and return them in order of date.

    Raises RuleSetError with every mistake in every file; when the files themselves are right,
    with every version that is used twice and every pair whose dates overlap.
    """
    problems: list[str] = []
    named: list[tuple[str, RuleSet]] = []
    for file_name in sorted(texts):
        try:
            named.append((file_name, read_rule_set(texts[file_name], file_name)))
        except RuleSetError as error:
            problems.extend(error.problems)
    if not problems:
        problems.extend(_clashes(named))
    if problems:
        raise RuleSetError(problems)
    return tuple(sorted((one for _, one in named), key=lambda one: one.valid_from))


def shipped_rule_sets() -> tuple[RuleSet, ...]:
    """Read the rule sets that come with the package. Raises RuleSetError."""
    folder = files("meedoen").joinpath("catalogue", "matching")
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    return read_rule_sets(texts)


def rule_set_on(rule_sets: Iterable[RuleSet], day: date) -> RuleSet:
    """Return the rule set that is in force on the day. Raises NoRuleSetError."""
    given = tuple(rule_sets)
    for rule_set in given:
        if rule_set.in_force(day):
            return rule_set
    raise NoRuleSetError(day, tuple(one.version for one in given))


def _clashes(named: list[tuple[str, RuleSet]]) -> list[str]:
    problems = []
    for (name, one), (other_name, other) in combinations(named, 2):
        if one.version == other.version:
            problems.append(
                f"{name} and {other_name} have the same version {one.version!r}; "
                "give each rule set its own."
            )
        if _overlap(one, other):
            problems.append(
                f"{name} and {other_name} are both in force on "
                f"{max(one.valid_from, other.valid_from).isoformat()}; "
                "let valid_to of the earlier be valid_from of the later."
            )
    return problems


def _overlap(one: RuleSet, other: RuleSet) -> bool:
    return one.in_force(other.valid_from) or other.in_force(one.valid_from)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads one table, and notes what is wrong instead of stopping at it."""

    file_name: str
    problems: list[str]

    def rule_set(self, table: dict[str, object]) -> RuleSet:
        known = {"version", "valid_from", "valid_to", "description", "criteria"}
        known |= {"most_days_unconfirmed", "reach"}
        self._refuse_unknown("", table, known)
        valid_from = self._day(table, "valid_from")
        if valid_from is None:
            self._wrong("", "valid_from is missing; write a date such as 2026-01-01")
        valid_to = self._day(table, "valid_to")
        if valid_from is not None and valid_to is not None and valid_to <= valid_from:
            self._wrong("", "valid_to must come after valid_from")
        return RuleSet(
            version=self._text("", table, "version"),
            valid_from=valid_from or date.min,
            valid_to=valid_to,
            description=self._text("", table, "description"),
            criteria=self._criteria(table.get("criteria")),
            most_days_unconfirmed=self._number("", table, "most_days_unconfirmed"),
            reach=self._reach(table.get("reach")),
        )

    def _reach(self, table: object) -> Mapping[TravelBy, int]:
        if not isinstance(table, dict):
            self._wrong("", "the table reach is missing; begin it with [reach]")
            return {}
        self._refuse_unknown("reach", table, set(TravelBy))
        return {one: self._number("reach", table, one.value) for one in TravelBy}

    def _number(self, where: str, table: dict[str, object], key: str) -> int:
        value = table.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        given = "is missing" if value is None else f"is {value!r}"
        self._wrong(where, f"{key} {given}; write a whole number above 0")
        return 0

    def _criteria(self, rows: object) -> tuple[WeighedCriterion, ...]:
        if not isinstance(rows, list):
            self._wrong("", "criteria are missing; begin each with [[criteria]]")
            return ()
        before = len(self.problems)
        read = [self._criterion(f"criterion {at}", row) for at, row in enumerate(rows, start=1)]
        found = tuple(one for one in read if one is not None)
        times = Counter(one.criterion for one in found)
        self._check_once_each(times)
        # The sum says nothing useful while single weights are wrong.
        if len(self.problems) == before:
            self._check_sum(found)
        return found

    def _criterion(self, where: str, row: object) -> WeighedCriterion | None:
        if not isinstance(row, dict):
            self._wrong(where, "this is not a table; begin it with [[criteria]]")
            return None
        self._refuse_unknown(where, row, {"code", "weight", "description"})
        code = self._text(where, row, "code")
        description = self._text(where, row, "description")
        weight = self._weight(where, row.get("weight"))
        if code and code not in set(Criterion):
            self._wrong(where, f"there is no criterion {code!r}; use {', '.join(Criterion)}")
        if code not in set(Criterion):
            return None
        return WeighedCriterion(Criterion(code), weight, description)

    def _check_once_each(self, times: Counter[Criterion]) -> None:
        for criterion in Criterion:
            if times[criterion] == 0:
                self._wrong(
                    "", f"there is no weight for {criterion.value!r}; give 0 if it must not count"
                )
            elif times[criterion] > 1:
                self._wrong("", f"{criterion.value!r} is weighed more than once; keep one")

    def _check_sum(self, criteria: tuple[WeighedCriterion, ...]) -> None:
        together = sum(one.weight for one in criteria)
        if together != WEIGHTS_TOGETHER:
            self._wrong(
                "", f"the weights add up to {together}; let them add up to {WEIGHTS_TOGETHER}"
            )

    def _weight(self, where: str, value: object) -> int:
        whole = isinstance(value, int) and not isinstance(value, bool)
        if isinstance(value, int) and whole and 0 <= value <= WEIGHTS_TOGETHER:
            return value
        given = "is missing" if value is None else f"is {value!r}"
        self._wrong(where, f"weight {given}; write a whole number from 0 to {WEIGHTS_TOGETHER}")
        return 0

    def _day(self, table: dict[str, object], key: str) -> date | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self._wrong("", f"{key} is {value!r}; write a date without quotes, such as 2026-01-01")
        # Any day will do: a reading with problems is never handed out.
        return date.min if key == "valid_from" else date.max

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
