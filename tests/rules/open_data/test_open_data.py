"""A published page as data: every number and every mark once, as the page has them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from meedoen.rules.open_data.dataset import COUNTED, Dataset, Observation, legend
from meedoen.rules.open_data.json_stat import json_stat
from meedoen.rules.open_data.table import COLUMNS, described, lines

DAY = date(2025, 12, 31)
MOMENT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def printed(shown, *, row=0, kind="realisatie", column="Behaald 2024", year=2024):
    return Observation(
        row, "jobs", "P-banen", "aantal", kind, column, year, None, "", "", "", shown, hidden=False
    )


def counted(shown, *, row=0, district="", kind="", organisation=""):
    hidden = not shown.isdecimal()
    return Observation(
        row,
        "jobs",
        "P-banen",
        "aantal",
        COUNTED,
        "Geteld",
        2025,
        DAY,
        district,
        kind,
        organisation,
        shown,
        hidden,
    )


def dataset(*observations):
    return Dataset(
        7, "1.1.3", "1.1.3 Meedoen", "Wat geteld is.", "Testveld", "GM9990",
        MOMENT, DAY, MOMENT, 10, 0, observations,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "value", "status"),
    [
        (counted("262"), 262, ""),
        (counted("0"), 0, ""),
        (counted("<10"), None, "<10"),
        (counted("x"), None, "x"),
        (counted("-"), None, "-"),
        (printed("6.869"), 6869, ""),
        (printed("9,5%"), Decimal("9.5"), ""),
        (printed("-"), None, "-"),
        (printed("< 410 eind 2020"), None, "< 410 eind 2020"),
        (printed("Afname"), None, "Afname"),
    ],
)
def test_a_cell_is_a_number_or_says_what_stands_there_instead(cell, value, status):
    assert (cell.value, cell.status) == (value, status)


def test_a_line_of_the_table_has_every_column_and_the_text_of_the_page():
    [line] = lines(dataset(counted("<10", district="Noord")))
    assert len(line) == len(COLUMNS)
    cells = dict(zip([column.name for column in COLUMNS], line, strict=True))
    assert cells["wijk"] == "Noord"
    assert (cells["waarde"], cells["getoond"], cells["peildatum"]) == (None, "<10", DAY)


def test_an_organisation_has_a_column_and_in_a_cube_a_place_that_is_no_district():
    one = dataset(counted("12", organisation="Noord"), counted("15", district="Noord"))
    [line, _other] = lines(one)
    cells = dict(zip([column.name for column in COLUMNS], line, strict=True))
    assert (cells["organisatie"], cells["wijk"]) == ("Noord", "")
    cube = json_stat(one, source="Testveld")
    assert cube_cell(cube, "r1", COUNTED, "2025-12-31", "organisatie Noord") == (12, None)
    assert cube_cell(cube, "r1", COUNTED, "2025-12-31", "Noord") == (15, None)


def test_the_description_names_the_columns_in_order_and_explains_the_marks():
    found = described(
        dataset(), url="https://x.nl/7.csv", licence="https://cc0", publisher="https://gm"
    )
    names = [one["name"] for one in found["tableSchema"]["columns"]]
    assert names == [column.name for column in COLUMNS]
    assert found["dialect"]["delimiter"] == ";"
    assert [note["teken"] for note in found["notes"]] == list(legend(dataset()))


def cube_cell(cube, *keys):
    """Read a cell of a cube in the way that the standard says."""
    index = 0
    for name, size, key in zip(cube["id"], cube["size"], keys, strict=True):
        index = index * size + cube["dimension"][name]["category"]["index"].index(key)
    return cube["value"].get(str(index)), cube["status"].get(str(index))


def test_a_cube_gives_each_cell_at_its_place_and_a_status_where_there_is_no_number():
    cube = json_stat(
        dataset(
            printed("104"),
            printed("120", kind="streef", column="Beoogd 2025", year=2025),
            counted("97"),
            counted("<10", district="Noord"),
            counted("-", row=1),
        ),
        source="Testveld",
    )
    assert cube["version"] == "2.0"
    assert cube["class"] == "dataset"
    assert cube_cell(cube, "r1", "realisatie", "2024", "alles") == (104, None)
    assert cube_cell(cube, "r1", "streef", "2025", "alles") == (120, None)
    assert cube_cell(cube, "r1", COUNTED, "2025-12-31", "alles") == (97, None)
    assert cube_cell(cube, "r1", COUNTED, "2025-12-31", "Noord") == (None, "<10")
    assert cube_cell(cube, "r2", COUNTED, "2025-12-31", "alles") == (None, "-")
    assert len(cube["value"]) == 5
    for name, size in zip(cube["id"], cube["size"], strict=True):
        category = cube["dimension"][name]["category"]
        assert len(category["index"]) == size
        assert list(category["label"]) == category["index"]


def test_two_cells_of_one_kind_and_year_both_have_a_place():
    cube = json_stat(
        dataset(printed("1", column="Noord"), printed("2", column="Zuid")), source="Testveld"
    )
    assert cube["dimension"]["soort"]["category"]["index"] == ["realisatie", "realisatie 2"]
    assert sorted(cube["value"].values()) == [1, 2]
