"""A reconciliation is shown without a way to work a small number out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.flows.participations import participations
from meedoen.rules.flows.reconciliation import (
    Balance,
    Correction,
    Group,
    Question,
    Unit,
    reconcile,
    reconcile_published,
)
from meedoen.rules.flows.shown_balances import WHOLE, protect_balances
from meedoen.rules.vocabulary import Outcome, PlaceKind
from tests.rules.flows.histories import columns_of, day, moment, placement_histories

KINDS = list(PlaceKind)[:3]
counts = st.one_of(st.just(0), st.integers(1, 9), st.integers(10, 80))


@st.composite
def balances(draw):
    """Draw kinds that close, with the whole: who was seen, divided over both sides."""
    found = {}
    for kind in KINDS[: draw(st.integers(1, 3))]:
        reached, stopped, end = draw(counts), draw(counts), draw(counts)
        start = draw(st.integers(0, reached + stopped + end))
        ended = {Outcome.GOAL_REACHED: reached, Outcome.STOPPED_BY_RESIDENT: stopped}
        ended = {outcome: count for outcome, count in ended.items() if count}
        found[Group(kind)] = Balance(start, reached + stopped + end - start, ended, end, {})
    return found | {WHOLE: whole_of(found.values())}


def whole_of(lines):
    ended = {}
    for line in lines:
        for outcome, count in line.ended.items():
            ended[outcome] = ended.get(outcome, 0) + count
    start, new, end = (sum(getattr(one, part) for one in lines) for part in ("start", "new", "end"))
    return Balance(start, new, ended, end, {})


def numbers_of(balance, shown):
    """Return the real number and what is shown of it: start, new, end, ended."""
    yield balance.start + balance.difference, shown.start
    yield balance.new, shown.new
    yield balance.end, shown.end
    yield sum(balance.ended.values()), shown.ended


def everything(found, shown):
    """Return every number with what is shown, and the sums that a reader can make of them."""
    numbers, sums = [], []
    groups = list(found)
    for group in groups:
        numbers += numbers_of(found[group], shown.lines[group])
    for at in range(len(groups)):
        sums.append({4 * at: 1, 4 * at + 1: 1, 4 * at + 2: -1, 4 * at + 3: -1})
    whole = groups.index(WHOLE)
    for way in ("kind", "district"):
        parts = [at for at, group in enumerate(groups) if getattr(group, way) is not None]
        if parts:
            for part in range(4):
                sums.append({4 * at + part: 1 for at in parts} | {4 * whole + part: -1})
    return numbers, sums


def follows(numbers, sums):
    """Return the small numbers that no other numbers would explain as well."""
    hidden = [at for at, (_count, one) in enumerate(numbers) if one.hidden]
    matrix = np.array([[line.get(at, 0) for at in hidden] for line in sums], dtype=float)
    found = []
    for place, at in enumerate(hidden):
        fixed = np.zeros((1, len(hidden)))
        fixed[0, place] = 1
        rank = np.linalg.matrix_rank
        if numbers[at][0] < 10 and rank(np.vstack([matrix, fixed])) == rank(matrix):
            found.append(numbers[at][0])
    return found


@given(balances())
def test_no_small_number_is_shown_or_follows_from_all_that_is(found):
    numbers, sums = everything(found, protect_balances(found))
    for count, one in numbers:
        assert one.text == ("x" if one.hidden else str(count))
        assert not 0 < count < 10 or one.hidden
    assert not follows(numbers, sums)


@given(placement_histories(), st.integers(0, 40), st.integers(1, 40), st.integers(0, 90))
def test_a_start_as_published_never_says_more_than_the_start_as_known_now(
    history, first, length, seen_on
):
    columns, placement = columns_of(history)
    for unit in Unit:
        found = {}
        for by in ({}, {"by_kind": True}, {"by_district": True}):
            question = Question(
                start=day(first), end=day(first + length), unit=unit, **({"by_kind": False} | by)
            )
            found |= reconcile_published(columns, placement, question, published_at=moment(seen_on))
        if WHOLE not in found:
            continue
        shown = protect_balances(found, threshold=5)
        for group, line in shown.lines.items():
            assert line.published.text in {"x", "0"} or not line.start.hidden
            assert line.difference.hidden == (line.published.hidden or line.start.hidden)
            if not line.difference.hidden:
                assert int(line.difference.text) == found[group].difference
        if not any(one.hidden for one in shown.corrections.values()):
            assert sum(int(one.text) for one in shown.corrections.values()) == (
                found[WHOLE].difference
            )


def test_large_numbers_are_all_shown():
    line = Balance(50, 40, {Outcome.GOAL_REACHED: 30}, 60, {})
    shown = protect_balances({WHOLE: line, Group(KINDS[0]): line})
    texts = [one.text for _count, one in numbers_of(line, shown.lines[WHOLE])]
    assert texts == ["50", "40", "60", "30"]
    assert shown.lines[WHOLE].difference.text == "0"
    assert shown.outcomes.rows == {Outcome.GOAL_REACHED: (30,)}


def test_small_outcomes_are_told_together_and_none_without_how_many_ended():
    ended = {Outcome.GOAL_REACHED: 30, Outcome.DIED: 2, Outcome.MOVED_AWAY: 9, None: 3}
    shown = protect_balances({WHOLE: Balance(50, 40, ended, 46, {})})
    assert shown.outcomes.rows == {Outcome.GOAL_REACHED: (30,)}
    assert shown.outcomes.rest == (14,)
    shown = protect_balances({WHOLE: Balance(50, 4, ended, 10, {})})
    assert shown.lines[WHOLE].ended.hidden
    assert (shown.outcomes.rows, shown.outcomes.rest) == ({}, None)


def test_the_stock_stays_and_the_small_flow_takes_the_other_flow_along():
    line = Balance(50, 4, {Outcome.GOAL_REACHED: 14}, 40, {})
    shown = protect_balances({WHOLE: line}).lines[WHOLE]
    assert [shown.start.text, shown.end.text] == ["50", "40"]
    assert [shown.new.text, shown.ended.text] == ["x", "x"]


def test_two_small_numbers_of_a_sum_that_follows_take_the_other_side_along():
    line = Balance(10, 0, {Outcome.GOAL_REACHED: 6}, 4, {})
    shown = protect_balances({WHOLE: line}).lines[WHOLE]
    assert [one.text for _count, one in numbers_of(line, shown)] == ["x", "0", "x", "x"]


def test_a_small_number_of_one_kind_is_not_given_away_by_the_others():
    lines = {
        Group(KINDS[0]): Balance(3, 97, {}, 100, {}),
        Group(KINDS[1]): Balance(50, 50, {}, 100, {}),
    }
    shown = protect_balances(lines | {WHOLE: whole_of(lines.values())}).lines
    assert shown[Group(KINDS[0])].start.hidden
    assert shown[Group(KINDS[1])].start.hidden or shown[WHOLE].start.hidden


def test_people_in_two_kinds_are_more_than_the_whole_and_that_is_no_mistake():
    half, whole = Balance(30, 0, {}, 30, {}), Balance(48, 0, {}, 48, {})
    shown = protect_balances({WHOLE: whole, Group(KINDS[0]): half, Group(KINDS[1]): half})
    assert [line.start.text for line in shown.lines.values()] == ["48", "30", "30"]


@pytest.mark.parametrize(
    ("corrections", "told"),
    [
        ({}, {}),
        ({Correction.LATE_START: 3}, {Correction.LATE_START: "+3"}),
        (
            {Correction.LATE_START: 12, Correction.LATE_END: -11},
            {Correction.LATE_START: "+12", Correction.LATE_END: "-11"},
        ),
        (
            {Correction.LATE_START: 12, Correction.LATE_END: -1},
            {Correction.LATE_START: "x", Correction.LATE_END: "x"},
        ),
    ],
)
def test_reasons_of_corrections_are_shown_when_none_of_them_is_a_small_number(corrections, told):
    start = 60 - sum(corrections.values())
    shown = protect_balances({WHOLE: Balance(start, 20, {None: 20}, 60, corrections)})
    assert {name: one.text for name, one in shown.corrections.items()} == told
    assert shown.lines[WHOLE].published.text == str(start)


def test_without_the_whole_and_under_the_lowest_threshold_nothing_is_shown():
    with pytest.raises(KeyError):
        protect_balances({Group(KINDS[0]): Balance(3, 2, {}, 5, {})})
    with pytest.raises(ValueError, match="under the lowest"):
        protect_balances({WHOLE: Balance(3, 2, {}, 5, {})}, threshold=4)


@given(placement_histories())
def test_what_is_counted_as_known_at_one_moment_has_no_difference(history):
    columns, placement = columns_of(history)
    found = participations(columns, placement, None)
    whole = reconcile(found, Question(start=day(10), end=day(40), by_kind=False))
    for line in protect_balances(whole, threshold=5).lines.values() if whole else ():
        assert line.difference.hidden or line.difference.text == "0"
