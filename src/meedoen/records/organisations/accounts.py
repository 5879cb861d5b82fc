"""Who can sign in for an organisation, and so need not be sent a link."""

from collections.abc import Iterable

from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import PARTNERS, Viewer


def accounts_at(viewer: Viewer, *, organisation_ids: Iterable[int]) -> dict[int, dict[int, str]]:
    """Return the addresses of who can sign in for each organisation, by membership, in order.

    An organisation where nobody can is not among them.
    """
    rows = Membership.objects.filter(
        municipality_id=viewer.municipality_id,
        organisation_id__in=set(organisation_ids),
        role__in=PARTNERS,
        ended_at__isnull=True,
        account__is_active=True,
    )
    found: dict[int, dict[int, str]] = {}
    for row in rows.select_related("account").order_by("account__email"):
        if row.organisation_id is not None and row.account.has_usable_password():
            found.setdefault(row.organisation_id, {})[row.pk] = row.account.email
    return found
