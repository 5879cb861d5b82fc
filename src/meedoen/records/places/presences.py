"""On which half-days of the week the people with a seat at a place come."""

from collections import defaultdict
from collections.abc import Mapping

from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.models import Place
from meedoen.rules.placement_states import HOLDS_A_SEAT
from meedoen.rules.places.day_parts import Presence


def presences_at(viewer: Viewer, *, half_days: Mapping[int, int]) -> Mapping[int, list[Presence]]:
    """Return when everybody with a seat comes, by place: as agreed, else whenever it is open.

    `half_days` says by place when it is open, as masks of `rules.half_days`. `person` is the id
    of the placement.
    """
    # Placements are kept a layer above: asked through the relation, whoever looks, and who they
    # are is not among it.
    rows = Place.objects.filter(
        municipality_id=viewer.municipality_id, placement__state__in=HOLDS_A_SEAT
    ).order_by("placement__terms__pk")
    found: dict[int, list[Presence]] = defaultdict(list)
    seen: set[int] = set()
    for group in in_groups(sorted(half_days)):
        for place_id, placement_id, since, agreed in rows.filter(pk__in=group).values_list(
            "pk", "placement__pk", "placement__terms__starts_on", "placement__terms__half_days"
        ):
            opened = half_days[place_id]
            if placement_id not in seen:
                found[place_id].append(Presence(str(placement_id), None, opened))
                seen.add(placement_id)
            if since is not None:
                found[place_id].append(Presence(str(placement_id), since, agreed or opened))
    return found
