"""The criteria and activities of a goal, made and changed by hand, with their indicators."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from meedoen.records.budget.checks import number_problems
from meedoen.records.budget.lines import indicators_of
from meedoen.records.budget.models import (
    Activity,
    ActivityIndicator,
    Criterion,
    CriterionIndicator,
    Goal,
)
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer

LONGEST_LINE = 2_000


@action(Permission.PUBLISH_BUDGET)
def keep_criterion(
    viewer: Viewer, *, goal_id: int, text: str, indicators: Sequence[str], key: UUID | None = None
) -> UUID:
    """Make a criterion of a goal, or change the one with this key; return its key.

    `indicators` are those of the goal that measure it. Raises ActionRefusedError.
    """
    goal = _goal(viewer, goal_id)
    codes = _checked(goal, text, indicators)
    row = _criterion(goal, key) if key else Criterion(goal=goal, position=_behind(goal, Criterion))
    row.municipality_id, row.text = viewer.municipality_id, text.strip()
    row.save()
    row.indicators.all().delete()
    CriterionIndicator.objects.bulk_create(
        CriterionIndicator(
            municipality_id=viewer.municipality_id, criterion=row, indicator=indicator
        )
        for indicator in codes
    )
    return row.key


@action(Permission.PUBLISH_BUDGET)
def keep_activity(
    viewer: Viewer, *, goal_id: int, text: str, indicators: Sequence[str], key: UUID | None = None
) -> UUID:
    """Make an activity of a goal, or change the one with this key; return its key.

    `indicators` are those of the goal in which it should show. Raises ActionRefusedError.
    """
    goal = _goal(viewer, goal_id)
    codes = _checked(goal, text, indicators)
    row = _activity(goal, key) if key else Activity(goal=goal, position=_behind(goal, Activity))
    row.municipality_id, row.text = viewer.municipality_id, text.strip()
    row.save()
    row.indicators.all().delete()
    ActivityIndicator.objects.bulk_create(
        ActivityIndicator(municipality_id=viewer.municipality_id, activity=row, indicator=indicator)
        for indicator in codes
    )
    return row.key


@action(Permission.PUBLISH_BUDGET)
def remove_criterion(viewer: Viewer, *, goal_id: int, key: UUID) -> None:
    """Take a criterion away; one that a page prints comes back when that is read in again."""
    _criterion(_goal(viewer, goal_id), key).delete()


@action(Permission.PUBLISH_BUDGET)
def remove_activity(viewer: Viewer, *, goal_id: int, key: UUID) -> None:
    """Take an activity away; one that a page prints comes back when that is read in again."""
    _activity(_goal(viewer, goal_id), key).delete()


def _checked(goal: Goal, text: str, indicators: Sequence[str]) -> list[str]:
    problems = []
    if not 0 < len(text.strip()) <= LONGEST_LINE:
        problems.append(_("Geef een tekst van hoogstens %(most)s tekens.") % {"most": LONGEST_LINE})
    if set(indicators) - set(indicators_of(goal)):
        problems.append(_("Kies indicatoren die bij het doel horen."))
    if problems := [*problems, *number_problems(text)]:
        raise ActionRefusedError("\n".join(problems))
    return list(dict.fromkeys(indicators))


def _behind(goal: Goal, model: type[Criterion] | type[Activity]) -> int:
    last = model.objects.filter(goal=goal).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _goal(viewer: Viewer, goal_id: int) -> Goal:
    row = Goal.objects.filter(municipality_id=viewer.municipality_id, pk=goal_id).first()
    if row is None:
        raise ActionRefusedError(_("Dit doel bestaat niet."))
    return row


def _criterion(goal: Goal, key: UUID) -> Criterion:
    row = goal.criteria.filter(key=key).first()
    if row is None:
        raise ActionRefusedError(_("Dit criterium bestaat niet, of niet meer."))
    return row


def _activity(goal: Goal, key: UUID) -> Activity:
    row = goal.activities.filter(key=key).first()
    if row is None:
        raise ActionRefusedError(_("Deze activiteit bestaat niet, of niet meer."))
    return row
