"""How the districts and organisations in kept figures are called, and were called then."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from meedoen.records.organisations.models import District, Organisation
from meedoen.records.organisations.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """Names by number, in order of name."""

    districts: Mapping[int, str]
    organisations: Mapping[int, str]


def district_names(viewer: Viewer) -> dict[int, str]:
    """Return the names of all districts there are or were, by number, in order of name."""
    rows = District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    return dict(rows.values_list("pk", "name"))


def organisation_names(viewer: Viewer, numbers: Collection[int]) -> dict[int, str]:
    """Return the names of these organisations, by number, in order of name; none are not asked."""
    if not numbers:
        return {}
    rows = Organisation.objects.filter(
        municipality_id=viewer.municipality_id, pk__in=numbers
    ).order_by("name")
    return dict(rows.values_list("pk", "name"))


def kept_names(viewer: Viewer, organisations: Collection[int]) -> dict[str, dict[str, str]]:
    """Return how all districts and these organisations are called now, to be kept with figures."""
    named = {
        "district": district_names(viewer),
        "organisation": organisation_names(viewer, organisations),
    }
    return {
        sort: {str(number): name for number, name in each.items()} for sort, each in named.items()
    }


def names_then(
    viewer: Viewer, kept: Mapping[str, Mapping[str, Any]], organisations: Collection[int]
) -> PlaceNames:
    """Return the names that were kept with figures; today's where none was kept.

    `organisations` are those of which there are figures.
    """
    districts = district_names(viewer) | _read(kept, "district")
    known = _read(kept, "organisation")
    later = organisation_names(viewer, [one for one in organisations if one not in known])
    return PlaceNames(_in_order(districts), _in_order(later | known))


def _read(kept: Mapping[str, Mapping[str, Any]], sort: str) -> dict[int, str]:
    return {int(number): str(name) for number, name in kept.get(sort, {}).items()}


def _in_order(names: Mapping[int, str]) -> dict[int, str]:
    return dict(sorted(names.items(), key=lambda item: (item[1], item[0])))
