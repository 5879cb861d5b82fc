"""Where there are places and where there are not, against people who look for one.

Of people only counts leave this file, protected: per kind the districts are the parts of the
kind's whole. What people wish overlaps (one person may wish two kinds), so no total over kinds is
given: beside the kinds it would give small numbers away by subtraction.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from meedoen.rules.indicators.disclosure import Shown, protect, protect_together
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class Supply:
    """What there is of a kind in a district: places, with room for somebody, and up to date."""

    places: int = 0
    with_room: int = 0
    fresh: int = 0


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody who has no place now: where they live, and which kinds they wish, if any."""

    district_id: int
    wished_kinds: frozenset[PlaceKind]


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """A kind in a district: what there is, and how many people look for it, protected."""

    supply: Supply
    looking: Shown
    is_gap: bool
    """Nobody can go there: there is no place of the kind with room."""


@dataclass(frozen=True, slots=True)
class KindCoverage:
    """One kind over all districts, in the order of the districts given."""

    kind: PlaceKind
    cells: Mapping[int, CoverageCell]
    whole: CoverageCell


@dataclass(frozen=True, slots=True)
class Coverage:
    """All kinds, and how many people look without a wish for a kind."""

    kinds: Mapping[PlaceKind, KindCoverage]
    without_wish: Shown

    def empty_districts(self, district_ids: Sequence[int]) -> list[int]:
        """Return the districts in which there is no place at all, in the order given."""
        return [
            district
            for district in district_ids
            if not any(kind.cells[district].supply.places for kind in self.kinds.values())
        ]


def coverage(
    district_ids: Sequence[int],
    supply: Mapping[tuple[int, PlaceKind], Supply],
    looking: Iterable[Looking],
    threshold: int,
) -> Coverage:
    """Lay what there is beside who looks, per district and kind.

    Who lives in none of these districts counts in the whole only.
    """
    people = list(looking)
    wishes = Counter((one.district_id, kind) for one in people for kind in one.wished_kinds)
    kinds = {kind: _kind(kind, district_ids, supply, wishes, threshold) for kind in PlaceKind}
    without = sum(not one.wished_kinds for one in people)
    return Coverage(kinds, protect(without, threshold))


def _kind(
    kind: PlaceKind,
    district_ids: Sequence[int],
    supply: Mapping[tuple[int, PlaceKind], Supply],
    wishes: Counter[tuple[int, PlaceKind]],
    threshold: int,
) -> KindCoverage:
    counts = {"whole": sum(number for (_where, one), number in wishes.items() if one == kind)}
    counts |= {str(district): wishes[district, kind] for district in district_ids}
    shown = protect_together(
        counts, {str(district): "whole" for district in district_ids}, threshold
    )
    there = {district: supply.get((district, kind), Supply()) for district in district_ids}
    return KindCoverage(
        kind=kind,
        cells={district: _cell(there[district], shown[str(district)]) for district in district_ids},
        whole=_cell(_together(there.values()), shown["whole"]),
    )


def _cell(supply: Supply, looking: Shown) -> CoverageCell:
    return CoverageCell(supply, looking, is_gap=supply.with_room == 0)


def _together(parts: Iterable[Supply]) -> Supply:
    found = list(parts)
    return Supply(
        places=sum(one.places for one in found),
        with_room=sum(one.with_room for one in found),
        fresh=sum(one.fresh for one in found),
    )
