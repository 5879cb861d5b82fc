"""What follows a placement while it lasts, before it ends and after it: days, worked out by rule.

Nothing here is stored: the days follow from the placement and from what was already talked over,
so that a corrected start or end moves them by itself. The rhythms stand in
catalogue/places/evaluations.toml and aftercare.toml, dated; they are choices of Meedoen's own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from itertools import count

from meedoen.rules.dated_tables import (
    Row,
    holding,
    line_on,
    read_series_of_each,
    shipped_text,
)
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import PLACEMENT_OUTCOMES
from meedoen.rules.vocabulary import AftercareFinding, Outcome, PlaceKind

LONGEST_WEEKS = 52
LONGEST_MONTHS = 24
LONGEST_DAYS = 92
MOST_TRIES = 10
"""More than these is a slip of the keyboard."""

NO_AFTERCARE = frozenset({Outcome.MOVED_AWAY, Outcome.DIED})
"""Nobody is asked how it goes after one of these."""
AFTERCARE_OUTCOMES = PLACEMENT_OUTCOMES - NO_AFTERCARE


@dataclass(frozen=True, slots=True, order=True)
class Going:
    """Somebody died or moved away: what it was, and the last day before it."""

    outcome: Outcome
    last_day: date


def gone_after(goings: Iterable[Going], *, last_day: date) -> bool:
    """Say whether somebody died, or moved away on or after this last day at a place.

    Who moved away before that came back, and is asked like anybody else.
    """
    return any(one.outcome is Outcome.DIED or one.last_day >= last_day for one in goings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often placements of one kind are talked over, during a stretch of time."""

    kind: PlaceKind
    valid_from: date
    valid_to: date | None
    first_weeks: int
    every_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """When people are asked how it goes after one outcome, for ends during a stretch of time."""

    outcome: Outcome
    valid_from: date
    valid_to: date | None
    first_weeks: int
    then_months: tuple[int, ...]
    again_days: int
    most_tries: int

    def after(self, last_day: date) -> tuple[date, ...]:
        """Return the days of every moment after this last day."""
        first = last_day + timedelta(weeks=self.first_weeks)
        return (first, *(add_months(last_day, months) for months in self.then_months))


RhythmTable = Mapping[PlaceKind, tuple[Rhythm, ...]]
MomentTable = Mapping[Outcome, tuple[Moments, ...]]
"""The lines of each kind or outcome, in order of date, without gaps."""


