"""The tree of the budget as its page shows it: indicators under the criterion they measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meedoen.records.budget.tree_queries import (
    BudgetTree,
    FieldNode,
    GoalNode,
    LineCard,
    ProgrammeNode,
    PromiseCard,
)
from meedoen.rules.indicators.language import Catalogue
from meedoen.web.shared.counting import DIRECTIONS, indicator_name
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.programmes import programme_anchor, programme_of


@dataclass(frozen=True, slots=True)
class IndicatorShown:
    """An indicator with what is promised and which activities should show in it."""

    code: str
    name: str
    promises: Sequence[str]
    activities: Sequence[LineCard]


@dataclass(frozen=True, slots=True)
class CriterionShown:
    """A criterion with its indicators."""

    card: LineCard
    indicators: Sequence[IndicatorShown]


@dataclass(frozen=True, slots=True)
class GoalShown:
    """A goal; `others` are its indicators that measure none of the criteria.

    The first goal of a programme that stands nowhere itself has the `anchor` of that programme.
    """

    node: GoalNode
    anchor: str
    criteria: Sequence[CriterionShown]
    others: Sequence[IndicatorShown]
    activities: Sequence[LineCard]
    """Those that are not linked to an indicator."""


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A policy field with its goals."""

    node: FieldNode
    goals: Sequence[GoalShown]


@dataclass(frozen=True, slots=True)
class ProgrammeShown:
    """A programme with its policy fields."""

    node: ProgrammeNode
    anchor: str
    fields: Sequence[FieldShown]


@dataclass(frozen=True, slots=True)
class TreeShown:
    """The whole tree, and the goals without a place in it."""

    programmes: Sequence[ProgrammeShown]
    loose: Sequence[GoalShown]


def shown_tree(tree: BudgetTree, known: Catalogue) -> TreeShown:
    """Return the tree as its page shows it; `known` are the indicators of the municipality."""
    anchors = _anchors(tree)

    def goals(nodes: Sequence[GoalNode]) -> list[GoalShown]:
        return [_goal(node, anchors.get(node.goal_id, ""), known) for node in nodes]

    return TreeShown(
        programmes=[
            ProgrammeShown(
                node=one,
                anchor=programme_anchor(one.code),
                fields=[FieldShown(each, goals(each.goals)) for each in one.fields],
            )
            for one in tree.programmes
        ],
        loose=goals(tree.loose),
    )


def _anchors(tree: BudgetTree) -> dict[int, str]:
    """Return the anchors of programmes that stand nowhere, by the first of their goals."""
    placed = {one.code for one in tree.programmes}
    fields = [each for one in tree.programmes for each in one.fields]
    first: dict[str, int] = {}
    for goal in [*(goal for each in fields for goal in each.goals), *tree.loose]:
        first.setdefault(programme_of(goal.code), goal.goal_id)
    return {
        goal_id: programme_anchor(code) for code, goal_id in first.items() if code not in placed
    }


def _goal(node: GoalNode, anchor: str, known: Catalogue) -> GoalShown:
    shown = {code: _indicator(node, code, known) for code in node.indicators}
    measured = {code for one in node.criteria for code in one.indicators}
    linked = {code for one in node.activities for code in one.indicators} & set(shown)
    return GoalShown(
        node=node,
        anchor=anchor,
        criteria=[_criterion(one, shown) for one in node.criteria],
        others=[one for code, one in shown.items() if code not in measured],
        activities=[one for one in node.activities if not linked & set(one.indicators)],
    )


def _criterion(card: LineCard, shown: Mapping[str, IndicatorShown]) -> CriterionShown:
    return CriterionShown(card, [shown[code] for code in card.indicators if code in shown])


def _indicator(node: GoalNode, code: str, known: Catalogue) -> IndicatorShown:
    return IndicatorShown(
        code=code,
        name=indicator_name(code, known=known),
        promises=[_promise(one) for one in node.promises.get(code, ())],
        activities=[one for one in node.activities if code in one.indicators],
    )


def _promise(card: PromiseCard) -> str:
    words = {
        "direction": DIRECTIONS.get(card.direction, ""),
        "number": number_text(card.number),
        "year": card.year,
    }
    if card.year is None:
        return (_("%(direction)s %(number)s") % words).strip()
    return (_("%(direction)s %(number)s in %(year)s") % words).strip()
