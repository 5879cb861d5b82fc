"""The budget of next year in the demo town: its goals, what it promises, and its adoption."""

from datetime import date

from meedoen.demo import document_texts as texts
from meedoen.demo.documents import adopt_document, begin_document, write_document
from meedoen.records.budget.actions import import_page, link_indicator
from meedoen.records.budget.queries import goals
from meedoen.records.budget.targets import set_target
from meedoen.records.budget.tree_actions import move_goal
from meedoen.records.budget.tree_queries import budget_tree
from meedoen.records.figures.queries import newest_with_year_ends
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.budget.reader import read_page
from meedoen.rules.documents.words import DocumentKind, Question

IN_TABLE = ("participation_jobs", "sheltered_wsw", "sheltered_new")
"""The rows of the table under goal 1.1.3, as Groningen has them (budget for 2017)."""
STEP = 10
"""Promises are in tens: one that follows a small count exactly would give that away."""


def plan_next_year(writer: Viewer) -> None:
    """Keep goal 1.1.3 of next year with what is promised of it; goal 2.2.2 names no year."""
    year = clock.today().year + 1
    page = read_page(
        f"Begroting {year}\n\n1.1.3 {texts.FIELDS['1.1']}\n\n{texts.NEXT_INTRODUCTION}\n\n"
        "Prestatie indicatoren\n"
    )
    import_page(writer, page=page, source=f"Programmabegroting {year}")
    ids = {(line.code, line.year): line.goal_id for line in goals(writer)}
    _place_in_tree(writer, ids["1.1.3", year])
    for code in IN_TABLE:
        link_indicator(writer, goal_id=ids["1.1.3", year], indicator=code)
        _promise(writer, ids["1.1.3", year], code, year)


def _place_in_tree(writer: Viewer, goal_id: int) -> None:
    for programme in budget_tree(writer).programmes:
        for field in programme.fields:
            if field.code == "1.1":
                move_goal(writer, goal_id=goal_id, field_key=field.key)


def _promise(writer: Viewer, goal_id: int, code: str, year: int) -> None:
    """Promise for this year and the next, from what the town counted at the last year end."""
    figures = newest_with_year_ends(writer, on=date(year - 2, 12, 31))[-1].figures
    if code not in figures:
        return
    tens = -(-figures[code].value // STEP)
    # Nobody comes into the work of the old law any more: see catalogue/law/sheltered_wsw.toml.
    only_leave = code == "sheltered_wsw"
    number, more = (max(tens - 1, 1) * STEP, 0) if only_leave else (tens * STEP, STEP)
    for target_year, source in ((year - 1, texts.BUDGETED), (year, f"Programmabegroting {year}")):
        number += more
        set_target(
            writer,
            goal_id=goal_id,
            indicator=code,
            number=number,
            year=target_year,
            source=source,
            decided_on=clock.today(),
        )


def adopt_next_budget(writer: Viewer, adopter: Viewer) -> None:
    """Write the budget of next year with the figures of today, and let a second person adopt it.

    The pages of both goals are public with it.
    """
    year = clock.today().year + 1
    key = begin_document(
        writer,
        DocumentKind.BUDGET,
        year,
        f"Programmabegroting {year}",
        on=clock.today(),
    )
    seen = write_document(writer, key, texts.NEXT_WORDS, with_figures=Question.STANDING)
    adopt_document(writer, adopter, key, seen)
