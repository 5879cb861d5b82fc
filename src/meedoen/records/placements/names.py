"""What an organisation may call somebody: a first name, and nothing else of who it is."""

from collections.abc import Collection

from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement


def first_names(viewer: Viewer, placement_ids: Collection[int]) -> dict[int, str]:
    """Return first names by placement, for placements that the viewer may see.

    Empty for who asked to be forgotten. Nothing else of the person is even read.
    """
    rows = Placement.objects.visible_to(viewer)
    found: dict[int, str] = {}
    for group in in_groups(sorted(set(placement_ids))):
        names = rows.filter(pk__in=group).values_list("pk", "pseudonym__resident__given_name")
        found |= {pk: name or "" for pk, name in names}
    return found
