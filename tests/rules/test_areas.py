import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.areas import Area, AreasError, read_areas
from meedoen.rules.distance import Position

SQUARE = [[6.0, 53.0], [6.2, 53.0], [6.2, 53.2], [6.0, 53.2], [6.0, 53.0]]
HOLE = [[6.1, 53.0], [6.2, 53.0], [6.2, 53.2], [6.1, 53.2], [6.1, 53.0]]
FAR = [[6.4, 53.0], [6.6, 53.0], [6.6, 53.2], [6.4, 53.2], [6.4, 53.0]]


def geojson(*features):
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": properties, "geometry": geometry}
                for properties, geometry in features
            ],
        }
    )


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def middle(geometry):
    [area] = read_areas(geojson(({"statcode": "WK999001"}, geometry)))
    return (round(area.middle.latitude, 6), round(area.middle.longitude, 6))


@pytest.mark.parametrize(
    ("geometry", "found"),
    [
        (polygon(SQUARE), (53.1, 6.1)),
        (polygon(SQUARE[::-1]), (53.1, 6.1)),
        (polygon(SQUARE, HOLE), (53.1, 6.05)),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [FAR]]}, (53.1, 6.3)),
        ({"type": "Point", "coordinates": [6.1, 53.1]}, (53.1, 6.1)),
    ],
)
def test_the_middle_is_the_centre_of_gravity(geometry, found):
    assert middle(geometry) == found


def test_csv_may_have_dutch_decimals_and_headings_and_empty_lines():
    text = "\ufeffPostcode;Breedtegraad;Lengtegraad\r\n9711;53,2194;6,5665\r\n\r\n9712;53.3;6.6\r\n"
    assert read_areas(text) == (
        Area("9711", Position(53.2194, 6.5665)),
        Area("9712", Position(53.3, 6.6)),
    )


def test_csv_with_commas_and_other_columns_is_read_too():
    assert read_areas("name,pc4,lat,lon\nCentrum,9711,53.2,6.5\n") == (
        Area("9711", Position(53.2, 6.5)),
    )


def test_postcodes_in_geojson_are_known_by_their_number():
    [area] = read_areas(geojson(({"pc4_code": 9711}, polygon(SQUARE))))
    assert area.code == "9711"
    assert not area.is_district


def test_other_areas_are_left_out():
    text = geojson(
        ({"statcode": "GM0014"}, polygon(SQUARE)),
        ({"statcode": "WK001400"}, polygon(SQUARE)),
        ({}, polygon(SQUARE)),
        (None, None),
    )
    assert [area.code for area in read_areas(text)] == ["WK001400"]


def test_everything_that_is_wrong_is_said_at_once():
    lines = ("9711AB;53;6", "9712;noord;6", "9713;6,5;53,2", "9714;53;6", "9714;53;7")
    text = "\n".join(["postcode;latitude;longitude", *lines])
    with pytest.raises(AreasError) as told:
        read_areas(text)
    where = [line.split(":")[0] for line in str(told.value).splitlines()]
    assert where == ["line 2", "line 3", "line 4", "line 6"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "postcode, latitude, longitude"),
        ("postcode;latitude\n9711;53\n", "longitude"),
        ("postcode;latitude;longitude\n", "no districts"),
        ("{", "no GeoJSON"),
        ("[]", "no GeoJSON"),
        ("[" * 100_000, "no GeoJSON"),
        ('{"features": 3}', "no GeoJSON"),
        ('{"features": []}', "no districts"),
        (geojson(({"statcode": "WK001400"}, None)), "geometry"),
        (geojson(({"statcode": "WK001400"}, polygon([]))), "geometry"),
        (geojson(({"statcode": "WK001400"}, polygon([[6, 53], [6, 53]]))), "geometry"),
        (
            geojson(
                ({"statcode": "WK001400"}, {"type": "Point", "coordinates": [233_000, 582_000]})
            ),
            "metres",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text, told):
    with pytest.raises(AreasError, match=told):
        read_areas(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        found = read_areas(text)
    except AreasError:
        return
    assert found
