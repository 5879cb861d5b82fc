"""Every district one tile, about where it lies."""

from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.tile_map import tiles

MIDDLES = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3),
    st.tuples(st.floats(50.5, 53.6), st.floats(3.4, 7.2)),
    max_size=40,
)


def test_a_district_in_the_north_stands_above_one_in_the_south():
    found = tiles({"north": (53.25, 6.55), "south": (53.18, 6.55)})
    assert found["north"][1] < found["south"][1]


def test_a_district_in_the_west_stands_left_of_one_in_the_east():
    found = tiles({"east": (53.2, 6.6), "west": (53.2, 6.5)})
    assert found["west"][0] < found["east"][0]


def test_without_all_middles_they_stand_in_rows_by_code():
    found = tiles({"b": None, "a": (53.2, 6.5), "c": None, "d": None})
    assert found == {"a": (0, 0), "b": (1, 0), "c": (0, 1), "d": (1, 1)}


def test_no_district_gives_no_tile_and_one_gives_the_first():
    assert tiles({}) == {}
    assert tiles({"only": (53.2, 6.5)}) == {"only": (0, 0)}


@given(MIDDLES)
def test_no_two_districts_share_a_tile_and_none_is_lost(middles):
    found = tiles(middles)
    assert found.keys() == middles.keys()
    assert len(set(found.values())) == len(found)
    assert all(column >= 0 and row >= 0 for column, row in found.values())


@given(MIDDLES, st.randoms(use_true_random=False))
def test_the_order_of_the_input_plays_no_part(middles, random):
    codes = list(middles)
    random.shuffle(codes)
    assert tiles({code: middles[code] for code in codes}) == tiles(middles)
