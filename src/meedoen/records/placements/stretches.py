"""The stretches in which people came, as questions."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import StatePeriod
from meedoen.rules.placement_states import COMES


def last_stretches(viewer: Viewer, *, since: date, until: date) -> QuerySet[StatePeriod]:
    """Return of each placement the last stretch with somebody coming in these days, both included.

    A trial that became more, or a pause in between, gives several stretches of one placement.
    """
    rows = StatePeriod.objects.visible_to(viewer).filter(
        state__in=COMES, withdrawn=False, starts_on__lte=until, ends_on__gt=since
    )
    later = rows.filter(placement_id=OuterRef("placement_id"), starts_on__gt=OuterRef("starts_on"))
    return rows.filter(~Exists(later))
