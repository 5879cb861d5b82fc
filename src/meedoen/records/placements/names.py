"""How an organisation may call people: a first name of who comes, and the name of the coach."""

from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership
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


def coach_name(pseudonym: str) -> Subquery:
    """Return the name of the coach of today, for a query; `pseudonym` is the column of the person.

    The only thing about who is responsible that an organisation needs: whom to call.
    """
    today = clock.today()
    return Subquery(
        Membership.objects.filter(
            responsibility__pseudonym_id=OuterRef(pseudonym),
            responsibility__starts_on__lte=today,
            responsibility__ends_on__gt=today,
        ).values("account__name")[:1]
    )
