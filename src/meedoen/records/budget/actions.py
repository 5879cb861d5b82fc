"""Taking in published pages, and publishing our own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from meedoen.records.budget.cells import page_cells
from meedoen.records.budget.checks import number_problems
from meedoen.records.budget.day_tables import DayTable, day_tables
from meedoen.records.budget.keeping import keep_goal_page
from meedoen.records.budget.lengths import too_long
from meedoen.records.budget.models import Goal, GoalIndicator, Publication, PublishedCell
from meedoen.records.budget.names import indicator_named
from meedoen.records.budget.targets import replace_target, take_back_targets, target_problems
from meedoen.records.figures.protecting import protection_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.budget.page import Page


class PageRefusedError(ActionRefusedError):
    """A page holds something that cannot be read with certainty, so nothing of it was kept."""


@action(Permission.IMPORT_BUDGET)
def import_page(viewer: Viewer, *, page: Page, source: str) -> list[str]:
    """Keep the goals of a page with their imported figures; return the goals' codes.

    The same goal of the same year is brought up to date. All or nothing: raises
    PageRefusedError when anything on the page was refused, when it has no goal, and when a
    text is longer than there is room for. The message has a line for each reason.
    """
    if page.refused:
        raise PageRefusedError("\n".join(one.line for one in page.refused))
    if not page.goals:
        raise PageRefusedError(_("Op deze pagina staat geen doel met een nummer en een titel."))
    if strange := [row.indicator for row in page.indicators if row.goal_code is None]:
        raise PageRefusedError(
            _("Deze indicatoren staan niet onder een doel: %(names)s.")
            % {"names": ", ".join(strange)}
        )
    if lines := too_long(page, source):
        raise PageRefusedError("\n".join(lines))
    for goal in page.goals:
        rows = [row for row in page.indicators if row.goal_code == goal.code]
        named = [(row, indicator_named(row.indicator)) for row in rows]
        keep_goal_page(viewer, goal, named, year=page.year, source=source)
    return [goal.code for goal in page.goals]


@action(Permission.PUBLISH_BUDGET)
def link_indicator(
    viewer: Viewer,
    *,
    goal_id: int,
    indicator: str,
    target: int | None = None,
    target_year: int | None = None,
) -> None:
    """Let an indicator of the catalogue show how a goal is doing; again replaces the target.

    The number that was promised before stays to be read, see `records.budget.targets`.

    `target` is the number that the text of the goal promises, for a goal whose tables give
    none. Raises ActionRefusedError for a goal or an indicator that is not there, and for a
    target or year that cannot be.
    """
    goal = _goal(viewer, goal_id)
    if indicator not in catalogue_of(viewer.municipality_id).definitions:
        raise ActionRefusedError(_("Deze indicator staat niet in de catalogus."))
    _check_target(target, target_year)
    GoalIndicator.objects.get_or_create(
        municipality_id=viewer.municipality_id, goal=goal, indicator=indicator
    )
    replace_target(viewer, goal, indicator, number=target, year=target_year)


@action(Permission.PUBLISH_BUDGET)
def unlink_indicator(viewer: Viewer, *, goal_id: int, indicator: str) -> None:
    """Take an indicator away from a goal, with the target that was typed for it.

    Pages that were published keep it. Raises ActionRefusedError for a goal that is not there
    and for an indicator that is not linked to it.
    """
    goal = _goal(viewer, goal_id)
    links = GoalIndicator.objects.filter(
        municipality_id=viewer.municipality_id, goal=goal, indicator=indicator
    )
    gone, _by_model = links.delete()
    if not gone:
        raise ActionRefusedError(_("Deze indicator hoort niet bij dit doel, of niet meer."))
    take_back_targets(viewer, goal, indicator)


def _check_target(target: int | None, year: int | None) -> None:
    if target is None and year is not None:
        raise ActionRefusedError(_("Vul bij dit jaar ook in welk aantal er beloofd is."))
    if problems := target_problems(target, year):
        raise ActionRefusedError("\n".join(problems))


def _goal(viewer: Viewer, goal_id: int) -> Goal:
    goal = Goal.objects.filter(municipality_id=viewer.municipality_id, pk=goal_id).first()
    if goal is None:
        raise ActionRefusedError(_("Dit doel bestaat niet."))
    return goal


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage:
    """A page to publish; `sections` are its texts when they are not those of the goal."""

    goal_id: int
    explanation: str = ""
    sections: Sequence[Mapping[str, Any]] | None = None


def publish(viewer: Viewer, *, goal_id: int, on: date, explanation: str = "") -> int:
    """Publish a goal's page with the figures measured on a day, as `publish_all` does many."""
    page = NewPage(goal_id=goal_id, explanation=explanation)
    [publication_id] = publish_all(viewer, pages=[page], on=on)
    return publication_id


@action(Permission.PUBLISH_BUDGET)
def publish_all(
    viewer: Viewer, *, pages: Sequence[NewPage], on: date, document_key: UUID | None = None
) -> list[int]:
    """Publish the pages of goals with the figures measured on a day, and return their ids.

    `document_key` is that of the document that is adopted with them.

    Nothing of a page moves later. The cells are copies: imported values as they were printed,
    and beside them, never over them, what Meedoen counted on that day and on the year ends
    before it. Small numbers are protected in the copy, in all pages together and with all that was
    published of these days (decision 0029). Raises ActionRefusedError when nothing was measured on
    that day, and for a citizen service number in an explanation.
    """
    goals = [_goal(viewer, page.goal_id) for page in pages]
    if problems := number_problems(*(page.explanation for page in pages)):
        raise ActionRefusedError("\n".join(problems))
    # One after another: what is public of a day is looked up first.
    Municipality.objects.select_for_update().get(pk=viewer.municipality_id)
    tables = day_tables(viewer, on=on)
    if not tables:
        raise ActionRefusedError(_("Op deze dag is nog niet gemeten. Meet eerst."))
    return [
        _publish(viewer, goal, page, tables, document_key)
        for goal, page in zip(goals, pages, strict=True)
    ]


def _publish(
    viewer: Viewer,
    goal: Goal,
    page: NewPage,
    tables: Sequence[DayTable],
    document_key: UUID | None,
) -> int:
    protection = protection_of(viewer)
    publication = Publication.objects.create(
        municipality_id=viewer.municipality_id,
        goal=goal,
        title=f"{goal.code} {goal.title}",
        sections=goal.sections if page.sections is None else list(page.sections),
        references=list(goal.references.order_by("position").values("kind", "code")),
        threshold=protection.threshold,
        rounding=protection.rounding,
        explanation=page.explanation.strip(),
        reference_date=tables[-1].reference_date,
        known_at=tables[-1].known_at,
        published_at=clock.now(),
        published_by_id=viewer.membership_id,
        document_key=document_key,
    )
    PublishedCell.objects.bulk_create(
        PublishedCell(
            municipality_id=viewer.municipality_id,
            publication=publication,
            position=position,
            row_position=cell.row_position,
            row=cell.row,
            unit=cell.unit,
            label=cell.label,
            year=cell.year,
            kind=cell.kind,
            text=cell.text,
            hidden=cell.hidden,
            indicator=cell.indicator,
            counted_on=cell.counted_on,
            district_id=cell.district_id,
            place_kind=cell.place_kind,
            organisation_id=cell.organisation_id,
            place=cell.place,
            figure_id=cell.figure_id,
        )
        for position, cell in enumerate(page_cells(viewer, goal, tables))
    )
    return publication.pk
