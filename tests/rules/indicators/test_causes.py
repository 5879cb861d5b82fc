"""Which statements changed a figure: those by which somebody counts otherwise, and no other."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.causes import Corrected, Where, causes_of, kinds_of
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.people_words import (
    Events,
    PeopleByGrowth,
    PeopleInState,
    PeopleWithEvent,
    PeopleWithoutEvent,
    Share,
)
from meedoen.rules.indicators.spells import spells_of
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import EntryKind, PlaceKind, PlacementState
from tests.rules.indicators.histories import days, histories, in_state, moments, thorough

ON = date(2024, 12, 31)
THEN = datetime(2025, 1, 10, tzinfo=UTC)
BEFORE, AFTER = THEN - timedelta(days=5), THEN + timedelta(days=5)
WORD = PeopleInState(EntryKind.PLACEMENT, (PlacementState.ACTIVE,))
WHOLE = Where()


def placed(number, person, *, recorded=BEFORE, starts=date(2024, 3, 1), **more):
    return Statement(
        id=number,
        person=person,
        kind=EntryKind.PLACEMENT,
        starts_on=starts,
        ends_on=more.pop("ends", None),
        recorded_at=recorded,
        state=PlacementState.ACTIVE,
        place_kind=PlaceKind.PARTICIPATION_JOB,
        **more,
    )


def corrected(*statements):
    rows = sorted(statements, key=lambda one: one.id)
    replaces = np.array([one.replaces or 0 for one in rows], dtype=np.int64)
    return Corrected(Columns.from_statements(rows), replaces)


def causes(*statements, where=WHOLE, word=WORD, now=None, then=THEN):
    history = corrected(*statements)
    found = causes_of(word, history, ON, where, then=then, now=now)
    return history.columns.entry[found.rows].tolist(), found.people.tolist()


def test_what_was_recorded_late_is_why_somebody_counts_now():
    assert causes(placed(1, 7), placed(2, 8, recorded=AFTER)) == ([2], [8])


def test_what_was_taken_back_is_why_somebody_counts_no_more():
    gone = placed(2, 7, recorded=AFTER, replaces=1, withdrawn=True)
    assert causes(placed(1, 7), gone, placed(3, 8)) == ([2], [7])


def test_a_start_that_was_moved_past_the_day_is_a_cause_though_it_begins_later():
    moved = placed(2, 7, recorded=AFTER, replaces=1, starts=date(2025, 2, 1))
    assert causes(placed(1, 7), moved) == ([2], [7])


def test_a_correction_by_which_nobody_counts_otherwise_is_no_cause():
    earlier = placed(2, 7, recorded=AFTER, replaces=1, starts=date(2024, 4, 1))
    assert causes(placed(1, 7), earlier) == ([], [])


def test_what_begins_after_the_day_is_no_cause_beside_what_is():
    statements = (
        placed(1, 7, recorded=AFTER),
        placed(2, 7, recorded=AFTER, starts=date(2025, 5, 1)),
    )
    assert causes(*statements) == ([1], [7])


def test_what_was_put_right_again_before_now_is_no_cause():
    wrong = placed(2, 7, recorded=AFTER, replaces=1, withdrawn=True)
    right = placed(3, 7, recorded=AFTER + timedelta(days=1), replaces=2)
    assert causes(placed(1, 7), wrong, right) == ([], [])
    between = AFTER + timedelta(hours=1)
    assert causes(placed(1, 7), wrong, right, now=between) == ([2], [7])


def test_losing_one_of_two_places_changes_nothing_when_people_count_once():
    second = placed(2, 7, starts=date(2024, 5, 1))
    gone = placed(3, 7, starts=date(2024, 5, 1), recorded=AFTER, replaces=2, withdrawn=True)
    assert causes(placed(1, 7), second, gone) == ([], [])


def test_another_kind_of_statement_of_the_same_person_is_no_cause():
    talk = Statement(
        id=2,
        person=7,
        kind=EntryKind.CONVERSATION,
        starts_on=date(2024, 5, 1),
        ends_on=date(2024, 5, 2),
        recorded_at=AFTER,
    )
    assert causes(talk, placed(3, 7, recorded=AFTER)) == ([3], [7])


def test_moving_to_another_district_changes_both_districts_and_not_the_whole():
    before = placed(1, 7, district=1)
    after = placed(2, 7, district=2, replaces=1, recorded=AFTER)
    assert causes(before, after) == ([], [])
    for district in (1, 2):
        assert causes(before, after, where=Where(district=district)) == ([2], [7])
    assert causes(before, after, where=Where(district=3)) == ([], [])


def test_of_events_each_late_one_up_to_the_day_is_a_cause_also_a_second_of_that_day():
    def attempt(number, recorded, day=date(2024, 6, 1)):
        return Statement(
            id=number,
            person=7,
            kind=EntryKind.ATTEMPT,
            starts_on=day,
            ends_on=day + timedelta(days=1),
            recorded_at=recorded,
        )

    late, next_year = attempt(2, AFTER), attempt(3, AFTER, day=date(2025, 1, 8))
    word = Events(EntryKind.ATTEMPT)
    assert causes(attempt(1, BEFORE), late, next_year, word=word) == ([2], [7])


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        (PeopleWithoutEvent((EntryKind.ATTEMPT,)), {EntryKind.BENEFIT, EntryKind.ATTEMPT}),
        (PeopleByGrowth(), {EntryKind.MEASUREMENT}),
        (PeopleByGrowth(on_benefit=True), {EntryKind.MEASUREMENT, EntryKind.BENEFIT}),
        (
            Share(WORD, PeopleWithEvent(EntryKind.CONVERSATION)),
            {EntryKind.PLACEMENT, EntryKind.CONVERSATION},
        ),
    ],
)
def test_each_word_looks_at_its_own_kinds(word, kinds):
    assert set(kinds_of(word)) == kinds


def people(word, columns, moment, on):
    known = columns.known_at(moment)
    spells = spells_of(word, known)
    number = (on - date(1970, 1, 1)).days
    return set(spells.person[(spells.starts <= number) & (number < spells.ends)].tolist())


def in_order(history):
    """Let what takes the place of something else be about the same person, and come later."""
    found = {}
    for one in history:
        earlier = found.get(one.replaces)
        found[one.id] = one if earlier is None else later_than(one, earlier)
    return list(found.values())


def later_than(one, earlier):
    recorded = max(one.recorded_at, earlier.recorded_at)
    return replace(one, person=earlier.person, recorded_at=recorded)


@given(
    histories((EntryKind.PLACEMENT,)).map(in_order),
    in_state.filter(lambda word: word.kind is EntryKind.PLACEMENT),
    days,
    st.tuples(moments, moments),
)
@thorough
def test_everybody_who_counts_otherwise_has_a_cause_and_nobody_else(history, word, on, edges):
    then, now = min(edges), max(edges)
    found = corrected(*history)
    told = causes_of(word, found, on, WHOLE, then=then, now=now)
    differ = people(word, found.columns, then, on) ^ people(word, found.columns, now, on)
    assert set(told.people.tolist()) == differ


def test_what_was_written_to_the_name_of_somebody_else_is_a_cause_for_both():
    assert causes(placed(1, 7), placed(2, 8, recorded=AFTER, replaces=1)) == ([2], [7, 8])
