"""In which group something counts: all together, or per district, kind of place or organisation."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from meedoen.rules.indicators.sorting import distinct, places_among
from meedoen.rules.indicators.spell import Spells

Group = Literal["district", "place_kind", "district_and_kind", "organisation"]
Groups = tuple[int, ...] | tuple[tuple[int, int], ...] | None
AT_PLACES: tuple[Group, ...] = ("place_kind", "district_and_kind", "organisation")
"""Groups in which only what is at a place can be counted: it has a kind and an organisation."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Cells with a number from 0, one for each group."""

    group: Group | None
    districts: NDArray[np.int32]
    """In order; what belongs to none is 0."""
    kinds: NDArray[np.int8]
    """`code_of` each kind, in order; what has none is 0."""
    organisations: NDArray[Any]
    """Numbers of organisations, in order; what is at none is 0."""

    @property
    def width(self) -> int:
        """Return how many groups there are; 1 when everything is together."""
        widths = {
            "district": len(self.districts),
            "place_kind": len(self.kinds),
            "district_and_kind": len(self.districts) * len(self.kinds),
            "organisation": len(self.organisations),
        }
        return 1 if self.group is None else widths[self.group]

    @property
    def groups(self) -> Groups:
        """Return the districts, codes of kinds, pairs of those, or organisations; None for all."""
        match self.group:
            case None:
                return None
            case "district":
                return tuple(self.districts.tolist())
            case "place_kind":
                return tuple(self.kinds.tolist())
            case "district_and_kind":
                kinds = self.kinds.tolist()
                return tuple((one, kind) for one in self.districts.tolist() for kind in kinds)
            case "organisation":
                return tuple(self.organisations.tolist())

    def cells(
        self, district: NDArray[np.int32], kind: NDArray[np.int8], organisation: NDArray[Any]
    ) -> NDArray[np.int64]:
        """Return the cell of each; what they have must be among what the grouping has."""
        match self.group:
            case None:
                return np.zeros(len(district), dtype=np.int64)
            case "district":
                return places_among(self.districts, district)
            case "place_kind":
                return places_among(self.kinds, kind)
            case "district_and_kind":
                places = places_among(self.districts, district) * len(self.kinds)
                return places + places_among(self.kinds, kind)
            case "organisation":
                return places_among(self.organisations, organisation)

    def cells_of(self, spells: Spells) -> NDArray[np.int64]:
        """Return the cell in which each stretch counts."""
        return self.cells(spells.district, spells.kind, spells.organisation)


def grouping_of(
    group: Group | None,
    districts: NDArray[np.int32],
    kinds: NDArray[np.int8],
    organisations: NDArray[Any],
) -> Grouping:
    """Return a grouping with each district, kind and organisation that occurs, in order."""
    if group is None:
        # Everything is together: what occurs makes no difference.
        districts, kinds, organisations = districts[:0], kinds[:0], organisations[:0]
    return Grouping(group, distinct(districts), distinct(kinds), distinct(organisations))


TOGETHER = Grouping(None, np.zeros(0, np.int32), np.zeros(0, np.int8), np.zeros(0, np.int32))
"""The grouping with one cell, for everything together."""
