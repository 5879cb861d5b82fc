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
from meedoen.records.placements.models import Placement, Terms
from meedoen.records.places.actions import PlaceFullError
from meedoen.records.places.models import Place
from meedoen.rules.placement_states import HOLDS_A_SEAT
from meedoen.rules.places.day_parts import Presence, crowded_from


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
    for place in _limited(viewer, sorted(set(place_ids))):
        presences = _presences(viewer, place)
        theirs = reduce(or_, (one.half_days for one in presences if int(one.person) in changed), 0)
        most = place.most_per_half_day or 0
        full = crowded_from(presences, most, clock.today()) & theirs
        if full:
            raise HalfDayFullError(full, most)


def _limited(viewer: Viewer, place_ids: Sequence[int]) -> list[Place]:
    rows = Place.objects.filter(
        municipality_id=viewer.municipality_id, most_per_half_day__isnull=False
    )
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    return [
        row for group in in_groups(place_ids) for row in rows.filter(pk__in=group).order_by("pk")
    ]


def _presences(viewer: Viewer, place: Place) -> list[Presence]:
    """Return on which half-days everybody with a seat comes: as agreed, else all of the place."""
    # Also those of people whom the viewer does not know.
    system = Viewer.system(viewer.municipality_id)
    seated = Placement.objects.visible_to(system).filter(place_id=place.pk, state__in=HOLDS_A_SEAT)
    found = [Presence(str(pk), None, place.half_days) for pk in seated.values_list("pk", flat=True)]
    agreed = Terms.objects.visible_to(system).filter(placement__in=seated)
    in_order = agreed.order_by("pk")
    return [
        *found,
        *(
            Presence(str(placement_id), since, mask or place.half_days)
            for placement_id, since, mask in in_order.values_list(
                "placement_id", "starts_on", "half_days"
            )
        ),
    ]
