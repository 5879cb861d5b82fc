"""What a list shows of a place, as it is at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import PlaceKind, PlaceStatus

LONGEST_DESCRIPTION = 300
"""More than this is not read while lists are talked through; the place has a page of its own."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A place in a list; `half_days` is a mask.

    `is_open` and `is_full` are not kept: they are of now.
    """

    title: str
    organisation: str
    district: str
    kind: PlaceKind
    description: str
    half_days: int
    is_open: bool
    is_full: bool

    def to_keep(self) -> dict[str, Any]:
        """Return what is kept with the list."""
        return {
            "title": self.title,
            "organisation": self.organisation,
            "district": self.district,
            "kind": self.kind.value,
            "description": self.description,
            "half_days": self.half_days,
        }


def shown_now(viewer: Viewer, *, place_ids: Sequence[int]) -> dict[int, Shown]:
    """Return these places of the viewer's municipality as they are now, by id, in one question."""
    # Asked for by their ids only: with the municipality added, SQLite reads all of its places.
    rows = Place.objects.filter(pk__in=place_ids).values_list("municipality_id", *_COLUMNS)
    today = clock.today()
    return {
        place_id: _shown(*columns, today=today)
        for municipality_id, place_id, *columns in rows
        if municipality_id == viewer.municipality_id
    }


_COLUMNS = (
    *("pk", "title", "organisation__name", "district__name", "kind", "description", "half_days"),
    *("status", "opens_on", "closes_on", "is_full", "capacity", "taken"),
)


def _shown(  # noqa: PLR0913, PLR0917 - one for each column, in the order of _COLUMNS
    title: str,
    organisation: str,
    district: str,
    kind: str,
    description: str,
    half_days: int,
    status: str,
    opens_on: date,
    closes_on: date,
    is_full: bool,  # noqa: FBT001
    capacity: int,
    taken: int,
    *,
    today: date,
) -> Shown:
    return Shown(
        title=title,
        organisation=organisation,
        district=district,
        kind=PlaceKind(kind),
        description=_short(description),
        half_days=half_days,
        is_open=status == PlaceStatus.LISTED and opens_on <= today < closes_on,
        # Who says that there is no room is believed, whatever the numbers say.
        is_full=is_full or taken >= capacity,
    )


def shown_as_kept(kept: Mapping[str, Any], *, is_open: bool, is_full: bool) -> Shown:
    """Return a place as it was when the list was made, but for what is of now."""
    return Shown(
        title=kept["title"],
        organisation=kept["organisation"],
        district=kept["district"],
        kind=PlaceKind(kept["kind"]),
        description=kept["description"],
        half_days=kept["half_days"],
        is_open=is_open,
        is_full=is_full,
    )


def _short(text: str) -> str:
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    return text[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + " …"
