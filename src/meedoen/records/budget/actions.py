"""Taking in published pages, and publishing our own."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.budget.cells import cells_of
from meedoen.records.budget.models import (
    Goal,
    GoalIndicator,
    ImportedRow,
    ImportedValue,
    Publication,
    PublishedCell,
    Reference,
)
from meedoen.records.budget.names import indicator_named
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.figures.queries import newest_with_year_ends
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.budget.as_json import page_as_json
from meedoen.rules.budget.page import Goal as GoalOnPage
from meedoen.rules.budget.page import IndicatorRow, Page


class PageRefusedError(ActionRefusedError):
    """A page holds something that cannot be read with certainty, so nothing of it was kept."""


@action(Permission.IMPORT_BUDGET)
def import_page(viewer: Viewer, *, page: Page, source: str) -> list[str]:
    """Keep the goals of a page with their imported figures; return the goals' codes.

    The same goal of the same year is brought up to date. All or nothing: raises
    PageRefusedError when anything on the page was refused, or when it has no goal.
    """
    if page.refused:
        raise PageRefusedError(
            " ".join(f"{one.where}: {one.what} {one.why} {one.what_to_do}" for one in page.refused)
        )
    if not page.goals:
        raise PageRefusedError(_("Op deze pagina staat geen doel met een nummer en een titel."))
    if strange := [row.indicator for row in page.indicators if row.goal_code is None]:
        raise PageRefusedError(
            _("Deze indicatoren staan niet onder een doel: %(names)s.")
            % {"names": ", ".join(strange)}
        )
    for goal in page.goals:
        rows = [row for row in page.indicators if row.goal_code == goal.code]
        _keep(viewer, goal, rows, year=page.year, source=source)
    return [goal.code for goal in page.goals]


def _keep(
    viewer: Viewer,
    on_page: GoalOnPage,
    rows: Sequence[IndicatorRow],
    *,
    year: int | None,
    source: str,
) -> None:
    [kept] = page_as_json(Page(title="", goals=(on_page,)))["goals"]
    goal, _created = Goal.objects.update_or_create(
        municipality_id=viewer.municipality_id,
        code=on_page.code,
        year=year,
        defaults={
            "title": on_page.title,
            "sections": kept["sections"],
            "criteria": kept["criteria"],
            "activities": kept["activities"],
            "portfolio_holders": kept["portfolio_holders"],
            "policy_notes": kept["policy_notes"],
            "source": source,
            "imported_at": clock.now(),
        },
    )
    goal.references.all().delete()
    Reference.objects.bulk_create(
        Reference(
            municipality_id=viewer.municipality_id,
            goal=goal,
            kind=reference.kind,
            code=reference.code,
            position=position,
        )
        for position, reference in enumerate(on_page.references)
    )
    goal.rows.all().delete()
    for position, row in enumerate(rows):
        _keep_row(viewer, goal, row, position)


def _keep_row(viewer: Viewer, goal: Goal, row: IndicatorRow, position: int) -> None:
    kept = ImportedRow.objects.create(
        municipality_id=viewer.municipality_id,
        goal=goal,
        position=position,
        name=row.indicator,
        unit=row.unit,
        indicator=indicator_named(row.indicator),
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
        )
        for place, cell in enumerate(row.columns)
    )


@action(Permission.PUBLISH_BUDGET)
def link_indicator(viewer: Viewer, *, goal_id: int, indicator: str) -> None:
    """Let an indicator of the catalogue show how a goal is doing.

    Raises ActionRefusedError for a goal or an indicator that is not there.
    """
    goal = _goal(viewer, goal_id)
    if indicator not in catalogue().definitions:
        raise ActionRefusedError(_("Deze indicator staat niet in de catalogus."))
    GoalIndicator.objects.get_or_create(
        municipality_id=viewer.municipality_id, goal=goal, indicator=indicator
    )


def _goal(viewer: Viewer, goal_id: int) -> Goal:
    goal = Goal.objects.filter(municipality_id=viewer.municipality_id, pk=goal_id).first()
    if goal is None:
        raise ActionRefusedError(_("Dit doel bestaat niet."))
    return goal


@action(Permission.PUBLISH_BUDGET)
def publish(viewer: Viewer, *, goal_id: int, on: date, explanation: str = "") -> int:
    """Publish a goal's page with the figures measured on a day, and return its id.

    The cells are copies: imported values as they were printed, and beside them, never over
    them, what Meedoen counted on that day and on the year ends before it. Small numbers are
    protected in the copy. Raises ActionRefusedError when nothing was measured on that day.
    """
    goal = _goal(viewer, goal_id)
    shown = newest_with_year_ends(viewer, on=on)
    if not shown:
        raise ActionRefusedError(_("Op deze dag is nog niet gemeten. Meet eerst."))
    publication = Publication.objects.create(
        municipality_id=viewer.municipality_id,
        goal=goal,
        title=f"{goal.code} {goal.title}",
        sections=goal.sections,
        explanation=explanation.strip(),
        reference_date=on,
        known_at=shown[-1].known_at,
        published_at=clock.now(),
        published_by_id=viewer.membership_id,
    )
    PublishedCell.objects.bulk_create(
        PublishedCell(
            municipality_id=viewer.municipality_id,
            publication=publication,
            position=position,
            row=cell.row,
            label=cell.label,
            year=cell.year,
            kind=cell.kind,
            text=cell.text,
            hidden=cell.hidden,
            indicator=cell.indicator,
            counted_on=cell.counted_on,
            figure_id=cell.figure_id,
        )
        for position, cell in enumerate(cells_of(goal, shown))
    )
    return publication.pk
