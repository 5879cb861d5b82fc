"""What was promised, by goal: its indicators with the target of a year. For who may see figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from meedoen.records.budget.aims import aimed_numbers, printed_numbers
from meedoen.records.budget.models import Goal, GoalIndicator, ImportedRow
from meedoen.records.budget.queries import GOAL_TEXTS, TargetCard, targets
from meedoen.records.budget.targets import all_standing
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.budget.page import CellKind
from meedoen.rules.indicators.language import Direction


@dataclass(frozen=True, slots=True)
class Aim:
    """What is aimed for with an indicator in a year: as printed or typed, "" when nothing is.

    `direction` is that of a typed promise, None where the indicator itself says it. `other` is the
    newest target of any year, for where this year has none.
    """

    indicator: str
    text: str
    direction: Direction | None
    other: TargetCard | None


@dataclass(frozen=True, slots=True)
class PromisedGoal:
    """A goal with its indicators, in the order of its page; those that were linked come last."""

    goal_id: int
    code: str
    title: str
    year: int | None
    aims: tuple[Aim, ...]


def promised_goals(viewer: Viewer, *, year: int) -> Sequence[PromisedGoal]:
    """Return the goals by code, each of the newest page of that year or before.

    A goal of which there are only later pages is that of the first of those. As many questions for
    many goals as for a few.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    goals = _goals(viewer, year)
    codes, aims = _indicators(viewer, goals), _aims(viewer, year)
    return [
        PromisedGoal(
            goal_id=goal.pk,
            code=goal.code,
            title=goal.title,
            year=goal.year,
            aims=tuple(aims(code) for code in codes.get(goal.pk, ())),
        )
        for goal in goals
    ]


def aim_of(viewer: Viewer, *, indicator: str, year: int) -> Aim | None:
    """Return what is aimed for with one indicator; None for who may not see figures."""
    if not viewer.may(Permission.SEE_FIGURES):
        return None
    return _aims(viewer, year)(indicator)


def _aims(viewer: Viewer, year: int) -> Callable[[str], Aim]:
    """Return what says of an indicator what is aimed for; all that is asked is asked here."""
    newest, standing = targets(viewer), all_standing(viewer)
    # A promise that names no year, of a goal that names none, holds every year.
    said = {(row.indicator, row.year or row.goal.year or year): row for row in standing}
    texts = {key: str(row.number) for key, row in said.items()} | aimed_numbers(viewer)

    def aim(code: str) -> Aim:
        typed = said.get((code, year))
        return Aim(
            indicator=code,
            text=texts.get((code, year), ""),
            direction=None if typed is None else Direction(typed.direction),
            other=newest.get(code),
        )

    return aim


def _goals(viewer: Viewer, year: int) -> Sequence[Goal]:
    rows = Goal.objects.filter(municipality_id=viewer.municipality_id).defer(*GOAL_TEXTS)
    found: dict[str, Goal] = {}
    # Later years first and then back, so that the newest of this year or before stands.
    for row in sorted(rows, key=lambda one: (one.year or 0) <= year):
        before = found.get(row.code)
        if before is None or _nearer(row, before, year):
            found[row.code] = row
    return sorted(found.values(), key=lambda one: _by_number(one.code))


def _nearer(row: Goal, before: Goal, year: int) -> bool:
    own, other = row.year or 0, before.year or 0
    if own > year:
        return year < own < other
    return other > year or own > other


def _by_number(code: str) -> list[tuple[int, str]]:
    """Sort codes as numbers: goal 10.1 after goal 2.1."""
    return [(len(part), part) for part in code.split(".")]


def _indicators(viewer: Viewer, goals: Sequence[Goal]) -> dict[int, dict[str, None]]:
    """Return the indicators of each goal, each once, in two questions."""
    ids = [goal.pk for goal in goals]
    printed = (
        ImportedRow.objects.filter(municipality_id=viewer.municipality_id, goal_id__in=ids)
        .exclude(indicator="")
        .order_by("goal_id", "position")
        .values_list("goal_id", "indicator")
    )
    linked = (
        GoalIndicator.objects.filter(municipality_id=viewer.municipality_id, goal_id__in=ids)
        .order_by("pk")
        .values_list("goal_id", "indicator")
    )
    found: dict[int, dict[str, None]] = {}
    for goal_id, code in (*printed, *linked):
        found.setdefault(goal_id, {})[code] = None
    return found


def achieved_numbers(viewer: Viewer) -> dict[tuple[str, int], str]:
    """Return what pages print as achieved, by indicator and year."""
    return printed_numbers(viewer, CellKind.REALISATIE)
