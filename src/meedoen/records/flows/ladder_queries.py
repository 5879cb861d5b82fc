"""How people moved on the ladder between two dates: counts only, small numbers protected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from meedoen.records.history.queries import columns
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.flows.ladder import ladder
from meedoen.rules.flows.shown_ladder import ShownLadder, protect_ladder


@dataclass(frozen=True, slots=True)
class LadderCard:
    """What may be shown of the ladder, with the names of the districts by number."""

    shown: ShownLadder
    districts: Mapping[int, str]


def ladder_between(viewer: Viewer, *, start: date, end: date, threshold: int) -> LadderCard | None:
    """Count from the first to the last measurement of people between two dates, both included.

    None for who may not see figures. Raises ValueError for an end before the start.
    """
    if not viewer.may(Permission.SEE_FIGURES) or not viewer.may(Permission.READ_HISTORY):
        return None
    found = ladder(columns(viewer).known_at(None), start, end)
    districts = District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    return LadderCard(protect_ladder(found, threshold), dict(districts.values_list("pk", "name")))
