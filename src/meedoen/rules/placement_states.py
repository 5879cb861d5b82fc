"""Which moves a placement may make, and which outcome and reason belong to each.

The table below is the whole state machine: a new state or move is a new line in it. Pages,
actions for one and for many, and whatever else changes a placement all ask this table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState

FIRST_STATES = frozenset({PlacementState.WAITING, PlacementState.PROPOSED})
"""A placement begins as a proposal, or on the waiting list of its place."""

BEFORE_START = frozenset({PlacementState.PROPOSED, PlacementState.INTRODUCED})
"""A seat is held for somebody who does not take part yet."""

TAKES_PART = frozenset({PlacementState.TRIAL, PlacementState.ACTIVE, PlacementState.PAUSED})
"""Somebody began and did not stop; for the law and in every count."""

COMES = TAKES_PART - {PlacementState.PAUSED}
"""Somebody is expected at the place: who is there is asked, and how the month went."""

HOLDS_A_SEAT = BEFORE_START | TAKES_PART
"""One seat of the place is for this person."""

NOT_OVER = HOLDS_A_SEAT | {PlacementState.WAITING}
"""Something can still come of it."""

STOPPING_OUTCOMES = frozenset(
    {
        Outcome.MOVED_ON_TO_PAID_WORK,
        Outcome.MOVED_ON_TO_SUPPORTED_WORK,
        Outcome.MOVED_ON_TO_OTHER_PLACE,
        Outcome.MOVED_ON_TO_OWN_VOLUNTEERING,
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

REASONS_TO_PAUSE = frozenset(
    {
        MoveReason.CANNOT_COME_NOW,
        MoveReason.AGREED_BREAK,
        MoveReason.PLACE_CLOSED_FOR_NOW,
        MoveReason.NO_GUIDANCE_NOW,
        MoveReason.OTHER_STEP_FIRST,
    }
)
REASONS_TO_WAIT_AGAIN = frozenset(
    {
        MoveReason.HOLD_LAPSED,
        MoveReason.NO_ROOM_AFTER_ALL,
        MoveReason.CANNOT_COME_NOW,
        MoveReason.OTHER_STEP_FIRST,
    }
)
REASONS_OF: Mapping[Outcome, frozenset[MoveReason]] = {
    Outcome.STOPPED_BY_RESIDENT: frozenset(
        {
            MoveReason.NOT_WHAT_WAS_EXPECTED,
            MoveReason.ASKS_TOO_MUCH,
            MoveReason.ASKS_TOO_LITTLE,
            MoveReason.TIMES_OR_TRAVEL,
            MoveReason.NEEDED_AT_HOME,
            MoveReason.OTHER_STEP_FIRST,
            MoveReason.NOT_SAFE,
            MoveReason.GAVE_NO_REASON,
        }
    ),
    Outcome.STOPPED_BY_PARTNER: frozenset(
        {
            MoveReason.PLACE_CLOSES,
            MoveReason.NO_GUIDANCE_ANY_MORE,
            MoveReason.NO_ROOM_AFTER_ALL,
            MoveReason.WORK_IS_DONE,
            MoveReason.DID_NOT_WORK_OUT,
            MoveReason.DID_NOT_COME,
            MoveReason.NOT_SAFE,
            MoveReason.GAVE_NO_REASON,
        }
    ),
    Outcome.STOPPED_BY_MUNICIPALITY: frozenset(
        {
            MoveReason.TERM_OF_THE_LAW,
            MoveReason.CHANCES_DID_NOT_GROW,
            MoveReason.NOT_ADDITIONAL_WORK,
            MoveReason.BENEFIT_ENDED,
            MoveReason.PLACE_CLOSES,
            MoveReason.OTHER_STEP_FIRST,
            MoveReason.NOT_SAFE,
        }
    ),
}
"""Who wanted to stop says why, in one of these words; the other outcomes speak for themselves."""


class MoveProblem(StrEnum):
    """Why a move is refused."""

    NO_SUCH_MOVE = "no_such_move"
    OUTCOME_MISSING = "outcome_missing"
    OUTCOME_DOES_NOT_FIT = "outcome_does_not_fit"
    REASON_MISSING = "reason_missing"
    REASON_DOES_NOT_FIT = "reason_does_not_fit"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move: the outcomes and reasons that fit it, and which must be given.

    The reasons here are those of the move itself; an outcome brings its own, see `REASONS_OF`.
    """

    outcomes: frozenset[Outcome] = frozenset()
    outcome_needed: bool = False
    reasons: frozenset[MoveReason] = frozenset()


# A goal is not reached at a place that never started.
_TO_NOTHING = Move(outcomes=STOPPING_OUTCOMES)
_TO_THE_END = Move(outcomes=PLACEMENT_OUTCOMES, outcome_needed=True)
_TO_THE_LIST = Move(reasons=REASONS_TO_WAIT_AGAIN)
_S = PlacementState
W = TypeVar("W", bound=StrEnum)

MOVES: Mapping[tuple[PlacementState, PlacementState], Move] = {
    (_S.WAITING, _S.PROPOSED): Move(),
    (_S.WAITING, _S.WITHDRAWN): _TO_NOTHING,
    (_S.PROPOSED, _S.WAITING): _TO_THE_LIST,
    (_S.PROPOSED, _S.INTRODUCED): Move(),
    (_S.PROPOSED, _S.TRIAL): Move(),
    (_S.PROPOSED, _S.ACTIVE): Move(),
    (_S.PROPOSED, _S.WITHDRAWN): _TO_NOTHING,
    (_S.INTRODUCED, _S.WAITING): _TO_THE_LIST,
    (_S.INTRODUCED, _S.TRIAL): Move(),
    (_S.INTRODUCED, _S.ACTIVE): Move(),
    (_S.INTRODUCED, _S.WITHDRAWN): _TO_NOTHING,
    (_S.TRIAL, _S.ACTIVE): Move(),
    (_S.TRIAL, _S.ENDED): _TO_THE_END,
    (_S.ACTIVE, _S.PAUSED): Move(reasons=REASONS_TO_PAUSE),
    (_S.ACTIVE, _S.ENDED): _TO_THE_END,
    (_S.PAUSED, _S.ACTIVE): Move(),
    (_S.PAUSED, _S.ENDED): _TO_THE_END,
}


