import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meedoen.records.directory.models import PostcodeArea
from meedoen.records.organisations.models import District
from tests.town import CODE

SQUARE = [[6.5, 53.2], [6.6, 53.2], [6.6, 53.3], [6.5, 53.3], [6.5, 53.2]]


def run(path, content, code=CODE):
    path.write_text(content, encoding="utf-8")
    out = StringIO()
    call_command("import_areas", str(path), "--municipality", code, stdout=out)
    return out.getvalue()


def districts(*codes):
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"statcode": code}, "geometry": geometry}
                for code in codes
            ],
        }
    )


def test_districts_get_their_middle_and_again_changes_nothing(town, tmp_path):
    path = tmp_path / "wijk_2025.geojson"
    said = run(path, districts("WK999001", "WK999101", "GM9990"))
    assert "1 districts, 0 postcode areas" in said
    assert "Of other municipalities: 1." in said
    assert "Still without a middle: Zuid." in said
    north = District.objects.get(pk=town.north)
    assert (north.latitude, north.longitude) == pytest.approx((53.25, 6.55))
    assert "0 districts" in run(path, path.read_text())
    assert District.objects.get(code="WK999101").latitude is None


def test_postcodes_are_read_from_csv_with_dutch_decimals(town, tmp_path):
    said = run(tmp_path / "pc4.csv", "postcode;latitude;longitude\n9711;53,2194;6,5665\n")
    assert "1 postcode areas" in said
    assert PostcodeArea.objects.get(digits="9711").latitude == 53.2194


def test_everything_wrong_is_said_and_nothing_is_kept(town, tmp_path):
    content = "postcode;latitude;longitude\n9711;53,2;6,5\n97;53;6\n9712;582000;233000\n"
    with pytest.raises(CommandError) as refused:
        run(tmp_path / "pc4.csv", content)
    assert "Nothing was changed." in str(refused.value)
    assert "line 3" in str(refused.value)
    assert "line 4" in str(refused.value)
    assert not PostcodeArea.objects.exists()


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        (districts("WK999101"), CODE, "no districts of this municipality|geen wijken"),
        (districts("WK999001"), "GM0001", "no municipality GM0001"),
        ("nothing", CODE, "lacks postcode"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(town, tmp_path, content, code, told):
    with pytest.raises(CommandError, match=told):
        run(tmp_path / "file", content, code)


def test_a_file_that_is_not_there_or_no_text_is_refused(town, tmp_path):
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("import_areas", str(tmp_path / "none"), "--municipality", CODE)
    path = tmp_path / "areas.xlsx"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("import_areas", str(path), "--municipality", CODE)
