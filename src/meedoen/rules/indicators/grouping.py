"""In which group something counts: all together, per district, per kind of place, or both."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Group = Literal["district", "place_kind", "district_and_kind"]
Groups = tuple[int, ...] | tuple[tuple[int, int], ...] | None
BY_KIND: tuple[Group, ...] = ("place_kind", "district_and_kind")
"""Groups in which only what knows a kind of place can be counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Cells with a number from 0, one for each group."""

    group: Group | None
    districts: NDArray[np.int32]
    """In order; what belongs to none is 0."""
    kinds: NDArray[np.int8]
    """`code_of` each kind, in order; what has none is 0."""

    @property
    def width(self) -> int:
        """Return how many groups there are; 1 when everything is together."""
        widths = {
            "district": len(self.districts),
            "place_kind": len(self.kinds),
            "district_and_kind": len(self.districts) * len(self.kinds),
        }
        return 1 if self.group is None else widths[self.group]

    @property
    def groups(self) -> Groups:
        """Return the districts, the codes of kinds, or pairs of those; None for all together."""
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

    def cells(self, district: NDArray[np.int32], kind: NDArray[np.int8]) -> NDArray[np.int64]:
        """Return the cell of each; districts and kinds must be among those of the grouping."""
        match self.group:
            case None:
                return np.zeros(len(district), dtype=np.int64)
            case "district":
                return np.searchsorted(self.districts, district).astype(np.int64)
            case "place_kind":
                return np.searchsorted(self.kinds, kind).astype(np.int64)
            case "district_and_kind":
                places = np.searchsorted(self.districts, district) * len(self.kinds)
                return (places + np.searchsorted(self.kinds, kind)).astype(np.int64)


def grouping_of(
    group: Group | None, districts: NDArray[np.int32], kinds: NDArray[np.int8]
) -> Grouping:
    """Return a grouping with each district and each kind that occurs, in order."""
    return Grouping(group, np.unique(districts), np.unique(kinds))
