"""What pages may show of a plan."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from meedoen.rules.vocabulary import (
    ActionOwner,
    ActionState,
    DutyKind,
    GoalState,
    ObtainedHow,
    PlanState,
)


@dataclass(frozen=True, slots=True)
class PlanActionCard:
    """Something that somebody does; `organisation` is empty unless a partner does it."""

    action_id: int
    what: str
    owner: ActionOwner
    organisation_id: int | None
    organisation: str
    due_on: date | None
    state: ActionState
    done_on: date | None
    overdue: bool
    """It should have been done before today, and somebody still has to."""


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal in the words of the person, with what is done for it."""

    goal_id: int
    words: str
    state: GoalState
    closed_on: date | None
    actions: Sequence[PlanActionCard]


@dataclass(frozen=True, slots=True)
class DutyCard:
    """A right or duty; `article` is its code in catalogue/plans/articles.toml."""

    duty_id: int
    kind: DutyKind
    text: str
    consequence: str
    article: str
    fixed_on: date
    fixed_by: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class EvaluationCard:
    """A look back that was held, or with `held_on` None one that is still to come."""

    planned_on: date
    held_on: date | None
    with_resident: bool
    findings: str
    resident_said: str
    held_by: str
    written_at: datetime | None


@dataclass(frozen=True, slots=True)
class AgreementCard:
    """The person agreed with the words in `shown`; see wording.py for their shape."""

    version: int
    agreed_on: date
    how: ObtainedHow
    resident_said: str
    noted_by: str
    written_at: datetime
    shown: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan with everything in it; agreements and held evaluations newest first."""

    key: uuid.UUID
    resident_key: uuid.UUID
    state: PlanState
    drafted_on: date
    made_by: str
    agreed_on: date | None
    version: int
    evaluation_months: int
    ended_on: date | None
    end_reason: str
    ended_at: datetime | None
    goals: Sequence[GoalCard]
    duties: Sequence[DutyCard]
    evaluations: Sequence[EvaluationCard]
    agreements: Sequence[AgreementCard]

    @property
    def to_agree(self) -> bool:
        """Whether the person still has to agree with the words as they are now."""
        if self.state is PlanState.ENDED:
            return False
        return not self.agreements or self.agreements[0].version < self.version

    @property
    def held(self) -> Sequence[EvaluationCard]:
        """The evaluations that were held, newest first."""
        return [one for one in self.evaluations if one.held_on is not None]

    @property
    def next_evaluation(self) -> date | None:
        """The day of the evaluation to come; None when there is none."""
        return next((one.planned_on for one in self.evaluations if one.held_on is None), None)


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """A partner to choose."""

    organisation_id: int
    name: str


@dataclass(frozen=True, slots=True)
class PlanEventCard:
    """Something that happened to a plan: `kind` is agreed, agreed_again, evaluated or ended.

    `text` is what somebody wrote about it, in Dutch; `written_on` the day on which they did.
    """

    day: date
    kind: str
    text: str
    who: str
    written_on: date
