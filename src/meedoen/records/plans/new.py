"""What a plan is made of, before it is there: plain values, for one plan or for many at once."""

from dataclasses import dataclass
from datetime import date, datetime

from meedoen.rules.vocabulary import ActionOwner, ActionState, DutyKind, GoalState, ObtainedHow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """Something that somebody will do; a partner comes with its organisation, nobody else does."""

    what: str
    owner: ActionOwner
    organisation_id: int | None = None
    due_on: date | None = None
    state: ActionState = ActionState.TO_DO
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGoal:
    """What someone wants to reach, in their own words, and what is done for it."""

    words: str
    actions: tuple[NewAction, ...] = ()
    state: GoalState = GoalState.OPEN
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgreement:
    """The person agreed; `recorded_at` None means now."""

    agreed_on: date
    how: ObtainedHow
    resident_said: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvaluation:
    """A day to look back on the plan; with `held_on` and findings once that was done."""

    planned_on: date
    held_on: date | None = None
    with_resident: bool = True
    findings: str = ""
    resident_said: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEnd:
    """The end of a plan: its last day, and why."""

    ended_on: date
    reason: str
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDuty:
    """A right or duty to fix: with the code of its article, and for a duty what follows from it."""

    kind: DutyKind
    text: str
    article: str
    fixed_on: date
    consequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """A plan with all that is known of it; without an agreement it is a draft.

    `evaluation_months` None takes the number of the dated table. An agreed plan that has not
    ended gets its next evaluation, unless one to come is given.
    """

    pseudonym_id: int
    drafted_on: date
    template: str = ""
    goals: tuple[NewGoal, ...] = ()
    evaluation_months: int | None = None
    agreement: NewAgreement | None = None
    evaluations: tuple[NewEvaluation, ...] = ()
    duties: tuple[NewDuty, ...] = ()
    end: NewEnd | None = None
