"""How a placement goes: proposed, started some weeks later, ended, and sometimes corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from meedoen.demo.chance import happens, pick
from meedoen.demo.days import at_the_desk, later, working_day, written_down
from meedoen.demo.events import Step, StepKind
from meedoen.rules.placement_states import REASONS_OF
from meedoen.rules.vocabulary import MoveReason, Outcome, PlaceKind

WITHDRAWN_SHARE = 0.12
CORRECTED_SHARE = 0.05
TAKEN_BACK_SHARE = 0.02
STOPPED_EARLY_SHARE = 0.2
DAYS_IN_MONTH = 30.4

MONTHS: Mapping[PlaceKind, tuple[float, float, float]] = {
    PlaceKind.PARTICIPATION_JOB: (6, 24, 12),
    PlaceKind.VOLUNTEER_WORK: (4, 30, 12),
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: (3, 26, 10),
    PlaceKind.DAY_ACTIVITY: (6, 36, 14),
    PlaceKind.TRIAL: (2, 6, 2),
    PlaceKind.LANGUAGE_POINT: (3, 18, 8),
    PlaceKind.TRAINING: (3, 10, 4),
    PlaceKind.OTHER: (3, 12, 5),
}
"""The shortest, longest and most usual number of months; sheltered work has no usual end."""

REFUSALS = {
    Outcome.STOPPED_BY_RESIDENT: 0.6,
    Outcome.STOPPED_BY_PARTNER: 0.25,
    Outcome.MOVED_ON_TO_OTHER_PLACE: 0.15,
}
EARLY_ENDS = {
    Outcome.STOPPED_BY_RESIDENT: 0.6,
    Outcome.STOPPED_BY_PARTNER: 0.25,
    Outcome.STOPPED_BY_MUNICIPALITY: 0.15,
}
ENDS = {
    Outcome.GOAL_REACHED: 0.42,
    Outcome.MOVED_ON_TO_OTHER_PLACE: 0.34,
    Outcome.MOVED_ON_TO_PAID_WORK: 0.1,
    Outcome.MOVED_ON_TO_TRAINING: 0.09,
    Outcome.STOPPED_BY_MUNICIPALITY: 0.05,
}
SHELTERED_ENDS = {
    Outcome.STOPPED_BY_RESIDENT: 0.8,
    Outcome.MOVED_AWAY: 0.1,
    Outcome.DIED: 0.1,
}


@dataclass(frozen=True, slots=True)
class Farewell:
    """The day on which someone leaves the benefit, and why; no placement lasts longer."""

    on: date
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Going:
    """How a placement goes: its steps, and what really happened.

    `starts_on` is None when it came to nothing, `last_day` None while it runs.
    """

    steps: tuple[Step, ...]
    starts_on: date | None
    last_day: date | None
    outcome: Outcome | None


def plan_course(
    random: Random,
    kind: PlaceKind,
    proposed_on: date,
    farewell: Farewell | None,
    settled: tuple[date, date] | None = None,
) -> Going:
    """Return how a placement goes that is proposed on this day.

    `settled` is the first and the last day of sheltered work, about which there is no doubt.

    Each statement about it is written down at least eight days after the one before.
    """
    proposed = Step(StepKind.PLACE, proposed_on, written_down(random, proposed_on))
    start = settled[0] if settled else later(random, proposed_on, 14, 56)
    if farewell is not None and start >= farewell.on:
        return _withdrawn(random, [proposed], farewell.outcome)
    if settled is None and happens(random, WITHDRAWN_SHARE):
        return _withdrawn(random, [proposed], pick(random, REFUSALS))
    steps = [proposed, _after(random, proposed, StepKind.CONFIRM, start)]
    if settled is None:
        last_day, outcome = _end(random, kind, start, farewell)
    else:
        last_day, outcome = settled[1], pick(random, SHELTERED_ENDS)
    if settled is None and happens(random, TAKEN_BACK_SHARE):
        steps.append(_week_later(random, steps[-1], StepKind.TAKE_BACK))
        start = later(random, steps[-1].recorded_at.date(), 7, 35)
        if start >= last_day:
            return _withdrawn(random, steps, Outcome.STOPPED_BY_RESIDENT)
        steps.append(_after(random, steps[-1], StepKind.CONFIRM, start))
    if happens(random, CORRECTED_SHARE):
        corrected = max(proposed_on, working_day(start + timedelta(days=random.randint(-7, 14))))
        if corrected < last_day and corrected <= steps[-1].recorded_at.date():
            start = corrected
            correction = _week_later(random, steps[-1], StepKind.CORRECT_START)
            steps.append(Step(StepKind.CORRECT_START, start, correction.recorded_at))
    steps.append(_after(random, steps[-1], StepKind.END, last_day, outcome))
    return Going(tuple(steps), start, last_day, outcome)


def _end(
    random: Random, kind: PlaceKind, start: date, farewell: Farewell | None
) -> tuple[date, Outcome]:
    """Return the last day and why; the start itself at the earliest."""
    low, high, usual = MONTHS[kind]
    days = round(random.triangular(low, high, usual) * DAYS_IN_MONTH)
    outcome = pick(random, ENDS)
    if happens(random, STOPPED_EARLY_SHARE):
        days = max(21, round(days * random.uniform(0.1, 0.6)))
        outcome = pick(random, EARLY_ENDS)
    last_day = working_day(start + timedelta(days=days))
    if farewell is not None and last_day >= farewell.on:
        return farewell.on - timedelta(days=1), farewell.outcome
    return last_day, outcome


def _withdrawn(random: Random, steps: list[Step], outcome: Outcome) -> Going:
    """Return a placement that comes to nothing; that is known on the day it is written down."""
    first = later(random, steps[-1].recorded_at.date(), 9, 50)
    moment = at_the_desk(random, first)
    steps.append(Step(StepKind.WITHDRAW, moment.date(), moment, outcome))
    return Going(tuple(steps), None, moment.date(), outcome)


def _after(
    random: Random, before: Step, kind: StepKind, on: date, outcome: Outcome | None = None
) -> Step:
    moment = written_down(random, on, not_before=before.recorded_at)
    return Step(kind, on, moment, outcome)


def _week_later(random: Random, before: Step, kind: StepKind) -> Step:
    """Return a step that somebody takes some weeks after the one before; it is about that day."""
    moment = at_the_desk(random, later(random, before.recorded_at.date(), 9, 40))
    return Step(kind, moment.date(), moment)


def known_by(steps: tuple[Step, ...], cutoff: datetime) -> tuple[Step, ...]:
    """Return the steps written down before this moment."""
    return tuple(step for step in steps if step.recorded_at < cutoff)


def held(steps: tuple[Step, ...], for_ever: datetime) -> tuple[datetime, datetime]:
    """Return from when to when the seat is held on record."""
    last = steps[-1]
    closed = last.kind in {StepKind.END, StepKind.WITHDRAW}
    return steps[0].recorded_at, last.recorded_at if closed else for_ever


def likely_reason(outcome: Outcome | None, on: date) -> MoveReason | None:
    """Return why somebody stopped with this outcome on a day; one of the reasons in turn."""
    if outcome is None or outcome not in REASONS_OF:
        return None
    reasons = sorted(REASONS_OF[outcome])
    return reasons[on.toordinal() % len(reasons)]
