"""When a participation job must end by law, and for which reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.rules.participation_job.milestones import (
    Because,
    Milestone,
    MilestoneKind,
    MilestoneState,
)
from meedoen.rules.vocabulary import MoveReason

STILL_TO_COME = frozenset({MilestoneState.AHEAD, MilestoneState.NOW, MilestoneState.OVERDUE})


@dataclass(frozen=True, slots=True)
class EndByLaw:
    """The last day of work that the law allows, as decided until now; nothing ends by itself."""

    last_day: date
    reason: MoveReason
    milestone: Milestone


def end_by_law(milestones: Sequence[Milestone]) -> EndByLaw | None:
    """Return the end that the law sets to work that goes on; None when the work is over.

    After twelve months when it was assessed that the chance of work did not grow, 10a(8); else
    when the term, with its extensions, is over.
    """
    for one in milestones:
        if one.state not in STILL_TO_COME:
            continue
        if one.kind is MilestoneKind.ENDS_WITHOUT_CHANCE and _not_grown(one):
            return EndByLaw(one.last_day, MoveReason.CHANCES_DID_NOT_GROW, one)
        if one.kind is MilestoneKind.END_OF_TERM:
            return EndByLaw(one.last_day, MoveReason.TERM_OF_THE_LAW, one)
    return None


def _not_grown(one: Milestone) -> bool:
    return one.because is Because.CHANCE_DID_NOT_GROW
