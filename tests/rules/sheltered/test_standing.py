"""On which days somebody may work in sheltered work, and on which they have a job in it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.sheltered.standing import (
    GRANTED,
    Standing,
    job_since,
    may_take_part,
    standings,
)
from meedoen.rules.sheltered.words import ShelteredState
from meedoen.rules.vocabulary import PlaceKind

S = ShelteredState
NEW, WSW = PlaceKind.SHELTERED_NEW, PlaceKind.SHELTERED_WSW
OPEN = date(9999, 12, 31)
JANUARY, MARCH, MAY, JULY = (date(2026, month, 1) for month in (1, 3, 5, 7))
DAY_BEFORE_MARCH = MARCH - timedelta(days=1)


@dataclass(frozen=True)
class Step:
    state: str
    on: date


def told(*steps: tuple[ShelteredState, date]) -> list[Standing]:
    return list(standings([Step(*step) for step in steps], still_open=OPEN))


@pytest.mark.parametrize("state", list(S))
def test_a_decision_holds_from_granting_to_the_end(state):
    found = told((S.REQUESTED, JANUARY), (state, MARCH))
    assert bool(found) is (state in {S.GRANTED, S.WAITING, S.BRIDGING, S.EMPLOYED})
    assert [one.is_employed for one in found] == ([state is S.EMPLOYED] if found else [])


def test_a_track_is_a_stretch_for_each_state_in_which_the_decision_holds():
    found = told(
        (S.ADVICE_POSITIVE, JANUARY),
        (S.GRANTED, MARCH),
        # Granted and waiting on one day: of the first nothing is left.
        (S.WAITING, MARCH),
        (S.EMPLOYED, MAY),
        (S.ENDED, JULY),
    )
    assert found == [
        Standing(NEW, MARCH, MAY, is_employed=False),
        Standing(NEW, MAY, JULY, is_employed=True),
    ]


@pytest.mark.parametrize(
    ("kind", "on", "may"),
    [
        (NEW, DAY_BEFORE_MARCH, False),
        (NEW, MARCH, True),
        (NEW, JULY - timedelta(days=1), True),
        (NEW, JULY, False),
        # A decision on new sheltered work is no job under the Wsw.
        (WSW, MARCH, False),
        # Nothing is asked of other kinds.
        (PlaceKind.PARTICIPATION_JOB, DAY_BEFORE_MARCH, True),
    ],
)
def test_somebody_takes_part_from_the_decision_until_it_ends(kind, on, may):
    known = told((S.GRANTED, MARCH), (S.EMPLOYED, MAY), (S.ENDED, JULY))
    assert may_take_part(kind, on, known) is may


@pytest.mark.parametrize(
    ("on", "since"),
    [
        (DAY_BEFORE_MARCH, None),
        (MARCH, MARCH),
        # Other hours are another stretch of the same job.
        (MAY, MARCH),
        (JULY, None),
    ],
)
def test_what_follows_on_is_one_job(on, since):
    known = [
        Standing(WSW, MAY, JULY, is_employed=True),
        Standing(WSW, MARCH, MAY, is_employed=True),
        Standing(WSW, date(2010, 1, 1), date(2014, 1, 1), is_employed=True),
        Standing(NEW, JANUARY, MARCH, is_employed=True),
    ]
    assert job_since(WSW, on, known) == since


def test_waiting_is_no_job():
    assert job_since(NEW, MAY, told((S.GRANTED, MARCH), (S.WAITING, MAY))) is None


@given(st.lists(st.tuples(st.sampled_from(list(S)), st.integers(0, 20)), max_size=8))
def test_each_day_stands_as_the_last_step_up_to_it_says(drawn):
    days = sorted(number for _state, number in drawn)
    steps = [
        Step(state, JANUARY + timedelta(days=at))
        for (state, _number), at in zip(drawn, days, strict=True)
    ]
    known = list(standings(steps, still_open=OPEN))
    for at in range(25):
        day = JANUARY + timedelta(days=at)
        state = next((step.state for step in reversed(steps) if step.on <= day), None)
        assert may_take_part(NEW, day, known) is (state in GRANTED)
        assert (job_since(NEW, day, known) is not None) is (state == S.EMPLOYED)
