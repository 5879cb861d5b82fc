"""What is of one form only: merged cells, formats of numbers, loose cells, and harm in a file."""

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from meedoen.rules.budget.number_formats import shown_number
from meedoen.rules.budget.reader import UnreadablePageError, read_document, read_html, read_page
from tests.rules.budget.pages_of_our_own import as_text
from tests.rules.budget.table_forms import FORMS, as_xlsx, read_as, told

TITLE = "Begroting 2024"
HEADS = ["Indicator", "Realisatie 2022", "Begroting 2023", "Streefwaarde 2024"]


def workbook(write):
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        write(book)
    return kept.getvalue()


def shown(page):
    return [(row.indicator, [cell.value.shown for cell in row.columns]) for row in page.indicators]


def years(page):
    return [[cell.year for cell in row.columns] for row in page.indicators]


def test_numbers_of_a_workbook_are_read_as_excel_shows_them():
    def write(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS)
        share = book.add_format({"num_format": "0.0%"})
        thousands = book.add_format({"num_format": "#,##0"})
        words = book.add_format({"num_format": '0" klanten"'})
        for line, (name, number, form) in enumerate(
            [("% A", 0.095, share), ("Aantal B", 6869, thousands), ("C", 298, words)], start=1
        ):
            sheet.write_string(line, 0, name)
            sheet.write_number(line, 1, number, form)
            sheet.write_formula(line, 2, "=1+1", form, number)
            sheet.write_string(line, 3, "-")

    page = read_document(workbook(write), name="begroting 2024.xlsx")
    assert shown(page) == [
        ("% A", ["9,5%", "9,5%", "-"]),
        ("Aantal B", ["6.869", "6.869", "-"]),
        ("C", ["298 klanten", "298 klanten", "-"]),
    ]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("0.095", "9", "10%"),
        ("0.095", "10", "9,50%"),
        ("1234.5", "General", "1234,5"),
        ("0.30000000000000004", "0", "0,3"),
        ("1234.5", "4", "1.234,50"),
        ("-3", "3", "-3"),
        ("2022", "1", "2022"),
        ("12", '"< "0', "< 12"),
        ("44927", "14", None),
        ("44927", "dd-mm-yyyy", None),
        ("12", '"€" #,##0', None),
        ("12", "_ [$€-2] * #,##0", None),
        ("nan", "1", None),
        ("x", "1", None),
    ],
)
def test_a_number_is_shown_by_the_format_of_its_cell(value, form, text):
    assert shown_number(value, form) == text


def test_merged_headings_hold_for_every_column_under_them():
    rows = [
        ["Indicator", "Realisatie", "", "Begroting", ""],
        ["", "2021", "2022", "2023", "2024"],
        ["Aantal A", "1", "2", "3", "4"],
    ]
    page = read_document(as_xlsx(TITLE, rows, merged=["A3:A4", "B3:C3", "D3:E3"]))
    assert [(cell.label, cell.year) for cell in page.indicators[0].columns] == [
        ("Realisatie", 2021),
        ("Realisatie", 2022),
        ("Begroting", 2023),
        ("Begroting", 2024),
    ]


def test_merged_values_are_refused_and_merged_names_are_not():
    rows = [HEADS, ["Aantal A", "1", "", "3"], ["Aantal B", "4", "5", "6"]]
    page = read_document(as_xlsx(TITLE, rows, merged=["B4:C4"]))
    assert shown(page) == [("Aantal B", ["4", "5", "6"])]
    assert "loopt door" in page.refused[0].why
    assert "blad “Indicatoren”, rij 4" in page.refused[0].where


def test_a_name_over_several_rows_of_html_holds_for_each():
    page = read_html(
        "<h1>Begroting 2024</h1><table>"
        "<tr><th>Indicator</th><th>Periode</th><th>Meerdam</th><th>Nederland</th></tr>"
        "<tr><td rowspan=2>% A</td><td>2021</td><td>1,5</td><td>2,5</td></tr>"
        "<tr><td>2022</td><td>1,6</td><td>2,6</td></tr></table>"
    )
    assert [(row.indicator, row.columns[0].year) for row in page.indicators] == [
        ("% A", 2021),
        ("% A", 2022),
    ]


