"""Everybody stands once on both sides, and no small number can be found back."""

from collections import Counter
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meedoen.rules.flows.flows import KIND_NODES, Flow, Link, kind_flow, protect_flow, rung_flow
from meedoen.rules.flows.participations import participations
from meedoen.rules.flows.protected import Line, protect_lines
from meedoen.rules.indicators.after_ends import Elsewhere
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind
from tests.examples import examples
from tests.rules.flows.histories import columns_of, day, moment, placement_histories, state
from tests.rules.flows.reference import on_day, took_part
from tests.rules.indicators.histories import histories
from tests.rules.indicators.reference import known

JOB, VOLUNTEER = PlaceKind.PARTICIPATION_JOB, PlaceKind.VOLUNTEER_WORK
thorough = settings(deadline=None, max_examples=examples(80))
AFTER = {
    "moved_on_to_paid_work": "to_paid_work",
    "moved_on_to_training": "to_training",
    "moved_away": "to_other_municipality",
    "died": "died",
}


def plain_kinds(rows, start, end):
    counts = Counter()
    for person in {row.person for row in rows}:
        mine = [row for row in rows if row.person == person]
        if not any(
            on_day(mine, start + timedelta(days=later)) for later in range((end - start).days + 1)
        ):
            continue
        sides = []
        for when in (start, end):
            there = on_day(mine, when)
            latest = max(there, key=lambda row: (row.starts, row.placement), default=None)
            sides.append(latest.kind if latest else "nothing")
        if sides[1] == "nothing":
            over = [row for row in mine if row.ends is not None and row.ends <= end]
            last = max(over, key=lambda row: (row.ends, row.placement))
            sides[1] = AFTER.get(last.outcome, "nothing")
        counts[tuple(sides)] += 1
    return counts


@thorough
@given(placement_histories(), st.integers(0, 60), st.integers(1, 40))
def test_people_go_between_kinds_as_plain_loops_count(history, first, length):
    flow = kind_flow(participations(*columns_of(history), None), day(first), day(first + length))
    counts = plain_kinds(took_part(history, None), day(first), day(first + length))
    assert {(link.source, link.target): link.people for link in flow.links} == counts
    assert flow.total == sum(counts.values())


@thorough
@given(histories([EntryKind.MEASUREMENT]), st.integers(-400, 60), st.integers(1, 400))
def test_people_go_between_rungs_within_one_version(history, first, length):
    start, end = day(first), day(first + length)
    flow = rung_flow(Columns.from_statements(history).known_at(None), start, end)
    counts, once = Counter(), 0
    rows = [row for row in known(history, None) if row.rung and start <= row.starts_on <= end]
    for person in {row.person for row in rows}:
        mine = sorted(
            (row for row in rows if row.person == person), key=lambda row: (row.starts_on, row.id)
        )
        mine = [row for row in mine if row.ladder_version == mine[-1].ladder_version]
        if len(mine) == 1:
            once += 1
        else:
            counts[str(mine[0].rung), str(mine[-1].rung)] += 1
    assert {(link.source, link.target): link.people for link in flow.flow.links} == counts
    assert flow.measured_once == once


def test_somebody_with_two_placements_stands_under_the_one_that_began_last():
    history = [
        (1, state(1, 1, JOB, 0, 40, outcome=Outcome.MOVED_ON_TO_PAID_WORK)),
        (2, state(2, 1, VOLUNTEER, 10, 35, outcome=Outcome.GOAL_REACHED)),
        (3, state(3, 2, JOB, 33, None)),
    ]
    flow = kind_flow(participations(*columns_of(history), None), day(30), day(50))
    assert flow.links == (
        Link(Elsewhere.NOTHING, JOB, 1),
        Link(VOLUNTEER, Elsewhere.PAID_WORK, 1),
    )


def test_rungs_of_two_versions_are_not_compared():
    rows = [
        Statement(
            id=number,
            person=1,
            kind=EntryKind.MEASUREMENT,
            starts_on=day(number),
            ends_on=day(number + 1),
            recorded_at=moment(0),
            rung=rung,
            ladder_version=version,
        )
        for number, rung, version in [(1, 6, "2008"), (2, 2, "2024"), (3, 3, "2024")]
    ]
    flow = rung_flow(Columns.from_statements(rows).known_at(None), day(0), day(9))
    assert flow.flow.links == (Link("2", "3", 1),)


