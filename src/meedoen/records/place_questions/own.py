"""A place about which this viewer may ask: an own one for an organisation, any for a coach."""

import uuid
from dataclasses import dataclass

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import PARTNERS, Permission, Viewer
from meedoen.records.places.cards import listed


@dataclass(frozen=True, slots=True)
class AskingPlace:
    """A listed place; `is_open` says that somebody can begin there: open, and with room."""

    place_id: int
    title: str
    is_open: bool


def asking_place(viewer: Viewer, *, place_key: uuid.UUID) -> AskingPlace | None:
    """Return the place; None when it is not there, not listed, or not for this viewer."""
    if not viewer.may(Permission.ASK_COACHES):
        return None
    rows = listed(viewer).filter(key=place_key)
    if viewer.role in PARTNERS:
        rows = rows.filter(organisation__in=[viewer.organisation_id])
    row = rows.first()
    if row is None:
        return None
    has_room = not row.is_full and row.taken < row.capacity
    return AskingPlace(
        place_id=row.pk,
        title=row.title,
        is_open=has_room and row.opens_on <= clock.today() < row.closes_on,
    )
