"""Made-up towns of people, counted as publications count them, and what anybody knows of those.

A person lives in a district or nobody knows where, takes part in one or two kinds of places, and
may have found the place alone, may be young, and may have moved on.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import chain

from hypothesis import strategies as st

from meedoen.rules.indicators.published_table import Cell, Ties

DISTRICTS = (1, 2, 3, 4)
KINDS = ("job", "volunteer", "day")
PARTS = {"found": "all", "found_young": "found", "young": "all", "moved_on": "all"}
"""Those who moved on and those who found a place themselves are not the same people here."""
NOBODY_TWICE = ("found", "moved_on")
INDICATORS = ("all", *PARTS)


@dataclass(frozen=True)
class Person:
    district: int | None
    kinds: tuple[str, ...]
    traits: frozenset[str]


PEOPLE = st.builds(
    Person,
    st.sampled_from((*DISTRICTS, None)),
    st.sampled_from((("job",), ("volunteer",), ("day",), ("job", "volunteer"))),
    st.sampled_from(
        (
            frozenset(),
            frozenset({"found"}),
            frozenset({"found", "young", "found_young"}),
            frozenset({"young"}),
            frozenset({"moved_on"}),
            frozenset({"moved_on", "young"}),
        )
    ),
)
SIZES = st.one_of(st.integers(0, 6), st.integers(7, 14), st.integers(15, 60))
GROUPS = st.builds(lambda size, person: [person] * size, SIZES, PEOPLE)
"""Alike people, which is what makes small and large cells."""
TOWNS = st.lists(GROUPS, max_size=14).map(lambda groups: list(chain(*groups)))


def numbers_of(people, districts=DISTRICTS, kinds=KINDS):
    """Count every indicator, in all, by district and by kind of place; zeros are there too."""
    counted = Counter()
    for person in people:
        for indicator in ("all", *sorted(person.traits)):
            counted[Cell(indicator)] += 1
            if person.district:
                counted[Cell(indicator, district=person.district)] += 1
            for kind in person.kinds:
                counted[Cell(indicator, place_kind=kind)] += 1
    return {cell: counted[cell] for cell in cells(districts, kinds)}


def cells(districts=DISTRICTS, kinds=KINDS):
    return [
        cell
        for indicator in INDICATORS
        for cell in (
            Cell(indicator),
            *(Cell(indicator, district=one) for one in districts),
            *(Cell(indicator, place_kind=one) for one in kinds),
        )
    ]


def ties_of(some):
    return Ties(
        {
            cell: [Cell(PARTS[cell.indicator], "", cell.district, cell.place_kind)]
            for cell in some
            if cell.indicator in PARTS
        }
    )


def tell(adversary, publication, texts):
    """Let the adversary read a publication, knowing how its numbers hang together.

    A number is named with the publication that it stands in.
    """

    def named(cell):
        return publication, cell

    for cell, text in texts.items():
        adversary.reads(named(cell), text, may_be_zero=_may_be_zero(cell, texts))
    for indicator in INDICATORS:
        whole = named(Cell(indicator))
        adversary.add_up([named(Cell(indicator, district=one)) for one in DISTRICTS], whole)
        kinds = [named(Cell(indicator, place_kind=one)) for one in KINDS]
        adversary.cover(kinds, whole)
        for kind in kinds:
            adversary.at_most(kind, whole)
    for place in (
        {},
        *({"district": one} for one in DISTRICTS),
        *({"place_kind": one} for one in KINDS),
    ):
        for part, whole in PARTS.items():
            adversary.at_most(named(Cell(part, **place)), named(Cell(whole, **place)))
        twice = [named(Cell(one, **place)) for one in NOBODY_TWICE]
        adversary.add_up(twice, named(Cell("all", **place)))


def _may_be_zero(cell, texts):
    """Tell whether a hidden number could be nobody, by the rules that everyone can read."""
    if cell.indicator in PARTS:
        return True
    if cell.district:
        return "0" not in [texts[Cell(cell.indicator, district=one)] for one in DISTRICTS]
    if cell.place_kind:
        return "0" not in [texts[Cell(cell.indicator, place_kind=one)] for one in KINDS]
    return False


def small_numbers(publication, numbers):
    """Give every number that must not be found: printed ones, and what is left of a whole."""
    for cell, count in numbers.items():
        yield count, (publication, cell), None
        if cell.indicator in PARTS:
            whole = Cell(PARTS[cell.indicator], "", cell.district, cell.place_kind)
            yield numbers[whole] - count, (publication, whole), (publication, cell)
