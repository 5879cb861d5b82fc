"""What the page of a file with places shows: its steps, the report, and each row in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meedoen.records.directory_imports.queries import FileCard, RowCard, rows
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.directory_file.words import FileForm, RowDecision, RowVerdict
from meedoen.rules.files.words import FileState
from meedoen.web.coach.directory_import_words import (
    DECISIONS,
    DECISIONS_IN_SHORT,
    VERDICT_SENTENCES,
    VERDICTS,
    difference_text,
    problem_text,
)
from meedoen.web.coach.import_page import AT, Tab, anchor
from meedoen.web.coach.steps import Step
from meedoen.web.shared.words import Words

CHANGING = (RowVerdict.NEW, RowVerdict.CHANGED)
"""The verdicts of rows that change something without a decision."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the report, with its sentences and what can be decided."""

    card: RowCard
    anchor: str
    sentences: Sequence[str]
    decision: Words
    choices: Sequence[tuple[str, Words]]


def steps(card: FileCard) -> list[Step]:
    """Return the steps of reading in a file; none for a file that stopped."""
    at = AT.get(card.state)
    if at is None:
        return []
    is_table = card.form is FileForm.TABLE
    second = _("Kolommen") if is_table else _("Bron")
    titles = (_("Bestand"), second, _("Bekijken"), _("Overnemen"))
    return [
        Step(title, "done" if number < at else "current" if number == at else "todo")
        for number, title in enumerate(titles)
    ]


def progress(card: FileCard) -> dict[str, Any]:
    """Return how far the work is; what is read aloud changes only with every tenth."""
    tenths = card.done * 10 // card.total if card.total else 0
    return {"percent": tenths * 10, "applying": card.state == FileState.APPLYING}


def report(viewer: Viewer, card: FileCard, *, asked: str, number: int) -> dict[str, Any]:
    """Return the totals, and a page of the rows with the verdict that the address asks for."""
    shown = _shown_verdict(asked, card.counts)
    found = rows(viewer, key=card.key, verdict=shown, number=number)
    may_decide = card.state == FileState.PREVIEWED
    return {
        "tabs": [
            Tab(verdict.value, label, card.counts[verdict], current=verdict is shown)
            for verdict, label in VERDICTS.items()
            if card.counts[verdict]
        ],
        "changing": sum(card.counts[verdict] for verdict in CHANGING),
        "uncertain": card.counts[RowVerdict.UNCERTAIN],
        "missing": card.counts[RowVerdict.MISSING],
        "page": found,
        "query": f"?soort={shown.value}&page=",
        "shown": VERDICTS[shown],
        "explanation": VERDICT_SENTENCES[shown],
        "lines": [line_of(row, may_decide=may_decide) for row in found.cards],
        "is_done": card.state == FileState.DONE,
    }


def _shown_verdict(asked: str, counts: Mapping[RowVerdict, int]) -> RowVerdict:
    """Return the verdict that was asked for, or else the first that has rows."""
    found = next((verdict for verdict in RowVerdict if verdict.value == asked), None)
    first = next((verdict for verdict in VERDICTS if counts[verdict]), RowVerdict.SAME)
    return found or first


def line_of(card: RowCard, *, may_decide: bool) -> Line:
    """Return a row with its sentences, and its choices when there is something to decide."""
    return Line(
        card=card,
        anchor=anchor(card.line),
        sentences=sentences_of(card),
        decision=DECISIONS[card.decision] if card.decision else "",
        choices=_choices(card) if may_decide else [],
    )


def _choices(card: RowCard) -> list[tuple[str, Words]]:
    """Return what can be decided; what was decided can be taken back."""
    possible = {
        RowVerdict.UNCERTAIN: [RowDecision.SAME, RowDecision.OTHER, RowDecision.SKIP],
        RowVerdict.NEW: [RowDecision.SKIP],
        RowVerdict.CHANGED: [RowDecision.SKIP],
    }.get(card.verdict, [])
    found: list[tuple[str, Words]] = [
        (decision.value, DECISIONS_IN_SHORT[decision])
        for decision in possible
        if decision is not card.decision and (card.looks_like or decision is not RowDecision.SAME)
    ]
    return [*found, ("none", _("Keuze terugnemen"))] if card.decision else found


def sentences_of(card: RowCard) -> list[str]:
    """Return what is wrong in a row or left out of it, and what it changes."""
    problems = [capfirst(problem_text(problem)) for problem in card.problems]
    return [*problems, *(difference_text(difference) for difference in card.differences)]
