"""Where people wait, seats are given from the list: see `records.waiting`. Used by the actions."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement
from meedoen.rules.vocabulary import PlacementState


def demand_no_list(
    viewer: Viewer, place_ids: Iterable[int], *, but: Collection[int] = frozenset()
) -> None:
    """Refuse a seat at places for which people wait; `but` are placements that do not count.

    Raises ActionRefusedError.
    """
    # Also who waits that the viewer may not know.
    whole = Viewer.system(viewer.municipality_id)
    waiting = Placement.objects.visible_to(whole).filter(state=PlacementState.WAITING)
    for group in in_groups(sorted(set(place_ids))):
        there = waiting.filter(place_id__in=group).order_by("place__title", "pk")
        titles = (title for pk, title in there.values_list("pk", "place__title") if pk not in but)
        title = next(titles, None)
        if title is not None:
            raise ActionRefusedError(
                _(
                    "Voor “%(place)s” wachten al mensen. Zet deze inwoner op de wachtlijst; "
                    "vandaar geeft u de plaats."
                )
                % {"place": title}
            )
