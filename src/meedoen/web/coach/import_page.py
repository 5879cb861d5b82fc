"""What the page of a file shows: its steps, the report, and each row in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meedoen.records.caseloads.queries import FileCard, RowCard, rows
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.caseload.words import RowDecision, RowVerdict
from meedoen.rules.files.words import FileState
from meedoen.web.coach.import_words import (
    DECISIONS,
    DECISIONS_IN_SHORT,
    VERDICT_SENTENCES,
    VERDICTS,
    difference_text,
    problem_text,
)
from meedoen.web.coach.steps import Step
from meedoen.web.shared.words import Words

CHANGING = (RowVerdict.NEW, RowVerdict.CHANGED, RowVerdict.BACK, RowVerdict.LEFT)
"""The verdicts of rows that change something without a decision."""
AT: Mapping[FileState, int] = {
    FileState.UPLOADED: 1,
    FileState.PREVIEWING: 2,
    FileState.PREVIEWED: 2,
    FileState.APPLYING: 3,
    FileState.DONE: 4,
}
"""At which step a file is; one that stopped is at none."""


@dataclass(frozen=True, slots=True)
class Tab:
    """The rows with one verdict: how many, and whether they are shown now."""

    code: str
    label: Words
    total: int
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the report, with its sentences and what can be decided."""

    card: RowCard
    anchor: str
    sentences: Sequence[str]
    decision: Words
    hidden_person: bool
    """Whether it looks like somebody whose file the viewer may not open."""
    choices: Sequence[tuple[str, Words]]


def steps(card: FileCard) -> list[Step]:
    """Return the steps of reading in a file; none for a file that stopped."""
    at = AT.get(card.state)
    if at is None:
        return []
    titles = (_("Bestand"), _("Kolommen"), _("Bekijken"), _("Overnemen"))
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
        "lookalikes": card.counts[RowVerdict.LOOKS_LIKE],
        "page": found,
        "query": f"?soort={shown.value}&page=",
        "shown": VERDICTS[shown],
        "explanation": VERDICT_SENTENCES[shown],
        "lines": [line_of(row, may_decide=may_decide) for row in found.cards],
        "is_done": card.state == FileState.DONE,
        "has_report": any(card.counts[verdict] for verdict in VERDICTS),
    }


def _shown_verdict(asked: str, counts: Mapping[RowVerdict, int]) -> RowVerdict:
    """Return the verdict that was asked for, or else the first that has rows."""
    found = next((verdict for verdict in RowVerdict if verdict.value == asked), None)
    first = next((verdict for verdict in VERDICTS if counts[verdict]), RowVerdict.UNCHANGED)
    return found or first


def line_of(card: RowCard, *, may_decide: bool) -> Line:
    """Return a row with its sentences, and its choices when there is something to decide."""
    looks_like = card.verdict is RowVerdict.LOOKS_LIKE
    return Line(
        card=card,
        anchor=anchor(card.line),
        sentences=sentences_of(card),
        decision=DECISIONS[card.decision] if card.decision else "",
        hidden_person=may_decide and looks_like and card.is_hidden,
        choices=_choices(card) if may_decide and looks_like else [],
    )


def _choices(card: RowCard) -> list[tuple[str, Words]]:
    """Return what can be decided; only who may open the other's file can say it is the same."""
    return [
        (decision.value, words)
        for decision, words in DECISIONS_IN_SHORT.items()
        if card.looks_like or decision is not RowDecision.SAME
    ]


def anchor(line: int) -> str:
    """Return the name of the place of a row on its page; empty for who is not in the file."""
    return f"regel-{line}" if line else ""


def sentences_of(card: RowCard) -> list[str]:
    """Return what is wrong in a row or left out of it, and what it changes."""
    problems = [capfirst(problem_text(problem)) for problem in card.problems]
    return [*problems, *(difference_text(difference) for difference in card.differences)]
