"""The course of a placement as its stretches tell it."""

from collections.abc import Sequence
from datetime import date

from meedoen.records.placements.models import StatePeriod
from meedoen.rules.placement_course import CourseStep
from meedoen.rules.placement_states import FIRST_STATES, MOVES, is_final
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState


def course_of(rows: Sequence[StatePeriod]) -> list[CourseStep]:
    """Return the steps of one placement from all its stretches, each with its entry.

    A stretch that lasted no day, because the next step was on the day itself, was withdrawn; it
    is a step all the same.
    """
    told: list[StatePeriod] = []
    for row in _that_lasted(rows):
        told += [*_of_no_day(rows, row, told), row]
    if not told:
        # Came to nothing on the day itself.
        told = _of_no_day(rows, None, told)
    steps = [_step(row, before) for row, before in zip(told, [None, *told], strict=False)]
    placement = rows[0].placement
    if is_final(PlacementState(placement.state)):
        last = told[-1]
        on = last.starts_on if last.withdrawn else last.ends_on
        steps.append(_after(last, PlacementState(placement.state), on))
    return steps


def _that_lasted(rows: Sequence[StatePeriod]) -> list[StatePeriod]:
    true = (row for row in rows if not row.withdrawn)
    return sorted(true, key=lambda row: (row.starts_on, row.pk))


def _of_no_day(
    rows: Sequence[StatePeriod], after: StatePeriod | None, told: Sequence[StatePeriod]
) -> list[StatePeriod]:
    """Return the steps of no day right before a stretch, as far as moves lead through them."""
    found: list[StatePeriod] = []
    for row in sorted(rows, key=lambda row: row.pk):
        if not row.withdrawn or (after and (row.starts_on != after.starts_on or row.pk > after.pk)):
            continue
        earlier = [*told, *found]
        state = PlacementState(row.state)
        leads_here = (earlier[-1].state, state) in MOVES if earlier else state in FIRST_STATES
        if leads_here and (after is None or (state, after.state) in MOVES):
            found.append(row)
    return found


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
