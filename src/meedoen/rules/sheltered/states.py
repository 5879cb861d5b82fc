"""Which steps lead from a request to sheltered work, who makes them, and what must be given.

Participatiewet, article 10b: the municipality decides, after advice of UWV. It departs from that
advice only exceptionally, so only with a reason and in words of its own. An objection goes to
the municipality, also when it is about the advice. The table STEPS is the whole state machine.
"""

from dataclasses import dataclass
from enum import StrEnum

from meedoen.rules.sheltered.words import ShelteredParty, ShelteredReason, ShelteredState

FIRST_STATE = ShelteredState.REQUESTED
HEARS_OBJECTIONS = ShelteredParty.MUNICIPALITY
DECISIONS = frozenset({ShelteredState.GRANTED, ShelteredState.REFUSED})
"""The states that are a decision: what a resident may object to."""

AGAINST_ADVICE = frozenset({ShelteredReason.NEW_FACTS, ShelteredReason.ADVICE_NOT_CAREFUL})
NO_JOB_YET = frozenset({ShelteredReason.NO_PLACE_YET, ShelteredReason.NUMBER_REALISED})
GONE = frozenset(
    {
        ShelteredReason.STOPPED_BY_RESIDENT,
        ShelteredReason.MOVED_ON_TO_PAID_WORK,
        ShelteredReason.PENSION_AGE,
        ShelteredReason.MOVED_AWAY,
        ShelteredReason.DIED,
    }
)
"""Why it may end at any moment, before or after the decision."""
DECIDED_GONE = GONE | {ShelteredReason.NO_LONGER_NEEDED}
"""Why it may end once the municipality decided that sheltered work is needed."""
JOB_LOST = frozenset(
    {
        ShelteredReason.CONTRACT_ENDED,
        ShelteredReason.STOPPED_BY_RESIDENT,
        ShelteredReason.STOPPED_BY_EMPLOYER,
    }
)
"""Why somebody who had a job waits again: what was decided still holds."""


