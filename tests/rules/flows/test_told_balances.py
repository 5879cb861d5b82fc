"""A reconciliation that is told: small kinds and districts are one line, and every line closes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meedoen.rules.flows.participations import participations
from meedoen.rules.flows.reconciliation import Group, Question, Unit, reconcile
from meedoen.rules.flows.shown_balances import WHOLE
from meedoen.rules.flows.told_balances import (
    REST_OF_DISTRICTS,
    REST_OF_KINDS,
    tell_balances,
)
from meedoen.rules.vocabulary import PlaceKind
from tests.examples import examples
from tests.rules.flows.histories import columns_of, day, moment, placement_histories, state

JOB, GARDEN, TALK = (
    PlaceKind.PARTICIPATION_JOB,
    PlaceKind.NEIGHBOURHOOD_ACTIVITY,
    PlaceKind.LANGUAGE_POINT,
)


def known(groups, *, starts=0, ends=None):
    """Return participations: so many people of a kind in a district."""
    history = []
    for kind, district, count in groups:
        for _ in range(count):
            number = len(history) + 1
            history.append((number, state(number, number, kind, starts, ends, district=district)))
    columns, placement = columns_of(history)
    return participations(columns, placement, None)


def asked(unit=Unit.PLACEMENTS):
    return Question(start=day(1), end=day(50), unit=unit)


def starts_of(told):
    return {group: line.start.text for group, line in told.shown.lines.items()}


@pytest.mark.parametrize("unit", list(Unit))
def test_large_kinds_and_districts_have_a_line_each(unit):
    found = known([(JOB, 1, 20), (GARDEN, 2, 15)])
    told = tell_balances(found, found, asked(unit))
    assert (told.joins_kinds, told.joins_districts) == (False, False)
    assert starts_of(told) == {
        WHOLE: "35",
        Group(JOB): "20",
        Group(GARDEN): "15",
        Group(district=1): "20",
        Group(district=2): "15",
    }


def test_small_ones_are_one_line_together():
    found = known([(JOB, 1, 20), (GARDEN, 2, 6), (TALK, 3, 7)])
    told = tell_balances(found, found, asked())
    assert (told.joins_kinds, told.joins_districts) == (True, True)
    assert starts_of(told) == {
        WHOLE: "33",
        Group(JOB): "20",
        REST_OF_KINDS: "13",
        Group(district=1): "20",
        REST_OF_DISTRICTS: "13",
    }


def test_somebody_in_two_small_kinds_is_one_person_in_the_line_of_both():
    history = [(n, state(n, n, JOB, 0, None)) for n in range(1, 21)]
    history += [(n, state(n, n, GARDEN, 0, None)) for n in range(21, 30)]
    history += [(n, state(n, n - 9, TALK, 0, None)) for n in range(30, 39)]
    history += [(39, state(39, 40, TALK, 0, None))]
    columns, placement = columns_of(history)
    found = participations(columns, placement, None)
    people = tell_balances(found, found, asked(Unit.PEOPLE))
    places = tell_balances(found, found, asked())
    assert starts_of(people)[REST_OF_KINDS] == "10"
    assert starts_of(places)[WHOLE] == "39"


def test_of_a_few_people_nothing_is_told():
    found = known([(JOB, 1, 3)])
    assert set(starts_of(tell_balances(found, found, asked())).values()) == {"x"}
    nobody = known([])
    assert starts_of(tell_balances(nobody, nobody, asked())) == {WHOLE: "0"}


@settings(max_examples=examples(30))
@given(placement_histories(most=40, furthest=40), st.integers(0, 30), st.integers(0, 90))
def test_what_is_told_is_true_closes_and_is_not_small(history, first, seen_on):
    columns, placement = columns_of(history)
    before = participations(columns, placement, moment(seen_on))
    now = participations(columns, placement, None)
    for unit in Unit:
        question = Question(start=day(first), end=day(first + 30), unit=unit)
        told = tell_balances(before, now, question, 5)
        real = reconcile(now, Question(start=question.start, end=question.end, unit=unit))
        for group, line in told.shown.lines.items():
            numbers = [line.published, line.start, line.new, line.ended, line.end]
            assert not any(0 < int(one.text) < 5 for one in numbers if not one.hidden)
            if not any(one.hidden for one in numbers):
                published, start, new, ended, end = (int(one.text) for one in numbers)
                assert start + new - ended == end
                assert published + int(line.difference.text) == start
            if group.kind is not None and group != REST_OF_KINDS:
                assert line.start.text in {"x", str(real[group].start)}
