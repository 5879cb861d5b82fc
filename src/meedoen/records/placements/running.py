"""Placements that an organisation says something about, with the stretches in which they ran.

Used by the actions, inside their transaction.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.placements.names import first_names
from meedoen.rules.placement_states import COMES


@dataclass(frozen=True, slots=True)
class Held:
    """A placement of which the row is held, with its name for people and when it ran."""

    placement: Placement
    name: str
    stretches: Sequence[StatePeriod]

    def ran_between(self, first: date, last: date) -> bool:
        """Return whether it ran on any day of a stretch, both ends included."""
        return any(one.starts_on <= last and one.ends_on > first for one in self.stretches)


def hold_placements(viewer: Viewer, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, Held]:
    """Return the placements with these keys, held until the end of the transaction, by key.

    On PostgreSQL the rows are locked, in one order; SQLite has one writer. Raises
    ActionRefusedError when one is not there or not for this viewer.
    """
    wanted = sorted(set(keys))
    rows = Placement.objects.visible_to(viewer).select_related("place")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    found: dict[int, Placement] = {}
    for some in in_groups(wanted):
        found |= {row.pk: row for row in rows.filter(key__in=some).order_by("pk")}
    if len(found) < len(wanted):
        raise ActionRefusedError(_("Deze plaatsing bestaat niet of is niet voor u."))
    stretches: dict[int, list[StatePeriod]] = {pk: [] for pk in found}
    running = StatePeriod.objects.visible_to(viewer).filter(state__in=COMES, withdrawn=False)
    for group in in_groups(sorted(found)):
        for one in running.filter(placement_id__in=group).order_by("starts_on", "pk"):
            stretches[one.placement_id].append(one)
    names = first_names(viewer, found)
    return {
        row.key: Held(row, names[row.pk] or _("Deze persoon"), stretches[row.pk])
        for row in found.values()
    }
