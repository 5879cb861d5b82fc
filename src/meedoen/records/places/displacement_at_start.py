"""At which places nobody may begin on a day, because their check on displacement does not hold.

For actions, inside their transaction, and for the pages that warn of it beforehand.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.found_rows import places_known
from meedoen.records.places.models import DisplacementCheck, Place
from meedoen.rules.places.displacement_at_start import (
    Check,
    Lack,
    is_asked_at_start,
    lack_at_start,
)
from meedoen.rules.vocabulary import DisplacementVerdict, PlaceKind


@dataclass(frozen=True, slots=True)
class UncheckedPlace:
    """A place where nobody may begin on `day`, and what is wrong with its check.

    `newest` is the last check that was made; None when nobody ever checked.
    """

    place_id: int
    key: uuid.UUID
    title: str
    day: date
    lack: Lack
    newest: Check | None


def unchecked_at_start(
    viewer: Viewer, starts: Iterable[tuple[Place, date]]
) -> tuple[UncheckedPlace, ...]:
    """Return at which of these places nobody may begin on the day that goes with each.

    Each place once, with the first day on which its check does not hold, in order of title. The
    viewer may see these places, or what is planned there; one question for some hundreds of them.
    """
    asked = {
        (place.pk, day): place
        for place, day in starts
        if is_asked_at_start(PlaceKind(place.kind), day)
    }
    checks = _checks(viewer, {place_id for place_id, _day in asked})
    found: dict[int, UncheckedPlace] = {}
    for (place_id, day), place in sorted(asked.items(), key=lambda one: one[0]):
        of_place = checks.get(place_id, [])
        lack = lack_at_start(PlaceKind(place.kind), day, clock.today(), of_place)
        if lack and place_id not in found:
            newest = of_place[-1] if of_place else None
            found[place_id] = UncheckedPlace(place_id, place.key, place.title, day, lack, newest)
    return tuple(sorted(found.values(), key=lambda one: (one.title, one.place_id)))


def unchecked_now(viewer: Viewer, *, place_ids: Sequence[int]) -> tuple[UncheckedPlace, ...]:
    """Return at which of these places nobody may begin today; to warn of it beforehand.

    Those that the viewer may know. Two questions, however many places.
    """
    if not viewer.may(Permission.SEE_DIRECTORY):
        return ()
    rows = places_known(viewer).filter(pk__in=place_ids)
    return unchecked_at_start(viewer, [(row, clock.today()) for row in rows])


def _checks(viewer: Viewer, place_ids: set[int]) -> dict[int, list[Check]]:
    """Return the checks of each place, the oldest first."""
    rows = DisplacementCheck.objects.filter(municipality_id=viewer.municipality_id).order_by("pk")
    found: dict[int, list[Check]] = {}
    for group in in_groups(sorted(place_ids)):
        for place_id, verdict, reason, checked_on, until in rows.filter(
            place_id__in=group
        ).values_list("place_id", "verdict", "reason", "checked_on", "valid_until"):
            one = Check(DisplacementVerdict(verdict), bool(reason), checked_on, until)
            found.setdefault(place_id, []).append(one)
    return found
