"""A reconciliation is shown without a way to work a small number out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meedoen.rules.flows.reconciliation import Balance, Group
from meedoen.rules.flows.shown_balances import protect_balances
from meedoen.rules.vocabulary import Outcome, PlaceKind

KINDS = list(PlaceKind)[:3]
counts = st.one_of(st.just(0), st.integers(1, 9), st.integers(10, 80))


@st.composite
def balances(draw):
    """Draw lines that close: who was seen, divided over both sides."""
    found = {}
    for kind in KINDS[: draw(st.integers(1, 3))]:
        reached, stopped, end = draw(counts), draw(counts), draw(counts)
        start = draw(st.integers(0, reached + stopped + end))
        ended = {
            outcome: count
            for outcome, count in (
                (Outcome.GOAL_REACHED, reached),
                (Outcome.STOPPED_BY_RESIDENT, stopped),
            )
            if count
        }
        found[Group(kind)] = Balance(start, reached + stopped + end - start, ended, end, {})
    return found


def sum_of(lines):
    ended = {}
    for line in lines.values():
        for outcome, count in line.ended.items():
            ended[outcome] = ended.get(outcome, 0) + count
    start, new, end = (
        sum(getattr(line, part) for line in lines.values()) for part in ("start", "new", "end")
    )
    return Balance(start, new, ended, end, {})


def pairs(balance, shown):
    yield balance.start, shown.start
    yield balance.new, shown.new
    yield balance.end, shown.end
    yield sum(balance.ended.values()), shown.ended
    for outcome, count in balance.ended.items():
        yield count, shown.by_outcome[outcome]


@settings(deadline=None)
@given(balances())
def test_no_small_number_is_shown_or_found_by_one_subtraction(lines):
    together = sum_of(lines)
    shown = protect_balances(lines, together)
    for group, balance in [*lines.items(), (None, together)]:
        numbers = list(pairs(balance, shown[group]))
        for count, one in numbers:
            assert one.text == ("x" if one.hidden else str(count))
            assert not 0 < count < 10 or one.hidden
        (_, start), (_, new), (_, end), (_, ended), *outcomes = numbers
        around = [start, new, end, ended]
        assert sum(one.hidden for one in around) != 1
        if not ended.hidden:
            assert sum(one.hidden for _, one in outcomes) != 1


def test_large_numbers_are_all_shown():
    line = Balance(50, 40, {Outcome.GOAL_REACHED: 30}, 60, {})
    shown = protect_balances({Group(KINDS[0]): line}, line)
    assert [one.text for _, one in pairs(line, shown[None])] == ["50", "40", "60", "30", "30"]


def test_a_small_number_of_one_kind_is_not_given_away_by_the_others():
    lines = {
        Group(KINDS[0]): Balance(3, 97, {}, 100, {}),
        Group(KINDS[1]): Balance(50, 50, {}, 100, {}),
    }
    shown = protect_balances(lines, sum_of(lines))
    assert shown[Group(KINDS[0])].start.hidden
    assert shown[Group(KINDS[1])].start.hidden or shown[None].start.hidden


def test_a_line_with_an_administrative_difference_is_refused():
    with pytest.raises(ValueError, match="are 4 together, not 5"):
        protect_balances({Group(KINDS[0]): Balance(3, 2, {}, 4, {})})