class StepProblem(StrEnum):
    """Why a step is refused."""

    NO_SUCH_STEP = "no_such_step"
    WRONG_PARTY = "wrong_party"
    REASON_MISSING = "reason_missing"
    REASON_DOES_NOT_FIT = "reason_does_not_fit"
    EXPLANATION_MISSING = "explanation_missing"


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed step: who makes it, the reasons that fit, and what must be given."""

    by: ShelteredParty = ShelteredParty.MUNICIPALITY
    reasons: frozenset[ShelteredReason] = frozenset()
    reason_needed: bool = False
    explanation_needed: bool = False


_S = ShelteredState
_EXCEPTION = Step(reasons=AGAINST_ADVICE, reason_needed=True, explanation_needed=True)
_WAIT = Step(reasons=NO_JOB_YET)
_WAIT_AGAIN = Step(reasons=JOB_LOST, reason_needed=True)
_BEFORE = Step(reasons=GONE, reason_needed=True)
_AFTER = Step(reasons=DECIDED_GONE, reason_needed=True)

STEPS = {
    (_S.REQUESTED, _S.IN_RESEARCH): Step(by=ShelteredParty.UWV),
    (_S.REQUESTED, _S.ENDED): _BEFORE,
    (_S.IN_RESEARCH, _S.ADVICE_POSITIVE): Step(by=ShelteredParty.UWV),
    (_S.IN_RESEARCH, _S.ADVICE_NEGATIVE): Step(by=ShelteredParty.UWV),
    (_S.IN_RESEARCH, _S.ENDED): _BEFORE,
    (_S.ADVICE_POSITIVE, _S.GRANTED): Step(),
    (_S.ADVICE_POSITIVE, _S.REFUSED): _EXCEPTION,
    (_S.ADVICE_POSITIVE, _S.ENDED): _BEFORE,
    (_S.ADVICE_NEGATIVE, _S.GRANTED): _EXCEPTION,
    (_S.ADVICE_NEGATIVE, _S.REFUSED): Step(),
    (_S.ADVICE_NEGATIVE, _S.ENDED): _BEFORE,
    (_S.GRANTED, _S.WAITING): _WAIT,
    (_S.GRANTED, _S.BRIDGING): _WAIT,
    (_S.GRANTED, _S.EMPLOYED): Step(by=ShelteredParty.EMPLOYER),
    (_S.GRANTED, _S.ENDED): _AFTER,
    # A refusal stands unless the resident objects and is right.
    (_S.REFUSED, _S.GRANTED): Step(
        reasons=frozenset({ShelteredReason.OBJECTION_UPHELD}),
        reason_needed=True,
        explanation_needed=True,
    ),
    (_S.WAITING, _S.BRIDGING): _WAIT,
    (_S.WAITING, _S.EMPLOYED): Step(by=ShelteredParty.EMPLOYER),
    (_S.WAITING, _S.ENDED): _AFTER,
    (_S.BRIDGING, _S.WAITING): _WAIT,
    (_S.BRIDGING, _S.EMPLOYED): Step(by=ShelteredParty.EMPLOYER),
    (_S.BRIDGING, _S.ENDED): _AFTER,
    (_S.EMPLOYED, _S.WAITING): _WAIT_AGAIN,
    (_S.EMPLOYED, _S.BRIDGING): _WAIT_AGAIN,
    (_S.EMPLOYED, _S.ENDED): Step(reasons=DECIDED_GONE | JOB_LOST, reason_needed=True),
}


class ShelteredStepError(ValueError):
    """A step that may not be made, or not by this party or with this reason."""

    def __init__(self, state: ShelteredState, to: ShelteredState, problem: StepProblem) -> None:
        """Keep what was asked and say what to do instead."""
        super().__init__(_sentence(state, to, problem))
        self.state = state
        self.to = to
        self.problem = problem


def move(
    state: ShelteredState,
    to: ShelteredState,
    *,
    by: ShelteredParty,
    reason: ShelteredReason | None = None,
    explanation: str = "",
) -> ShelteredState:
    """Return the state after a step; `explanation` is in the words of who decides.

    Raises ShelteredStepError with the first thing that is wrong.
    """
    step = STEPS.get((state, to))
    problem = StepProblem.NO_SUCH_STEP if step is None else _problem(step, by, reason, explanation)
    if problem is not None:
        raise ShelteredStepError(state, to, problem)
    return to


def next_states(state: ShelteredState) -> tuple[ShelteredState, ...]:
    """Return where a step may lead from here, in the order of the words."""
    return tuple(to for to in ShelteredState if (state, to) in STEPS)


def step_for(state: ShelteredState, to: ShelteredState) -> Step:
    """Return who makes a step and what must be given. Raises ShelteredStepError for no step."""
    step = STEPS.get((state, to))
    if step is None:
        raise ShelteredStepError(state, to, StepProblem.NO_SUCH_STEP)
    return step


def reasons_for(state: ShelteredState, to: ShelteredState) -> tuple[ShelteredReason, ...]:
    """Return the reasons that fit a step, in the order of the words; empty when it takes none.

    Raises ShelteredStepError for a step that does not exist.
    """
    return _in_order(step_for(state, to))


def is_final(state: ShelteredState) -> bool:
    """Say whether no step leads out of this state."""
    return not next_states(state)


def is_closed(state: ShelteredState) -> bool:
    """Say whether nobody has anything left to do: a refusal, unless the resident objects."""
    return is_final(state) or state is ShelteredState.REFUSED


def goes_against_advice(state: ShelteredState, to: ShelteredState) -> bool:
    """Say whether a step is a decision that departs from the advice of UWV."""
    return STEPS.get((state, to)) is _EXCEPTION


def _problem(
    step: Step, by: ShelteredParty, reason: ShelteredReason | None, explanation: str
) -> StepProblem | None:
    if by is not step.by:
        return StepProblem.WRONG_PARTY
    if reason is None and step.reason_needed:
        return StepProblem.REASON_MISSING
    if reason is not None and reason not in step.reasons:
        return StepProblem.REASON_DOES_NOT_FIT
    if step.explanation_needed and not explanation.strip():
        return StepProblem.EXPLANATION_MISSING
    return None


def _in_order(step: Step) -> tuple[ShelteredReason, ...]:
    return tuple(reason for reason in ShelteredReason if reason in step.reasons)


def _sentence(state: ShelteredState, to: ShelteredState, problem: StepProblem) -> str:
    asked = f"Sheltered work cannot go from {state.value!r} to {to.value!r}"
    if problem is StepProblem.NO_SUCH_STEP:
        onward = " or ".join(repr(one.value) for one in next_states(state)) or "nowhere"
        return f"{asked}; from {state.value!r} it can go to {onward}."
    step = STEPS[(state, to)]
    fitting = ", ".join(repr(one.value) for one in _in_order(step))
    instead = {
        StepProblem.WRONG_PARTY: f"by anyone else than {step.by.value!r}; name who did it",
        StepProblem.REASON_MISSING: f"without a reason; give one of {fitting}",
        StepProblem.REASON_DOES_NOT_FIT: "for that reason; "
        + (f"give one of {fitting}" if fitting else "leave the reason out"),
        StepProblem.EXPLANATION_MISSING: "without an explanation; say in words why it is done",
    }
    return f"{asked} {instead[problem]}."
