"""What only one form of a page has: spans, lines broken within cells, encodings, other marks."""

import pytest

from meedoen.rules.budget.reader import UnreadablePageError, read_document
from tests.rules.budget.beyond.notation import reading, told_of

TITLE = "<h1>Begroting 2025</h1>"
BOTH = """
: Realisatie 2023~2023~realisatie | Doel 2025~2025~streef
Aantal A [aantal] = 310 | 320
Aantal B [aantal] = 1.204 | 1.300
"""
HEADS = "<tr><th>Indicator</th><th>Realisatie 2023</th><th>Doel 2025</th></tr>"
ROWS = (
    "<tr><td>Aantal A</td><td>310</td><td>320</td></tr>"
    "<tr><td>Aantal B</td><td>1.204</td><td>1.300</td></tr>"
)


def read(page, name=""):
    return read_document(page if isinstance(page, bytes) else page.encode(), name=name)


def refused(page):
    return [one for one in page.refused if not one.what.startswith("De teksten")]


@pytest.mark.parametrize(
    "page",
    [
        f"{TITLE}<table>{HEADS}{ROWS}</table>",
        f"{TITLE}<table><caption>Meedoen</caption>{HEADS}{ROWS}</table>",
        f"{TITLE}<table><tfoot><tr><td colspan=3>Bron: CBS</tfoot>{HEADS}{ROWS}</table>",
        f"{TITLE}<table>{HEADS}{ROWS}{HEADS}</table>",
        f"{TITLE}<table>{HEADS.replace(' 2', '<br>2')}{ROWS}</table>",
        f"{TITLE}<table>{HEADS.replace(' 2', '&nbsp;2')}{ROWS}</table>",
        f"<title>Indicatoren | Begroting 2025 | Meerdam</title><table>{HEADS}{ROWS}</table>",
        (
            "Begroting 2025\n\nIndicator\tRealisatie\n2023\tDoel\n2025\n"
            "Aantal A\t310\t320\nAantal B\t1.204\t1.300\n"
        ),
        (
            "sep=;\r\nIndicator;Realisatie 2023;Doel 2025\r\nAantal A;310;320\r\n"
            "Aantal B;1.204;1.300\r\n"
        ),
        "Indicator;Realisatie 2023;Doel 2025;\r\nAantal A;310;320;\r\nAantal B;1.204;1.300;\r\n",
        (
            "# Begroting 2025\n\n| Indicator | Realisatie 2023 | Doel 2025 |\n|:--|--:|--:|\n"
            "| Aantal **A** | 310 | 320 |\n| **Aantal B** | 1.204 | __1.300__ |\n"
        ),
        (
            "Begroting 2025\n\nIndicator\tRealisatie 2023\tDoel 2025\nAantal A\t310\t320\n"
            "Aantal B\t1.204\t1.300\n"
        ).encode("utf-16"),
    ],
)
def test_the_same_table_is_read_the_same_in_every_dress(page):
    assert told_of(read(page, "begroting-2025.csv")) == reading(BOTH)


def test_headings_over_several_columns_stand_above_years():
    page = read(
        f"{TITLE}<table><thead><tr><th rowspan=2>Indicator<th colspan=3>Realisatie cijfers"
        "<th colspan=2>Streef cijfers<th rowspan=2>Toelichting<tr><th>2021<th>2022<th>2023"
        "<th>2025<th>2026<tbody><tr><td>% werkloze jongeren<td>1,0<td><td>1,7<td><td><td>"
        "<tr><td>Jongeren met jeugdhulp (%)<td>9,5<td>10,3<td>9,9<td>10,0<td>10,0<td>zie tekst"
        "</table>"
    )
    columns = [
        *(f"Realisatie cijfers~{year}~realisatie" for year in (2021, 2022, 2023)),
        *(f"Streef cijfers~{year}~streef" for year in (2025, 2026)),
    ]
    rows = [
        "% werkloze jongeren [%] = 1,0 | _ | 1,7 | _ | _",
        "Jongeren met jeugdhulp (%) [%] = 9,5 | 10,3 | 9,9 | 10,0 | 10,0",
    ]
    assert told_of(page) == reading("\n".join([f": {' | '.join(columns)}", *rows]))


