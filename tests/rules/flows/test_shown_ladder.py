"""What is shown of the ladder: the headline wherever it is safe, and nothing small to be found."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.flows.flows import TOTAL, Flow
from meedoen.rules.flows.ladder import CLASSES, Ladder
from meedoen.rules.flows.shown_ladder import joined_rungs, protect_ladder
from meedoen.rules.flows.told_flow import REST, told_of
from meedoen.rules.indicators.people_words import GrowthClass
from tests.rules.indicators.adversary import Adversary
from tests.rules.indicators.histories import thorough

RUNGS = tuple(str(rung) for rung in range(1, 7))
UP, DOWN, EQUAL, ONCE = CLASSES


def a_ladder(square, once=0, districts=None):
    people = np.array(square, dtype=np.int64)
    classes = (
        int(np.triu(people, 1).sum()),
        int(np.tril(people, -1).sum()),
        int(np.trace(people)),
        once,
    )
    return Ladder(Flow(RUNGS, people), classes, districts or {1: classes})


def with_cells(cells, once=0):
    square = np.zeros((6, 6), dtype=np.int64)
    for (source, target), count in cells.items():
        square[source - 1, target - 1] = count
    return a_ladder(square, once)


def texts(classes):
    return [classes[one].text for one in CLASSES]


@st.composite
def ladders(draw):
    """Draw squares with small and large numbers, divided over three districts."""
    size = st.sampled_from([0, 0, 0, 1, 3, 9, 10, 11, 25, 60])
    found = a_ladder([[draw(size) for _ in RUNGS] for _ in RUNGS], draw(size))
    districts = {number: [0] * 4 for number in (1, 2, 3)}
    for at, count in enumerate(found.classes):
        first = draw(st.integers(0, count))
        second = draw(st.integers(0, count - first))
        for number, part in zip(districts, (first, second, count - first - second), strict=True):
            districts[number][at] = part
    rows = {number: tuple(counts) for number, counts in districts.items()}
    return Ladder(found.flow, found.classes, rows)


def known_numbers(found, shown):
    """Give every number of the page by name, with what it is and how it is shown."""
    nodes = joined_rungs(found.flow, 10)
    names = list(shown.flow.sources)
    for source, row in zip(names, nodes, strict=True):
        for target, column in zip(names, nodes, strict=True):
            count = int(found.flow.people[np.ix_(row, column)].sum())
            yield (source, target), count, shown.flow.cells[source, target]
        yield (source, TOTAL), int(found.flow.people[list(row)].sum()), shown.flow.sources[source]
        reached = int(found.flow.people[:, list(row)].sum())
        yield (TOTAL, source), reached, shown.flow.targets[source]
    yield (TOTAL, TOTAL), found.flow.total, shown.flow.total
    for one, count in zip(CLASSES, found.classes, strict=True):
        yield one, count, shown.classes[one]
    for number, counts in found.districts.items():
        yield (number, None), sum(counts), shown.districts[number][None]
        for one, count in zip(CLASSES, counts, strict=True):
            yield (number, one), count, shown.districts[number][one]


def reader_of(numbers, names, districts):
    """Return somebody who read all of the page, and knows how its numbers add up."""
    adversary = Adversary(10)
    for name, _count, one in numbers:
        adversary.reads(name, one.text)
    for node in names:
        adversary.add_up([(node, to) for to in names], (node, TOTAL), rest=False)
        adversary.add_up([(by, node) for by in names], (TOTAL, node), rest=False)
    for ends in ([(node, TOTAL) for node in names], [(TOTAL, node) for node in names]):
        adversary.add_up(ends, (TOTAL, TOTAL), rest=False)
    adversary.add_up([UP, DOWN, EQUAL], (TOTAL, TOTAL), rest=False)
    places = [(row, column) for row in range(len(names)) for column in range(len(names))]
    for one, sign in ((UP, 1), (DOWN, -1), (EQUAL, 0)):
        cells = [(names[row], names[to]) for row, to in places if np.sign(to - row) == sign]
        inside = [("inside", node, one) for node in names if "-" in node]
        cells = [cell for cell in cells if cell[0] != cell[1] or "-" not in cell[0]]
        adversary.add_up([*cells, *inside], one, rest=False)
    for node in (node for node in names if "-" in node):
        parts = [("inside", node, one) for one in (UP, DOWN, EQUAL)]
        adversary.add_up(parts, (node, node), rest=False)
    for one in CLASSES:
        adversary.add_up([(number, one) for number in districts], one, rest=False)
    for number in districts:
        adversary.add_up([(number, one) for one in CLASSES], (number, None), rest=False)
    adversary.add_up([(TOTAL, TOTAL), ONCE], "everybody", rest=False)
    adversary.add_up([(number, None) for number in districts], "everybody", rest=False)
    return adversary


def found_out(found, shown):
    numbers = list(known_numbers(found, shown))
    reader = reader_of(numbers, list(shown.flow.sources), list(found.districts))
    return [name for name, count, _one in numbers if reader.learns(count, name)]


@thorough
@given(ladders())
def test_nobody_finds_a_small_number_on_the_page_of_the_ladder(found):
    assert found_out(found, protect_ladder(found)) == []


@thorough
@given(ladders())
def test_what_is_shown_is_true(found):
    for _name, count, one in known_numbers(found, protect_ladder(found)):
        if one.hidden:
            assert one.text == "x" or (one.text == "<10" and 0 < count < 10)
        else:
            assert one.text == str(count)
            assert not 0 < count < 10


@thorough
@given(ladders())
def test_the_headline_is_shown_wherever_none_of_it_is_small(found):
    shown = protect_ladder(found)
    if not any(0 < count < 10 for count in (found.flow.total, *found.classes[:3])):
        assert [one.text for one in (*shown.classes.values(), shown.flow.total)][:3] == [
            str(count) for count in found.classes[:3]
        ]
        assert shown.flow.total.text == str(found.flow.total)


@thorough
@given(ladders())
def test_flows_told_elsewhere_are_those_of_the_square_and_leave_nothing_small(found):
    shown = protect_ladder(found)
    told = told_of(shown.flow)
    for source in told.sources:
        assert source.people == sum(link.people for link in source.links) >= 10
        for link in source.links:
            assert link.people >= 10
            if REST not in (link.source, link.target):
                assert shown.flow.cells[link.source, link.target].text == str(link.people)
    if told.sources:
        assert sum(source.people for source in told.sources) == found.flow.total


def test_the_reader_does_find_small_numbers_where_only_these_are_hidden():
    """Otherwise the tests above could not fail."""
    found = with_cells({(1, 2): 20, (2, 1): 3, (2, 2): 30, (1, 1): 40}, once=15)
    shown = protect_ladder(found, 5)
    assert found_out(found, protect_ladder(found)) == []
    assert (2, 1) not in found_out(found, shown)
    numbers = [
        (name, count, type(one)("x" if 0 < count < 10 else str(count), hidden=0 < count < 10))
        for name, count, one in known_numbers(found, shown)
    ]
    reader = reader_of(numbers, list(shown.flow.sources), list(found.districts))
    assert [name for name, count, _one in numbers if reader.learns(count, name)]


def test_large_numbers_are_shown_in_full():
    found = with_cells({(1, 2): 20, (2, 2): 30, (3, 1): 12}, once=15)
    shown = protect_ladder(found)
    assert texts(shown.classes) == ["20", "12", "30", "15"]
    assert [one.text for one in shown.districts[1].values()] == ["20", "12", "30", "15", "77"]


def test_three_who_fell_back_hide_who_stayed_equal_and_not_who_grew():
    shown = protect_ladder(with_cells({(1, 2): 20, (3, 1): 3, (3, 3): 30}, once=15))
    assert texts(shown.classes) == ["20", "x", "x", "15"]
    assert shown.flow.total.text == "53"


def test_a_few_people_on_a_high_rung_hide_no_headline_and_are_told_with_their_neighbour():
    """As in a town of 2,500: one left rung 6, and two reached it."""
    square = [
        [214, 17, 29, 25, 0, 0],
        [18, 260, 51, 26, 1, 0],
        [18, 47, 302, 52, 4, 1],
        [13, 10, 44, 255, 6, 1],
        [0, 0, 0, 4, 16, 0],
        [0, 0, 0, 0, 1, 0],
    ]
    shown = protect_ladder(a_ladder(square, once=525))
    assert texts(shown.classes) == ["213", "155", "1047", "525"]
    assert list(shown.flow.sources) == ["1", "2", "3", "4", "5-6"]
    assert [shown.flow.sources[node].text for node in "1234"] == ["285", "356", "424", "329"]
    assert not shown.flow.cells["1", "1"].hidden


def test_nobody_is_a_zero_and_no_secret():
    shown = protect_ladder(with_cells({}, once=4))
    assert texts(shown.classes) == ["0", "0", "0", "<10"]
    assert GrowthClass.GROWTH in shown.classes


def test_a_threshold_that_protects_nobody_is_refused():
    with pytest.raises(ValueError, match="is under the lowest"):
        protect_ladder(with_cells({}), 4)
