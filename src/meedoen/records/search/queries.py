"""Finding what holds the words that somebody asks for, best first."""

from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.search.shelf import Shelf
from meedoen.records.search.ways import found_by
from meedoen.rules.search.fit import asked_words
from meedoen.rules.search.scores import Scores
from meedoen.rules.vocabulary import SearchKind


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
    found = scores(viewer, text=text, kind=kind, public_only=public_only).best_first()
    return [*map(Found, found.numbers.tolist(), found.scores.tolist())]


def scores(viewer: Viewer, *, text: str, kind: SearchKind, public_only: bool = False) -> Scores:
    """Return what holds every word that is asked, by number, with how well the words fit.

    Only in the viewer's municipality. With `public_only` what is not public plays no part at
    all, not even in whether a word counts as mistyped. Whoever calls this decides what the
    viewer may see of it. A text that says nothing finds nothing: see `asks_something`.
    """
    shelf = Shelf(viewer.municipality_id, kind, public_only)
    found: list[Scores] = []
    for asked in asked_words(text):
        parts = found_by(shelf, asked)
        if not parts:
            return Scores.of([])
        found += parts
    return Scores.in_all(found) if found else Scores.of([])
