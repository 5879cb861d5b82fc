"""Never more people on a half-day than a place can have there at the same time.

Used by the actions, inside their transaction, after what they change was written.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db import connection
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.actions import PlaceFullError
from meedoen.records.places.models import Place
from meedoen.records.places.presences import presences_at
from meedoen.rules.places.day_parts import crowded_from


class HalfDayFullError(PlaceFullError):
    """A half-day would have too many people; `half_days` is the mask of those that have."""

    def __init__(self, half_days: int, most: int) -> None:
        """Say how many can be there, and what to do."""
        super().__init__(
            _(
                "Op een of meer van deze dagdelen is geen ruimte meer: hoogstens %(most)s mensen "
                "tegelijk. Kies andere dagdelen of een andere plek."
            )
            % {"most": most}
        )
        self.half_days = half_days


def demand_half_days(
    viewer: Viewer, place_ids: Iterable[int], placement_ids: Iterable[int]
) -> None:
    """Refuse when these placements make a half-day too full, now or on a day to come.

    Call it after the placements, or what was agreed about them, were written. The places are
    locked, so that of two who take the last room on a half-day only one goes on: on PostgreSQL
    the second waits for the first here, and SQLite has one writer. On half-days on which these
    placements do not come, it is as it is. Raises HalfDayFullError.
    """
    changed = set(placement_ids)
    places = {place.pk: place for place in _limited(viewer, sorted(set(place_ids)))}
    opened = {pk: place.half_days for pk, place in places.items()}
    for pk, presences in presences_at(viewer, half_days=opened).items():
        theirs = reduce(or_, (one.half_days for one in presences if int(one.person) in changed), 0)
        most = places[pk].most_per_half_day or 0
        full = crowded_from(presences, most, clock.today()) & theirs
        if full:
            raise HalfDayFullError(full, most)


def _limited(viewer: Viewer, place_ids: Sequence[int]) -> list[Place]:
    """Return the places with a limit; all are locked, so that none gets a limit meanwhile."""
    rows = Place.objects.filter(municipality_id=viewer.municipality_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    return [
        row
        for group in in_groups(place_ids)
        for row in rows.filter(pk__in=group).order_by("pk")
        if row.most_per_half_day is not None
    ]
