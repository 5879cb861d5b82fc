"""What one more place would bring, per kind and district, without telling about a few people.

Divisions of several teams are laid together. One more place goes to one person, so of what it
would bring to each team the most counts, not the sum. What it brings is only said where it would
fit enough people: else it would say of somebody whom a reader may know that they wait.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from meedoen.rules.indicators.disclosure import Shown, protect_together
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class Gain:
    """What one more seat of a kind in a district would bring, there where it brings most.

    `fits` is for how many people such a seat fits; `wished_by` how many wish one of the places
    there most.
    """

    kind: PlaceKind
    district_id: int
    first_wishes: int
    points: int
    fits: int
    wished_by: int


@dataclass(frozen=True, slots=True)
class Missing:
    """How many people of a district wish a kind of which no place is within their reach."""

    kind: PlaceKind
    district_id: int
    people: int


@dataclass(frozen=True, slots=True)
class TeamScarcity:
    """What follows from one division; a person is in the division of one team only."""

    gains: Sequence[Gain]
    missing: Sequence[Missing]


class Brings(StrEnum):
    """What one more place would bring; the number of people behind it is never said."""

    FIRST_WISHES = "first_wishes"
    """More people get the place they wish most."""
    A_BETTER_FIT = "a_better_fit"
    """Somebody gets a place, or one that fits better."""
    NOTHING = "nothing"
    HIDDEN = "hidden"
    """It would fit a few people only, so nothing is said."""


@dataclass(frozen=True, slots=True)
class ScarceCell:
    """A kind in a district; `first_wishes` are as many more as `brings` is about, else 0."""

    brings: Brings
    first_wishes: int
    missing: Shown


@dataclass(frozen=True, slots=True)
class KindScarcity:
    """One kind over all districts, and how many people miss it in all, protected together."""

    kind: PlaceKind
    cells: Mapping[int, ScarceCell]
    missing: Shown


def scarcity(
    district_ids: Sequence[int], teams: Iterable[TeamScarcity], threshold: int
) -> dict[PlaceKind, KindScarcity]:
    """Lay the divisions of teams together, for every kind in the order of kinds."""
    gains: defaultdict[tuple[PlaceKind, int], list[Gain]] = defaultdict(list)
    missing: Counter[tuple[PlaceKind, int]] = Counter()
    for team in teams:
        for gain in team.gains:
            gains[gain.kind, gain.district_id].append(gain)
        for one in team.missing:
            missing[one.kind, one.district_id] += one.people
    return {kind: _of_kind(kind, district_ids, gains, missing, threshold) for kind in PlaceKind}


def _of_kind(
    kind: PlaceKind,
    district_ids: Sequence[int],
    gains: Mapping[tuple[PlaceKind, int], Sequence[Gain]],
    missing: Counter[tuple[PlaceKind, int]],
    threshold: int,
) -> KindScarcity:
    counts = {"whole": sum(number for (one, _where), number in missing.items() if one == kind)}
    counts |= {str(district): missing[kind, district] for district in district_ids}
    wholes = {str(district): "whole" for district in district_ids}
    shown = protect_together(counts, wholes, threshold)
    cells = {}
    for district in district_ids:
        brings, first_wishes = _brings(gains.get((kind, district), []), threshold)
        cells[district] = ScarceCell(brings, first_wishes, shown[str(district)])
    return KindScarcity(kind, cells, shown["whole"])


def _brings(gains: Sequence[Gain], threshold: int) -> tuple[Brings, int]:
    fits = sum(gain.fits for gain in gains)
    if not fits:
        return Brings.NOTHING, 0
    first_wishes, points = max((gain.first_wishes, gain.points) for gain in gains)
    if first_wishes > 0 and sum(gain.wished_by for gain in gains) >= threshold:
        return Brings.FIRST_WISHES, first_wishes
    if fits < threshold:
        return Brings.HIDDEN, 0
    return (Brings.A_BETTER_FIT if (first_wishes, points) > (0, 0) else Brings.NOTHING), 0
