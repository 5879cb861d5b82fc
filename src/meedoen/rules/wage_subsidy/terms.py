"""The dates of a wage-cost subsidy: Participatiewet, articles 10c(2) and 10d."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from meedoen.rules.law.wage_subsidy import WageSubsidyLaw, wage_subsidy_on
from meedoen.rules.periods import add_months


@dataclass(frozen=True, slots=True)
class SubsidyStretch:
    """Days for which one calculation holds; `ends_on` is not among them."""

    starts_on: date
    ends_on: date
    is_flat: bool
    """Whether the fixed part of the first months is given: 10d(5)."""


def decide_by(loonwaarde_fixed_on: date) -> date:
    """Return the last day on which the municipality may decide: 10d(12)."""
    weeks = wage_subsidy_on(loonwaarde_fixed_on).decide_weeks.value
    return loonwaarde_fixed_on + timedelta(weeks=weeks)


def may_apply_from(last_applied_on: date | None, today: date) -> date:
    """Return the first day on which somebody may apply to be in the group: 10c(2).

    That is today, or twelve months after the last time when that is later.
    """
    if last_applied_on is None:
        return today
    months = wage_subsidy_on(last_applied_on).apply_again_months.value
    return max(today, add_months(last_applied_on, months))


def ask_until(job_started_on: date) -> date:
    """Return the last day on which subsidy may be asked for a job that runs already: 10d(2)."""
    months = wage_subsidy_on(job_started_on).ask_after_start_months.value
    return add_months(job_started_on, months)


def flat_until(job_started_on: date, law: WageSubsidyLaw | None = None) -> date:
    """Return the first day on which the fixed part is no longer given: 10d(5)."""
    law = law or wage_subsidy_on(job_started_on)
    return add_months(job_started_on, law.flat_months.value)


def next_recalculation(after: date) -> date:
    """Return the first 1 January after a day: then it is worked out anew, 10d(7)."""
    return date(after.year + 1, 1, 1)


def stretches(
    starts_on: date, until: date, *, loonwaarde_from: date | None = None
) -> tuple[SubsidyStretch, ...]:
    """Return the days for which one calculation holds each, in order, up to `until`.

    A new one begins on every 1 January and where the fixed part stops: when the loonwaarde
    holds (`loonwaarde_from`), and at the latest after the first months. Days after those months
    without a loonwaarde are left out: nothing can be worked out for them. Raises ValueError when
    `until` is not after the start.
    """
    if until <= starts_on:
        raise ValueError(f"{until.isoformat()} is not after the start; give a later day")
    flat_ends = min(flat_until(starts_on), until)
    if loonwaarde_from is None:
        return tuple(_split(starts_on, flat_ends, is_flat=True))
    flat_ends = max(starts_on, min(flat_ends, loonwaarde_from))
    worked_out_from = max(starts_on, loonwaarde_from)
    return (
        *_split(starts_on, flat_ends, is_flat=True),
        *_split(worked_out_from, until, is_flat=False),
    )


def _split(first: date, end: date, *, is_flat: bool) -> Iterator[SubsidyStretch]:
    if first >= end:
        return
    new_years = (date(year, 1, 1) for year in range(first.year + 1, end.year + 1))
    days = [first, *(day for day in new_years if day < end), end]
    yield from (SubsidyStretch(start, stop, is_flat) for start, stop in pairwise(days))
