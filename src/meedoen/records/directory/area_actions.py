"""Keeping where districts and postcode areas are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meedoen.records.directory.models import PostcodeArea
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.areas import Area


@dataclass(frozen=True, slots=True)
class AreasKept:
    """What became of areas: how many are new or have moved, stayed the same, or lie elsewhere."""

    districts: int
    postcodes: int
    same: int
    elsewhere: int
    without_middle: tuple[str, ...]
    """The names of districts of the municipality of which the middle is still not known."""


@action(Permission.IMPORT_DIRECTORY)
def keep_areas(viewer: Viewer, *, areas: Sequence[Area]) -> AreasKept:
    """Keep the middle of the municipality's districts and of postcode areas.

    Districts of others are left out; doing it again changes nothing. Raises ActionRefusedError
    when nothing belongs here.
    """
    own = {row.code: row for row in District.objects.filter(municipality_id=viewer.municipality_id)}
    here = [area for area in areas if not area.is_district or area.code in own]
    if not here:
        raise ActionRefusedError(
            _("In dit bestand staan geen wijken van deze gemeente en geen postcodes.")
        )
    districts = _keep_districts(own, [area for area in here if area.is_district])
    postcodes = _keep_postcodes(viewer, [area for area in here if not area.is_district])
    return AreasKept(
        districts=districts,
        postcodes=postcodes,
        same=len(here) - districts - postcodes,
        elsewhere=len(areas) - len(here),
        without_middle=tuple(sorted(row.name for row in own.values() if row.latitude is None)),
    )


def _keep_districts(own: dict[str, District], areas: Sequence[Area]) -> int:
    changed = [own[area.code] for area in areas if _moves(own[area.code], area)]
    District.objects.bulk_update(changed, ["latitude", "longitude"], batch_size=200)
    return len(changed)


def _keep_postcodes(viewer: Viewer, areas: Sequence[Area]) -> int:
    rows = PostcodeArea.objects.filter(municipality_id=viewer.municipality_id)
    kept = {row.digits: row for row in rows}
    changed = [
        kept[area.code] for area in areas if area.code in kept and _moves(kept[area.code], area)
    ]
    new = [
        PostcodeArea(
            municipality_id=viewer.municipality_id,
            digits=area.code,
            latitude=area.middle.latitude,
            longitude=area.middle.longitude,
        )
        for area in areas
        if area.code not in kept
    ]
    PostcodeArea.objects.bulk_update(changed, ["latitude", "longitude"], batch_size=200)
    PostcodeArea.objects.bulk_create(new, batch_size=500)
    return len(changed) + len(new)


def _moves(row: District | PostcodeArea, area: Area) -> bool:
    """Put a row where its area is; return whether that is somewhere else than before."""
    before = (row.latitude, row.longitude)
    row.latitude, row.longitude = area.middle.latitude, area.middle.longitude
    return before != (row.latitude, row.longitude)