@dataclass(frozen=True, slots=True)
class Talked:
    """It was talked over how a placement goes; `next_on` is the day that was agreed on for next."""

    held_on: date
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody was asked how it goes after an end; `number` is the moment it was for, from 1."""

    number: int
    on: date
    finding: AftercareFinding


@dataclass(frozen=True, slots=True)
class Moment:
    """Somebody is to be asked how it goes; `tries` is how often that was in vain before."""

    number: int
    on: date
    tries: int = 0


# --- while it lasts ------------------------------------------------------------------------------


def next_evaluation(
    kind: PlaceKind,
    *,
    started_on: date,
    last: Talked | None,
    table: RhythmTable | None = None,
) -> date:
    """Return the day on which it is talked over next how a placement goes.

    `last` is the latest time that it was. As agreed then, or else by the rhythm.
    """
    lines = (table or shipped_rhythms())[kind]
    if last is not None:
        months = holding(lines, last.held_on).every_months
        return last.next_on or add_months(last.held_on, months)
    rhythm = holding(lines, started_on)
    first = started_on + timedelta(weeks=rhythm.first_weeks)
    # What was due before anybody worked with this is not missed.
    days = (add_months(first, rhythm.every_months * times) for times in count())
    return next(day for day in days if day >= lines[0].valid_from)


# --- before it ends ------------------------------------------------------------------------------


def still_holds(chosen_for: date, last_day: date | None) -> bool:
    """Say whether what was chosen for one last day holds now that the last day is this one.

    It does when the end did not move, or came nearer. Who stays longer may want something else.
    """
    return last_day is None or last_day <= chosen_for


# --- after it ended ------------------------------------------------------------------------------


def next_moment(
    outcome: Outcome,
    *,
    last_day: date,
    asked: Iterable[Asked],
    table: MomentTable | None = None,
) -> Moment | None:
    """Return the next moment of aftercare; None when there is none any more, or never was.

    Who was not reached is tried again, until the next moment comes or too many tries were in
    vain. A moment that was skipped is over when a later one was used.
    """
    moments = _moments(outcome, last_day, table)
    given = tuple(asked)
    if moments is None or any(one.finding is AftercareFinding.WANTS_NO_AFTERCARE for one in given):
        return None
    used = max((one.number for one in given), default=1)
    days = moments.after(last_day)
    for number, day in enumerate(days[used - 1 :], start=used):
        of_this = [one for one in given if one.number == number]
        found = _open(Moment(number, day), of_this, moments)
        is_over_by = days[number] if number < len(days) else date.max
        if found is not None and found.on < is_over_by:
            return found
    return None


def moment_of(
    outcome: Outcome, *, last_day: date, on: date, table: MomentTable | None = None
) -> int | None:
    """Return for which moment, from 1, asking on this day counts; None when there are none.

    The one that came last, or that comes within the days after which is tried again: whoever
    calls a few days early need not call twice.
    """
    moments = _moments(outcome, last_day, table)
    if moments is None:
        return None
    near = on + timedelta(days=moments.again_days)
    return max(sum(day <= near for day in moments.after(last_day)), 1)


def moments_after(
    outcome: Outcome, *, last_day: date, table: MomentTable | None = None
) -> tuple[date, ...]:
    """Return the days on which somebody is asked how it goes after this end; nothing for never."""
    moments = _moments(outcome, last_day, table)
    return moments.after(last_day) if moments else ()


def followed_until(
    outcome: Outcome, *, last_day: date, table: MomentTable | None = None
) -> date | None:
    """Return the last day on which aftercare can be due after this end; None when there is none.

    That of the last moment, with the days in which somebody is tried again.
    """
    moments = _moments(outcome, last_day, table)
    if moments is None:
        return None
    return moments.after(last_day)[-1] + timedelta(days=moments.again_days * moments.most_tries)


def longest_after(table: MomentTable | None = None) -> int:
    """Return for how many days at most an end can still ask for aftercare."""
    return max(
        31 * max(one.then_months) + one.again_days * one.most_tries
        for lines in (table or shipped_moments()).values()
        for one in lines
    )


def _moments(outcome: Outcome, last_day: date, table: MomentTable | None) -> Moments | None:
    return line_on((table or shipped_moments()).get(outcome, ()), last_day)


def _open(moment: Moment, asked: Sequence[Asked], moments: Moments) -> Moment | None:
    """Return a moment as it is still to come after what was tried; None when it was used."""
    if any(one.finding is not AftercareFinding.NOT_REACHED for one in asked):
        return None
    if len(asked) >= moments.most_tries:
        return None
    if not asked:
        return moment
    again = max(one.on for one in asked) + timedelta(days=moments.again_days)
    return Moment(moment.number, max(moment.on, again), len(asked))


# --- the tables ----------------------------------------------------------------------------------


@cache
def shipped_rhythms() -> RhythmTable:
    """Read the rhythms that come with the package, once. Raises DatedTableError."""
    return read_rhythms(shipped_text("places", "evaluations.toml"), "evaluations.toml")


@cache
def shipped_moments() -> MomentTable:
    """Read the moments that come with the package, once. Raises DatedTableError."""
    return read_moments(shipped_text("places", "aftercare.toml"), "aftercare.toml")


def read_rhythms(text: str, file_name: str) -> RhythmTable:
    """Read the rhythms from TOML. Raises DatedTableError with every mistake at once."""
    return read_series_of_each(
        text, file_name, "rhythms", _rhythm, of=lambda line: line.kind, each=PlaceKind
    )


def read_moments(text: str, file_name: str) -> MomentTable:
    """Read the moments from TOML. Raises DatedTableError with every mistake at once."""
    outcomes = [outcome for outcome in Outcome if outcome in AFTERCARE_OUTCOMES]
    return read_series_of_each(
        text, file_name, "moments", _moments_line, of=lambda line: line.outcome, each=outcomes
    )


def _rhythm(row: Row) -> Rhythm:
    row.refuse_unknown(field.name for field in fields(Rhythm))
    valid_from, valid_to = row.dates()
    return Rhythm(
        kind=PlaceKind(row.word("kind", PlaceKind)),
        valid_from=valid_from,
        valid_to=valid_to,
        first_weeks=row.number("first_weeks", LONGEST_WEEKS),
        every_months=row.number("every_months", LONGEST_MONTHS),
    )


def _moments_line(row: Row) -> Moments:
    row.refuse_unknown(field.name for field in fields(Moments))
    valid_from, valid_to = row.dates()
    outcomes = [outcome for outcome in Outcome if outcome in AFTERCARE_OUTCOMES]
    return Moments(
        outcome=Outcome(row.word("outcome", outcomes)),
        valid_from=valid_from,
        valid_to=valid_to,
        first_weeks=row.number("first_weeks", LONGEST_WEEKS),
        then_months=row.whole_numbers("then_months", LONGEST_MONTHS),
        again_days=row.number("again_days", LONGEST_DAYS),
        most_tries=row.number("most_tries", MOST_TRIES),
    )
