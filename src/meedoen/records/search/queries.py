"""Finding what holds the words that somebody asks for, best first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, F, Max, When
from django.db.models.expressions import Combinable

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.search.shelf import Shelf
from meedoen.records.search.ways import Fits, ways
from meedoen.rules.search.fit import asked_words
from meedoen.rules.vocabulary import SearchKind

FEW = 400
"""So many places where a word stands are few enough to look only there for the others."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found; a higher score says that the words fit better."""

    subject_id: int
    score: int


def asks_something(_viewer: Viewer, *, text: str) -> bool:
    """Return whether a text holds a word to search by; "de" and "?!" say nothing."""
    return bool(asked_words(text))


def search(
    viewer: Viewer, *, text: str, kind: SearchKind, public_only: bool = False
) -> Sequence[Found]:
    """Return what holds every word that is asked, best first, then by number; see `scores`."""
    found = scores(viewer, text=text, kind=kind, public_only=public_only)
    in_order = sorted((-score, subject_id) for subject_id, score in found.items())
    return [Found(subject_id, -score) for score, subject_id in in_order]


def scores(
    viewer: Viewer, *, text: str, kind: SearchKind, public_only: bool = False
) -> dict[int, int]:
    """Return what holds every word that is asked, by number, with how well the words fit.

    Only in the viewer's municipality. With `public_only` what is not public plays no part at
    all, not even in whether a word counts as mistyped. Whoever calls this decides what the
    viewer may see of it. A text that says nothing finds nothing: see `asks_something`.
    """
    shelf = Shelf(viewer.municipality_id, kind, public_only)
    wanted: list[Fits] = []
    for asked in asked_words(text):
        parts = ways(shelf, asked)
        if not parts:
            return {}
        wanted += parts
    return _scores(shelf, wanted)


def _scores(shelf: Shelf, wanted: Sequence[Fits]) -> dict[int, int]:
    """Return the score of every subject that holds a word of each; the best word counts."""
    if not wanted:
        return {}
    rows = shelf.postings(sorted({word_id for fits in wanted for word_id in fits}))
    few = _few_documents(shelf, wanted)
    if few is not None:
        rows = rows.filter(document__in=few)
    if len(wanted) == 1 and len(wanted[0]) == 1:
        # A word stands once on each document, so there is nothing to choose between.
        [fit] = wanted[0].values()
        return dict(rows.values_list("document__subject_id", F("weight") * fit))
    total = sum((_best(fits) for fits in wanted[1:]), start=_best(wanted[0]))
    held = rows.values("document__subject_id").annotate(score=total)
    # Where one of the words is not there, its score is NULL and so is the sum.
    return dict(held.filter(score__isnull=False).values_list("document__subject_id", "score"))


def _best(fits: Fits) -> Combinable:
    """Return an expression for how well the best of these words does in a document."""
    by_fit: dict[int, list[int]] = {}
    for word_id, fit in sorted(fits.items()):
        by_fit.setdefault(fit, []).append(word_id)
    return Max(
        Case(*(When(word_id__in=ids, then=F("weight") * fit) for fit, ids in by_fit.items()))
    )


def _few_documents(shelf: Shelf, wanted: Sequence[Fits]) -> list[int] | None:
    """Return the documents that hold the rarest of what is asked, when that narrows it down."""
    if len(wanted) == 1:
        return None
    fewest: list[int] | None = None
    for fits in wanted:
        rows = shelf.postings(list(fits)).values_list("document_id", flat=True)
        here = list(rows[: FEW + 1])
        if len(here) <= FEW and (fewest is None or len(here) < len(fewest)):
            fewest = here
    return sorted({*fewest}) if fewest is not None else None
