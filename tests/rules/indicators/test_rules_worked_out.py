"""Somebody who works out the protection itself: who tries every town, and sees what would be shown.

The rules are public, and so is the software. Whoever knows the total can protect every town there
could be, and keep those that would have been shown like this one. What all of those have in common
is known.
"""

from collections import defaultdict
from itertools import product

import pytest

from meedoen.rules.indicators.published_table import Cell, Protection, Ties, protect_published

THRESHOLD = 5


def texts(sizes):
    numbers = {Cell("all"): sum(sizes)}
    numbers |= {Cell("all", district=at): size for at, size in enumerate(sizes, start=1)}
    shown = protect_published(numbers, Ties({}), Protection(THRESHOLD))
    return tuple(one.text for one in list(shown.values())[1:])


def towns(districts, total, largest):
    """Give every town of so many people; in the last district live those who are left."""
    for sizes in product(range(largest + 1), repeat=districts - 1):
        if sum(sizes) <= total:
            yield (*sizes, total - sum(sizes))


def known_of(shown_as):
    """Return the districts of few people of which fewer values are possible than `<5` leaves."""
    alike = defaultdict(list)
    for town in shown_as:
        alike[shown_as[town]].append(town)
    return {
        (town, at): possible
        for some in alike.values()
        for at, possible in enumerate(map(sorted, map(set, zip(*some, strict=True))))
        for town in some
        if 0 < town[at] < THRESHOLD
        and (possible[0] > 1 or possible[-1] - possible[0] < THRESHOLD - 2)
    }


@pytest.mark.parametrize(("districts", "total", "largest"), [(3, 30, 30), (4, 36, 9)])
def test_nobody_finds_a_district_of_few_by_protecting_every_town_there_could_be(
    districts, total, largest
):
    assert known_of({town: texts(town) for town in towns(districts, total, largest)}) == {}


def test_two_small_districts_alone_are_not_all_that_is_hidden():
    """18 people in two hidden districts, with nothing hidden beside them, would be 9 and 9."""
    numbers = {Cell("all"): 76}
    numbers |= {Cell("all", district=at): size for at, size in enumerate((9, 9, 58))}
    shown = protect_published(numbers, Ties({}), Protection())
    assert [one.text for one in shown.values()] == ["76", "x", "x", "x"]


def test_where_only_what_is_small_is_hidden_towns_do_tell_of_a_district():
    """Otherwise the test above could not fail."""
    shown_as = {
        town: tuple("x" if 0 < size < THRESHOLD else str(size) for size in town)
        for town in towns(3, 30, 30)
    }
    assert known_of(shown_as)[(4, 6, 20), 0] == [4]