def test_names_wrapped_within_a_cell_and_groups_between_tabs():
    page = read(
        "Begroting 2025\n\nIndicator\tRealisatie 2023\tDoel 2025\nWerk en inkomen\n"
        "Aantal inwoners dat\nmeedoet\t310\t320\nAantal B\t\t1.300\n"
    )
    assert [(row.indicator, row.columns[0].value.shown) for row in page.indicators] == [
        ("Aantal inwoners dat meedoet", "310"),
        ("Aantal B", ""),
    ]
    assert [one.what for one in refused(page)] == ["Rij “Werk en inkomen”: geen waarden."]


def test_a_page_that_breaks_off_within_a_table_leaves_its_last_row_in_doubt():
    page = read(f"{TITLE}<table>{HEADS}{ROWS}"[:-15])
    assert [row.indicator for row in page.indicators] == ["Aantal A"]
    (refusal,) = refused(page)
    assert "houdt op" in refusal.why
    assert "Aantal B" in refusal.what


def test_a_quotation_mark_that_is_not_closed_is_said():
    page = read('Indicator;Realisatie 2023\n"Aantal A;1\nAantal B;2\n', "begroting-2025.csv")
    assert page.indicators == ()
    (refusal,) = refused(page)
    assert "aanhalingsteken" in refusal.why
    assert refusal.where == "regel 1"


def test_headings_on_the_place_of_values_are_no_values():
    page = read("Begroting 2025\n\nIndicator\tRealisatie\n2022 was goed\tBegroting\nA\t1\n")
    assert [row for row in page.indicators if "Begroting" in row.columns[0].value.shown] == []


@pytest.mark.parametrize("raw", [b"\xff\xfeA", b"\xfe\xff\x00"])
def test_half_a_sign_of_wide_text_is_an_error_with_its_place(raw):
    with pytest.raises(UnreadablePageError, match="byte"):
        read(raw)


LETTERS = (
    "Begroting 2025\n\n| Indicator | Realisatie 2023 | Streefwaarde 2025 |\n|--|--|--|\n"
    "| Aantal huisbezoeken | 310 | A |\n| % jongeren | 9,7% | (B) |\n| Aantal C | 1 | C |\n\n"
)


UNCLEAR = "Wat “{}” betekent staat niet, of niet eenduidig, op de pagina."


def test_a_letter_that_is_explained_below_the_table_is_explained_beside_the_row():
    page = read(f"{LETTERS}A = minimaal gelijk of toename\nB: gelijk of afname.\n")
    assert [(row.columns[1].value.shown, row.note) for row in page.indicators] == [
        ("A", "A: minimaal gelijk of toename."),
        ("(B)", "B: gelijk of afname."),
        ("C", UNCLEAR.format("C")),
    ]


def test_a_letter_that_is_explained_in_two_ways_is_not_explained():
    page = read(f"{LETTERS}A = gelijk of meer\n\nA = gelijk of minder\n")
    assert [row.note for row in page.indicators] == [UNCLEAR.format(one) for one in "ABC"]


def test_a_thousand_in_english_notation_is_no_count_of_one_and_a_bit():
    page = read("Indicator;Realisatie 2023;Doel 2025\nAantal A;1,204;1.300\n", "begroting-2025.csv")
    (row,) = page.indicators
    assert [cell.value.number for cell in row.columns] == [None, 1300]
    assert "duizendtal" in row.note


def test_a_rate_may_be_printed_with_a_space_in_its_thousand():
    page = read(
        "Indicator;Realisatie 2023;Doel 2025\nBanen per 1 000 inwoners;652,9;655\n"
        "Banen (per 10.000 inwoners);6.529;6.550\nVerwijzingen (per 1 000 jongeren);12;13\n",
        "begroting-2025.csv",
    )
    assert [row.unit for row in page.indicators] == [
        "per 1 000 inwoners",
        "per 10.000 inwoners",
        "per 1 000 jongeren",
    ]
