"""The stretches of one person out of those of every participation job the person had.

Somebody may have two jobs at once: a day counts once, and is a pause only when no job goes on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from meedoen.rules.law.participation_job import ParticipationJobLaw
from meedoen.rules.participation_job.facts import Stretch, StretchReason
from meedoen.rules.periods import add_months


@dataclass(frozen=True, slots=True)
class Worked:
    """A stretch of one participation job; None as end: it runs on. `paused`: it stood still."""

    starts_on: date
    ends_on: date | None
    paused: bool = False


def joined(worked: Iterable[Worked]) -> tuple[Stretch, ...]:
    """Return the stretches in order, without overlap; what follows at once is one stretch."""
    given = list(worked)
    found: list[Stretch] = []
    for first, end in _between(given):
        here = [one for one in given if _holds(one, first)]
        if not here:
            continue
        paused = all(one.paused for one in here)
        reason = StretchReason.PAUSE if paused else StretchReason.PARTICIPATION_JOB
        last = found[-1] if found else None
        if last is not None and last.ends_on == first and last.reason is reason:
            found[-1] = replace(last, ends_on=end)
        else:
            found.append(Stretch(first, end, reason=reason))
    return tuple(found)


def unbroken_months(stretches: Sequence[Stretch], law: ParticipationJobLaw, until: date) -> int:
    """Return how many whole months somebody worked without a break, up to a day not included.

    Work elsewhere and time without work break it. A pause does too, unless pauses count as work
    done: see premium_pauses_count in catalogue/law/participation_job_premium.toml.
    """
    begin, end = None, date.min
    for one in stretches:
        if one.starts_on >= until:
            break
        if not _goes_on(one, law):
            begin = None
        elif begin is None or one.starts_on > end:
            begin = one.starts_on
        end = until if one.ends_on is None else min(until, one.ends_on)
    months = 0
    while begin is not None and add_months(begin, months + 1) <= end:
        months += 1
    return months


def _between(worked: Sequence[Worked]) -> Iterator[tuple[date, date | None]]:
    """Give the stretches between the days on which anything begins or ends, in order."""
    days = {one.starts_on for one in worked}
    days |= {one.ends_on for one in worked if one.ends_on is not None}
    in_order = sorted(days)
    yield from pairwise(in_order)
    if in_order:
        yield in_order[-1], None


def _holds(one: Worked, day: date) -> bool:
    return one.starts_on <= day and (one.ends_on is None or day < one.ends_on)


def _goes_on(one: Stretch, law: ParticipationJobLaw) -> bool:
    if one.reason is StretchReason.PAUSE:
        return law.premium_pauses_count.value
    return one.reason is StretchReason.PARTICIPATION_JOB
