"""The tree of the budget: programme, policy field, goal, criterion, indicator and activity."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from meedoen.records.budget.lines import Line
from meedoen.records.budget.models import Goal, PolicyField, Programme
from meedoen.records.budget.targets import all_standing
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.indicators.language import Direction


@dataclass(frozen=True, slots=True)
class PromiseCard:
    """A number that was promised for a year, None when the promise names no year."""

    year: int | None
    number: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class LineCard:
    """A criterion or an activity, with the indicators of the goal that belong to it."""

    key: UUID
    text: str
    is_printed: bool
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalNode:
    """A goal in the tree; `field_key` None is a goal that nobody gave a place."""

    goal_id: int
    code: str
    year: int | None
    title: str
    field_key: UUID | None
    portfolio_holders: Sequence[str]
    policy_notes: Sequence[str]
    source: str
    criteria: Sequence[LineCard]
    activities: Sequence[LineCard]
    indicators: Sequence[str]
    promises: Mapping[str, Sequence[PromiseCard]]
    references: Sequence[str]
    links: Sequence[str]
    """Codes of other goals: all that are mentioned, and those of them that were set by hand."""


@dataclass(frozen=True, slots=True)
class FieldNode:
    """A policy field with its goals."""

    key: UUID
    programme_key: UUID
    code: str
    name: str
    portfolio_holder: str
    goals: Sequence[GoalNode]


@dataclass(frozen=True, slots=True)
class ProgrammeNode:
    """A programme with its policy fields."""

    key: UUID
    code: str
    name: str
    portfolio_holder: str
    fields: Sequence[FieldNode]


@dataclass(frozen=True, slots=True)
class BudgetTree:
    """The whole tree of a year; `loose` are the goals that stand in no policy field yet."""

    programmes: Sequence[ProgrammeNode]
    loose: Sequence[GoalNode]
    years: Sequence[int]


def budget_tree(viewer: Viewer, *, year: int | None = None) -> BudgetTree:
    """Return the tree with the goals of a year and those that name none, or with all goals.

    In as many questions for many goals as for a few.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return BudgetTree((), (), ())
    rows = Goal.objects.filter(municipality_id=viewer.municipality_id)
    years = {one for one in rows.values_list("year", flat=True) if one is not None}
    wanted = [row for row in _with_parts(rows) if year is None or row.year in {year, None}]
    by_field: dict[int | None, list[GoalNode]] = {}
    promises = _promises(viewer)
    for row in sorted(wanted, key=lambda row: (_in_order(row.code), -(row.year or 0))):
        node = _goal_node(row, promises.get(row.pk, {}))
        by_field.setdefault(row.policy_field_id, []).append(node)
    return BudgetTree(
        programmes=_programmes(viewer, by_field),
        loose=by_field.get(None, []),
        years=sorted(years, reverse=True),
    )


def goal_node(viewer: Viewer, *, goal_id: int) -> GoalNode | None:
    """Return one goal with its lines; None when it is not there or not for this viewer."""
    if not viewer.may(Permission.SEE_FIGURES):
        return None
    rows = Goal.objects.filter(municipality_id=viewer.municipality_id, pk=goal_id)
    found = [_goal_node(row, _promises(viewer).get(row.pk, {})) for row in _with_parts(rows)]
    return found[0] if found else None


def _in_order(code: str) -> list[tuple[int, str]]:
    """Return by what to sort codes as numbers: 10.1 after 2.1."""
    return [(len(part), part) for part in code.split(".")]


def _with_parts(rows: QuerySet[Goal]) -> list[Goal]:
    parts = "criteria__indicators activities__indicators rows indicators references"
    return list(rows.select_related("policy_field").prefetch_related(*parts.split()))


def _programmes(
    viewer: Viewer, by_field: Mapping[int | None, Sequence[GoalNode]]
) -> list[ProgrammeNode]:
    fields: dict[int, list[FieldNode]] = {}
    rows = PolicyField.objects.filter(municipality_id=viewer.municipality_id)
    for row in sorted(rows.select_related("programme"), key=lambda row: _in_order(row.code)):
        node = FieldNode(
            key=row.key,
            programme_key=row.programme.key,
            code=row.code,
            name=row.name,
            portfolio_holder=row.portfolio_holder,
            goals=by_field.get(row.pk, []),
        )
        fields.setdefault(row.programme_id, []).append(node)
    programmes = Programme.objects.filter(municipality_id=viewer.municipality_id)
    return [
        ProgrammeNode(one.key, one.code, one.name, one.portfolio_holder, fields.get(one.pk, []))
        for one in sorted(programmes, key=lambda one: _in_order(one.code))
    ]


def _promises(viewer: Viewer) -> dict[int, dict[str, list[PromiseCard]]]:
    found: dict[int, dict[str, list[PromiseCard]]] = {}
    for row in sorted(all_standing(viewer), key=lambda row: row.year or 0):
        card = PromiseCard(row.year, row.number or 0, Direction(row.direction))
        found.setdefault(row.goal_id, {}).setdefault(row.indicator, []).append(card)
    return found


def _goal_node(row: Goal, promises: Mapping[str, Sequence[PromiseCard]]) -> GoalNode:
    printed = sorted(row.rows.all(), key=lambda one: one.position)
    linked = sorted(row.indicators.all(), key=lambda one: one.pk)
    codes = [one.indicator for one in printed if one.indicator]
    codes += [one.indicator for one in linked]
    mentions = sorted(row.references.all(), key=lambda one: one.position)
    return GoalNode(
        goal_id=row.pk,
        code=row.code,
        year=row.year,
        title=row.title,
        field_key=row.policy_field.key if row.policy_field else None,
        portfolio_holders=row.portfolio_holders,
        policy_notes=row.policy_notes,
        source=row.source,
        criteria=_lines(row.criteria.all()),
        activities=_lines(row.activities.all()),
        indicators=list(dict.fromkeys(codes)),
        promises=promises,
        references=[one.code for one in mentions if one.kind == "goal"],
        links=[one.code for one in mentions if one.by_hand],
    )


def _lines(rows: Iterable[Line]) -> list[LineCard]:
    in_place: list[Line] = sorted(rows, key=lambda row: (row.position, row.pk))
    return [
        LineCard(
            key=row.key,
            text=row.text,
            is_printed=bool(row.printed),
            indicators=tuple(one.indicator for one in row.indicators.all()),
        )
        for row in in_place
    ]
