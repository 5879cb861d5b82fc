"""Courses of placements as statements, with late registration, corrections and withdrawals."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import strategies as st

from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState

FIRST = date(2025, 1, 1)
KINDS = list(PlaceKind)[:3]
STATES = [state for state in PlacementState if state in TAKES_PART]
OUTCOMES = [
    "",
    Outcome.GOAL_REACHED,
    Outcome.MOVED_ON_TO_PAID_WORK,
    Outcome.MOVED_ON_TO_TRAINING,
    Outcome.STOPPED_BY_RESIDENT,
    Outcome.MOVED_AWAY,
    Outcome.DIED,
]


def day(number):
    return FIRST + timedelta(days=number)


def moment(number):
    return datetime(2025, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)


def columns_of(history):
    """Return the columns, and the placement of each entry, from (placement, statement) pairs."""
    ordered = sorted(history, key=lambda one: one[1].id)
    numbers = np.array([placement for placement, _ in ordered], dtype=np.int64)
    return Columns.from_statements([each for _, each in ordered]), numbers


def state(number, person, kind, starts, ends, **more):
    given = {"state": PlacementState.ACTIVE, "recorded_at": moment(starts)} | more
    return Statement(
        id=number,
        person=person,
        kind=EntryKind.PLACEMENT,
        starts_on=day(starts),
        ends_on=None if ends is None else day(ends),
        place_kind=kind,
        **given,
    )


@st.composite
def placement_histories(draw, most=7, furthest=60):
    """Draw placements of one to three states that follow each other, and corrections of some."""
    history = []
    for placement in range(1, draw(st.integers(0, most)) + 1):
        person, kind = draw(st.integers(1, 4)), draw(st.sampled_from(KINDS))
        district = draw(st.integers(0, 2))
        starts = draw(st.integers(0, furthest))
        for _ in range(draw(st.integers(1, 3))):
            ends = draw(st.one_of(st.none(), st.integers(0, 20).map(lambda n, s=starts: s + n)))
            history.append(
                (
                    placement,
                    state(
                        len(history) + 1,
                        person,
                        kind,
                        starts,
                        ends,
                        state=draw(st.sampled_from([*STATES, PlacementState.PROPOSED])),
                        recorded_at=moment(draw(st.integers(0, 90))),
                        district=district,
                        outcome="" if ends is None else draw(st.sampled_from(OUTCOMES)),
                    ),
                )
            )
            if ends is None:
                break
            starts = ends
    for placement, old in list(history):
        if draw(st.integers(0, 3)) == 0:
            history.append((placement, draw(corrections(old, len(history) + 1))))
    return history


@st.composite
def corrections(draw, old, number):
    starts = draw(st.integers(-5, 5).map(lambda n: old.starts_on + timedelta(days=n)))
    ends = draw(st.one_of(st.none(), st.integers(0, 20).map(lambda n: starts + timedelta(days=n))))
    return replace(
        old,
        id=number,
        replaces=old.id,
        recorded_at=old.recorded_at + timedelta(days=draw(st.integers(0, 60))),
        withdrawn=draw(st.integers(0, 3)) == 0,
        starts_on=starts,
        ends_on=ends,
        place_kind=draw(st.sampled_from([old.place_kind, *KINDS])),
    )
