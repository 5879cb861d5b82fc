"""Finding what holds the words that somebody asks for, best first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.search.models import Document, Posting
from meedoen.records.search.shelf import Shelf
from meedoen.records.search.ways import Fits, ways
from meedoen.rules.search.fit import asked_words
from meedoen.rules.vocabulary import SearchKind

FEW = 400
"""So many documents are few enough to name them in the next question."""


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
    """Return the score of every subject that holds a word of each; the rarest is asked first."""
    if not wanted:
        return {}
    sizes = [Posting.objects.filter(word_id__in=list(fits)).count() for fits in wanted]
    in_order = sorted(range(len(wanted)), key=lambda at: (sizes[at], at))
    total: dict[int, int] | None = None
    for at in in_order:
        here = _best(shelf, wanted[at], among=total)
        if total is None:
            total = here
        else:
            total = {pk: total[pk] + score for pk, score in here.items() if pk in total}
        if not total:
            return {}
    return total or {}


def _best(shelf: Shelf, fits: Fits, *, among: Mapping[int, int] | None) -> dict[int, int]:
    """Return how well the best of these words does in each subject."""
    rows = shelf.postings(list(fits))
    if among is not None and len(among) <= FEW:
        rows = rows.filter(
            document__in=Document.objects.filter(
                municipality_id=shelf.municipality_id,
                kind=shelf.kind,
                subject_id__in=list(among),
            )
        )
    if len(fits) == 1:
        # A word stands once on each document, so there is nothing to choose between.
        [fit] = fits.values()
        weights = rows.values_list("document__subject_id", "weight")
        return {subject_id: fit * weight for subject_id, weight in weights}
    best: dict[int, int] = {}
    for word_id, subject_id, weight in rows.values_list(
        "word_id", "document__subject_id", "weight"
    ):
        score = fits[word_id] * weight
        if score > best.get(subject_id, 0):
            best[subject_id] = score
    return best
