"""A plan as the templates show it: every line ready, for the coach, the resident and on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.plans.cards import (
    AgreementCard,
    DutyCard,
    GoalCard,
    PlanActionCard,
    PlanCard,
)
from meedoen.rules.vocabulary import ActionOwner, ActionState, DutyKind, GoalState, PlanState
from meedoen.web.shared.plan_words import (
    ACTION_OWNERS,
    ACTION_OWNERS_FOR_RESIDENT,
    ACTION_STATE_KINDS,
    ACTION_STATES,
    DUTY_KINDS,
    GOAL_STATE_KINDS,
    GOAL_STATES,
    OBTAINED_HOW,
    article,
    plan_state,
    plan_state_kind,
)
from meedoen.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action: what, who, before when, and how far it is; `moves` are the states it may get."""

    action_id: int
    what: str
    who: str
    due_on: date | None
    state: Words
    state_kind: str
    overdue: bool
    moves: Sequence[tuple[str, Words]] = ()


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with its actions."""

    goal_id: int
    words: str
    is_open: bool
    state: Words
    state_kind: str
    actions: Sequence[ActionLine]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A right or duty with the article it comes from."""

    duty_id: int
    kind: Words
    text: str
    consequence: str
    article: str
    address: str
    says: str
    fixed_on: date
    fixed_by: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement, and the words of that moment."""

    agreed_on: date
    how: Words
    said: str
    noted_by: str
    goals: Sequence[GoalLine]


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A whole plan, ready to be shown."""

    card: PlanCard
    state: str
    state_kind: str
    is_running: bool
    is_agreed: bool
    to_agree: bool
    changed_since: date | None
    """The day of the last agreement, when something changed after it."""
    goals: Sequence[GoalLine]
    duties: Sequence[DutyLine]
    ended_duties: Sequence[DutyLine]
    agreements: Sequence[AgreementLine]


COACH_MOVES: Mapping[ActionState, Sequence[ActionState]] = {
    ActionState.TO_DO: (ActionState.BUSY, ActionState.DONE, ActionState.DROPPED),
    ActionState.BUSY: (ActionState.DONE, ActionState.DROPPED, ActionState.TO_DO),
    ActionState.DONE: (ActionState.BUSY,),
    ActionState.DROPPED: (ActionState.TO_DO,),
}
OWN_MOVES: Mapping[ActionState, Sequence[ActionState]] = {
    ActionState.TO_DO: (ActionState.BUSY, ActionState.DONE),
    ActionState.BUSY: (ActionState.DONE, ActionState.TO_DO),
    ActionState.DONE: (ActionState.BUSY,),
    ActionState.DROPPED: (),
}


def shown(card: PlanCard, *, to_resident: bool = False) -> PlanShown:
    """Return the plan in words; to the resident it says "u" and offers only the own actions."""
    running = card.state is not PlanState.ENDED
    duties = [_duty(duty) for duty in card.duties]
    changed = card.agreements[0].agreed_on if card.agreements and card.to_agree else None
    return PlanShown(
        card=card,
        state=plan_state(card),
        state_kind=plan_state_kind(card),
        is_running=running,
        is_agreed=running and bool(card.agreements),
        to_agree=card.to_agree,
        changed_since=changed,
        goals=[_goal(goal, to_resident=to_resident, running=running) for goal in card.goals],
        duties=[duty for duty in duties if duty.ended_on is None],
        ended_duties=[duty for duty in duties if duty.ended_on is not None],
        agreements=[_agreement(one, to_resident=to_resident) for one in card.agreements],
    )


def who(owner: ActionOwner, organisation: str, *, to_resident: bool) -> str:
    """Return who does an action."""
    words = ACTION_OWNERS_FOR_RESIDENT if to_resident else ACTION_OWNERS
    return organisation or str(words[owner])


def _goal(card: GoalCard, *, to_resident: bool, running: bool) -> GoalLine:
    return GoalLine(
        goal_id=card.goal_id,
        words=card.words,
        is_open=card.state is GoalState.OPEN,
        state=GOAL_STATES[card.state],
        state_kind=GOAL_STATE_KINDS[card.state],
        actions=[_action(one, to_resident=to_resident, running=running) for one in card.actions],
    )


def _action(card: PlanActionCard, *, to_resident: bool, running: bool) -> ActionLine:
    moves = OWN_MOVES if to_resident else COACH_MOVES
    mine = card.owner is ActionOwner.RESIDENT or not to_resident
    return ActionLine(
        action_id=card.action_id,
        what=card.what,
        who=who(card.owner, card.organisation, to_resident=to_resident),
        due_on=card.due_on,
        state=ACTION_STATES[card.state],
        state_kind=ACTION_STATE_KINDS[card.state],
        # A coach should see it at once; to the resident the day itself says enough.
        overdue=card.overdue and running and not to_resident,
        moves=[(to.value, _move(to)) for to in moves[card.state]] if mine and running else (),
    )


def _move(to: ActionState) -> str:
    match to:
        case ActionState.TO_DO:
            return _("Toch nog te doen")
        case ActionState.BUSY:
            return _("Mee bezig")
        case ActionState.DONE:
            return _("Klaar")
        case ActionState.DROPPED:
            return _("Gaat niet door")


def _duty(card: DutyCard) -> DutyLine:
    source = article(card.article)
    return DutyLine(
        duty_id=card.duty_id,
        kind=DUTY_KINDS[card.kind],
        text=card.text,
        consequence=card.consequence if card.kind is DutyKind.DUTY else "",
        article=source.name if source else card.article,
        address=source.address if source else "",
        says=source.says if source else "",
        fixed_on=card.fixed_on,
        fixed_by=card.fixed_by,
        ended_on=card.ended_on,
    )


def _agreement(card: AgreementCard, *, to_resident: bool) -> AgreementLine:
    return AgreementLine(
        agreed_on=card.agreed_on,
        how=OBTAINED_HOW[card.how],
        said=card.resident_said,
        noted_by=card.noted_by,
        goals=[_words(goal, to_resident=to_resident) for goal in card.shown["goals"]],
    )


def _words(goal: Mapping[str, Any], *, to_resident: bool) -> GoalLine:
    """Return a goal as it was agreed on, from the words that the agreement keeps."""
    return GoalLine(
        goal_id=0,
        words=goal["words"],
        is_open=True,
        state="",
        state_kind="",
        actions=[
            ActionLine(
                action_id=0,
                what=one["what"],
                who=who(ActionOwner(one["owner"]), one["organisation"], to_resident=to_resident),
                due_on=date.fromisoformat(one["due_on"]) if one["due_on"] else None,
                state="",
                state_kind="",
                overdue=False,
            )
            for one in goal["actions"]
        ],
    )
