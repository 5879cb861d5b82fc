"""How often a time comes back, as people choose it, and the rule that says the same."""

from collections.abc import Iterable
from enum import StrEnum

from meedoen.rules.half_days import DAYS
from meedoen.rules.schedule.rule import WEEKDAYS, Frequency, Rule, RuleError, read_rule


class Rhythm(StrEnum):
    """How often a time comes back."""

    WEEKLY = "weekly"
    EVERY_OTHER_WEEK = "every_other_week"
    FIRST_OF_MONTH = "first_of_month"
    SECOND_OF_MONTH = "second_of_month"
    THIRD_OF_MONTH = "third_of_month"
    FOURTH_OF_MONTH = "fourth_of_month"
    LAST_OF_MONTH = "last_of_month"


_WEEKS = {Rhythm.WEEKLY: 1, Rhythm.EVERY_OTHER_WEEK: 2}
_MONTHS = {
    Rhythm.FIRST_OF_MONTH: 1,
    Rhythm.SECOND_OF_MONTH: 2,
    Rhythm.THIRD_OF_MONTH: 3,
    Rhythm.FOURTH_OF_MONTH: 4,
    Rhythm.LAST_OF_MONTH: -1,
}


def rule_of(rhythm: Rhythm, days: Iterable[str]) -> str:
    """Return the rule for these days of the week, each a code of `half_days.DAYS`.

    Of a month it is that one of each day, such as the first Monday and the first Friday.
    """
    chosen = set(days)
    codes = [code for day, code in zip(DAYS, WEEKDAYS, strict=True) if day in chosen]
    if rhythm in _MONTHS:
        return f"FREQ=MONTHLY;BYDAY={','.join(f'{_MONTHS[rhythm]}{code}' for code in codes)}"
    interval = "" if _WEEKS[rhythm] == 1 else f"INTERVAL={_WEEKS[rhythm]};"
    return f"FREQ=WEEKLY;{interval}BYDAY={','.join(codes)}"


def rhythm_of(rule: str) -> tuple[Rhythm, tuple[str, ...]] | None:
    """Return the rhythm of a rule and its days, from Monday on; None when no rhythm says it.

    A rule that cannot be read has none.
    """
    try:
        read = read_rule(rule)
    except RuleError:
        return None
    rhythm = _weeks(read) if read.frequency is Frequency.WEEKLY else _months(read)
    if rhythm is None or not read.days or read.month_days or read.positions or read.count:
        return None
    on = {day.weekday for day in read.days}
    return rhythm, tuple(day for number, day in enumerate(DAYS) if number in on)


def _weeks(rule: Rule) -> Rhythm | None:
    # Where a week begins says which week is the other one.
    plain = rule.interval == 1 or rule.week_start == 0
    return next((one for one, weeks in _WEEKS.items() if plain and weeks == rule.interval), None)


def _months(rule: Rule) -> Rhythm | None:
    which = {day.nth for day in rule.days}
    single = rule.interval == 1 and len(which) == 1
    return next((one for one, nth in _MONTHS.items() if single and nth in which), None)
