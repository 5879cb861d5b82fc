"""The words of a plan as they stand, in the shape in which an agreement keeps them for ever.

{"goals": [{"words": "…", "actions": [{"what": "…", "owner": "coach", "organisation": "",
                                       "due_on": "2026-05-01"}]}],
 "duties": [{"kind": "duty", "text": "…", "consequence": "…", "article": "9(1)b"}]}
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.plans.models import Duty, Plan, PlanAction, PlanGoal
from meedoen.rules.vocabulary import ActionState, GoalState


def words_of(viewer: Viewer, plan: Plan) -> dict[str, Any]:
    """Return what the plan says now; what was dropped is no part of it."""
    goals = PlanGoal.objects.visible_to(viewer).filter(plan=plan).order_by("order", "pk")
    actions = PlanAction.objects.visible_to(viewer).filter(plan=plan).order_by("order", "pk")
    duties = Duty.objects.visible_to(viewer).filter(plan=plan, ended_on__isnull=True)
    return as_words(
        list(goals), list(actions.select_related("organisation")), list(duties.order_by("pk"))
    )


def as_words(
    goals: Sequence[PlanGoal], actions: Iterable[PlanAction], duties: Iterable[Duty]
) -> dict[str, Any]:
    """Return the words of these goals, actions and duties of one plan, in the order given."""
    per_goal: dict[int, list[Mapping[str, str]]] = {}
    for action in actions:
        if action.state != ActionState.DROPPED:
            per_goal.setdefault(action.goal_id, []).append(_action(action))
    return {
        "goals": [
            {"words": goal.words, "actions": per_goal.get(goal.pk, [])}
            for goal in goals
            if goal.state != GoalState.DROPPED
        ],
        "duties": [
            {
                "kind": duty.kind,
                "text": duty.text,
                "consequence": duty.consequence,
                "article": duty.article,
            }
            for duty in duties
        ],
    }


def _action(action: PlanAction) -> Mapping[str, str]:
    return {
        "what": action.what,
        "owner": action.owner,
        "organisation": action.organisation.name if action.organisation else "",
        "due_on": action.due_on.isoformat() if action.due_on else "",
    }
