"""Which placements of one person cannot go together, and from when."""

from datetime import date, timedelta
from importlib.resources import files
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.places.overlaps import (
    Stay,
    clashes,
    kinds_apart,
    read_overlaps,
    shipped_overlaps,
)
from meedoen.rules.vocabulary import PlaceKind

SHIPPED = files("meedoen").joinpath("catalogue", "places", "overlaps.toml").read_text("utf-8")
MARCH, JUNE, OPEN = date(2026, 3, 1), date(2026, 6, 1), date(9999, 12, 31)
JOB, WSW, NEW = PlaceKind.PARTICIPATION_JOB, PlaceKind.SHELTERED_WSW, PlaceKind.SHELTERED_NEW


def stay(key, kind=JOB, start=MARCH, end=OPEN, *, takes_part=True, is_job=False):
    return Stay(key, kind, takes_part, start, end, is_job)


@pytest.mark.parametrize(
    ("first", "second", "on"),
    [
        (stay(1), stay(2), MARCH),
        (stay(1), stay(2, start=JUNE), JUNE),
        (stay(1, end=JUNE), stay(2, start=JUNE), None),
        (stay(1), stay(2, takes_part=False), None),
        (stay(1, WSW), stay(2, NEW, takes_part=False), MARCH),
        (stay(1, WSW), stay(2, JOB), MARCH),
        (stay(1, JOB), stay(2, PlaceKind.VOLUNTEER_WORK), None),
        (stay(1, PlaceKind.VOLUNTEER_WORK), stay(2, PlaceKind.VOLUNTEER_WORK), None),
        # A job counts wherever it is done, but its own place is the same work.
        (stay(-1, NEW, start=JUNE, is_job=True), stay(2, JOB), JUNE),
        (stay(-2, WSW, is_job=True), stay(2, NEW, takes_part=False), MARCH),
        (stay(-2, WSW, is_job=True), stay(-1, NEW, is_job=True), MARCH),
        (stay(-2, WSW, is_job=True), stay(2, WSW), None),
        (stay(-1, NEW, is_job=True), stay(2, NEW), None),
        # A trial that became more is one placement.
        (stay(1, end=JUNE), stay(1, start=MARCH), None),
    ],
)
def test_two_stretches_clash_from_the_first_day_on_which_both_go_on(first, second, on):
    for pair in permutations([first, second]):
        assert [clash.on for clash in clashes(pair)] == ([on] if on else [])


@given(
    st.lists(
        st.builds(
            lambda key, kind, at, days, takes_part: stay(
                key,
                kind,
                MARCH + timedelta(days=at),
                MARCH + timedelta(days=at + days),
                takes_part=takes_part,
            ),
            st.integers(1, 3),
            st.sampled_from([JOB, WSW, NEW, PlaceKind.OTHER]),
            st.integers(0, 20),
            st.integers(1, 20),
            st.booleans(),
        ),
        max_size=5,
    )
)
def test_on_the_day_of_a_clash_both_go_on_and_not_before(stays):
    for clash in clashes(stays):
        pair = (clash.first, clash.second)
        assert all(one.starts_on <= clash.on < one.ends_on for one in pair)
        assert any(clash.on - timedelta(days=1) < one.starts_on for one in pair)
        assert {one.kind for one in pair} <= kinds_apart()


def test_a_pair_that_was_closed_lets_them_go_together_from_then_on():
    closed = SHIPPED.replace(
        'second = "participation_job"\nvalid_from = 2015-01-01',
        'second = "participation_job"\nvalid_from = 2015-01-01\nvalid_to = 2026-06-01',
    )
    table = read_overlaps(closed, "x")
    assert not clashes([stay(1), stay(2, start=JUNE)], table)
    assert clashes([stay(1), stay(2, start=JUNE - timedelta(days=1))], table)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from_start = true", 'from_start = "yes"', "from_start is 'yes'; write true or false"),
        ('first = "sheltered_wsw"', 'first = "prison"', "first is 'prison'; use"),
        ("[[overlaps]]", "[[overlaps]]\nweight = 1", "'weight' is not known here"),
        (
            'second = "sheltered_new"\nvalid_from = 2015-01-01\nfrom_start = true',
            'second = "participation_job"\nvalid_from = 2016-01-01\nfrom_start = true',
            "two lines about participation_job and participation_job hold on 2016-01-01",
        ),
    ],
)
def test_a_mistake_in_the_table_is_a_sentence(old, new, said):
    assert old in SHIPPED
    with pytest.raises(DatedTableError) as caught:
        read_overlaps(SHIPPED.replace(old, new), "overlaps.toml")
    assert any(said in problem for problem in caught.value.problems)


def test_every_pair_says_why():
    assert all(line.reason.endswith(".") for line in shipped_overlaps())