class MoveNotAllowedError(ValueError):
    """A placement was asked to make a move that it may not make, or not with these words."""

    def __init__(
        self,
        state: PlacementState,
        to: PlacementState,
        outcome: Outcome | None,
        problem: MoveProblem,
        reason: MoveReason | None = None,
    ) -> None:
        """Keep what was asked and say what to do instead."""
        super().__init__(_sentence(state, to, outcome, problem, reason))
        self.state = state
        self.to = to
        self.outcome = outcome
        self.reason = reason
        self.problem = problem


def move(
    state: PlacementState,
    to: PlacementState,
    outcome: Outcome | None = None,
    reason: MoveReason | None = None,
) -> PlacementState:
    """Return the state after the move. Raises MoveNotAllowedError.

    An outcome that says who wanted to stop, and a pause, go with a reason.
    """
    problem = _problem(state, to, outcome, reason)
    if problem is not None:
        raise MoveNotAllowedError(state, to, outcome, problem, reason)
    return to


def _problem(
    state: PlacementState, to: PlacementState, outcome: Outcome | None, reason: MoveReason | None
) -> MoveProblem | None:
    allowed = MOVES.get((state, to))
    if allowed is None:
        return MoveProblem.NO_SUCH_MOVE
    if outcome is None and allowed.outcome_needed:
        return MoveProblem.OUTCOME_MISSING
    if outcome is not None and outcome not in allowed.outcomes:
        return MoveProblem.OUTCOME_DOES_NOT_FIT
    reasons = _reasons(allowed, outcome)
    if reason is None and reasons:
        return MoveProblem.REASON_MISSING
    if reason is not None and reason not in reasons:
        return MoveProblem.REASON_DOES_NOT_FIT
    return None


def next_states(state: PlacementState) -> tuple[PlacementState, ...]:
    """Return where a placement may go from here, in the order of the vocabulary."""
    return tuple(to for to in PlacementState if (state, to) in MOVES)


def leaving_state(state: PlacementState) -> PlacementState | None:
    """Return how a placement that stands here stops: ended or withdrawn; None when it is over."""
    final = (to for to in next_states(state) if is_final(to))
    return next(final, None)


def outcomes_for(state: PlacementState, to: PlacementState) -> tuple[Outcome, ...]:
    """Return the outcomes that fit a move, in the order of the vocabulary.

    Empty when the move takes no outcome. Raises MoveNotAllowedError for a move that does not
    exist.
    """
    return _in_order(Outcome, _allowed(state, to).outcomes)


def reasons_for(
    state: PlacementState, to: PlacementState, outcome: Outcome | None = None
) -> tuple[MoveReason, ...]:
    """Return the reasons that fit a move with this outcome, in the order of the vocabulary.

    Empty when no reason is asked. Raises MoveNotAllowedError for a move that does not exist.
    """
    return _in_order(MoveReason, _reasons(_allowed(state, to), outcome))


def is_final(state: PlacementState) -> bool:
    """Say whether no move leads out of this state."""
    return not next_states(state)


def _allowed(state: PlacementState, to: PlacementState) -> Move:
    allowed = MOVES.get((state, to))
    if allowed is None:
        raise MoveNotAllowedError(state, to, None, MoveProblem.NO_SUCH_MOVE)
    return allowed


def _reasons(allowed: Move, outcome: Outcome | None) -> frozenset[MoveReason]:
    return REASONS_OF.get(outcome, frozenset()) if outcome else allowed.reasons


def _in_order(words: type[W], fitting: Iterable[W]) -> tuple[W, ...]:
    known = set(fitting)
    return tuple(word for word in words if word in known)


def _sentence(
    state: PlacementState,
    to: PlacementState,
    outcome: Outcome | None,
    problem: MoveProblem,
    reason: MoveReason | None,
) -> str:
    asked = f"A placement cannot go from {state.value!r} to {to.value!r}"
    match problem:
        case MoveProblem.NO_SUCH_MOVE:
            onward = " or ".join(repr(one.value) for one in next_states(state)) or "nowhere"
            return f"{asked}; from {state.value!r} it can go to {onward}."
        case MoveProblem.OUTCOME_MISSING:
            return f"{asked} without an outcome; give one of {_list(outcomes_for(state, to))}."
        case MoveProblem.OUTCOME_DOES_NOT_FIT:
            advice = _advice(outcomes_for(state, to), "outcome")
            return f"{asked} with the outcome {_given(outcome)}; {advice}."
        case MoveProblem.REASON_MISSING:
            fitting = reasons_for(state, to, outcome)
            return f"{asked} without a reason; give one of {_list(fitting)}."
        case MoveProblem.REASON_DOES_NOT_FIT:
            fitting = reasons_for(state, to, outcome)
            return f"{asked} with the reason {_given(reason)}; {_advice(fitting, 'reason')}."


def _given(word: StrEnum | None) -> str:
    return repr(word.value if word else "")


def _list(words: Iterable[StrEnum]) -> str:
    return ", ".join(repr(word.value) for word in words)


def _advice(fitting: tuple[StrEnum, ...], what: str) -> str:
    return f"give one of {_list(fitting)}" if fitting else f"leave the {what} out"
