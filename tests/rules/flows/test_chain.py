"""One path over two laws, in which every step keeps the law it was written down for."""

from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.flows.chain import (
    STEPS,
    Direction,
    Stretch,
    path_of,
    read_chain,
    shipped_chain,
)
from meedoen.rules.indicators.after_ends import Elsewhere
from meedoen.rules.places.kinds import rules_of
from meedoen.rules.vocabulary import LegalTask, Outcome, PlaceKind

SHIPPED = files("meedoen").joinpath("catalogue", "flows", "chain.toml").read_text("utf-8")
DAY, NEIGHBOURS, JOB, VOLUNTEER = (
    PlaceKind.DAY_ACTIVITY,
    PlaceKind.NEIGHBOURHOOD_ACTIVITY,
    PlaceKind.PARTICIPATION_JOB,
    PlaceKind.VOLUNTEER_WORK,
)


def at(number):
    return date(2024, 1, 1) + timedelta(days=number)


def stretch(placement, kind, starts, ends=None, outcome=None):
    return Stretch(
        placement=placement,
        kind=kind,
        starts_on=at(starts),
        ends_on=None if ends is None else at(ends),
        outcome=outcome,
    )


CLIMB = [
    stretch(1, DAY, 0, 100, Outcome.MOVED_ON_TO_OTHER_PLACE),
    stretch(2, NEIGHBOURS, 90, 200, Outcome.GOAL_REACHED),
    stretch(3, JOB, 230, 400, Outcome.MOVED_ON_TO_PAID_WORK),
]
stretches = st.lists(
    st.tuples(
        st.sampled_from(PlaceKind),
        st.integers(0, 60),
        st.one_of(st.none(), st.integers(1, 30)),
        st.sampled_from([None, *Outcome]),
    ),
    max_size=6,
).map(
    lambda rows: [
        stretch(number, kind, first, None if days is None else first + days, outcome)
        for number, (kind, first, days, outcome) in enumerate(rows, start=1)
    ]
)


def test_from_day_activity_to_paid_work_is_one_path_with_the_law_of_each_step():
    path = path_of(CLIMB)
    assert [step.step for step in path] == [DAY, NEIGHBOURS, JOB, Elsewhere.PAID_WORK]
    assert [step.legal_task for step in path] == [
        LegalTask.SOCIAL_SUPPORT,
        LegalTask.PARTICIPATION,
        LegalTask.PARTICIPATION,
        None,
    ]
    assert [step.direction for step in path] == [
        Direction.FIRST,
        Direction.UP,
        Direction.UP,
        Direction.UP,
    ]
    assert [step.beside for step in path] == [(), (0,), (), ()]
    assert [step.gap_days for step in path] == [0, 0, 30, 0]
    assert [step.placement for step in path] == [1, 2, 3, None]


def test_paid_work_is_over_as_far_as_is_known_when_a_place_begins():
    path = path_of([*CLIMB, stretch(4, VOLUNTEER, 500)])
    assert [(one.step, one.direction, one.ends_on) for one in path[3:]] == [
        (Elsewhere.PAID_WORK, Direction.UP, at(500)),
        (VOLUNTEER, Direction.DOWN, None),
    ]


def test_a_job_and_volunteering_lie_side_by_side():
    path = path_of([stretch(1, JOB, 0, 50), stretch(2, VOLUNTEER, 50)])
    assert path[1].direction is Direction.LEVEL


def test_a_place_that_begins_that_day_leaves_no_time_for_anything_else():
    path = path_of([CLIMB[2], stretch(4, VOLUNTEER, 400)])
    assert [one.step for one in path] == [JOB, VOLUNTEER]


@given(stretches.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_path_holds_every_placement_once_with_its_own_law(both):
    found, shuffled = both
    path = path_of(found)
    assert path_of(shuffled) == path
    placed = [step for step in path if step.placement is not None]
    assert sorted(step.placement for step in placed) == [one.placement for one in found]
    for step in placed:
        assert step.legal_task is rules_of(step.step, step.starts_on).legal_task
    for number, step in enumerate(path):
        before = [(one.starts_on, one.ends_on) for one in path[:number]]
        going_on = [(ends is None or ends > step.starts_on) for _, ends in before]
        assert [one in step.beside for one in range(number)] == going_on
        free = 0
        day = step.starts_on - timedelta(days=1)
        earlier = [(starts, ends) for starts, ends in before if starts < step.starts_on]
        while earlier and not any(
            starts <= day and (ends is None or day < ends) for starts, ends in earlier
        ):
            free, day = free + 1, day - timedelta(days=1)
        assert step.gap_days == free


@pytest.mark.parametrize("ends", [0, -3])
def test_a_placement_that_is_over_before_it_begins_is_refused(ends):
    with pytest.raises(ValueError, match="placement 9 is over on"):
        path_of([stretch(9, JOB, 0, ends)])


def test_every_step_has_a_level_on_every_day():
    table = shipped_chain()
    assert set(table) == set(STEPS)
    assert all(lines[-1].valid_to is None for lines in table.values())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("level = 6", "level = 0", "level is 0; write a whole number from 1 to 20"),
        ('step = "trial"', 'step = "rocket"', "step is 'rocket'; use"),
        ('step = "trial"', 'step = "other"', "trial: there is no line; add one"),
    ],
)
def test_a_mistake_in_the_order_is_a_sentence(old, new, said):
    with pytest.raises(DatedTableError) as caught:
        read_chain(SHIPPED.replace(old, new), "test.toml")
    assert any(said in problem for problem in caught.value.problems)
