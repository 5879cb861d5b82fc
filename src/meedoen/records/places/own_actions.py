"""An organisation keeps its own places: it enters them, changes them, and so stands for them."""

import uuid
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import PARTNERS, Permission, Viewer
from meedoen.records.places.actions import (
    NewPlace,
    PlaceChange,
    keep_changes,
    keep_new_places,
    locked_places,
)
from meedoen.records.places.freshness_actions import answer_freshness
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import FreshnessAnswer, PlaceKind, PlaceStatus


@action(Permission.MANAGE_PLACES)
def enter_own_place(viewer: Viewer, *, place: NewPlace) -> uuid.UUID:
    """Enter a place of the own organisation and return its key; for who works there.

    It is in the directory at once. A participation job is not: first the municipality looks
    whether it takes no paid work away. Raises ActionRefusedError.
    """
    _demand_partner(viewer)
    waits = place.kind is PlaceKind.PARTICIPATION_JOB
    new = replace(
        place,
        status=PlaceStatus.PROPOSED if waits else PlaceStatus.LISTED,
        confirmed_on=clock.today(),
    )
    [place_id] = keep_new_places(viewer, places=[new])
    return Place.objects.get(municipality_id=viewer.municipality_id, pk=place_id).key


@action(Permission.MANAGE_PLACES)
def change_own_place(viewer: Viewer, *, change: PlaceChange) -> None:
    """Write down what an own place is from a day on; who does so stands for it too.

    Raises ActionRefusedError, also for making a participation job of what is in the directory as
    something else: that one nobody looked at.
    """
    _demand_partner(viewer)
    [row] = locked_places(viewer, [change.place_id]).values()
    if faults := list(_faults(row, change)):
        raise ActionRefusedError(" ".join(faults))
    keep_changes(viewer, changes=[change])
    row.refresh_from_db()
    if row.status == PlaceStatus.LISTED and row.closes_on > clock.today():
        answer_freshness(viewer, place_key=row.key, answer=FreshnessAnswer.STILL_RIGHT)


def _faults(row: Place, change: PlaceChange) -> Iterator[str]:
    becomes = change.details.kind
    is_new = becomes is PlaceKind.PARTICIPATION_JOB and row.kind != becomes
    if is_new and row.status == PlaceStatus.LISTED:
        yield _(
            "Een participatiebaan bekijkt de gemeente eerst. Voer die in als een nieuwe plek, en "
            "laat deze stoppen."
        )
    if row.status == PlaceStatus.REFUSED:
        yield _("Deze plek is niet opgenomen. Voer een nieuwe plek in.")


def _demand_partner(viewer: Viewer) -> None:
    if viewer.role not in PARTNERS:
        raise ActionRefusedError(_("Alleen de organisatie zelf kan dit doen."))
