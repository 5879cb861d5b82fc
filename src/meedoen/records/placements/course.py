"""The course of a placement as its stretches tell it."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.placements.models import StatePeriod
from meedoen.rules.placement_course import CourseStep
from meedoen.rules.placement_states import MoveNotAllowedError, is_final, move
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState

MOST_OF_NO_DAY = 5
"""More steps on one day are not put in order: nobody makes them."""


def course_of(rows: Sequence[StatePeriod]) -> list[CourseStep]:
    """Return the steps of one placement from all its stretches, each with its entry.

    A stretch that lasted no day, because the next step was on the day itself, was withdrawn; it
    is a step all the same.
    """
    final = PlacementState(rows[0].placement.state)
    told: list[StatePeriod] = []
    for row in _that_lasted(rows):
        told += [*_of_no_day(rows, told, row.starts_on, row.state), row]
    if is_final(final):
        on = told[-1].ends_on if told else min(row.starts_on for row in rows if was_so(row))
        told += _of_no_day(rows, told, on, final)
    steps = [_step(row, before) for row, before in zip(told, [None, *told], strict=False)]
    if is_final(final):
        last = told[-1]
        steps.append(_after(last, final, last.starts_on if last.withdrawn else last.ends_on))
    return steps


def newest_entry(rows: Sequence[StatePeriod]) -> int:
    """Return the number of the newest entry that the stretches of a placement come from."""
    return max(row.entry_id for row in rows)


def was_so(row: StatePeriod) -> bool:
    """Say whether a stretch is a step of its course, also when it lasted no day."""
    return not row.withdrawn or row.ends_on != STILL_OPEN


def _that_lasted(rows: Sequence[StatePeriod]) -> list[StatePeriod]:
    true = (row for row in rows if not row.withdrawn)
    return sorted(true, key=lambda row: (row.starts_on, row.pk))


def _of_no_day(
    rows: Sequence[StatePeriod], told: Sequence[StatePeriod], on: date, to: str
) -> list[StatePeriod]:
    """Return the steps that lasted no day on a day, in the order in which moves lead to a state.

    Why each was left goes along: by the states alone it could have been more than one order.
    """
    there = {row.pk for row in told}
    found = [
        row
        for row in sorted(rows, key=lambda row: row.pk)
        if row.withdrawn and was_so(row) and row.starts_on == on and row.pk not in there
    ]
    orders = (list(order) for order in permutations(found[:MOST_OF_NO_DAY]))
    return next((one for one in orders if _leads([*told[-1:], *one], to)), [])


def _leads(rows: Sequence[StatePeriod], to: str) -> bool:
    """Say whether moves lead through these stretches to a state, for the reasons they were left."""
    onward = [*(row.state for row in rows[1:]), to]
    try:
        # Of an empty way there is nothing to say.
        for row, state in zip(rows, onward, strict=False):
            step = _after(row, PlacementState(state), row.starts_on)
            move(PlacementState(row.state), step.state, step.outcome, step.reason)
    except MoveNotAllowedError:
        return False
    return True


def _step(row: StatePeriod, before: StatePeriod | None) -> CourseStep:
    state = PlacementState(row.state)
    return (
        _after(before, state, row.starts_on)
        if before
        else CourseStep(state=state, on=row.starts_on)
    )


def _after(before: StatePeriod, state: PlacementState, on: date) -> CourseStep:
    """Return a step with why the stretch before it was left."""
    outcome, reason = before.entry.outcome, before.entry.reason
    return CourseStep(
        state=state,
        on=on,
        outcome=Outcome(outcome) if outcome else None,
        reason=MoveReason(reason) if reason else None,
    )
