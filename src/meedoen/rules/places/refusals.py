"""What follows when a place is refused: for how long it rests, and who gets to know.

The lines stand in catalogue/places/refusals.toml, dated; they are choices of Meedoen's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache

from meedoen.rules.dated_tables import (
    Row,
    holding,
    read_series_of_each,
    shipped_text,
)
from meedoen.rules.vocabulary import RefusalReason, RefusalSide

MOST_PAUSE_DAYS = 1_826
"""Five years: after that nobody remembers why. Own choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRules:
    """What follows from one reason during a stretch.

    `tells_place` says whether the organisation hears that somebody refused its place for this
    reason; never who.
    """

    reason: RefusalReason
    side: RefusalSide
    valid_from: date
    valid_to: date | None
    pause_days: int
    ask_again: bool
    tells_place: bool

    def paused_until(self, refused_on: date) -> date:
        """Return the first day on which the place may be offered again."""
        return refused_on + timedelta(days=self.pause_days)


RefusalTable = Mapping[RefusalReason, tuple[RefusalRules, ...]]
"""The lines of each reason, in order of date, without gaps."""


def refusal_rules(reason: RefusalReason, on: date) -> RefusalRules:
    """Return what follows from a reason on a day; before the first line, that line."""
    return holding(shipped_refusals()[reason], on)


@cache
def shipped_refusals() -> RefusalTable:
    """Read the lines that come with the package, once. Raises DatedTableError."""
    return read_refusals(shipped_text("places", "refusals.toml"), "refusals.toml")


def read_refusals(text: str, file_name: str) -> RefusalTable:
    """Read the lines from TOML.

    Raises DatedTableError with every mistake at once; when the lines themselves are right, with
    every reason that is missing, and every gap and overlap in the dates.
    """
    return read_series_of_each(
        text, file_name, "refusals", _line, of=lambda line: line.reason, each=RefusalReason
    )


def _line(row: Row) -> RefusalRules:
    row.refuse_unknown(field.name for field in fields(RefusalRules))
    valid_from, valid_to = row.dates()
    return RefusalRules(
        reason=RefusalReason(row.word("reason", RefusalReason)),
        side=RefusalSide(row.word("side", RefusalSide)),
        valid_from=valid_from,
        valid_to=valid_to,
        pause_days=row.number("pause_days", MOST_PAUSE_DAYS),
        ask_again=row.flag("ask_again"),
        tells_place=row.flag("tells_place"),
    )
