"""Start + new - ended = end, always; and what was published then is explained by corrections."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meedoen.rules.flows.participations import participations, placements_of_entries
from meedoen.rules.flows.reconciliation import (
    Balance,
    Correction,
    Group,
    Question,
    Unit,
    reconcile,
    reconcile_published,
)
from meedoen.rules.vocabulary import Outcome, PlaceKind, PlacementState
from tests.examples import examples
from tests.rules.flows.histories import columns_of, day, moment, placement_histories, state
from tests.rules.flows.reference import balance, took_part

JOB, VOLUNTEER = PlaceKind.PARTICIPATION_JOB, PlaceKind.VOLUNTEER_WORK
thorough = settings(deadline=None, max_examples=examples(80))
questions = st.builds(
    lambda first, length, unit, kind, district: Question(
        start=day(first),
        end=day(first + length),
        unit=unit,
        by_kind=kind,
        by_district=district,
    ),
    st.integers(0, 60),
    st.integers(1, 40),
    st.sampled_from(Unit),
    st.booleans(),
    st.booleans(),
)
MONTH = Question(start=day(30), end=day(58))


def counted(history, question, known_at=None):
    return reconcile(participations(*columns_of(history), known_at), question)


@thorough
@given(placement_histories(), questions, st.one_of(st.none(), st.integers(0, 120).map(moment)))
def test_every_line_closes_and_is_what_plain_loops_count(history, question, known_at):
    found = counted(history, question, known_at)
    rows = took_part(history, known_at)
    groups = {
        Group(
            PlaceKind(row.kind) if question.by_kind else None,
            row.district if question.by_district else None,
        )
        for row in rows
    }
    assert set(found) == groups
    for group, line in found.items():
        mine = [
            row
            for row in rows
            if group.kind in (None, row.kind) and group.district in (None, row.district)
        ]
        plain = balance(mine, question.start, question.end, people=question.unit is Unit.PEOPLE)
        assert (line.start, line.new, line.ended, line.end) == plain
        assert line.difference == 0
        assert line.corrections == {}


@thorough
@given(placement_histories(), questions, st.integers(0, 120), st.integers(0, 60))
def test_the_difference_with_what_was_published_is_the_sum_of_the_corrections(
    history, question, then, later
):
    columns, placement = columns_of(history)
    known = (moment(then), moment(then + later))
    found = reconcile_published(
        columns, placement, question, published_at=known[0], known_at=known[1]
    )
    published = counted(history, question, known[0])
    now = counted(history, question, known[1])
    nothing = Balance(0, 0, {}, 0, {})
    for group, line in found.items():
        assert line.difference == sum(line.corrections.values())
        assert line.start == published.get(group, nothing).start
        assert replace(line, start=0, corrections={}) == replace(now.get(group, nothing), start=0)


@given(placement_histories(), st.integers(0, 60), st.integers(1, 30), st.integers(1, 30))
def test_two_periods_after_each_other_are_one(history, first, one, two):
    days = [day(first), day(first + one), day(first + one + two)]
    parts = [counted(history, Question(start=start, end=end)) for start, end in pairwise(days)]
    whole = counted(history, Question(start=days[0], end=days[2]))
    for group, line in whole.items():
        assert line.new == parts[0][group].new + parts[1][group].new
        assert parts[0][group].end == parts[1][group].start


def test_a_pause_and_the_end_of_a_trial_are_no_end():
    history = [
        (1, state(1, 1, JOB, 0, 35, state=PlacementState.TRIAL)),
        (1, state(2, 1, JOB, 35, 40)),
        (1, state(3, 1, JOB, 40, 45, state=PlacementState.PAUSED)),
        (1, state(4, 1, JOB, 45, None)),
    ]
    assert counted(history, MONTH) == {Group(JOB): Balance(1, 0, {}, 1, {})}


def test_somebody_with_two_placements_is_two_placements_and_one_person():
    history = [
        (1, state(1, 1, JOB, 0, 40, outcome=Outcome.MOVED_ON_TO_OTHER_PLACE)),
        (2, state(2, 1, VOLUNTEER, 40, None)),
        (3, state(3, 1, JOB, 35, 36, outcome=Outcome.STOPPED_BY_PARTNER)),
    ]
    together = replace(MONTH, by_kind=False)
    ended = {Outcome.MOVED_ON_TO_OTHER_PLACE: 1, Outcome.STOPPED_BY_PARTNER: 1}
    assert counted(history, together) == {Group(): Balance(1, 2, ended, 1, {})}
    # Who goes on elsewhere the next day did not stop.
    people = replace(together, unit=Unit.PEOPLE)
    assert counted(history, people) == {Group(): Balance(1, 0, {}, 1, {})}
    # Per kind it is an end of one and a beginning of the other.
    assert counted(history, replace(people, by_kind=True)) == {
        Group(JOB): Balance(1, 0, {Outcome.MOVED_ON_TO_OTHER_PLACE: 1}, 0, {}),
        Group(VOLUNTEER): Balance(0, 1, {}, 1, {}),
    }


def test_the_last_day_of_a_period_still_belongs_to_it():
    history = [
        (1, state(1, 1, JOB, 0, 59)),
        (2, state(2, 2, JOB, 0, 58)),
        (3, state(3, 3, JOB, 58, 90)),
    ]
    assert counted(history, MONTH) == {Group(JOB): Balance(2, 1, {None: 1}, 2, {})}


@pytest.mark.parametrize(
    ("was", "became", "correction"),
    [
        (None, state(2, 1, JOB, 10, None, recorded_at=moment(50)), {Correction.LATE_START: 1}),
        (state(1, 1, JOB, 10, None), {"ends_on": day(20)}, {Correction.LATE_END: -1}),
        (state(1, 1, JOB, 10, None), {"withdrawn": True}, {Correction.WITHDRAWN: -1}),
        (state(1, 1, JOB, 10, None), {"starts_on": day(33)}, {Correction.CHANGED_DATES: -1}),
        (state(1, 1, JOB, 10, 40), {"ends_on": day(29)}, {Correction.CHANGED_DATES: -1}),
        (state(1, 1, JOB, 10, 29), {"ends_on": None}, {Correction.CHANGED_DATES: 1}),
        (state(1, 1, JOB, 10, None), {"ends_on": day(45)}, {}),
    ],
)
@pytest.mark.parametrize("unit", Unit)
def test_every_correction_has_its_name(was, became, correction, unit):
    history = [] if was is None else [(1, was)]
    if isinstance(became, dict):
        became = replace(was, id=2, replaces=1, recorded_at=moment(50), **became)
    columns, placement = columns_of([*history, (1, became)])
    question = replace(MONTH, unit=unit)
    line = reconcile_published(columns, placement, question, published_at=moment(31)).get(
        Group(JOB), Balance(0, 0, {}, 0, {})
    )
    assert line.corrections == correction
    assert line.difference == sum(correction.values())


def test_another_kind_moves_a_placement_from_line_to_line():
    was = state(1, 1, JOB, 10, None)
    became = replace(was, id=2, replaces=1, recorded_at=moment(50), place_kind=VOLUNTEER)
    columns, placement = columns_of([(1, was), (1, became)])
    found = reconcile_published(columns, placement, MONTH, published_at=moment(31))
    assert found[Group(JOB)].corrections == {Correction.CHANGED_GROUP: -1}
    assert found[Group(VOLUNTEER)].corrections == {Correction.CHANGED_GROUP: 1}


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="give a day after 2025-01-31"):
        replace(MONTH, end=day(30))


def test_entries_without_their_placements_are_refused():
    columns, _ = columns_of([(1, state(1, 1, JOB, 10, None))])
    with pytest.raises(ValueError, match="1 entries, but 0 placements"):
        participations(columns, np.array([], dtype=np.int64), None)


@given(placement_histories())
def test_what_was_replaced_is_about_the_placement_of_what_took_its_place(history):
    ordered = sorted(history, key=lambda one: one[1].id)
    replaced = {each.replaces for _, each in ordered}
    standing = [(each.id, number) for number, each in ordered if each.id not in replaced]
    found = placements_of_entries(
        np.array([each.id for _, each in ordered], dtype=np.int64),
        np.array([each.replaces or 0 for _, each in ordered], dtype=np.int64),
        np.array([one for one, _ in standing], dtype=np.int64),
        np.array([number for _, number in standing], dtype=np.int64),
    )
    assert found.tolist() == [number for number, _ in ordered]
