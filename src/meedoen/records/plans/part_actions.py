"""Changing the goals and actions of a plan: their words, and how far they are.

A change of words takes the version that was shown: of two who change the same plan at the same
time the second is told. How far something is changes freely, also while others write.

What decides whether a change is allowed is read once the plan is held: while one waits for the
plan, another may have dropped the goal.
"""

import uuid
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.plans import checks
from meedoen.records.plans.keeping import claimed, held
from meedoen.records.plans.models import Plan, PlanAction, PlanGoal
from meedoen.records.plans.new import NewAction, NewGoal
from meedoen.rules.vocabulary import ActionOwner, ActionState, GoalState

OWN_STATES = frozenset({ActionState.TO_DO, ActionState.BUSY, ActionState.DONE})
"""How far a resident may say that an own action is; dropping it is talked about together."""


@action(Permission.MAKE_PLAN)
def add_goal(viewer: Viewer, *, key: uuid.UUID, version: int, words: str) -> int:
    """Add a goal at the end of a plan and return its id. Raises ActionRefusedError."""
    checks.check_goal(NewGoal(words=words))
    plan = claimed(viewer, key, version)
    goals = PlanGoal.objects.visible_to(viewer).filter(plan=plan)
    last = goals.aggregate(last=Max("order"))["last"] or 0
    goal = PlanGoal.objects.create(
        municipality_id=viewer.municipality_id,
        plan=plan,
        order=last + 1,
        words=words.strip(),
        state=GoalState.OPEN,
    )
    return goal.pk


@action(Permission.MAKE_PLAN)
def change_goal(viewer: Viewer, *, goal_id: int, version: int, words: str) -> None:
    """Put a goal in other words. Raises ActionRefusedError."""
    checks.check_goal(NewGoal(words=words))
    goal = _goal(viewer, goal_id)
    claimed(viewer, goal.plan.key, version)
    PlanGoal.objects.visible_to(viewer).filter(pk=goal.pk).update(words=words.strip())


@action(Permission.MAKE_PLAN)
def close_goal(viewer: Viewer, *, goal_id: int, state: GoalState) -> None:
    """Say that a goal was reached or dropped, or with OPEN that it is open after all.

    What was still to be done for a goal that closes will not be done. Raises ActionRefusedError.
    """
    goal = _goal(viewer, goal_id)
    held(viewer, goal.plan.key)
    closed_on = None if state is GoalState.OPEN else clock.today()
    PlanGoal.objects.visible_to(viewer).filter(pk=goal.pk).update(state=state, closed_on=closed_on)
    if closed_on is not None:
        still_to_do = PlanAction.objects.visible_to(viewer).filter(
            goal=goal, state__in=[ActionState.TO_DO, ActionState.BUSY]
        )
        still_to_do.update(state=ActionState.DROPPED)
    note_changes(viewer, [goal.plan.pseudonym_id])


@action(Permission.MAKE_PLAN)
def add_action(
    viewer: Viewer,
    *,
    goal_id: int,
    version: int,
    what: str,
    owner: ActionOwner,
    organisation_id: int | None,
    due_on: date | None,
) -> int:
    """Add an action to an open goal and return its id. Raises ActionRefusedError."""
    new = NewAction(what=what, owner=owner, organisation_id=organisation_id, due_on=due_on)
    checks.check_actions(viewer, [new])
    plan = claimed(viewer, _goal(viewer, goal_id).plan.key, version)
    goal = _goal(viewer, goal_id)
    if goal.state != GoalState.OPEN:
        raise ActionRefusedError(_("Dit doel is al klaar. Zet het eerst weer open."))
    last = PlanAction.objects.visible_to(viewer).filter(goal=goal).aggregate(last=Max("order"))
    row = PlanAction.objects.create(
        municipality_id=viewer.municipality_id,
        plan=plan,
        goal=goal,
        order=(last["last"] or 0) + 1,
        what=what.strip(),
        owner=owner,
        organisation_id=organisation_id,
        due_on=due_on,
        state=ActionState.TO_DO,
    )
    note_changes(viewer, [plan.pseudonym_id])
    return row.pk


@action(Permission.MAKE_PLAN)
def change_action(
    viewer: Viewer,
    *,
    action_id: int,
    version: int,
    what: str,
    owner: ActionOwner,
    organisation_id: int | None,
    due_on: date | None,
) -> None:
    """Change what is done, by whom and before which day. Raises ActionRefusedError."""
    new = NewAction(what=what, owner=owner, organisation_id=organisation_id, due_on=due_on)
    checks.check_actions(viewer, [new])
    row = _action(viewer, action_id)
    plan = claimed(viewer, row.plan.key, version)
    PlanAction.objects.visible_to(viewer).filter(pk=row.pk).update(
        what=what.strip(), owner=owner, organisation_id=organisation_id, due_on=due_on
    )
    note_changes(viewer, [plan.pseudonym_id])


@action(Permission.MAKE_PLAN)
def set_action_state(viewer: Viewer, *, action_id: int, state: ActionState) -> None:
    """Say how far an action is. Raises ActionRefusedError."""
    row = _action(viewer, action_id)
    _set_state(viewer, row, held(viewer, row.plan.key), state)


@action(Permission.ANSWER_OWN_PLAN)
def mark_own_action(viewer: Viewer, *, action_id: int, state: ActionState) -> None:
    """Say how far one's own action is, as the resident. Raises ActionRefusedError."""
    plan = held(viewer, _action(viewer, action_id).plan.key)
    row = _action(viewer, action_id)
    if row.owner != ActionOwner.RESIDENT:
        raise ActionRefusedError(_("Deze actie doet iemand anders. Vraag het aan uw coach."))
    if state not in OWN_STATES or row.state == ActionState.DROPPED:
        raise ActionRefusedError(_("Wilt u deze actie niet meer doen? Praat erover met uw coach."))
    _set_state(viewer, row, plan, state)


def _set_state(viewer: Viewer, row: PlanAction, plan: Plan, state: ActionState) -> None:
    """Keep the state; what was done already keeps the day on which it was done."""
    same = PlanAction.objects.visible_to(viewer).filter(pk=row.pk)
    done_on = clock.today() if state is ActionState.DONE else None
    same.exclude(state=state).update(state=state, done_on=done_on)
    note_changes(viewer, [plan.pseudonym_id])


def _goal(viewer: Viewer, goal_id: int) -> PlanGoal:
    goals = PlanGoal.objects.visible_to(viewer).filter(pk=goal_id).select_related("plan")
    if (goal := goals.first()) is None:
        raise ActionRefusedError(_("Dit doel bestaat niet of is niet voor u."))
    return goal


def _action(viewer: Viewer, action_id: int) -> PlanAction:
    rows = PlanAction.objects.visible_to(viewer).filter(pk=action_id).select_related("plan")
    if (row := rows.first()) is None:
        raise ActionRefusedError(_("Deze actie bestaat niet of is niet voor u."))
    return row
