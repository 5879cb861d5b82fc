"""Which district an address is in: what the file says, or what is known of the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meedoen.rules.directory_file.values import AddressSaid
from meedoen.rules.directory_file.words import Field, RowFault, RowProblem
from meedoen.rules.distance import Position, km_between
from meedoen.rules.files.cells import plain
from meedoen.rules.files.meanings import Numbers

FURTHEST_KM = 15
"""How far from the middle of a district an address may be to count as in it."""


@dataclass(frozen=True, slots=True)
class FoundDistrict:
    """The district that is meant; `is_said` when the file says it and nobody worked it out."""

    district_id: int | None
    is_said: bool
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Districts:
    """The districts of a municipality: by the texts that can mean them, and their middles."""

    numbers: Numbers
    middles: Sequence[tuple[int, Position]]

    def find(
        self, said: AddressSaid, *, here: int | None, by_postcode: Mapping[str, int]
    ) -> FoundDistrict:
        """Return the district of an address.

        `here` is the district of the same address as it is known; `by_postcode` has those of
        other addresses. A position counts for the nearest middle.
        """
        if said.district:
            return self._by_name(said.district)
        in_area = self.numbers.get(plain(said.area), frozenset()) if said.area else frozenset()
        if len(in_area) == 1:
            return FoundDistrict(min(in_area), is_said=True)
        found = here or by_postcode.get(said.postcode) or self._nearest(said.position)
        return FoundDistrict(found, is_said=False)

    def _by_name(self, name: str) -> FoundDistrict:
        found = self.numbers.get(plain(name), frozenset())
        if len(found) == 1:
            return FoundDistrict(min(found), is_said=True)
        problem = RowProblem.DISTRICT_AMBIGUOUS if found else RowProblem.DISTRICT_UNKNOWN
        return FoundDistrict(None, is_said=True, faults=(RowFault(problem, Field.DISTRICT),))

    def _nearest(self, position: tuple[float, float] | None) -> int | None:
        if position is None:
            return None
        at = Position(*position)
        near = [(km_between(at, middle), number) for number, middle in self.middles]
        km, number = min(near, default=(FURTHEST_KM + 1.0, 0))
        return number if km <= FURTHEST_KM else None
