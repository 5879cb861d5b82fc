"""A few courses that together make every move a placement may make, as the table says it."""

from collections import deque
from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta
from itertools import count, cycle, pairwise

from meedoen.rules.placement_course import CourseStep
from meedoen.rules.placement_states import (
    FIRST_STATES,
    MOVES,
    is_final,
    next_states,
    outcomes_for,
    reasons_for,
)
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState

Made = tuple[PlacementState, PlacementState]


def covering_courses() -> list[list[PlacementState]]:
    """Return the courses, each till nothing can follow that no other course does."""
    left, found = set(MOVES), []
    while left:
        ways = [way for first in sorted(FIRST_STATES) if (way := _way(first, left))]
        assert ways, f"no course makes {left}"
        course = min(ways, key=_worth)
        while onward := _way(course[-1], left - set(pairwise(course))):
            course += onward[1:]
        left -= set(pairwise(course))
        found.append(course)
    return found


def _worth(course: Sequence[PlacementState]) -> tuple[bool, int]:
    """Let what goes on come before what is over, and what is near before what is far."""
    return is_final(course[-1]), len(course)


def _way(state: PlacementState, wanted: Set[Made]) -> list[PlacementState]:
    """Return the best way from a state to a move that is wanted; empty when there is none."""
    found, seen, ahead = [], {state}, deque([[state]])
    while ahead:
        way = ahead.popleft()
        for to in next_states(way[-1]):
            if (way[-1], to) in wanted:
                found.append([*way, to])
            if to not in seen:
                seen.add(to)
                ahead.append([*way, to])
    return min(found, key=_worth, default=[])


def choices(
    state: PlacementState, to: PlacementState
) -> list[tuple[Outcome | None, MoveReason | None]]:
    """Return every outcome and reason with which a move may be made."""
    return [
        (outcome, reason)
        for outcome in (*outcomes_for(state, to), None)
        if outcome or not MOVES[state, to].outcome_needed
        for reason in reasons_for(state, to, outcome) or [None]
    ]


def covering_steps(first_day: date, *days_apart: int) -> Iterator[list[CourseStep]]:
    """Yield the courses with so many days between steps, in turn, and another reason each time.

    Who ended came for a day at least.
    """
    numbers = count()
    for course in covering_courses():
        day = first_day
        steps = [CourseStep(state=course[0], on=day)]
        for (state, to), days in zip(pairwise(course), cycle(days_apart), strict=False):
            day += timedelta(days=max(days, to is PlacementState.ENDED))
            said = choices(state, to)
            outcome, reason = said[next(numbers) % len(said)]
            steps.append(CourseStep(state=to, on=day, outcome=outcome, reason=reason))
        yield steps


def moves_of(steps: Sequence[CourseStep]) -> set[Made]:
    """Return the moves that a course makes."""
    return set(pairwise(step.state for step in steps))
