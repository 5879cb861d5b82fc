"""How much time of a participation job counts, and when so many months are full.

Participatiewet, article 10a, counts in three ways:

- TERM, for the two years and their extensions. At most six months of work under another provision
  are left out when the municipality says so (10a(3)), and all work before 2007 (10a(4)).
- SINCE_START, for what follows so long after the start of the work (10a(5), (8)). 10a(3) speaks of
  the two years only, so that nothing is left out of this one but what came before the start.
- WORKED, for the premium (10a(6)): only work in a participation job itself.

Whether time between two jobs and pauses inside a job count is no rule of law: see gaps_count and
pauses_count in catalogue/law/participation_job_duration.toml. For WORKED a gap never counts, and of
pauses premium_pauses_count in participation_job_premium.toml says so.

Months go by the calendar from the first day that counts; a day that does not exist becomes the
last of its month, so that a term is never longer than the law allows. Every day that does not
count moves what comes after it by a day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from meedoen.rules.law.participation_job import ParticipationJobLaw
from meedoen.rules.participation_job.facts import Stretch, StretchReason
from meedoen.rules.participation_job.problems import ClockProblem
from meedoen.rules.periods import add_months


class Counting(StrEnum):
    """In which of the three ways time is counted."""

    TERM = "term"
    SINCE_START = "since_start"
    WORKED = "worked"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` up to, not including, `end`."""

    first: date
    end: date


@dataclass(frozen=True, slots=True)
class Counted:
    """How much time counted up to a day: from which day on, whole months, and days in all."""

    since: date
    months: int
    days: int


def stretch_problems(stretches: Sequence[Stretch]) -> Iterator[ClockProblem]:
    """Give what is wrong with the stretches of one person; they stand in order of date."""
    if not any(one.reason is StretchReason.PARTICIPATION_JOB for one in stretches):
        yield ClockProblem.NO_STRETCH
    for one in stretches:
        if one.ends_on is not None and one.ends_on <= one.starts_on:
            yield ClockProblem.STRETCH_ENDS_BEFORE_START
        if one.left_out and one.reason is not StretchReason.OTHER_PROVISION:
            yield ClockProblem.LEFT_OUT_WITHOUT_OTHER_PROVISION
    for one, after in pairwise(stretches):
        if one.ends_on is None or after.starts_on < one.ends_on:
            yield ClockProblem.STRETCHES_OVERLAP


def spans_not_counted(
    stretches: Sequence[Stretch], law: ParticipationJobLaw, counting: Counting, *, on: date
) -> tuple[Span, ...]:
    """Return the days that do not count, in order, without overlap.

    `on` is today: a pause that has no end yet lasts until today.
    """
    first = _first_possible(stretches, law, counting)
    spans = [Span(date.min, first)]
    for span in sorted(_spans(stretches, law, counting, on), key=lambda one: one.first):
        begin = max(span.first, spans[-1].end)
        if begin < span.end:
            spans.append(Span(begin, span.end))
    return tuple(spans)


def begins_on(
    stretches: Sequence[Stretch], law: ParticipationJobLaw, counting: Counting, *, on: date
) -> date:
    """Return the first day that counts."""
    return _begin(stretches, spans_not_counted(stretches, law, counting, on=on))


def full_on(
    stretches: Sequence[Stretch],
    law: ParticipationJobLaw,
    counting: Counting,
    months: int,
    *,
    on: date,
) -> date:
    """Return the first day on which so many months are full, as if the work goes on.

    `on` is today: a pause that has no end yet lasts until today.
    """
    spans = spans_not_counted(stretches, law, counting, on=on)
    begin = _begin(stretches, spans)
    day = add_months(begin, months)
    for span in spans:
        if begin <= span.first < day:
            day += span.end - span.first
    return day


def counted(
    stretches: Sequence[Stretch],
    law: ParticipationJobLaw,
    *,
    on: date,
    counting: Counting = Counting.TERM,
) -> Counted:
    """Return how much time has counted up to a day, that day not included."""
    spans = spans_not_counted(stretches, law, counting, on=on)
    begin = _begin(stretches, spans)
    last = stretches[-1].ends_on
    until = max(begin, on if last is None else min(on, last))
    left_out = sum(
        (min(span.end, until) - span.first).days for span in spans if begin <= span.first < until
    )
    months = 0
    while full_on(stretches, law, counting, months + 1, on=on) <= until:
        months += 1
    return Counted(begin, months, (until - begin).days - left_out)


def _begin(stretches: Sequence[Stretch], spans: Sequence[Span]) -> date:
    day = stretches[0].starts_on
    for span in spans:
        if span.first <= day < span.end:
            day = span.end
    return day


def _first_possible(
    stretches: Sequence[Stretch], law: ParticipationJobLaw, counting: Counting
) -> date:
    before = law.left_out_before.value
    if counting is Counting.TERM:
        return before
    start = min(one.starts_on for one in stretches if one.reason is StretchReason.PARTICIPATION_JOB)
    return max(before, start)


def _spans(
    stretches: Sequence[Stretch], law: ParticipationJobLaw, counting: Counting, on: date
) -> Iterator[Span]:
    worked = counting is Counting.WORKED
    if worked or not law.gaps_count.value:
        yield from _gaps(stretches)
    if not (law.premium_pauses_count if worked else law.pauses_count).value:
        yield from _pauses(stretches, on)
    if counting is Counting.TERM:
        yield from _left_out(stretches, law.left_out_months.value)
    if worked:
        yield from _elsewhere(stretches, law.left_out_months.value)


def _gaps(stretches: Sequence[Stretch]) -> Iterator[Span]:
    for one, after in pairwise(stretches):
        if one.ends_on is not None:
            yield Span(one.ends_on, after.starts_on)


def _pauses(stretches: Sequence[Stretch], on: date) -> Iterator[Span]:
    for one in stretches:
        if one.reason is StretchReason.PAUSE:
            yield Span(one.starts_on, one.ends_on or max(on, one.starts_on))


def _left_out(stretches: Sequence[Stretch], most_months: int) -> Iterator[Span]:
    # Six months in all, however many stretches they are spread over.
    used = timedelta(0)
    for one in stretches:
        if one.left_out:
            most = max(one.starts_on, add_months(one.starts_on, most_months) - used)
            span = Span(one.starts_on, min(one.ends_on or most, most))
            used += span.end - span.first
            yield span


def _elsewhere(stretches: Sequence[Stretch], most_months: int) -> Iterator[Span]:
    # No end yet: as if it lasts as long as may be left out, since a contract then begins.
    for one in stretches:
        if one.reason is StretchReason.OTHER_PROVISION:
            yield Span(one.starts_on, one.ends_on or add_months(one.starts_on, most_months))
