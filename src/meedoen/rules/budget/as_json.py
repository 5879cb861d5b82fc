"""A page that was read, as plain data for JSON."""

from typing import Any

from meedoen.rules.budget.page import Cell, Goal, IndicatorRow, Page, Refusal
from meedoen.rules.budget.wording import NOTE, THIN


def page_as_json(page: Page) -> dict[str, list[dict[str, Any]]]:
    """Give the page as one object with the keys ``goals``, ``indicators`` and ``refused``.

    Keys of a row or column that say nothing (``ambiguous``, ``partial``, ``entity``,
    ``period``, ``note``) are left out. Values are strings, exactly as shown.
    """
    return {
        "goals": [_goal(goal) for goal in page.goals],
        "indicators": [_row(row) for row in page.indicators],
        "refused": [_refusal(refusal) for refusal in page.refused],
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "code": goal.code,
        "title": goal.title,
        "sections": [
            {
                "heading": section.heading,
                "kind": section.kind.value,
                "paragraphs": list(section.paragraphs),
                "items": list(section.items),
            }
            for section in goal.sections
        ],
        "criteria": list(goal.criteria),
        "activities": list(goal.activities),
        "portfolio_holders": list(goal.portfolio_holders),
        "policy_notes": list(goal.policy_notes),
        "references": [
            {"kind": reference.kind.value, "code": reference.code, "text": reference.text}
            for reference in goal.references
        ],
    }


def _row(row: IndicatorRow) -> dict[str, Any]:
    marks = {"ambiguous": row.ambiguous, "partial": row.partial}
    told: dict[str, Any] = {
        "indicator": row.indicator,
        "unit": row.unit,
        "columns": [_column(cell) for cell in row.columns],
    }
    told |= {key: True for key, marked in marks.items() if marked}
    return told | ({"note": row.note} if row.note else {})


def _column(cell: Cell) -> dict[str, Any]:
    extra = {"entity": cell.entity, "period": cell.period}
    return {
        "label": cell.label,
        "year": cell.year,
        "kind": cell.kind.value if cell.kind else None,
        "value": cell.value.shown.replace(THIN, " ").replace(NOTE, " "),
    } | {key: text for key, text in extra.items() if text is not None}


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {
        "where": refusal.where,
        "what": refusal.what,
        "why": refusal.why,
        "what_to_do": refusal.what_to_do,
    }
