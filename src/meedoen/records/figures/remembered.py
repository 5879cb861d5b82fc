"""What was worked out from a history before, for as long as that history is the same.

A page with many figures works each of them out from millions of statements. Between two of them
being recorded nothing changes, and the same page is opened again.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.db import connection

from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.columns import Columns

T = TypeVar("T")

MOST_KEPT = 4
"""Of how many municipalities one process remembers something, as of their histories."""
MOST_ANSWERS = 2_000
"""So many answers of one municipality; each is a few numbers."""

_kept: dict[int, tuple[Columns, dict[Hashable, Any]]] = {}
_keeping = Lock()


def remembered(viewer: Viewer, history: Columns, key: Hashable, work_out: Callable[[], T]) -> T:
    """Return what was worked out from exactly this history under a key, or work it out.

    The history must be the one that is kept for the municipality, and the key must hold all else
    that the answer depends on. Inside a transaction nothing is kept: what it sees may never come to
    be.
    """
    if connection.in_atomic_block:
        return work_out()
    with _keeping:
        answers = _answers(viewer.municipality_id, history)
        if key in answers:
            found: T = answers[key]
            return found
    answer = work_out()
    with _keeping:
        answers = _answers(viewer.municipality_id, history)
        if len(answers) >= MOST_ANSWERS:
            answers.clear()
        answers[key] = answer
    return answer


def _answers(municipality_id: int, history: Columns) -> dict[Hashable, Any]:
    """Return the answers to this history; those to an earlier one are forgotten with it."""
    kept = _kept.pop(municipality_id, None)
    if kept is None or kept[0] is not history:
        kept = (history, {})
    _kept[municipality_id] = kept
    while len(_kept) > MOST_KEPT:
        del _kept[next(iter(_kept))]
    return kept[1]