def test_a_line_over_the_whole_table_and_a_line_with_a_source_are_no_rows():
    page = read_html(
        "<h1>Begroting 2024</h1><table><tr><th colspan=3>Tabel 3: meedoen</th></tr>"
        "<tr><th>Indicator</th><th>Realisatie 2022</th><th>Doel 2024</th></tr>"
        "<tr><td colspan=3>Werk en inkomen</td></tr>"
        "<tr><td>Aantal A</td><td>1</td><td>2</td></tr>"
        "<tr><td>Bron: CBS</td><td></td><td></td></tr></table>"
    )
    assert shown(page) == [("Aantal A", ["1", "2"])]
    assert len(page.refused) == 1


def test_a_hidden_sheet_and_a_hidden_row_are_not_read():
    def write(book):
        for name in ("Zichtbaar", "Verborgen"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADS)
            sheet.write_row(1, 0, [f"Aantal {name}", "1", "2", "3"])
            sheet.write_row(2, 0, ["Aantal weg", "4", "5", "6"])
            sheet.set_row(2, None, None, {"hidden": True})
        sheet.hide()

    page = read_document(workbook(write), name="begroting_2024.xlsx")
    assert shown(page) == [("Aantal Zichtbaar", ["1", "2", "3"])]


def test_several_tables_on_a_sheet_are_each_read_with_their_own_headings():
    def write(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Indicator", "Realisatie 2021"])
        sheet.write_row(1, 0, ["Aantal A", "1"])
        sheet.write_row(3, 0, ["Indicator", "Doel 2025"])
        sheet.write_row(4, 0, ["Aantal B", "2"])

    page = read_document(workbook(write))
    assert [(row.indicator, row.columns[0].label) for row in page.indicators] == [
        ("Aantal A", "Realisatie 2021"),
        ("Aantal B", "Doel 2025"),
    ]


def zipped(files):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return kept.getvalue()


def changed(raw, part, change):
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    return zipped(files | {part: change(files[part])})


SHEET = "xl/worksheets/sheet1.xml"
SMALL = as_xlsx(TITLE, [HEADS, ["Aantal A", "1", "2", "3"]])


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (zipped({"word/document.xml": "x"}), "Word"),
        (zipped({"a.txt": "x"}), "zipbestand"),
        (b"PK\x03\x04 no zip at all", "niet te openen"),
        (SMALL[: len(SMALL) // 2], "niet te openen"),
        (zipped({"xl/workbook.xml": b" " * 210_000_000}), "veel te groot"),
        (changed(SMALL, SHEET, lambda xml: xml.replace(b"<c ", b"<c><", 1)), "niet te openen"),
        (changed(SMALL, SHEET, lambda xml: xml.replace(b'r="B3"', b'r="XFD3"')), "kolommen"),
        (
            changed(
                SMALL,
                SHEET,
                lambda xml: xml.replace(
                    b"</sheetData>",
                    b'</sheetData><mergeCells><mergeCell ref="A1:ZZ999999"/></mergeCells>',
                ),
            ),
            "samengevoegd",
        ),
        (as_xlsx(TITLE, [["x" * 6_000, "1"]]), "tekens"),
    ],
)
def test_a_file_that_would_do_harm_or_is_no_workbook_is_refused_with_a_sentence(raw, problem):
    with pytest.raises(UnreadablePageError, match=problem):
        read_document(raw)


def test_an_entity_in_a_workbook_is_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    bomb = (
        f'<!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}">]>'.encode()
        + b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + b"<si><t>&b;</t></si></sst>"
    )
    raw = changed(SMALL, "xl/sharedStrings.xml", lambda _: bomb)
    with pytest.raises(UnreadablePageError, match="niet te openen"):
        read_document(raw)


def test_one_cell_to_a_line_without_blank_lines_is_a_table():
    page = read_page(
        "Begroting 2024\n\nIndicator\nRealisatie 2022\nDoel 2024\n"
        "Aantal inwoners dat\nmeedoet in de wijk\n298\n310\nAantal B\n-\n0\n"
    )
    assert shown(page) == [
        ("Aantal inwoners dat meedoet in de wijk", ["298", "310"]),
        ("Aantal B", ["-", "0"]),
    ]
    assert years(page) == [[2022, 2024], [2022, 2024]]


FULL = ["Thema", "Indicator", "Eenheid", "Periode", "Meerdam", "Nederland", "Streefwaarde"]
FULL_ROWS = [
    ["1. Meedoen", "Banen", "per 1.000 inwoners", "2021", "652,9", "758,2", "Toename"],
    ["1. Meedoen", "Bijstand", "per 10.000 inwoners", "1e helft 2022", "43,8", "41,1", "Afname"],
    ["2. Jeugd", "Jeugdhulp", "%", "2021", "9,7", "-", "Geen; aantal is geen doel"],
]


def test_loose_cells_with_units_and_periods_are_read_when_every_row_is_whole():
    page = read_page(as_text(TITLE, FULL, *FULL_ROWS))
    assert [(row.indicator, row.unit, row.columns[0].period) for row in page.indicators] == [
        ("Banen", "per 1.000 inwoners", "2021"),
        ("Bijstand", "per 10.000 inwoners", "1e helft 2022"),
        ("Jeugdhulp", "%", "2021"),
    ]


@given(st.integers(0, 2), st.integers(0, 6))
def test_a_lost_cell_among_loose_cells_is_refused_and_moves_nothing(at, lost):
    rows = [list(row) for row in FULL_ROWS]
    del rows[at][lost]
    page = read_page(as_text(TITLE, FULL, *rows))
    whole = {row[0]: row for row in told(read_page(as_text(TITLE, FULL, *FULL_ROWS)))}
    assert len(page.refused) > 1
    assert [row for row in told(page) if row != whole.get(row[0])] == []
    assert FULL_ROWS[at][1] not in [row.indicator for row in page.indicators]


def test_money_and_prose_give_no_rows_and_a_reason():
    money = [["Programma", "Begroting 2024", "V/N"], ["Lasten", "1.583", "V"]]
    for form in FORMS:
        page = read_as(form, TITLE, money)
        assert page.indicators == ()
        assert "geld" in page.refused[0].why
    prose = read_page("Begroting 2024\n\nIn 2022 deden 25 mensen mee; in 2023 waren het er 31.")
    assert prose.indicators == ()
    assert prose.refused


@pytest.mark.parametrize("form", FORMS)
def test_rows_of_money_leave_the_rows_that_say_what_they_count(form):
    rows = [
        ["Aantal deelnemers", "512", "530", "550"],
        ["Lasten programma 6 (x € 1.000)", "12.450", "12.800", "13.100"],
        ["Beschut werk", "48", "50", "52"],
        ["Percentage dat een stap zet", "21,3%", "23%", "25%"],
        ["Saldo", "245", "150", "200"],
    ]
    page = read_as(form, TITLE, [HEADS, *rows])
    assert [row.indicator for row in page.indicators] == [rows[0][0], rows[3][0]]
    why = {one.what.split("”")[0].split("“")[-1]: one.why for one in page.refused}
    assert "bedrag;" in why["Lasten programma 6 (x € 1.000)"]
    assert "Niet te zien is of deze rij telt" in why["Beschut werk"]
    assert "bedrag;" in why["Saldo"]


@pytest.mark.parametrize("form", FORMS)
def test_a_row_whose_name_ends_in_euros_is_refused_for_that_and_leaves_the_others(form):
    rows = [
        ["Beschut werk", "48", "50", "52"],
        ["Kosten per traject (€)", "1.250", "1.300", "1.310"],
        ["Aantal klanten met een inkomen (in euro)", "5", "6", "7"],
    ]
    page = read_as(form, TITLE, [HEADS, *rows])
    assert [row.indicator for row in page.indicators] == [rows[0][0], rows[2][0]]
    [why] = [one.why for one in page.refused if "Kosten per traject" in one.what]
    assert "bedrag;" in why


def test_money_above_a_table_makes_all_of_it_money():
    table = [["Bedragen x € 1.000", *HEADS[1:]], ["Aantal deelnemers", "512", "530", "550"]]
    page = read_as("html", TITLE, table)
    assert page.indicators == ()
    assert "geld" in page.refused[0].why


def test_headings_whose_blank_first_cell_was_lost_stand_above_the_values():
    lines = [[*HEADS[1:]], ["Aantal deelnemers", "512", "530", "550"], ["Aantal B", "1", "", "3"]]
    page = read_page(f"{TITLE}\n\n" + "\n".join(map("\t".join, lines)))
    assert told(page) == told(read_as("html", TITLE, [["", *lines[0]], *lines[1:]]))
    assert [row.indicator for row in page.indicators] == ["Aantal deelnemers", "Aantal B"]


def test_a_thousand_among_rates_is_said_to_be_uncertain():
    row = ["Bijstand per 10.000 inwoners", "1.000", "0,998", "1,1"]
    [read] = read_as("html", TITLE, [HEADS, row]).indicators
    assert read.columns[0].value.number is None
    assert "“1.000”" in read.note
    row = ["Bijstand per 10.000 inwoners", "1.000", "998", "1.010"]
    [read] = read_as("html", TITLE, [HEADS, row]).indicators
    assert (read.columns[0].value.number, read.note) == (1000, "")


def test_a_dot_before_three_digits_is_uncertain_in_a_row_of_rates_with_decimal_dots():
    row = ["Banen per 1.000 inwoners", "1.012", "1.000", "67.2"]
    [read] = read_as("html", TITLE, [HEADS, row]).indicators
    assert [str(cell.value.number) for cell in read.columns] == ["None", "None", "67.2"]
    assert "“1.012”, “1.000” kan een duizendtal zijn" in read.note


def test_a_decimal_dot_is_read_and_flagged():
    [row] = read_as("html", TITLE, [HEADS, ["% A", "67.2", "68", "69"]]).indicators
    assert str(row.columns[0].value.number) == "67.2"
    assert "67.2" in row.note


WORDS = st.sampled_from(["Realisatie", "Rekening", "Begroting", "Raming", "Doel", "Streefwaarde"])
COUNTS = st.one_of(
    st.integers(0, 9_999_999).map(lambda number: f"{number:,}".replace(",", ".")),
    st.sampled_from(["-", "0", "n.n.b.", ".", "X", "≥ 50", "", "450*", "Afname"]),
)


@st.composite
def tables(draw):
    last = {"Realisatie": 2023, "Rekening": 2023}
    headings = []
    for year in sorted(draw(st.sets(st.integers(2015, 2028), min_size=1, max_size=6))):
        word = draw(WORDS.filter(lambda word, year=year: year <= last.get(word, 2028)))
        headings.append(f"{word} {year}")
    rows = [
        [
            f"Aantal {'abcde'[number]}",
            "7",
            *draw(st.lists(COUNTS, min_size=len(headings), max_size=len(headings))),
        ]
        for number in range(draw(st.integers(1, 5)))
    ]
    return headings, rows


@given(tables(), st.sampled_from(sorted(FORMS)))
@settings(deadline=None, max_examples=300)
def test_any_table_is_read_back_equal_or_refused_and_never_wrong(table, form):
    headings, rows = table
    lines = [["Indicator", "Realisatie 2001", *headings], *rows]
    page = read_as(form, TITLE, lines)
    expected = {row[0]: list(zip(lines[0][1:], row[1:], strict=True)) for row in rows}
    read = {
        row.indicator: [(cell.label, cell.value.shown) for cell in row.columns]
        for row in page.indicators
    }
    assert read == expected
    for row in page.indicators:
        assert all(str(cell.year) in cell.label for cell in row.columns)


@given(tables(), st.sampled_from(["tabs", "semicolons", "pipes"]), st.data())
@settings(deadline=None, max_examples=200)
def test_a_cell_lost_with_its_sign_is_never_read_under_another_year(table, form, data):
    headings, rows = table
    lines = [["Indicator", "Realisatie 2001", *headings], *[list(row) for row in rows]]
    at = data.draw(st.integers(1, len(rows)))
    lost = data.draw(st.integers(0, len(headings) + 1))
    right = {row[0]: list(zip(lines[0][1:], row[1:], strict=True)) for row in rows}
    del lines[at][lost]
    page = read_as(form, TITLE, lines)
    for row in page.indicators:
        if not row.ambiguous:
            assert [(cell.label, cell.value.shown) for cell in row.columns] == right[row.indicator]
