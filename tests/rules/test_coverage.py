"""Supply beside people who look: gaps are seen, and no small number gets out."""

from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.coverage import Looking, Supply, coverage
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.vocabulary import PlaceKind

JOB, WORK = PlaceKind.PARTICIPATION_JOB, PlaceKind.VOLUNTEER_WORK
NORTH, SOUTH = 1, 2


def look(district, *kinds, times=1):
    return [Looking(district, frozenset(kinds))] * times


def test_what_there_is_stands_beside_who_looks():
    supply = {(NORTH, JOB): Supply(places=3, with_room=2, fresh=1)}
    found = coverage([NORTH, SOUTH], supply, look(NORTH, JOB, times=12), threshold=10)
    north, south = (found.kinds[JOB].cells[where] for where in (NORTH, SOUTH))
    assert (north.supply, north.looking, north.is_gap) == (
        Supply(3, 2, 1),
        Shown("12", hidden=False),
        False,
    )
    assert (south.supply, south.looking, south.is_gap) == (
        Supply(),
        Shown("0", hidden=False),
        True,
    )
    assert found.kinds[JOB].whole.looking.text == "12"


def test_a_place_without_room_is_a_gap_too():
    found = coverage([NORTH], {(NORTH, WORK): Supply(2, 0, 2)}, [], threshold=10)
    assert found.kinds[WORK].cells[NORTH].is_gap


def test_who_wishes_two_kinds_counts_in_both_and_who_wishes_none_apart():
    people = [*look(NORTH, JOB, WORK, times=10), *look(SOUTH, times=11)]
    found = coverage([NORTH, SOUTH], {}, people, threshold=10)
    assert found.kinds[JOB].cells[NORTH].looking.text == "10"
    assert found.kinds[WORK].cells[NORTH].looking.text == "10"
    assert found.without_wish.text == "11"


def test_districts_without_any_place_are_named():
    found = coverage([NORTH, SOUTH], {(SOUTH, WORK): Supply(1, 1, 1)}, [], threshold=10)
    assert found.empty_districts([NORTH, SOUTH]) == [NORTH]


@given(
    st.lists(
        st.builds(
            Looking,
            st.integers(1, 4),
            st.frozensets(st.sampled_from([JOB, WORK]), max_size=2),
        ),
        max_size=80,
    )
)
def test_no_small_number_of_a_district_follows_from_what_is_shown(people):
    found = coverage([1, 2, 3, 4], {}, people, threshold=10)
    for kind in (JOB, WORK):
        truth = {
            where: sum(one.district_id == where and kind in one.wished_kinds for one in people)
            for where in (1, 2, 3, 4)
        }
        cells, whole = found.kinds[kind].cells, found.kinds[kind].whole.looking
        hidden = [where for where in truth if cells[where].looking.hidden]
        assert all(cells[where].looking.hidden for where in truth if 0 < truth[where] < 10)
        if not whole.hidden and hidden:
            assert len(hidden) > 1
