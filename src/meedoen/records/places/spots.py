"""Where districts and places are, in whole metres from one point, for comparing how far."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Q, QuerySet

from meedoen.records.organisations.models import District
from meedoen.records.organisations.prepared import Prepared
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.distance import FlatScale, Position, flat_scale
from meedoen.rules.matching.facts import Spot

ORIGIN = Position(latitude=52.0, longitude=5.0)
"""The point from which metres are counted; any will do, as long as it stays the same."""
METRES_IN_A_KM = 1_000


@dataclass(frozen=True, slots=True)
class DistrictSpot:
    """A district, and its middle when that is known."""

    code: str
    name: str
    spot: Spot | None


@dataclass(frozen=True, slots=True)
class Area:
    """The districts of a municipality by id, and how long a degree is there."""

    districts: Mapping[int, DistrictSpot]
    scale: FlatScale

    def names(self) -> dict[str, str]:
        """Return the names of the districts by code."""
        return {one.code: one.name for one in self.districts.values()}

    def spot(self, latitude: float | None, longitude: float | None) -> Spot | None:
        """Return where a position is; None when it is not known."""
        return _spot(self.scale, latitude, longitude)


def _districts(viewer: Viewer, _whose: Q) -> QuerySet[District, tuple[Any, ...]]:
    rows = District.objects.filter(municipality_id=viewer.municipality_id).order_by("pk")
    return rows.values_list("pk", "code", "name", "latitude", "longitude")


_DISTRICTS = Prepared(_districts)


def area_of(viewer: Viewer) -> Area:
    """Return the districts of the viewer's municipality with where they are, in one question."""
    found = _DISTRICTS.ask(viewer)
    # To a tenth of a degree, so that a border drawn anew does not move everything.
    middles = [latitude for *_rest, latitude, _longitude in found if latitude is not None]
    around = round(sum(middles) / len(middles), 1) if middles else ORIGIN.latitude
    scale = flat_scale(Position(around, ORIGIN.longitude))
    return Area(
        districts=MappingProxyType(
            {
                number: DistrictSpot(code, name, _spot(scale, latitude, longitude))
                for number, code, name, latitude, longitude in found
            }
        ),
        scale=scale,
    )


def _spot(scale: FlatScale, latitude: float | None, longitude: float | None) -> Spot | None:
    if latitude is None or longitude is None:
        return None
    return Spot(
        east=round((longitude - ORIGIN.longitude) * scale.east * METRES_IN_A_KM),
        north=round((latitude - ORIGIN.latitude) * scale.north * METRES_IN_A_KM),
    )
