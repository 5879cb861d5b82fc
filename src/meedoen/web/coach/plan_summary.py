"""What the file of someone says of the plan, in a few lines."""

from collections.abc import Mapping

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.plans.queries import running_plan
from meedoen.rules.vocabulary import GoalState
from meedoen.web.shared.plan_words import plan_state, plan_state_kind

MOST_GOALS = 3


def plan_summary(viewer: Viewer, pseudonym_id: int) -> Mapping[str, object] | None:
    """Return the running plan in a few lines for coach/parts/plan_summary.html; None without one.

    Six questions to the database, whatever the size of the plan.
    """
    card = running_plan(viewer, pseudonym_id=pseudonym_id)
    if card is None:
        return None
    goals = [goal.words for goal in card.goals if goal.state is GoalState.OPEN]
    return {
        "state": plan_state(card),
        "state_kind": plan_state_kind(card),
        "goals": goals[:MOST_GOALS],
        "more_goals": max(0, len(goals) - MOST_GOALS),
        "overdue": sum(action.overdue for goal in card.goals for action in goal.actions),
        "next_evaluation": card.next_evaluation,
    }
