"""From rung to rung between two dates: the same as growth says, and nothing small to be found."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.flows.flows import Flow
from meedoen.rules.flows.ladder import CLASSES, Ladder, ladder, tell_ladder
from meedoen.rules.flows.told_flow import REST
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.people_words import GrowthClass, PeopleByGrowth
from meedoen.rules.vocabulary import EntryKind
from tests.rules.indicators.histories import histories, thorough
from tests.rules.indicators.reference import classes_of_people, known

RUNGS = tuple(str(rung) for rung in range(1, 7))
YEAR = date(2024, 1, 1), date(2024, 12, 31)


@thorough
@given(histories([EntryKind.MEASUREMENT]))
def test_over_a_year_the_classes_are_those_of_growth_in_all_and_by_district(history):
    found = ladder(Columns.from_statements(history).known_at(None), *YEAR)
    classes = classes_of_people(PeopleByGrowth(), known(history, None), YEAR[1])
    counts: dict[int, Counter] = {}
    for (_person, district), theirs in classes.items():
        counts.setdefault(district, Counter())[theirs] += 1
    assert found.districts == {
        district: tuple(theirs[one] for one in CLASSES) for district, theirs in counts.items()
    }
    assert found.classes == tuple(sum(theirs[one] for theirs in counts.values()) for one in CLASSES)


@thorough
@given(histories([EntryKind.MEASUREMENT]), st.dates(date(2023, 6, 1), date(2024, 12, 30)))
def test_the_classes_are_what_the_square_adds_up_to(history, start):
    found = ladder(Columns.from_statements(history).known_at(None), start, date(2025, 1, 31))
    square = found.flow.people
    assert found.classes[:3] == (
        int(np.triu(square, 1).sum()),
        int(np.tril(square, -1).sum()),
        int(np.trace(square)),
    )


@st.composite
def ladders(draw):
    """Draw squares with small and large numbers, divided over three districts."""
    size = st.sampled_from([0, 0, 0, 1, 3, 9, 10, 11, 25, 60])
    square = np.array([[draw(size) for _ in RUNGS] for _ in RUNGS], dtype=np.int64)
    once = draw(size)
    classes = (
        int(np.triu(square, 1).sum()),
        int(np.tril(square, -1).sum()),
        int(np.trace(square)),
        once,
    )
    districts = {number: [0] * 4 for number in (1, 2, 3)}
    for at, count in enumerate(classes):
        first = draw(st.integers(0, count))
        second = draw(st.integers(0, count - first))
        for number, part in zip(districts, (first, second, count - first - second), strict=True):
            districts[number][at] = part
    rows = {number: tuple(counts) for number, counts in districts.items()}
    return Ladder(Flow(RUNGS, square), classes, rows)


def left_of(found: Ladder, told, source: str) -> tuple[int, int, int]:
    """Return up, down and equal of one named source without what is told by name."""
    [one] = [each for each in told.flow.sources if each.source == source]
    named = {link.target for link in one.links}
    counts = [0, 0, 0]
    for at, people in enumerate(found.flow.people[RUNGS.index(source)].tolist()):
        if RUNGS[at] not in named:
            rung = int(source)
            counts[0 if at + 1 > rung else 1 if at + 1 < rung else 2] += people
    return tuple(counts)


@thorough
@given(ladders())
def test_nothing_that_is_told_leaves_a_small_number_by_subtraction(found):
    told = tell_ladder(found)
    shown = [one for one in told.classes.values() if not one.hidden]
    assert all(one.text == "0" or int(one.text) >= 10 for one in shown)
    if any(told.classes[one].hidden for one in CLASSES[:3]):
        assert (told.districts, told.rest_of_districts) == ({}, None)
        return
    named = [one.source for one in told.flow.sources if one.source != REST]
    for source in named:
        assert not any(0 < count < 10 for count in left_of(found, told, source))
    rows = [*told.districts.values(), told.rest_of_districts or (0, 0, 0, 0)]
    assert tuple(map(sum, zip(*rows, strict=True))) == found.classes
    assert not any(0 < count < 10 for row in rows for count in row)


def test_large_numbers_are_told_in_full():
    square = np.zeros((6, 6), dtype=np.int64)
    square[0, 1], square[1, 1], square[2, 0] = 20, 30, 12
    told = tell_ladder(Ladder(Flow(RUNGS, square), (20, 12, 30, 15), {1: (20, 12, 30, 15)}))
    assert {one: shown.text for one, shown in told.classes.items()} == {
        GrowthClass.GROWTH: "20",
        GrowthClass.DECLINE: "12",
        GrowthClass.EQUAL: "30",
        GrowthClass.MEASURED_ONCE: "15",
    }
    assert told.districts == {1: (20, 12, 30, 15)}


def test_three_who_fell_back_make_all_classes_disappear():
    square = np.zeros((6, 6), dtype=np.int64)
    square[0, 1], square[2, 0], square[2, 2] = 20, 3, 30
    told = tell_ladder(Ladder(Flow(RUNGS, square), (20, 3, 30, 15), {1: (20, 3, 30, 15)}))
    assert {one.text for one in list(told.classes.values())[:3]} == {"x"}
    assert told.districts == {}


def test_nobody_is_a_zero_and_no_secret():
    empty = Ladder(Flow(RUNGS, np.zeros((6, 6), dtype=np.int64)), (0, 0, 0, 4), {1: (0, 0, 0, 4)})
    told = tell_ladder(empty)
    assert [one.text for one in told.classes.values()] == ["0", "0", "0", "<10"]


def test_a_period_of_one_day_counts_who_was_measured_on_it_and_none_ends_before_it_begins():
    columns = Columns.from_statements([]).known_at(None)
    assert ladder(columns, date(2024, 5, 1), date(2024, 5, 1)).classes == (0, 0, 0, 0)
    with pytest.raises(ValueError, match="give 2024-05-02 or a day after it"):
        ladder(columns, date(2024, 5, 2), date(2024, 5, 1))
