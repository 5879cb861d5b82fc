"""From how many people on a municipality shows a figure, and to what it is rounded."""

from django.db import transaction

from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.published_table import Protection


def protection_of(viewer: Viewer) -> Protection:
    """Return how the municipality protects the people behind its figures."""
    row = Municipality.objects.only("disclosure_threshold", "rounding").get(
        pk=viewer.municipality_id
    )
    return Protection(row.disclosure_threshold, row.rounding)


@transaction.atomic
def set_protection(viewer: Viewer, *, protection: Protection) -> None:
    """Show figures from now on from another number of people on, or rounded otherwise.

    Done on the server. What was published before stays as it was, and what was hidden then stays
    hidden. A Protection cannot be made with a threshold under 5.
    """
    Municipality.objects.filter(pk=viewer.municipality_id).update(
        disclosure_threshold=protection.threshold, rounding=protection.rounding
    )
