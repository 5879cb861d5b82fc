"""Which moves a placement may make, and which outcome belongs to each.

The table below is the whole state machine: a new state or move is a new line in it.
"""

from dataclasses import dataclass
from enum import StrEnum

from meedoen.rules.vocabulary import Outcome, PlacementState

FIRST_STATE = PlacementState.PROPOSED
"""Every placement begins as a proposal."""

STOPPING_OUTCOMES = frozenset(
    {
        Outcome.MOVED_ON_TO_PAID_WORK,
        Outcome.MOVED_ON_TO_OTHER_PLACE,
        Outcome.MOVED_ON_TO_TRAINING,
        Outcome.STOPPED_BY_RESIDENT,
        Outcome.STOPPED_BY_PARTNER,
        Outcome.STOPPED_BY_MUNICIPALITY,
        Outcome.MOVED_AWAY,
        Outcome.DIED,
    }
)
"""Why a placement may come to nothing, before or after its start."""

PLACEMENT_OUTCOMES = STOPPING_OUTCOMES | {Outcome.GOAL_REACHED}
"""The outcomes that are about a placement; the others are about reaching someone."""


class MoveProblem(StrEnum):
    """Why a move is refused."""

    NO_SUCH_MOVE = "no_such_move"
    OUTCOME_MISSING = "outcome_missing"
    OUTCOME_DOES_NOT_FIT = "outcome_does_not_fit"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move: the outcomes that fit it, and whether one must be given."""

    outcomes: frozenset[Outcome] = frozenset()
    outcome_needed: bool = False


MOVES = {
    (PlacementState.PROPOSED, PlacementState.ACTIVE): Move(),
    # A goal is not reached at a place that never started.
    (PlacementState.PROPOSED, PlacementState.WITHDRAWN): Move(outcomes=STOPPING_OUTCOMES),
    (PlacementState.ACTIVE, PlacementState.ENDED): Move(
        outcomes=PLACEMENT_OUTCOMES, outcome_needed=True
    ),
}


class MoveNotAllowedError(ValueError):
    """A placement was asked to make a move that it may not make, or not with this outcome."""

    def __init__(
        self,
        state: PlacementState,
        to: PlacementState,
        outcome: Outcome | None,
        problem: MoveProblem,
    ) -> None:
        """Keep what was asked and say what to do instead."""
        super().__init__(_sentence(state, to, outcome, problem))
        self.state = state
        self.to = to
        self.outcome = outcome
        self.problem = problem


def move(
    state: PlacementState, to: PlacementState, outcome: Outcome | None = None
) -> PlacementState:
    """Return the state after the move. Raises MoveNotAllowedError."""
    allowed = MOVES.get((state, to))
    if allowed is None:
        raise MoveNotAllowedError(state, to, outcome, MoveProblem.NO_SUCH_MOVE)
    if outcome is None and allowed.outcome_needed:
        raise MoveNotAllowedError(state, to, outcome, MoveProblem.OUTCOME_MISSING)
    if outcome is not None and outcome not in allowed.outcomes:
        raise MoveNotAllowedError(state, to, outcome, MoveProblem.OUTCOME_DOES_NOT_FIT)
    return to


def next_states(state: PlacementState) -> tuple[PlacementState, ...]:
    """Return where a placement may go from here, in the order of the vocabulary."""
    return tuple(to for to in PlacementState if (state, to) in MOVES)


def outcomes_for(state: PlacementState, to: PlacementState) -> tuple[Outcome, ...]:
    """Return the outcomes that fit a move, in the order of the vocabulary.

    Empty when the move takes no outcome. Raises MoveNotAllowedError for a move that does not
    exist.
    """
    allowed = MOVES.get((state, to))
    if allowed is None:
        raise MoveNotAllowedError(state, to, None, MoveProblem.NO_SUCH_MOVE)
    return _in_order(allowed)


def is_final(state: PlacementState) -> bool:
    """Say whether no move leads out of this state."""
    return not next_states(state)


def _in_order(allowed: Move) -> tuple[Outcome, ...]:
    return tuple(outcome for outcome in Outcome if outcome in allowed.outcomes)


def _sentence(
    state: PlacementState, to: PlacementState, outcome: Outcome | None, problem: MoveProblem
) -> str:
    asked = f"A placement cannot go from {state.value!r} to {to.value!r}"
    if problem is MoveProblem.NO_SUCH_MOVE:
        onward = " or ".join(repr(one.value) for one in next_states(state)) or "nowhere"
        return f"{asked}; from {state.value!r} it can go to {onward}."
    fitting = ", ".join(repr(one.value) for one in _in_order(MOVES[(state, to)]))
    if problem is MoveProblem.OUTCOME_MISSING:
        return f"{asked} without an outcome; give one of {fitting}."
    given = outcome.value if outcome is not None else ""
    advice = f"give one of {fitting}" if fitting else "leave the outcome out"
    return f"{asked} with the outcome {given!r}; {advice}."
