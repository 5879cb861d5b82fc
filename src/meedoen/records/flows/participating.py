"""The history as placements in which people took part; for those who count, without names."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from meedoen.records.history.queries import columns_with_replaced
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.models import StatePeriod
from meedoen.rules.flows.participations import participations, placements_of_entries
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.participating import Participations

ROWS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """The whole history, and which placement every entry is about."""

    columns: Columns
    placement: NDArray[np.int64]

    def known_at(self, moment: datetime | None) -> Participations:
        """Return the placements as known at a moment; None is with everything."""
        return participations(self.columns, self.placement, moment)


def told(viewer: Viewer) -> Told | None:
    """Return the history of the viewer's municipality; None for who may not count in it."""
    if not viewer.may(Permission.SEE_FIGURES) or not viewer.may(Permission.READ_HISTORY):
        return None
    # First which entry says so, then the history: all of these entries are in it then.
    standing, number = _standing(viewer)
    columns, replaces = columns_with_replaced(viewer)
    placement = placements_of_entries(columns.entry, replaces, standing, number)
    return Told(columns, placement)


def _standing(viewer: Viewer) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the entries of stretches with their placements, over the whole municipality.

    Who counts sees no placement of anybody: what comes out are protected counts.
    """
    whole = Viewer.system(viewer.municipality_id)
    rows = StatePeriod.objects.visible_to(whole).values_list("entry_id", "placement_id")
    found = list(rows.iterator(chunk_size=ROWS_AT_ONCE))
    pairs = np.array(found, dtype=np.int64).reshape(len(found), 2)
    return pairs[:, 0], pairs[:, 1]
