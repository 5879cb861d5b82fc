"""Reading a rule by which days come back, the part of RFC 5545, section 3.3.10, we understand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from meedoen.rules.schedule.words import SessionProblem

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "WKST", "COUNT", "BYSETPOS"})
"""The parts of a rule that are understood; the last day stands beside the rule."""
MOST_TIMES = 1_000
LONGEST_INTERVAL = 12
MOST_WEEKS, MOST_DAYS = 5, 31
"""How many weeks and days a month may touch: numbers beyond them never come."""
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")


class Frequency(StrEnum):
    """How often days come back."""

    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


@dataclass(frozen=True, slots=True, order=True)
class NthDay:
    """A day of the week, 0 for Monday; in a month the `nth` of them, from the end when negative.

    `nth` is None for every one.
    """

    weekday: int
    nth: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule in parts. Empty `days` and `month_days` stand for the day on which it begins.

    `interval` counts weeks or months; `count` None is without end. `positions` picks from the
    days of one week or month, from the end when negative. `week_start` is 0 for Monday.
    """

    frequency: Frequency
    interval: int = 1
    days: tuple[NthDay, ...] = ()
    month_days: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    count: int | None = None
    week_start: int = 0


class RuleError(ValueError):
    """A rule cannot be kept; `problem` says why."""

    def __init__(self, problem: SessionProblem) -> None:
        """Keep the reason."""
        super().__init__(problem.value)
        self.problem = problem


def read_rule(text: str) -> Rule:
    """Return the parts of a rule such as `FREQ=WEEKLY;BYDAY=MO,TH`. Raises RuleError."""
    parts = _parts(text)
    if parts["FREQ"] not in set(Frequency):
        raise RuleError(SessionProblem.OTHER_FREQUENCY)
    if parts.keys() - PARTS:
        raise RuleError(SessionProblem.PART_NOT_SUPPORTED)
    try:
        rule = Rule(
            frequency=Frequency(parts["FREQ"]),
            interval=_whole(parts.get("INTERVAL", "1")),
            days=tuple(_day(one) for one in _listed(parts, "BYDAY")),
            month_days=tuple(_number(one, MOST_DAYS) for one in _listed(parts, "BYMONTHDAY")),
            positions=tuple(_number(one, MOST_DAYS) for one in _listed(parts, "BYSETPOS")),
            count=_whole(parts["COUNT"]) if "COUNT" in parts else None,
            week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
        )
    except ValueError as error:
        raise RuleError(SessionProblem.NOT_A_RULE) from error
    _demand_that_it_fits(rule)
    return rule


def _demand_that_it_fits(rule: Rule) -> None:
    """Raise RuleError for numbers out of range, and for parts that do not go together."""
    if not 1 <= rule.interval <= LONGEST_INTERVAL:
        raise RuleError(SessionProblem.OTHER_FREQUENCY)
    if rule.count is not None and rule.count > MOST_TIMES:
        raise RuleError(SessionProblem.TOO_MANY_TIMES)
    if rule.count is not None and rule.count < 1:
        raise RuleError(SessionProblem.NOT_A_RULE)
    weekly = rule.frequency is Frequency.WEEKLY
    nth_of_a_month = any(day.nth is not None for day in rule.days) or rule.month_days
    nothing_to_pick_from = rule.positions and not (rule.days or rule.month_days)
    if (weekly and nth_of_a_month) or nothing_to_pick_from:
        raise RuleError(SessionProblem.NOT_A_RULE)


def _parts(text: str) -> dict[str, str]:
    """Return the parts of a rule by name, each once, FREQ among them. Raises RuleError."""
    pairs = [part.split("=") for part in text.upper().split(";")]
    if any(len(pair) != 2 or not pair[1] for pair in pairs):
        raise RuleError(SessionProblem.NOT_A_RULE)
    parts = dict(pairs)
    if len(parts) < len(pairs) or "FREQ" not in parts:
        raise RuleError(SessionProblem.NOT_A_RULE)
    return parts


def _listed(parts: Mapping[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []


def _day(text: str) -> NthDay:
    """Return the day of the week in `MO`, `1MO` or `-1MO`. Raises ValueError."""
    weekday = WEEKDAYS.index(text[-2:])
    return NthDay(weekday, _number(text[:-2], MOST_WEEKS) if text[:-2] else None)


def _number(text: str, most: int) -> int:
    """Return a number from 1, or from -1 down. Raises ValueError."""
    number = _whole(text)
    if not 1 <= abs(number) <= most:
        raise ValueError(f"{text} is not a number from 1 to {most}, or from -1 to -{most}.")
    return number


def _whole(text: str) -> int:
    """Return a whole number of few digits. Raises ValueError: int() takes more than RFC 5545."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is no whole number.")
    return int(text)
