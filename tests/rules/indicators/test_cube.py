"""The cube holds, cell by cell, what `evaluate` counts one by one."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.cube import cube, groups_of
from meedoen.rules.indicators.evaluate import evaluate
from meedoen.rules.indicators.language import ReferralPairs, breakdowns_of
from meedoen.rules.indicators.people_words import PeopleByGrowth, PeopleStarted, Printed
from meedoen.rules.indicators.referral_columns import Referrals
from meedoen.rules.indicators.sources import Sources
from meedoen.rules.periods import month_ends
from tests.rules.indicators import referral_histories
from tests.rules.indicators.histories import (
    days,
    definition_of,
    histories,
    moments,
    thorough,
    words,
)

BEGIN = date(2000, 1, 1)
NOTHING = Columns.from_statements([])
MONTHS = list(month_ends(date(2023, 12, 1), date(2025, 3, 1)))


def assert_as_counted_apart(definition, known, dates):
    found = cube([definition], known, dates)
    expected = {
        (definition.code, version.valid_from, group): evaluate(version, known, its_own, group)
        for version in definition.versions
        if (its_own := [day for day in dates if definition.version_on(day) == version])
        for group in groups_of(version.count, definition.breakdowns)
    }
    assert found.layers.keys() == expected.keys()
    for key, counts in expected.items():
        cells = found[key]
        assert (cells.dates, cells.groups) == (counts.dates, counts.groups)
        assert np.array_equal(cells.values, counts.values)
        assert cells.parts.keys() == counts.parts.keys()
        for part in counts.parts:
            assert np.array_equal(cells.parts[part], counts.parts[part])


@thorough
@given(histories(), words, st.one_of(st.none(), moments))
def test_every_month_end_of_every_word_about_people(history, word, known_at):
    known = Sources(Columns.from_statements(history)).known_at(known_at)
    definition = definition_of((BEGIN, word))
    assert_as_counted_apart(replace(definition, breakdowns=breakdowns_of(word)), known, MONTHS)


@thorough
@given(histories(), words, st.lists(days, max_size=6))
def test_days_in_any_order_and_more_than_once(history, word, dates):
    known = Sources(Columns.from_statements(history)).known_at(None)
    assert_as_counted_apart(definition_of((BEGIN, word)), known, dates)


@thorough
@given(referral_histories.situations(), referral_histories.words)
def test_every_month_end_of_every_word_about_referrals(situation, word):
    steps, directory, _on, known_at = situation
    sources = Sources(NOTHING, Referrals.from_statements(steps, directory))
    assert_as_counted_apart(definition_of((BEGIN, word)), sources.known_at(known_at), MONTHS)


@thorough
@given(histories())
def test_each_day_is_counted_by_the_version_that_is_valid_on_it(history):
    known = Sources(Columns.from_statements(history)).known_at(None)
    two = definition_of((BEGIN, PeopleByGrowth()), (date(2024, 7, 31), PeopleStarted(months=3)))
    assert_as_counted_apart(two, known, MONTHS)


def test_days_before_the_first_version_and_printed_figures_are_left_out():
    known = Sources(NOTHING).known_at(None)
    later = definition_of((date(2024, 7, 31), PeopleStarted()))
    found = cube([later], known, MONTHS)
    assert {layer.dates for layer in found.layers.values()} == {
        tuple(day for day in MONTHS if day >= date(2024, 7, 31))
    }
    assert not cube([later], known, MONTHS[:3]).layers
    assert not cube([definition_of((BEGIN, Printed()))], known, MONTHS).layers


def test_what_was_not_read_is_not_zero():
    known = Sources(NOTHING).known_at(None)
    with pytest.raises(ValueError, match="give those too"):
        cube([definition_of((BEGIN, ReferralPairs()))], known, MONTHS)