@pytest.mark.parametrize("length", [0, -3])
def test_a_period_that_ends_before_it_starts_is_refused(length):
    found = participations(*columns_of([]), None)
    with pytest.raises(ValueError, match="the period ends on"):
        kind_flow(found, day(5), day(5 + length))


# --- small numbers ------------------------------------------------------------------------------

counts = st.one_of(st.just(0), st.integers(1, 9), st.integers(10, 60))
squares = st.integers(1, 4).flatmap(
    lambda size: st.lists(
        st.lists(counts, min_size=size, max_size=size), min_size=size, max_size=size
    )
)


def flow_of(square):
    return Flow(KIND_NODES[: len(square)], np.array(square, dtype=np.int64))


def everything(flow, shown):
    """Return what is shown, and the real numbers, of all cells and totals in one order."""
    real, seen, rows = [], [], []
    size = len(flow.nodes)
    for row, source in enumerate(flow.nodes):
        for column, target in enumerate(flow.nodes):
            real.append(int(flow.people[row, column]))
            seen.append(shown.cells[source, target])
    for at, node in enumerate(flow.nodes):
        real.append(int(flow.people[at].sum()))
        seen.append(shown.sources[node])
        rows.append(([at * size + one for one in range(size)], len(real) - 1))
    for at, node in enumerate(flow.nodes):
        real.append(int(flow.people[:, at].sum()))
        seen.append(shown.targets[node])
        rows.append(([one * size + at for one in range(size)], len(real) - 1))
    real.append(flow.total)
    seen.append(shown.total)
    for first in (size * size, size * size + size):
        rows.append((list(range(first, first + size)), len(real) - 1))
    return real, seen, rows


@thorough
@given(squares)
def test_what_is_shown_is_true_and_no_small_number_is_shown_or_follows(square):
    flow = flow_of(square)
    real, seen, lines = everything(flow, protect_flow(flow))
    for number, shown in zip(real, seen, strict=True):
        assert shown.text == ("x" if shown.hidden else str(number))
        assert not 0 < number < 10 or shown.hidden
        assert number or not shown.hidden
    hidden = [at for at, shown in enumerate(seen) if shown.hidden]
    # Two tables with the same shown numbers and another small one: nobody can tell which it is.
    sums = np.zeros((len(lines), len(real)))
    for row, (parts, whole) in enumerate(lines):
        sums[row, parts], sums[row, whole] = 1, -1
    unknown = sums[:, hidden]
    for at, place in enumerate(hidden):
        if real[place] < 10:
            fixed = np.zeros((1, len(hidden)))
            fixed[0, at] = 1
            rank = np.linalg.matrix_rank
            assert rank(np.vstack([unknown, fixed])) > rank(unknown)


@pytest.mark.parametrize(
    ("square", "hidden"),
    [
        ([[50, 40], [30, 20]], 0),
        ([[0, 0], [0, 0]], 0),
        ([[5, 40], [30, 20]], 4),
        ([[5, 0], [0, 90]], 5),
    ],
)
def test_one_small_number_takes_others_along(square, hidden):
    _real, seen, _lines = everything(flow_of(square), protect_flow(flow_of(square)))
    assert sum(one.hidden for one in seen) >= hidden
    assert (hidden == 0) == (not any(one.hidden for one in seen))


@pytest.mark.parametrize(
    ("figures", "parts", "threshold", "said"),
    [
        ({"a": 10, "b": 9}, "b", 10, "the parts of 'a' are 9 together, not 10"),
        ({"a": 10, "b": 10}, "b", 4, "under the lowest"),
        ({"a": -1, "b": -1}, "b", 10, "cannot be under 0"),
    ],
)
def test_what_cannot_be_protected_is_refused(figures, parts, threshold, said):
    with pytest.raises(ValueError, match=said):
        protect_lines(figures, [Line("a", tuple(parts))], threshold)


def test_every_node_has_one_name():
    assert len(set(KIND_NODES)) == len(KIND_NODES)
    assert set(KIND_NODES) == set(map(str, [*PlaceKind, *Elsewhere]))
