"""The criteria and activities of a goal, brought up to date with a page that was read again."""

from collections.abc import Sequence
from typing import TypeVar

from meedoen.records.budget.models import Activity, Criterion, Goal
from meedoen.records.organisations.viewer import Viewer

Line = TypeVar("Line", Criterion, Activity)


def keep_lines(viewer: Viewer, goal: Goal, model: type[Line], printed: Sequence[str]) -> None:
    """Let the lines of a goal be those of its page, with what was made by hand behind them.

    A line that the page prints again stays the same row, with its indicators and with the words
    that somebody gave it since. One that the page prints no more goes, unless its words were
    changed by hand.
    """
    rows = list(model.objects.filter(goal=goal).order_by("position", "pk"))
    by_text = {row.printed: row for row in rows if row.printed}
    kept: list[Line] = [
        _line(viewer, goal, model, by_text.pop(text, None), text) for text in _once(printed)
    ]
    gone = [row for row in by_text.values() if row.text == row.printed]
    model.objects.filter(pk__in=[row.pk for row in gone]).delete()
    left: list[Line] = [row for row in rows if row not in gone and row not in kept]
    for row in left:
        row.printed = ""
    everything = kept + left
    for position, line in enumerate(everything):
        line.position = position
        line.save()


def _once(printed: Sequence[str]) -> list[str]:
    """Leave out what a page says twice."""
    return list(dict.fromkeys(printed))


def _line(
    viewer: Viewer,
    goal: Goal,
    model: type[Line],
    row: Line | None,
    text: str,
) -> Line:
    if row is not None:
        return row
    return model(municipality_id=viewer.municipality_id, goal=goal, printed=text, text=text)


def indicators_of(goal: Goal) -> list[str]:
    """Return the indicators of a goal: those of its tables, and those that were linked to it."""
    printed = goal.rows.exclude(indicator="").order_by("position")
    linked = goal.indicators.order_by("pk").values_list("indicator", flat=True)
    return list(dict.fromkeys([*printed.values_list("indicator", flat=True), *linked]))
