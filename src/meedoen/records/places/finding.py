"""Putting places into the search index, whenever they are entered or changed."""

from collections.abc import Mapping, Sequence
from functools import cache

from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.models import Place
from meedoen.records.search.actions import NewDocument, forget_all, index_all
from meedoen.records.search.models import Document
from meedoen.rules.matching.interests import shipped_interests
from meedoen.rules.vocabulary import PlaceStatus, SearchKind

TITLE, INTERESTS, ORGANISATION, DESCRIPTION = 8, 4, 3, 2
"""How much a word matters, by where it stands."""


def make_findable(viewer: Viewer, *, place_ids: Sequence[int]) -> None:
    """Make places findable by what they say now; called by the action that changes them.

    Those that are not in the directory, or not any more, are not found.
    """
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    for group in in_groups(sorted(place_ids)):
        found = rows.filter(pk__in=group).select_related("organisation", "location", "district")
        in_directory = [row for row in found if row.status == PlaceStatus.LISTED]
        others = {*group} - {row.pk for row in in_directory}
        forget_all(viewer, kind=SearchKind.PLACE, subject_ids=sorted(others))
        index_all(viewer, documents=[_document(row) for row in in_directory])


def make_missing_places_findable(viewer: Viewer) -> int:
    """Put the places of the directory into the index that are not in it; return how many.

    Those of before there was an index. Done every night; doing it again changes nothing.
    """
    indexed = Document.objects.filter(municipality_id=viewer.municipality_id, kind=SearchKind.PLACE)
    rows = Place.objects.filter(municipality_id=viewer.municipality_id, status=PlaceStatus.LISTED)
    missing = sorted(rows.exclude(pk__in=indexed.values("subject_id")).values_list("pk", flat=True))
    make_findable(viewer, place_ids=missing)
    return len(missing)


def _document(row: Place) -> NewDocument:
    labels = _labels()
    interests = " ".join(labels[code] for code in row.interests if code in labels)
    where = f"{row.location.name} {row.location.street}" if row.location else ""
    return NewDocument(
        kind=SearchKind.PLACE,
        subject_id=row.pk,
        is_public=row.is_public,
        texts=(
            (row.title, TITLE),
            (interests, INTERESTS),
            (f"{row.organisation.name} {where} {row.district.name}", ORGANISATION),
            (f"{row.description} {row.purpose} {row.guidance_note}", DESCRIPTION),
        ),
    )


@cache
def _labels() -> Mapping[str, str]:
    """Return how each interest is called in Dutch, by code."""
    return {one.code: one.nl for one in shipped_interests()}
