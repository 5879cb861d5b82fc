"""When a plan is looked at again: every so many months, by a dated table.

Participatiewet, article 44a: the municipality evaluates the plan with the person "from time to
time"; the law names no number of months, except every six for a lone parent who is exempted
under article 9a (9a(8)). The table stands in catalogue/plans/evaluations.toml.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from meedoen.rules.periods import add_months
from meedoen.rules.plans.reading import PlanTableError, Reading, in_force, parsed, shipped_texts

LEAST_MONTHS = 1
MOST_MONTHS = 24
"""Longer than two years is not from time to time any more. Own choice."""
TABLE = "evaluations.toml"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How many months there are between two evaluations of a plan, and whose choice that is."""

    months: int
    source: str
    valid_from: date
    valid_to: date | None

    def in_force(self, day: date) -> bool:
        """Say whether the rhythm counts for a plan that begins on that day."""
        return in_force(self.valid_from, self.valid_to, day)


class NoRhythmError(LookupError):
    """No rhythm is in force on the day."""

    def __init__(self, day: date) -> None:
        """Name the day."""
        super().__init__(
            f"No rhythm of evaluations is in force on {day.isoformat()}; "
            f"add one to catalogue/plans/{TABLE} that covers the day."
        )


def read_rhythms(text: str, file_name: str = TABLE) -> tuple[Rhythm, ...]:
    """Read the rhythms from TOML. Raises PlanTableError with every mistake at once."""
    reading = Reading(file_name, [])
    table = parsed(text, file_name)
    reading.refuse_unknown("", table, {"rhythms"})
    rhythms = tuple(
        _rhythm(reading, f"rhythm {at}", row)
        for at, row in enumerate(reading.rows("", table, "rhythms"), start=1)
    )
    for one, other in combinations(rhythms, 2):
        if one.in_force(other.valid_from) or other.in_force(one.valid_from):
            both = max(one.valid_from, other.valid_from).isoformat()
            reading.wrong(
                "", f"two rhythms are in force on {both}; close the earlier with valid_to"
            )
    if reading.problems:
        raise PlanTableError(reading.problems)
    return rhythms


def shipped_rhythms() -> tuple[Rhythm, ...]:
    """Read the rhythms that come with the package. Raises PlanTableError."""
    return read_rhythms(shipped_texts()[TABLE])


def months_on(rhythms: Iterable[Rhythm], day: date) -> int:
    """Return how many months go by between evaluations of a plan of that day.

    Raises NoRhythmError when the table says nothing about the day.
    """
    for rhythm in rhythms:
        if rhythm.in_force(day):
            return rhythm.months
    raise NoRhythmError(day)


def next_evaluation(after: date, months: int) -> date:
    """Return the day of the next evaluation, so many months after an agreement or evaluation."""
    return add_months(after, months)


def _rhythm(reading: Reading, where: str, row: dict[str, object]) -> Rhythm:
    reading.refuse_unknown(where, row, {"months", "source", "valid_from", "valid_to"})
    valid_from, valid_to = reading.dates(where, row)
    return Rhythm(
        months=reading.number(where, row, "months", LEAST_MONTHS, MOST_MONTHS),
        source=reading.text(where, row, "source", 300),
        valid_from=valid_from,
        valid_to=valid_to,
    )
