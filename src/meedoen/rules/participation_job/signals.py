"""Which dates of a participation job ask for attention on a day."""

from datetime import date

from meedoen.rules.law.participation_job import ParticipationJobTable
from meedoen.rules.participation_job.clock import milestones
from meedoen.rules.participation_job.facts import ClockFacts
from meedoen.rules.participation_job.milestones import Milestone, MilestoneState


def asking(
    facts: ClockFacts, *, on: date, table: ParticipationJobTable | None = None
) -> tuple[Milestone, ...]:
    """Return what is too late and what it is time for; too late first, each in order of date.

    Raises ClockError when the law does not allow what the facts say.
    """
    found = (one for one in milestones(facts, on=on, table=table) if one.asks_attention)
    return tuple(
        sorted(found, key=lambda one: (one.state is not MilestoneState.OVERDUE, one.due_on))
    )


def next_date(
    facts: ClockFacts, *, on: date, table: ParticipationJobTable | None = None
) -> Milestone | None:
    """Return the first date that still comes and that somebody has to do something about."""
    open_states = {MilestoneState.AHEAD, MilestoneState.NOW}
    return next(
        (
            one
            for one in milestones(facts, on=on, table=table)
            if one.state in open_states and one.due_on >= on
        ),
        None,
    )
