"""Which dates of a participation job become a signal, and of which kind."""

from collections.abc import Mapping
from datetime import date

from meedoen.rules.participation_job.facts import ClockFacts
from meedoen.rules.participation_job.milestones import Because, Milestone, MilestoneKind
from meedoen.rules.participation_job.problems import ClockError
from meedoen.rules.participation_job.signals import asking
from meedoen.rules.signals.facts import JobDate
from meedoen.rules.signals.kinds import SignalKind

KINDS: Mapping[MilestoneKind, SignalKind] = {
    MilestoneKind.SCHOOLING_OFFER: SignalKind.JOB_SCHOOLING,
    MilestoneKind.PREMIUM: SignalKind.JOB_PREMIUM,
    MilestoneKind.ASSESS_CHANCE: SignalKind.JOB_CHANCE,
    MilestoneKind.ENDS_WITHOUT_CHANCE: SignalKind.JOB_MUST_END,
    MilestoneKind.WARNING: SignalKind.JOB_LOOK_AHEAD,
    MilestoneKind.ASSESS_FIRST_EXTENSION: SignalKind.JOB_EXTENSION,
    MilestoneKind.END_OF_TERM: SignalKind.JOB_MUST_END,
    MilestoneKind.ASSESS_SECOND_EXTENSION: SignalKind.JOB_EXTENSION,
}
"""The absolute end is not in it: on that day the term is over too, which says the same."""


def job_dates(facts: ClockFacts, placement: str, *, on: date) -> tuple[JobDate, ...]:
    """Return what asks for attention on a day; `placement` names the newest participation job.

    Facts that the law does not allow ask for attention too: then there are no dates to go by.
    """
    try:
        found = asking(facts, on=on)
    except ClockError:
        return (JobDate(SignalKind.JOB_FACTS_WRONG, placement, facts.stretches[0].starts_on),)
    return tuple(
        JobDate(KINDS[one.kind], f"{placement} {one.months}", one.last_day)
        for one in found
        if one.kind in KINDS and not _only_if_assessed(one)
    )


def _only_if_assessed(one: Milestone) -> bool:
    """Return whether it says what would be; that it is not assessed is a signal by itself."""
    return one.because is Because.NOT_ASSESSED
