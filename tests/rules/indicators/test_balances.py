"""Start + new - ended = end, for every word about people in a state."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.balances import has_balance, stock_balance
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.evaluate import evaluate
from meedoen.rules.indicators.language import Measures, Version
from meedoen.rules.indicators.people_words import PeopleByGrowth, PeopleInState
from meedoen.rules.indicators.sources import Known
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import EntryKind
from tests.rules.indicators.histories import (
    days,
    definition_of,
    in_state,
    situations,
    thorough,
)

ON_BENEFIT = Version(date(2000, 1, 1), PeopleInState(EntryKind.BENEFIT))
START, END = date(2024, 1, 31), date(2024, 2, 29)
RECORDED = datetime(2024, 1, 1, 12, tzinfo=UTC)


def told(*stretches):
    """Make a history of benefits: a person, the first day, and the first day after it."""
    return Columns.from_statements(
        Statement(
            id=number,
            person=person,
            kind=EntryKind.BENEFIT,
            starts_on=starts_on,
            ends_on=ends_on,
            recorded_at=RECORDED,
        )
        for number, (person, starts_on, ends_on) in enumerate(stretches, start=1)
    ).known_at(None)


def numbers(*stretches):
    counted = stock_balance(ON_BENEFIT, told(*stretches), START, END)
    return counted.start, counted.new, counted.ended, counted.end


@given(situations(), in_state, days, st.integers(1, 500))
@thorough
def test_it_adds_up_and_both_ends_are_the_figure_itself(situation, word, start, length):
    history, _on, known_at = situation
    known = Columns.from_statements(history).known_at(known_at)
    version, end = Version(date(2000, 1, 1), word), start + timedelta(days=length)
    counted = stock_balance(version, known, start, end)
    assert counted.start + counted.new - counted.ended == counted.end
    figures = evaluate(version, Known(known), [start, end]).values[:, 0].tolist()
    assert [counted.start, counted.end] == figures


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        ((date(2024, 1, 31), None), (1, 0, 0, 1)),
        ((date(2024, 2, 1), None), (0, 1, 0, 1)),
        ((date(2024, 2, 29), None), (0, 1, 0, 1)),
        ((date(2024, 3, 1), None), (0, 0, 0, 0)),
        ((date(2024, 1, 1), date(2024, 2, 1)), (1, 0, 1, 0)),
        ((date(2024, 1, 1), date(2024, 2, 29)), (1, 0, 1, 0)),
        ((date(2024, 1, 1), date(2024, 3, 1)), (1, 0, 0, 1)),
        ((date(2024, 1, 1), date(2024, 1, 31)), (0, 0, 0, 0)),
        ((date(2024, 2, 2), date(2024, 2, 9)), (0, 1, 1, 0)),
    ],
)
def test_the_first_day_is_that_of_the_start_and_the_last_that_of_the_end(stretch, expected):
    assert numbers((1, *stretch)) == expected


def test_who_goes_on_without_a_day_between_is_neither_new_nor_ended():
    middle = date(2024, 2, 10)
    assert numbers((1, date(2024, 1, 1), middle), (1, middle, None)) == (1, 0, 0, 1)


def test_who_comes_back_later_ended_and_is_new_again():
    stretches = [(1, date(2024, 1, 1), date(2024, 2, 10)), (1, date(2024, 2, 12), None)]
    assert numbers(*stretches) == (1, 1, 1, 1)


def test_a_period_of_no_days_and_a_figure_that_is_no_stock_are_refused():
    with pytest.raises(ValueError, match="give a day after"):
        stock_balance(ON_BENEFIT, told(), START, START)
    growth = Version(date(2000, 1, 1), PeopleByGrowth())
    with pytest.raises(ValueError, match="no stock of people"):
        stock_balance(growth, told(), START, END)


def test_only_a_stock_of_people_in_a_state_has_a_balance():
    long_ago = date(2000, 1, 1)
    stock = definition_of((long_ago, ON_BENEFIT.count))
    assert has_balance(stock, END)
    assert not has_balance(replace(stock, measures=Measures.FLOW), END)
    assert not has_balance(definition_of((long_ago, PeopleByGrowth())), END)
