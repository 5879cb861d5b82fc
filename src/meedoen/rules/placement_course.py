"""The whole course of a placement: one state after another, each from a day on.

A correction says what the course really was; it must be one that single moves could have made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from meedoen.rules.placement_states import FIRST_STATES, MoveNotAllowedError, is_final, move
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """A state from a day on; of a final state `on` is the first day on which it was over.

    `outcome` and `reason` are those of the move to this state.
    """

    state: PlacementState
    on: date
    outcome: Outcome | None = None
    reason: MoveReason | None = None


class CourseProblem(StrEnum):
    """What is wrong with a course."""

    EMPTY = "empty"
    BEGINS_WRONG = "begins_wrong"
    MOVE_NOT_ALLOWED = "move_not_allowed"
    ENDS_BEFORE_START = "ends_before_start"
    IN_THE_FUTURE = "in_the_future"
    TOOK_PART_NO_DAY = "took_part_no_day"


@dataclass(frozen=True, slots=True)
class CourseFault:
    """Something that is wrong with a course: at which step, counted from 0."""

    at: int
    problem: CourseProblem
    refused: MoveNotAllowedError | None = None


def faults_of(steps: Sequence[CourseStep], *, today: date) -> tuple[CourseFault, ...]:
    """Return everything that is wrong with a course, in its order; nothing when it could be.

    Two steps may fall on one day, such as a proposal and the start: the first then lasted no day.
    Whoever ended took part for at least a day.
    """
    if not steps:
        return (CourseFault(0, CourseProblem.EMPTY),)
    faults = []
    if steps[0].state not in FIRST_STATES:
        faults.append(CourseFault(0, CourseProblem.BEGINS_WRONG))
    faults += [
        CourseFault(at, CourseProblem.IN_THE_FUTURE)
        for at, step in enumerate(steps)
        if step.on > (today if not is_final(step.state) else _day_after(today))
    ]
    for at, (before, after) in enumerate(pairwise(steps), start=1):
        faults += _between(before, after, at)
    return tuple(sorted(faults, key=lambda fault: fault.at))


def _between(before: CourseStep, after: CourseStep, at: int) -> list[CourseFault]:
    faults = []
    try:
        move(before.state, after.state, after.outcome, after.reason)
    except MoveNotAllowedError as error:
        faults.append(CourseFault(at, CourseProblem.MOVE_NOT_ALLOWED, error))
    if after.on < before.on:
        faults.append(CourseFault(at, CourseProblem.ENDS_BEFORE_START))
    elif after.on == before.on and after.state is PlacementState.ENDED:
        faults.append(CourseFault(at, CourseProblem.TOOK_PART_NO_DAY))
    return faults


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
