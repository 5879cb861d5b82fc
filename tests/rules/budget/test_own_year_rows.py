"""Copied tables whose cells name their own years: every row is read, or refused by its name."""

import pytest

from meedoen.rules.budget.reader import read_page
from tests.rules.budget.pages_of_our_own import as_text

HEADS = ("Effectindicator", "Streven", "Eerdere resultaten", "Bron")
FIRST = ("Aantal deelnemers", "≥ 30 in 2022", "2021: 24\n2020: 22\n2019: -", "Suite")
LAST = ("Aantal vrijwilligers", "< 90 eind 2022", "2021: 88\n2020: 87", "Suite")
NAME = "Wachttijd tot het eerste gesprek"


def page_of(*rows, heads=HEADS):
    return read_page(as_text("Begroting 2022", heads, *rows))


def reading(page):
    return {
        row.indicator: [(cell.year, cell.kind.value, cell.value.shown) for cell in row.columns]
        for row in page.indicators
    }


def refused(page):
    return " ".join(one.what for one in page.refused if not one.what.startswith("De teksten"))


READ_FIRST = [
    (2022, "streef", "≥ 30 in 2022"),
    (2021, "realisatie", "24"),
    (2020, "realisatie", "22"),
    (2019, "realisatie", "-"),
]
READ_LAST = [
    (2022, "streef", "< 90 eind 2022"),
    (2021, "realisatie", "88"),
    (2020, "realisatie", "87"),
]

AIMS = ["< 31 klanten eind 2022", "≤ 4 weken", "maximaal 4 weken in 2022", "50 (eind 2022)", "X!"]
RESULTS = [
    "2021: 298 klanten\n2020: 305 klanten",
    "2021: 6 weken",
    "2021: 24\n2020: 22 mensen\n2019: -",
    "2021 805,5\n2020 1.012,4\n2019 n.n.b.",
    "1e halfjaar 2021: 298\n2e halfjaar 2020: 305",
    "eind 2021: 45",
    "31-12-2021: 45\n31-12-2020: 44",
    "2021/2022: 44",
    "2021: circa 300\n2020: ongeveer 280",
    "298 klanten in 2021\n305 klanten in 2020",
    "298",
    "298 klanten",
    "niet gemeten",
]


@pytest.mark.parametrize("results", [*RESULTS, "2021: 5\n2020: 6"])
@pytest.mark.parametrize("aim", [*AIMS, "< 4 eind 2022"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_row_with_other_words_in_its_cells_is_read_or_named(aim, results, place):
    rows = [FIRST, LAST]
    rows.insert(place, (NAME, aim, results, "Suite"))
    page = page_of(*rows)
    read = reading(page)
    assert NAME in read or NAME in refused(page)
    assert read.get("Aantal deelnemers", READ_FIRST) == READ_FIRST
    assert read.get("Aantal vrijwilligers", READ_LAST) == READ_LAST
    for row in (FIRST, LAST):
        assert row[0] in read or row[0] in refused(page)
    assert set(read) <= {NAME, FIRST[0], LAST[0]}


@pytest.mark.parametrize("results", RESULTS[:9])
def test_rows_beside_one_with_other_words_are_read(results):
    read = reading(page_of(FIRST, (NAME, "< 4 eind 2022", results, "Suite"), LAST))
    assert (read[FIRST[0]], read[LAST[0]]) == (READ_FIRST, READ_LAST)


@pytest.mark.parametrize("place", [1, 2])
def test_a_row_of_words_only_is_named(place):
    rows = [FIRST, LAST]
    rows.insert(place, (NAME, "Volgt", "Volgens het onderzoek anders dan gedacht", "Suite"))
    page = page_of(*rows)
    assert reading(page) == {FIRST[0]: READ_FIRST, LAST[0]: READ_LAST}
    assert NAME in refused(page)


def test_a_table_in_which_no_row_can_be_read_names_them_all():
    odd = "ongeveer 2021: 6 of 7\nongeveer 2020: 8"
    page = page_of((NAME, "< 4", odd, "Suite"), ("Aantal bezoekers", "> 5", odd, "Suite"))
    assert reading(page) == {}
    assert NAME in refused(page)
    assert "Aantal bezoekers" in refused(page)


@pytest.mark.parametrize("aim", ["Afname", "200", "1.200", "n.n.b.", "Minimaal gelijk of toename"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_aim_without_a_year_is_read_in_a_row_that_has_every_cell(aim, place):
    rows = [FIRST, LAST]
    rows.insert(place, ("Aantal bezoekers", aim, "2021: 187\n2020: 150", "Suite"))
    page = page_of(*rows)
    assert reading(page) == {
        FIRST[0]: READ_FIRST,
        LAST[0]: READ_LAST,
        "Aantal bezoekers": [
            (None, "streef", aim),
            (2021, "realisatie", "187"),
            (2020, "realisatie", "150"),
        ],
    }
    assert refused(page) == ""


@pytest.mark.parametrize("lost", [0, 1, 2, 3])
@pytest.mark.parametrize("aim", ["Afname", "200", "≥ 200 in 2022"])
def test_a_row_that_lost_a_cell_gives_nothing_wrong(aim, lost):
    cells = ["Aantal bezoekers", aim, "2021: 187\n2020: 150", "Suite"]
    whole = cells[0]
    del cells[lost]
    page = page_of(FIRST, cells, LAST)
    read = reading(page)
    assert read.get(FIRST[0], READ_FIRST) == READ_FIRST
    assert read.get(LAST[0], READ_LAST) == READ_LAST
    assert set(read) <= {FIRST[0], LAST[0], *([whole] if lost == 3 else [])}
    if lost < 3:
        assert all(cell in refused(page) for cell in cells[:-1] for cell in cell.split("\n"))


def test_a_name_without_any_value_between_the_rows_is_refused():
    page = page_of(FIRST, ("Aantal bezoekers", "Suite"), LAST)
    assert set(reading(page)) == {FIRST[0], LAST[0]}
    assert "Aantal bezoekers" in refused(page)


def test_results_that_stand_before_the_aim_name_no_row():
    heads = ("Effectindicator", "Eerdere resultaten", "Streven", "Bron")
    rows = [(row[0], row[2], row[1], row[3]) for row in (FIRST, LAST)]
    page = page_of(*rows, heads=heads)
    assert set(reading(page)) <= {FIRST[0], LAST[0]}
    assert all(row[0] in reading(page) or row[0] in refused(page) for row in (FIRST, LAST))
    assert reading(page).get(FIRST[0], READ_FIRST)[:1] in (READ_FIRST[:1], READ_FIRST[1:2])


@pytest.mark.parametrize("source", [("Suite",), ()])
def test_results_of_a_row_without_an_aim_go_to_no_row_without_results(source):
    heads = HEADS if source else HEADS[:3]
    rows = [("Aantal bezoekers", "< 5 in 2022", *source), (NAME, "2021: 5\n2020: 4", *source)]
    page = page_of(*rows, heads=heads)
    assert reading(page) == {}
    assert "Aantal bezoekers" in refused(page)
    assert NAME in refused(page)


def test_a_note_above_the_first_row_is_no_name():
    page = page_of("(Nota: Samen, 2014)", FIRST[1:], LAST)
    assert set(reading(page)) == {LAST[0]}
    assert "2021: 24" in refused(page)
