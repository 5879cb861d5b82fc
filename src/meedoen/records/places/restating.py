"""Saying something anew of places, for a day and for all that was planned after it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.actions import (
    PlaceChange,
    current_facts,
    keep_changes,
    locked_places,
)
from meedoen.records.places.details import PlaceDetails, from_facts
from meedoen.records.places.models import PlacePeriod


def restate(
    viewer: Viewer,
    *,
    place_ids: Sequence[int],
    from_on: date,
    change: Callable[[PlaceDetails], PlaceDetails],
    reason: str,
    link_id: int | None = None,
) -> None:
    """Let something else hold of places from a day on, today or later; the rest stays as it was.

    What was written down for later days would undo it on that day, so it is said for those days
    too. `link_id` is the link with which it was said, if any. Called by actions in their
    transaction. Raises ActionRefusedError.
    """
    taken = {pk: row.taken for pk, row in locked_places(viewer, place_ids).items()}
    for on, here in sorted(_days(viewer, place_ids, from_on).items()):
        facts = current_facts(viewer, place_ids=here, on=on)
        changes = []
        for place_id in here:
            now = from_facts(facts[place_id])
            # Who takes part stays: the room never says less than there are people.
            wanted = replace(change(now), capacity=max(now.capacity, taken[place_id]))
            if wanted != now:
                changes.append(
                    PlaceChange(place_id=place_id, starts_on=on, details=wanted, reason=reason)
                )
        keep_changes(viewer, changes=changes, link_id=link_id)


def _days(viewer: Viewer, place_ids: Sequence[int], from_on: date) -> dict[date, list[int]]:
    """Return for each day which places say something from that day on."""
    today = clock.today()
    days: dict[date, list[int]] = {max(from_on, today): sorted(place_ids)}
    planned = PlacePeriod.objects.filter(
        municipality_id=viewer.municipality_id, starts_on__gt=max(from_on, today)
    )
    for group in in_groups(sorted(place_ids)):
        rows = planned.filter(place_id__in=group).values_list("starts_on", "place_id")
        for starts_on, place_id in sorted(set(rows)):
            days.setdefault(starts_on, []).append(place_id)
    return days
