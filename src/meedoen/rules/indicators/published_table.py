"""A whole publication as one table: figures, their parts and their breakdowns, protected together.

A number is in several tables at once. It is a part of another indicator, it is the sum of the
districts, and beside that the sum of the kinds of places. What is hidden in one table must not
follow from another, so all those sums make one system; see docs/decisions/0029.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from meedoen.rules.indicators.disclosure import (
    LOWEST_THRESHOLD,
    PROTECTED,
    USUAL_THRESHOLD,
    Shown,
)
from meedoen.rules.indicators.hiding import hide
from meedoen.rules.indicators.pieces import Aims, joined
from meedoen.rules.indicators.sums import Key, Sum, System, covered, made_up, tied

ROUNDINGS = (0, 5, 10)
"""To what numbers of people may be rounded; 0 is not at all."""
AT_SEVERAL = ("place_kind", "organisation")
"""Breakdowns in which somebody may be in several cells at once."""
NO_BREAKDOWN = (False, False, False)
BOTH_WAYS = ("self_found",)
"""Where two parts differ in this they are all there is: yes and no."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Of which people a number is: an indicator, or a part of it, and where.

    `district` and `organisation` are numbers of those; None and `place_kind` empty are all of them.
    """

    indicator: str
    part: str = ""
    district: int | None = None
    place_kind: str = ""
    organisation: int | None = None

    @property
    def is_whole(self) -> bool:
        """Tell whether this is about all districts, kinds of places and organisations."""
        return self.breakdown == NO_BREAKDOWN

    @property
    def breakdown(self) -> tuple[bool, bool, bool]:
        """Tell by what it is broken down: by district, by kind of place, by organisation."""
        return self.district is not None, bool(self.place_kind), self.organisation is not None


@dataclass(frozen=True, slots=True)
class Protection:
    """From how many people on a number is shown, and to what it is rounded (0, 5 or 10).

    Raises ValueError for a threshold under 5 and for another rounding.
    """

    threshold: int = USUAL_THRESHOLD
    rounding: int = 0

    def __post_init__(self) -> None:
        """Refuse what would protect nobody."""
        if self.threshold < LOWEST_THRESHOLD:
            raise ValueError(
                f"a threshold of {self.threshold} is under the lowest, {LOWEST_THRESHOLD}"
            )
        if self.rounding not in ROUNDINGS:
            raise ValueError(f"a rounding of {self.rounding} is none of {ROUNDINGS}")


@dataclass(frozen=True, slots=True)
class Ties:
    """What a reader knows of how numbers hang together.

    `parts` gives for each number its wholes; to be in such a part says something of a person. So
    does `sorts`, where it says only where or at what sort of place somebody is, as a breakdown
    does. `same` are pairs that are one number with two names. `made_of` gives the numbers of which
    one is the sum, such as that of some districts. What is `local` is no figure of the whole
    municipality, although it stands in no breakdown: it is about some districts or organisations.
    `along` says in what a part differs from its whole: parts that differ in the same are of one
    sort, such as some districts, and may well add up to the whole.
    """

    parts: Mapping[Cell, Sequence[Cell]]
    sorts: Mapping[Cell, Sequence[Cell]] = field(default_factory=dict)
    same: tuple[tuple[Cell, Cell], ...] = ()
    made_of: Mapping[Cell, Sequence[Cell]] = field(default_factory=dict)
    local: AbstractSet[Cell] = frozenset()
    along: Mapping[tuple[Cell, Cell], str] = field(default_factory=dict)


def protect_published(
    numbers: Mapping[Cell, int],
    ties: Ties,
    protection: Protection,
    *,
    hidden: Mapping[Cell, str] | None = None,
    shown: Collection[Cell] = (),
) -> dict[Cell, Shown]:
    """Show numbers of people that are published together, in order of importance.

    First the figures for the whole municipality are decided on, then their breakdowns beside them,
    so a figure is shown in the same way wherever it stands. `hidden` was hidden in an earlier
    publication, with these marks, and stays so. `shown` was shown in an earlier one, the same
    number: everybody knows it, so it is shown unless it is too few by the threshold of now. A
    number that is shown is rounded by itself, so rounded parts need not add up. Raises ValueError
    for a number of people under 0.
    """
    if any(count < 0 for count in numbers.values()):
        raise ValueError("a number of people cannot be under 0")
    names = _one_name(numbers, ties)
    earlier = _earlier_marks(hidden or {}, names)
    wholes = {
        cell: count for cell, count in numbers.items() if cell.is_whole and cell not in ties.local
    }
    known = {names[cell] for cell in shown if cell in names}
    decided: dict[Key, Shown] = {}
    for each in (wholes, numbers) if 0 < len(wholes) < len(numbers) else (numbers,):
        system, groups = _system(each, ties, names)
        marks: dict[Key, str] = {
            cell: mark for cell, mark in earlier.items() if cell in system.numbers
        }
        fixed = {**_known_already(system, known, groups, protection.threshold), **decided}
        decided = hide(system, Aims(protection.threshold, fixed, marks, groups))
    return {cell: _rounded(decided[names[cell]], protection.rounding) for cell in numbers}


def _known_already(
    system: System, known: Iterable[Cell], groups: AbstractSet[Key], threshold: int
) -> dict[Key, Shown]:
    """Return how numbers are shown that were shown before, but for those that may not be today."""
    return {
        cell: Shown(str(count), hidden=False)
        for cell in known
        if (count := system.numbers.get(cell)) is not None
        and (count >= threshold or (not count and cell not in groups))
    }


def _one_name(numbers: Mapping[Cell, int], ties: Ties) -> dict[Cell, Cell]:
    """Return for every number the name under which it is decided on, of those it has.

    That is the first in order of importance. A number with two names is shown, or hidden, under
    both: otherwise the one would tell the other.
    """
    cells = list(numbers)
    place_of = {cell: place for place, cell in enumerate(cells)}
    pairs = (
        (place_of[one], place_of[other])
        for one, other in ties.same
        if one in numbers and other in numbers and numbers[one] == numbers[other]
    )
    first: dict[int, Cell] = {}
    return {
        cell: first.setdefault(leader, cell)
        for cell, leader in zip(cells, joined(len(cells), pairs), strict=True)
    }


def _earlier_marks(hidden: Mapping[Cell, str], names: Mapping[Cell, Cell]) -> dict[Cell, str]:
    """Return what was hidden, by the name under which it is decided on; of two marks the vaguer."""
    marks: dict[Cell, str] = {}
    for cell, mark in hidden.items():
        if cell in names and marks.setdefault(names[cell], mark) != mark:
            marks[names[cell]] = PROTECTED
    return marks


def may_replace(
    earlier: Mapping[Cell, int], later: Mapping[Cell, int], ties: Ties, threshold: int
) -> bool:
    """Tell whether later numbers may be published where earlier ones of the same day were.

    They may when no number in them, nor what is left of a whole, changed by fewer people than the
    threshold: the difference of two publications is a number of people too. A breakdown that was
    not there earlier has nothing to be compared with.
    """
    kept = {_breakdown(cell) for cell in earlier}
    cells = [cell for cell in {**earlier, **later} if _breakdown(cell) in kept]
    then, now = ({cell: each.get(cell, 0) for cell in cells} for each in (earlier, later))
    changes = [now[cell] - then[cell] for cell in cells]
    for _sort, whole, parts, _along in _families(then, ties):
        changes.append(now[whole] - then[whole] - sum(now[part] - then[part] for part in parts))
    return all(change == 0 or abs(change) >= threshold for change in changes)


def rounded(count: int, rounding: int) -> int:
    """Round a number of people to the nearest multiple, halves up; 0 leaves it as it is."""
    return count if not rounding else (count + rounding // 2) // rounding * rounding


def _rounded(shown: Shown, rounding: int) -> Shown:
    return shown if shown.hidden else Shown(str(rounded(int(shown.text), rounding)), hidden=False)


def _breakdown(cell: Cell) -> tuple[str, str, tuple[bool, bool, bool]]:
    return cell.indicator, cell.part, cell.breakdown


def _system(
    numbers: Mapping[Cell, int], ties: Ties, names: Mapping[Cell, Cell]
) -> tuple[System, set[Key]]:
    """Return all sums that a reader can make, and the numbers of which nobody says something."""
    sums: list[Sum] = []
    unprinted: dict[Key, int] = {}
    groups: set[Key] = set()
    known: dict[Key, int] = {names[cell]: count for cell, count in numbers.items()}
    for sort, its_whole, its_parts, in_what in _families(numbers, ties):
        whole = names[its_whole]
        parts = tuple(dict.fromkeys(names[part] for part in its_parts if names[part] != whole))
        if not parts:
            continue
        if sort == "made_of":
            more, covering = made_up(known, whole, parts)
            sums += more
            unprinted |= covering
            continue
        says_all = sort == "part"
        apart = sort in ("part", "sort")
        # Everybody lives somewhere: whoever subtracts takes the districts to be all there is.
        is_all = sort == "district" or (in_what in BOTH_WAYS and len(parts) > 1)
        theirs, rests = tied(known, whole, parts, apart=apart, says_all=says_all, is_all=is_all)
        if sort in AT_SEVERAL and sum(known[part] for part in parts) >= known[whole]:
            more, covering = covered(known, whole, parts)
            theirs, rests = theirs + more, {**rests, **covering}
        if says_all and known[whole]:
            groups.update(parts)
        sums += theirs
        unprinted |= rests
    return System(known | unprinted, tuple(sums)), groups


def _families(
    numbers: Mapping[Cell, int], ties: Ties
) -> Iterator[tuple[str, Cell, tuple[Cell, ...], str]]:
    """Give each whole with parts of one sort: indicators of it, districts, kinds, organisations.

    With it comes in what such indicators differ from it, where that is known.
    """
    families: dict[tuple[str, str, Cell], list[Cell]] = defaultdict(list)
    for cell in numbers:
        for sort, whole in _wholes(cell, ties):
            if whole in numbers:
                families[sort, ties.along.get((cell, whole), ""), whole].append(cell)
    for (sort, along, whole), parts in families.items():
        yield sort, whole, tuple(parts), along
    for whole, its_parts in ties.made_of.items():
        if whole in numbers and all(part in numbers for part in its_parts):
            yield "made_of", whole, tuple(its_parts), ""


def _wholes(cell: Cell, ties: Ties) -> Iterable[tuple[str, Cell]]:
    yield from (("part", whole) for whole in ties.parts.get(cell, ()))
    yield from (("sort", whole) for whole in ties.sorts.get(cell, ()))
    if cell.district is not None:
        yield "district", replace(cell, district=None)
    if cell.place_kind:
        yield "place_kind", replace(cell, place_kind="")
    if cell.organisation is not None:
        yield "organisation", replace(cell, organisation=None)
