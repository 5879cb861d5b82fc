"""Few are told of together with others: what is left is zero or large, and adds up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.flows.flows import KIND_NODES, Flow
from meedoen.rules.flows.named import any_small, name_rows
from meedoen.rules.flows.told_flow import REST, tell_flow

counts = st.one_of(st.just(0), st.integers(1, 9), st.integers(10, 60))
tables = st.integers(1, 3).flatmap(
    lambda width: st.dictionaries(
        st.integers(1, 9), st.lists(counts, min_size=width, max_size=width), max_size=6
    )
)


@given(tables)
def test_every_named_row_is_whole_and_the_rest_is_all_others(rows):
    told = name_rows(rows, 10)
    for name, row in told.rows.items():
        assert list(row) == rows[name]
        assert not any_small(row, 10)
    others = [row for name, row in rows.items() if name not in told.rows]
    assert (told.rest is None) == (not others)
    if told.rest is not None:
        assert list(told.rest) == [sum(column) for column in zip(*others, strict=True)]
        assert not told.rows or not any_small(told.rest, 10)


@pytest.mark.parametrize(
    ("rows", "named", "rest"),
    [
        ({}, [], None),
        ({"a": (30,), "b": (0,)}, ["a", "b"], None),
        ({"a": (30,), "b": (4,), "c": (7,)}, ["a"], (11,)),
        ({"a": (30,), "b": (20,), "c": (7,)}, ["a"], (27,)),
        ({"a": (20,), "b": (20,), "c": (7,)}, ["a"], (27,)),
        ({"a": (30,), "b": (7,)}, [], (37,)),
        ({"a": (30, 12), "b": (30, 2), "c": (40, 10)}, ["c"], (60, 14)),
        ({"a": (2,), "b": (3,)}, [], (5,)),
    ],
)
def test_the_smallest_row_joins_a_rest_that_is_small(rows, named, rest):
    told = name_rows(rows, 10)
    assert (list(told.rows), told.rest) == (named, rest)


def test_a_low_threshold_is_refused():
    with pytest.raises(ValueError, match="under the lowest"):
        name_rows({}, 4)


# --- flows --------------------------------------------------------------------------------------

squares = st.integers(1, 5).flatmap(
    lambda size: st.lists(
        st.lists(counts, min_size=size, max_size=size), min_size=size, max_size=size
    )
)


@given(squares)
def test_a_flow_that_is_told_adds_up_and_has_no_small_number(square):
    flow = Flow(KIND_NODES[: len(square)], np.array(square, dtype=np.int64))
    told = tell_flow(flow)
    if told.total.hidden or not flow.total:
        assert told.sources == ()
        return
    assert told.total.text == str(flow.total) == str(sum(one.people for one in told.sources))
    for one in told.sources:
        assert one.people >= 10
        assert one.people == sum(link.people for link in one.links)
        assert all(link.people >= 10 and link.source == one.source for link in one.links)
        if one.source != REST:
            row = flow.people[flow.nodes.index(one.source)]
            real = dict(zip(flow.nodes, row.tolist(), strict=True))
            assert all(link.people == real[link.target] for link in one.links
                       if link.target != REST)  # fmt: skip


def test_large_flows_are_told_by_name_and_small_ones_together():
    square = np.array([[40, 3, 9], [12, 30, 0], [1, 2, 3]], dtype=np.int64)
    told = tell_flow(Flow(("a", "b", "c"), square))
    assert told.total.text == "100"
    # Six people come from c: too few to be told of, so b is told of together with them.
    assert [(one.source, one.people) for one in told.sources] == [("a", 52), (REST, 48)]
    links = [(link.source, link.target, link.people) for one in told.sources for link in one.links]
    assert links == [("a", "a", 40), ("a", REST, 12), (REST, "b", 32), (REST, REST, 16)]


def test_few_people_are_not_told_of():
    told = tell_flow(Flow(("a",), np.array([[9]], dtype=np.int64)))
    assert (told.total.text, told.sources) == ("<10", ())
