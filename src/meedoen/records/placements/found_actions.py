"""Placing somebody at the place that this person found, also before anybody verified it."""

import uuid

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import FoundPlace
from meedoen.rules.vocabulary import FoundBy


@action(Permission.PLACE_RESIDENT)
def place_found(viewer: Viewer, *, place_key: uuid.UUID) -> uuid.UUID:
    """Place the person of a found place there, from today on, and return the placement's key.

    It counts as found by oneself when the person found it. Raises ActionRefusedError, also for a
    place that was refused; PlaceFullError when somebody else took the room.
    """
    row = FoundPlace.objects.visible_to(viewer).filter(place__key=place_key).first()
    if row is None:
        raise ActionRefusedError(_("Deze plek bestaat niet of is niet voor u."))
    [placement_id] = place_all(
        viewer,
        placements=[
            NewPlacement(
                pseudonym_id=row.pseudonym_id,
                place_id=row.place_id,
                proposed_on=clock.today(),
                self_found=row.found_by == FoundBy.RESIDENT,
            )
        ],
    )
    return Placement.objects.visible_to(viewer).get(pk=placement_id).key
