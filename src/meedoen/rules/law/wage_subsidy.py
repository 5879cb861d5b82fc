"""What the law fixes about the wage-cost subsidy: Participatiewet, articles 10c and 10d.

The values stand in catalogue/law/wage_subsidy.toml. The minimum wage is not among them: whoever
asks for a calculation gives it.
"""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache

from meedoen.rules.dated_tables import Row
from meedoen.rules.law.values import LawFile, Series, Value, changes_in, months, shipped_law

WAGE_SUBSIDY = "wage_subsidy.toml"
LONGEST_WEEK = 60
MOST_WEEKS = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class WageSubsidyLaw:
    """The values on one day. A part is a part of one: 0.70 is 70%."""

    most_part: Value[Decimal]
    """The highest part of minimum wage with holiday allowance: 10d(4)."""
    flat_part: Value[Decimal]
    """The part while the loonwaarde is not fixed: 10d(5)."""
    flat_months: Value[int]
    """For how long at most that part is given, from the start of the job: 10d(5)."""
    norm_hours: Value[int]
    """The week that the amounts belong to: 10d(4)."""
    longest_full_week: Value[int]
    """The most hours that a full week in comparable jobs can have. OWN."""
    holiday_part: Value[Decimal]
    """Holiday allowance as a part of the wage. OWN."""
    employer_costs_part: Value[Decimal]
    """What is added for the employer's costs, as a part of the subsidy: 10d(4) and (5)."""
    decide_weeks: Value[int]
    """Within how many weeks of fixing the loonwaarde it is decided: 10d(12)."""
    apply_again_months: Value[int]
    """After how many months somebody may apply again to be in the group: 10c(2)."""
    ask_after_start_months: Value[int]
    """Until how many months after a job began the subsidy may be asked for: 10d(2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WageSubsidyTable:
    """The values through time, under the same names as in WageSubsidyLaw."""

    most_part: Series[Decimal]
    flat_part: Series[Decimal]
    flat_months: Series[int]
    norm_hours: Series[int]
    longest_full_week: Series[int]
    holiday_part: Series[Decimal]
    employer_costs_part: Series[Decimal]
    decide_weeks: Series[int]
    apply_again_months: Series[int]
    ask_after_start_months: Series[int]

    def on(self, day: date) -> WageSubsidyLaw:
        """Return the values on a day. Raises NoValueError for a day before the first."""
        return WageSubsidyLaw(
            **{field.name: getattr(self, field.name).on(day) for field in fields(self)}
        )

    @property
    def changes(self) -> tuple[date, ...]:
        """Return the days on which any value becomes another one, in order."""
        return changes_in(getattr(self, field.name) for field in fields(self))


def wage_subsidy_on(day: date) -> WageSubsidyLaw:
    """Return the values that come with the package. Raises NoValueError, DatedTableError."""
    return shipped_wage_subsidy().on(day)


@cache
def shipped_wage_subsidy() -> WageSubsidyTable:
    """Read the file that comes with the package, once. Raises DatedTableError."""
    return read_wage_subsidy(shipped_law(WAGE_SUBSIDY))


def read_wage_subsidy(text: str, file_name: str = WAGE_SUBSIDY) -> WageSubsidyTable:
    """Read the values from TOML. Raises DatedTableError with every mistake at once."""
    file = LawFile(text, file_name)
    table = WageSubsidyTable(
        most_part=file.series("most_part", _part),
        flat_part=file.series("flat_part", _part),
        flat_months=file.series("flat_months", months),
        norm_hours=file.series("norm_hours", _hours),
        longest_full_week=file.series("longest_full_week", _hours),
        holiday_part=file.series("holiday_part", _part),
        employer_costs_part=file.series("employer_costs_part", _part),
        decide_weeks=file.series("decide_weeks", _weeks),
        apply_again_months=file.series("apply_again_months", months),
        ask_after_start_months=file.series("ask_after_start_months", months),
    )
    file.finish()
    return table


def _part(row: Row) -> Decimal:
    return row.fraction("value")


def _hours(row: Row) -> int:
    return row.number("value", LONGEST_WEEK)


def _weeks(row: Row) -> int:
    return row.number("value", MOST_WEEKS)
