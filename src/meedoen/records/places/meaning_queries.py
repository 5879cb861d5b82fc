"""Places that somebody may have meant, when words find few; an extra, clearly secondary."""

from collections.abc import Sequence

from django.db.models import QuerySet

from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import system_viewer
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.cards import PlaceCard, card_of, listed, public_places
from meedoen.records.places.models import Place
from meedoen.records.search.meaning import close_in_meaning, is_installed
from meedoen.records.search.queries import asks_something, scores
from meedoen.rules.vocabulary import SearchKind

FEW_FOUND = 3
"""With fewer places than this somebody may have meant something else."""
MOST_SUGGESTED = 3
LOOKED_AT = 50
"""So many of the closest are looked at; a place may be closed in the meantime."""


def also_meant(viewer: Viewer, *, words: str) -> Sequence[PlaceCard]:
    """Return places that the words may mean, for who works with the directory.

    Only when the words themselves find few; none without the extra `meaning`.
    """
    if not viewer.may(Permission.SEE_DIRECTORY):
        return []
    rows = listed(viewer).filter(closes_on__gt=clock.today())
    return _suggested(viewer, rows, words, public_only=False)


def publicly_also_meant(code: str, *, words: str) -> Sequence[PlaceCard]:
    """Return public places that the words may mean, like `also_meant`.

    Raises UnknownMunicipalityError.
    """
    viewer = system_viewer(code)
    rows = public_places().filter(municipality_id=viewer.municipality_id)
    return _suggested(viewer, rows, words, public_only=True)


def _suggested(
    viewer: Viewer, rows: QuerySet[Place], words: str, *, public_only: bool
) -> list[PlaceCard]:
    if not is_installed() or not asks_something(viewer, text=words):
        return []
    found = scores(viewer, text=words, kind=SearchKind.PLACE, public_only=public_only)
    if len(found) >= FEW_FOUND:
        return []
    close = close_in_meaning(
        viewer,
        text=words,
        kind=SearchKind.PLACE,
        public_only=public_only,
        apart_from=found.numbers.tolist(),
    )[:LOOKED_AT]
    there = rows.filter(pk__in=close).select_related("organisation", "district").in_bulk()
    return [card_of(there[pk]) for pk in close if pk in there][:MOST_SUGGESTED]
