"""What the law and the municipality fix about participation jobs: Participatiewet, article 10a.

The values stand in catalogue/law/participation_job_*.toml, one file per rule. What is left to the
municipality (article 8a(1)c and d) stands there as a choice that it changes.
"""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache

from meedoen.rules.dated_tables import DatedTableError, Row
from meedoen.rules.law.values import (
    LawFile,
    Series,
    Value,
    cents,
    changes_in,
    months,
    shipped_law,
)

MOST_AHEAD_DAYS = 366
MOST_HOURS = 40
MOST_AGE = 67
DAYS_KEPT, TABLES_KEPT = 4_096, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationJobLaw:
    """The values on one day. Months count as clock.py says; money is in whole cents."""

    from_age: Value[int]
    """From which age: 10a(1) carries out 7(1)a, which is not for who is younger: 7(3)a."""
    term_months: Value[int]
    """For how long the work may be done: 10a(1)."""
    left_out_months: Value[int]
    """For how long at most work under another provision is left out of the term: 10a(3)."""
    left_out_before: Value[date]
    """Work before this day is left out of the term: 10a(4)."""
    first_extension_months: Value[int]
    second_extension_months: Value[int]
    longest_months: Value[int]
    """After which no extension reaches: follows from 10a(1), (9) and (10)."""
    gaps_count: Value[bool]
    """Whether time between two participation jobs counts. OWN."""
    pauses_count: Value[bool]
    """Whether a pause inside a participation job counts, but for the premium. OWN."""
    schooling_months: Value[int]
    """After how long schooling is offered to who has no start qualification: 10a(5)."""
    premium_every_months: Value[int]
    """After how long, each time, a premium is decided on: 10a(6)."""
    premium_cents: Value[int]
    premium_hours_per_week: Value[int]
    """From how many hours a week the full premium is given; 0 asks for none. OWN."""
    premium_prorated: Value[bool]
    """Whether who works fewer hours gets a part of it. OWN."""
    premium_unbroken_months: Value[int]
    """How long somebody worked without a break before a premium; 0 asks for none. OWN."""
    premium_pauses_count: Value[bool]
    """Whether a pause counts as work done for a premium; if not, it is a break too. OWN."""
    chance_months: Value[int]
    """After how long it is assessed whether the chance of work grew: 10a(8)."""
    chance_ahead_months: Value[int]
    """How long before that at the earliest. OWN."""
    ends_without_chance_months: Value[int]
    """After how long it ends when that chance did not grow: 10a(8)."""
    first_extension_before_months: Value[int]
    second_extension_before_months: Value[int]
    extension_ahead_months: Value[int]
    """How long before the end of the term an extension is assessed at the earliest. OWN."""
    warning_months: Value[tuple[int, ...]]
    """At how many months somebody wants to be warned. OWN."""
    warning_ahead_days: Value[int]
    """How many days before such a moment the warning shows. OWN."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ParticipationJobTable:
    """The values through time, under the same names as in ParticipationJobLaw.

    Two tables are equal only when they are the same: what was looked up in one is kept for it.
    """

    from_age: Series[int]
    term_months: Series[int]
    left_out_months: Series[int]
    left_out_before: Series[date]
    first_extension_months: Series[int]
    second_extension_months: Series[int]
    longest_months: Series[int]
    gaps_count: Series[bool]
    pauses_count: Series[bool]
    schooling_months: Series[int]
    premium_every_months: Series[int]
    premium_cents: Series[int]
    premium_hours_per_week: Series[int]
    premium_prorated: Series[bool]
    premium_unbroken_months: Series[int]
    premium_pauses_count: Series[bool]
    chance_months: Series[int]
    chance_ahead_months: Series[int]
    ends_without_chance_months: Series[int]
    first_extension_before_months: Series[int]
    second_extension_before_months: Series[int]
    extension_ahead_months: Series[int]
    warning_months: Series[tuple[int, ...]]
    warning_ahead_days: Series[int]

    def on(self, day: date) -> ParticipationJobLaw:
        """Return the values on a day; before the first line of a value, that line.

        A job that began before the first line is thus counted as the oldest known law says.
        """
        return _law_of(self, day)

    @property
    def changes(self) -> tuple[date, ...]:
        """Return the days on which any value becomes another one, in order."""
        return _changes_of(self)


# The clocks of a whole town ask for the same few days again and again.


@lru_cache(maxsize=DAYS_KEPT)
def _law_of(table: ParticipationJobTable, day: date) -> ParticipationJobLaw:
    return ParticipationJobLaw(
        **{field.name: getattr(table, field.name).at(day) for field in fields(table)}
    )


@lru_cache(maxsize=TABLES_KEPT)
def _changes_of(table: ParticipationJobTable) -> tuple[date, ...]:
    return changes_in(getattr(table, field.name) for field in fields(table))


def law_on(day: date) -> ParticipationJobLaw:
    """Return the values that come with the package, on a day. Raises DatedTableError."""
    return shipped_table().on(day)


@cache
def shipped_table() -> ParticipationJobTable:
    """Read the files that come with the package, once. Raises DatedTableError."""
    return read_table({name: shipped_law(name) for name in FILES})


DURATION = "participation_job_duration.toml"
SCHOOLING = "participation_job_schooling.toml"
PREMIUM = "participation_job_premium.toml"
ASSESSMENTS = "participation_job_assessments.toml"
WARNINGS = "participation_job_warnings.toml"
FILES = (DURATION, SCHOOLING, PREMIUM, ASSESSMENTS, WARNINGS)


def read_table(texts: dict[str, str]) -> ParticipationJobTable:
    """Read the values from the texts of FILES, by name.

    Raises DatedTableError with every mistake in every file at once: a value that is missing or
    wrong, a gap, an overlap, an end that is not the sum of its parts.
    """
    opened = {name: LawFile(texts[name], name) for name in FILES}
    duration, premium = opened[DURATION], opened[PREMIUM]
    assessments, warnings = opened[ASSESSMENTS], opened[WARNINGS]
    table = ParticipationJobTable(
        term_months=duration.series("term_months", months),
        left_out_months=duration.series("left_out_months", months),
        left_out_before=duration.series("left_out_before", _day),
        first_extension_months=duration.series("first_extension_months", months),
        second_extension_months=duration.series("second_extension_months", months),
        longest_months=duration.series("longest_months", months),
        gaps_count=duration.series("gaps_count", _flag),
        pauses_count=duration.series("pauses_count", _flag),
        from_age=duration.series("from_age", _age),
        schooling_months=opened[SCHOOLING].series("schooling_months", months),
        premium_every_months=premium.series("premium_every_months", months),
        premium_cents=premium.series("premium_cents", cents),
        premium_hours_per_week=premium.series("premium_hours_per_week", _hours),
        premium_prorated=premium.series("premium_prorated", _flag),
        premium_unbroken_months=premium.series("premium_unbroken_months", _unbroken),
        premium_pauses_count=premium.series("premium_pauses_count", _flag),
        chance_months=assessments.series("chance_months", months),
        chance_ahead_months=assessments.series("chance_ahead_months", months),
        ends_without_chance_months=assessments.series("ends_without_chance_months", months),
        first_extension_before_months=assessments.series("first_extension_before_months", months),
        second_extension_before_months=assessments.series("second_extension_before_months", months),
        extension_ahead_months=assessments.series("extension_ahead_months", months),
        warning_months=warnings.series("warning_months", _months_listed),
        warning_ahead_days=warnings.series("warning_ahead_days", _ahead_days),
    )
    _finish(opened)
    return table


def _finish(opened: dict[str, LawFile]) -> None:
    problems: list[str] = []
    for file in opened.values():
        try:
            file.finish()
        except DatedTableError as error:
            problems += error.problems
    if problems:
        raise DatedTableError(problems)


def _day(row: Row) -> date:
    return row.day("value")


def _age(row: Row) -> int:
    return row.whole("value", MOST_AGE)


def _flag(row: Row) -> bool:
    return row.flag("value")


def _hours(row: Row) -> int:
    return row.whole("value", MOST_HOURS)


def _unbroken(row: Row) -> int:
    return row.whole("value", 12)


def _ahead_days(row: Row) -> int:
    return row.whole("value", MOST_AHEAD_DAYS)


def _months_listed(row: Row) -> tuple[int, ...]:
    return row.whole_numbers("value", 120)
