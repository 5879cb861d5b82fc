"""Made-up towns of people on a participation job, counted by every filter that can be chosen.

Somebody lives in one district, is at one organisation, and found the place alone or not.
"""

from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.shipped import shipped_catalogue

DISTRICTS, ORGANISATIONS, FOUND = (1, 2, 3), (1, 2, 3), (True, False)
JOBS, SELF_FOUND = "participation_jobs", "participation_jobs_self_found"
PLACES = tuple(product(DISTRICTS, ORGANISATIONS, FOUND))
FILTERS = tuple(product((None, *DISTRICTS), (None, *ORGANISATIONS), (None, *FOUND)))
"""A district, an organisation and whether it was found alone; None is all."""
SIZES = st.one_of(st.integers(0, 4), st.integers(5, 14), st.integers(15, 60))
TOWNS = st.lists(SIZES, min_size=len(PLACES), max_size=len(PLACES)).map(
    lambda sizes: dict(zip(PLACES, sizes, strict=True))
)


def own(code, *, districts=(), organisations=(), self_found=None):
    """Make an indicator of the people on a participation job that filters narrower."""
    shipped = shipped_catalogue()[JOBS]
    version = shipped.versions[-1]
    where = replace(
        version.count.where,
        districts=districts,
        organisations=organisations,
        self_found=self_found,
    )
    version = replace(version, count=replace(version.count, where=where))
    return replace(shipped, code=code, part_of=(), versions=(version,))


def filtered(code, district, organisation, found):
    return own(
        code,
        districts=(district,) if district else (),
        organisations=(organisation,) if organisation else (),
        self_found=found,
    )


def with_own(*more):
    return Catalogue({**shipped_catalogue().definitions, **{each.code: each for each in more}})


def count(town, district=None, organisation=None, found=None):
    """Count the people of a town; None is all of them."""
    return sum(
        size
        for place, size in town.items()
        if all(
            asked is None or asked == one
            for asked, one in zip((district, organisation, found), place, strict=True)
        )
    )


def in_force(town):
    """Count what the package counts of these people, with its breakdown by district."""
    numbers = {Cell(JOBS): count(town), Cell(SELF_FOUND): count(town, found=True)}
    for one in DISTRICTS:
        numbers[Cell(JOBS, district=one)] = count(town, one)
        numbers[Cell(SELF_FOUND, district=one)] = count(town, one, found=True)
    return numbers


def filter_of(cell):
    """Return by which filter what the package counts would be counted."""
    return cell.district, None, True if cell.indicator == SELF_FOUND else None


def knows_filters(adversary):
    """Let the adversary know how numbers by filter add up.

    Everybody found their place alone or did not. Who lives in no known district and who is at no
    organisation is in none of those.
    """
    for district, organisation, found in FILTERS:
        whole = (district, organisation, found)
        if found is None:
            both = [(district, organisation, one) for one in FOUND]
            adversary.add_up(both, whole, rest=False)
        if district is None:
            adversary.add_up([(one, organisation, found) for one in DISTRICTS], whole)
        if organisation is None:
            adversary.add_up([(district, one, found) for one in ORGANISATIONS], whole)


def found_out(adversary, town):
    """Return the filters by which few people are found, with how many these are."""
    return [
        (place, count(town, *place))
        for place in FILTERS
        if adversary.learns(count(town, *place), place)
    ]
