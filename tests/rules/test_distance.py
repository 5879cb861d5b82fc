from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.distance import Position, flat_scale, km_between

GRONINGEN, ZWOLLE = Position(53.2194, 6.5665), Position(52.5168, 6.0830)
HERE = st.builds(Position, st.floats(50.7, 53.6), st.floats(3.3, 7.3))


def test_groningen_and_zwolle_are_85_kilometres_apart():
    assert km_between(GRONINGEN, ZWOLLE) == pytest.approx(84.6, abs=0.5)


def test_a_place_is_no_distance_from_itself():
    assert km_between(GRONINGEN, GRONINGEN) == 0


@given(HERE, HERE)
def test_a_distance_is_the_same_both_ways(one, other):
    assert km_between(one, other) == pytest.approx(km_between(other, one), abs=1e-9)


@given(HERE, st.floats(-0.4, 0.4), st.floats(-0.6, 0.6))
def test_around_a_town_the_earth_is_flat_enough(start, north, east):
    there = Position(start.latitude + north, start.longitude + east)
    scale = flat_scale(start)
    flat = hypot(north * scale.north, east * scale.east)
    assert flat == pytest.approx(km_between(start, there), rel=0.01, abs=0.001)


@pytest.mark.parametrize(
    ("latitude", "longitude", "here"),
    [(53.2, 6.5, True), (6.5, 53.2, False), (233_000, 582_000, False), (float("nan"), 6, False)],
)
def test_what_is_not_in_the_netherlands_is_known(latitude, longitude, here):
    assert Position(latitude, longitude).in_the_netherlands is here
