"""The own organisation for who works there, without what only a finder typed about it."""

from collections.abc import Iterable
from dataclasses import replace

from meedoen.records.directory.models import DirectoryChange
from meedoen.records.directory.queries import OwnOrganisation, own_organisation
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.cards import NOT_FOUND_BY_A_PERSON
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import PlaceStatus, SubjectKind


def kept_organisation(viewer: Viewer) -> OwnOrganisation | None:
    """Return the organisation that the viewer works at and keeps; None for who works at none.

    Somebody who found a place there may have typed whom to ask and where. As long as nobody
    looked at that place, it is not the organisation's to read.
    """
    shown = own_organisation(viewer)
    if shown is None:
        return None
    number = shown.card.organisation_id
    contacts = _typed_by_finders(viewer, number, "owner_id", SubjectKind.CONTACT)
    locations = _typed_by_finders(viewer, number, "location_id", SubjectKind.LOCATION)
    return replace(
        shown,
        contacts=[one for one in shown.contacts if one.contact_id not in contacts],
        locations=[one for one in shown.locations if one.location_id not in locations],
    )


def _typed_by_finders(
    viewer: Viewer, organisation_id: int, column: str, subject: SubjectKind
) -> set[int]:
    """Return the ids of what stands only with found places that are not in the directory."""
    rows = Place.objects.filter(
        municipality_id=viewer.municipality_id, organisation_id=organisation_id
    )
    waiting = rows.exclude(NOT_FOUND_BY_A_PERSON).exclude(status=PlaceStatus.LISTED)
    typed = _numbers(waiting.values_list(column, flat=True))
    # What somebody of the organisation or the municipality entered was noted.
    noted = DirectoryChange.objects.filter(
        municipality_id=viewer.municipality_id, subject=subject, subject_id__in=typed
    )
    return typed - _numbers(noted.values_list("subject_id", flat=True))


def _numbers(values: Iterable[int | None]) -> set[int]:
    return {value for value in values if value is not None}
