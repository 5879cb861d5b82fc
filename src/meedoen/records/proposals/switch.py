"""Whether Meedoen puts places in order for people, or only lists them."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from meedoen.records.organisations.matching_queries import settings_of
from meedoen.records.organisations.models import MatchingSetting
from meedoen.records.organisations.prepared import Prepared
from meedoen.records.organisations.viewer import Viewer


def matching_is_on(viewer: Viewer) -> bool:
    """Return whether the viewer's municipality lets places be matched; on unless it said no."""
    return all(is_on for (is_on,) in _NEWEST.ask(municipality_id=viewer.municipality_id))


def _newest(viewer: Viewer, _whose: Q, _today: date) -> QuerySet[MatchingSetting, tuple[Any, ...]]:
    return settings_of(viewer.municipality_id).values_list("is_on")[:1]


_NEWEST = Prepared(_newest)
