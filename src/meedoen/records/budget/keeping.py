"""Keeping what was read from a page: a goal with its texts, and rows with their values."""

from collections.abc import Sequence

from meedoen.records.budget.lines import keep_lines
from meedoen.records.budget.models import (
    Activity,
    Criterion,
    Goal,
    ImportedRow,
    ImportedValue,
    Reference,
)
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.budget.as_json import page_as_json
from meedoen.rules.budget.page import Goal as GoalOnPage
from meedoen.rules.budget.page import IndicatorRow, Page

NamedRow = tuple[IndicatorRow, str]
"""A row with the code of the indicator of the catalogue that it is, empty when it is none."""


def keep_goal_page(
    viewer: Viewer,
    on_page: GoalOnPage,
    rows: Sequence[NamedRow],
    *,
    year: int | None,
    source: str,
) -> Goal:
    """Keep a goal with its texts and all its rows in place of what there was; return it."""
    [kept] = page_as_json(Page(title="", goals=(on_page,)))["goals"]
    goal, _created = Goal.objects.update_or_create(
        municipality_id=viewer.municipality_id,
        code=on_page.code,
        year=year,
        defaults={
            "title": on_page.title,
            "sections": kept["sections"],
            "portfolio_holders": kept["portfolio_holders"],
            "policy_notes": kept["policy_notes"],
            "source": source,
            "imported_at": clock.now(),
        },
    )
    keep_lines(viewer, goal, Criterion, on_page.criteria)
    keep_lines(viewer, goal, Activity, on_page.activities)
    _keep_references(viewer, goal, on_page)
    goal.rows.all().delete()
    _keep_rows(viewer, goal, rows, start=0, source=source)
    return goal


def add_rows(viewer: Viewer, goal: Goal, rows: Sequence[NamedRow], *, source: str) -> None:
    """Put rows behind those of a goal. Rows that this source gave before are replaced."""
    goal.rows.filter(source=source, name__in=[row.indicator for row, _ in rows]).delete()
    last = goal.rows.order_by("-position").values_list("position", flat=True).first()
    _keep_rows(viewer, goal, rows, start=0 if last is None else last + 1, source=source)


def _keep_rows(
    viewer: Viewer, goal: Goal, rows: Sequence[NamedRow], *, start: int, source: str
) -> None:
    for position, (row, indicator) in enumerate(rows, start=start):
        _keep_row(viewer, goal, row, position, indicator=indicator, source=source)


def _keep_references(viewer: Viewer, goal: Goal, on_page: GoalOnPage) -> None:
    """Let the mentions be those of the page, before what was added by hand."""
    goal.references.filter(by_hand=False).delete()
    by_hand = {(row.kind, row.code) for row in goal.references.all()}
    Reference.objects.bulk_create(
        Reference(
            municipality_id=viewer.municipality_id,
            goal=goal,
            kind=reference.kind,
            code=reference.code,
            position=position,
        )
        for position, reference in enumerate(on_page.references)
        if (reference.kind.value, reference.code) not in by_hand
    )


def _keep_row(
    viewer: Viewer, goal: Goal, row: IndicatorRow, position: int, *, indicator: str, source: str
) -> None:
    kept = ImportedRow.objects.create(
        municipality_id=viewer.municipality_id,
        goal=goal,
        position=position,
        name=row.indicator,
        unit=row.unit,
        indicator=indicator,
        source=source,
    )
    ImportedValue.objects.bulk_create(
        ImportedValue(
            municipality_id=viewer.municipality_id,
            row=kept,
            position=place,
            label=cell.label or "",
            year=cell.year,
            kind=cell.kind or "",
            value=cell.value.shown,
            entity=cell.entity or "",
            period=cell.period or "",
        )
        for place, cell in enumerate(row.columns)
    )
