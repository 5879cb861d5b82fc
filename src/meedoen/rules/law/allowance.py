"""What a volunteer may get: Participatiewet, article 31(2)k and 31(5).

The amounts stand in catalogue/law/volunteer_allowance.toml; a highest amount for an hour, which
only holds where a municipality chooses it, in volunteer_allowance_hour.toml.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from meedoen.rules.dated_tables import DatedTableError, Row
from meedoen.rules.law.values import LawFile, Series, Value, cents, shipped_law

ALLOWANCE = "volunteer_allowance.toml"
HOUR = "volunteer_allowance_hour.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceLaw:
    """The values on one day; money in whole cents."""

    month_cents: Value[int]
    year_cents: Value[int]
    """In a calendar year."""
    from_age: Value[int]
    """From which age a payment may be left out of account: 31(5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceTable:
    """The values through time."""

    month_cents: Series[int]
    year_cents: Series[int]
    from_age: Series[int]

    def on(self, day: date) -> AllowanceLaw:
        """Return the values on a day. Raises NoValueError for a day before the first."""
        return AllowanceLaw(
            month_cents=self.month_cents.on(day),
            year_cents=self.year_cents.on(day),
            from_age=self.from_age.on(day),
        )


@cache
def shipped_allowance() -> AllowanceTable:
    """Read the limits that come with the package, once. Raises DatedTableError."""
    return read_allowance(shipped_law(ALLOWANCE))


@cache
def shipped_hour_limit() -> Series[int] | None:
    """Read the highest amount for an hour, in cents, once; None when none was chosen.

    Raises DatedTableError.
    """
    return read_hour_limit(shipped_law(HOUR))


def read_allowance(text: str, file_name: str = ALLOWANCE) -> AllowanceTable:
    """Read the limits from TOML.

    Raises DatedTableError with every mistake at once; also for a limit that begins halfway a
    year, since a limit for a calendar year cannot change in it.
    """
    file = LawFile(text, file_name)
    table = AllowanceTable(
        month_cents=file.series("month_cents", cents),
        year_cents=file.series("year_cents", cents),
        from_age=file.series("from_age", _age),
    )
    file.finish()
    halfway = [
        f"{file_name}, {line.name}: a line begins on {line.valid_from}; begin it on 1 January."
        for line in (*table.month_cents.lines, *table.year_cents.lines)
        if (line.valid_from.month, line.valid_from.day) != (1, 1)
    ]
    if halfway:
        raise DatedTableError(halfway)
    return table


def read_hour_limit(text: str, file_name: str = HOUR) -> Series[int] | None:
    """Read the highest amount for an hour; None when none was chosen.

    Raises DatedTableError with every mistake at once.
    """
    file = LawFile(text, file_name)
    if file.is_empty:
        return None
    series = file.series("hour_cents", cents)
    file.finish()
    return series


def _age(row: Row) -> int:
    return row.number("value", 100)
