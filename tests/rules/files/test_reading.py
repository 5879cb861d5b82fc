import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from meedoen.rules.files import reading, workbook
from meedoen.rules.files.reading import UnreadableFileError, count_rows, open_table
from meedoen.rules.files.words import FileProblem
from tests.records.caseloads.files import csv_file, xlsx_file

NOON = datetime(2015, 1, 31, 12, 30)  # noqa: DTZ001 - a workbook knows no time zones
HEADS = ("BSN", "Naam", "Wijk")


def cells(content):
    return [(row.line, row.cells) for row in open_table(content).rows()]


def refusal(content):
    with pytest.raises(UnreadableFileError) as refused:
        count_rows(open_table(content))
    return [(one.problem, dict(one.facts)) for one in refused.value.problems]


def package(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_text_is_read_as_dutch_programs_write_it(encoding, mark, end):
    content = csv_file(
        ("1", "Coëlho", "Noord"), headings=HEADS, encoding=encoding, mark=mark, end=end
    )
    assert open_table(content).headings == HEADS
    assert cells(content) == [(2, ("1", "Coëlho", "Noord"))]


def test_lines_keep_their_number_past_blank_lines_and_quoted_line_ends():
    content = b'\r\nBSN;Naam\r\n\r\n1;"Jansen\r\nop den Berg; A."\r\n;\r\n2;"zegt ""ja"""\r\n'
    assert cells(content) == [(4, ("1", "Jansen\r\nop den Berg; A.")), (7, ("2", 'zegt "ja"'))]


def test_a_hint_for_excel_is_followed():
    assert cells(b"sep=;\r\na,b;c\r\n1;2\r\n") == [(3, ("1", "2"))]


def test_a_mark_inside_quotes_does_not_divide_the_headings():
    assert open_table(b'"Naam, voornaam, titel";BSN\n1;2\n').headings == (
        "Naam, voornaam, titel",
        "BSN",
    )


def test_columns_without_a_heading_are_left_out_and_short_lines_filled_up():
    assert cells(b"BSN;;Naam\n1;x;Jansen\n2\n") == [(2, ("1", "Jansen")), (3, ("2", ""))]


def test_a_line_with_more_cells_than_headings_says_so():
    table = open_table(b"BSN;Naam;\n1;Jansen;\n2;Jansen;Noord;x\n")
    assert [(row.width, table.width) for row in table.rows()] == [(2, 3), (4, 3)]


@pytest.mark.parametrize(
    ("content", "problem", "facts"),
    [
        (b"", FileProblem.EMPTY, {}),
        (b" \r\n \n", FileProblem.EMPTY, {}),
        (b";;;\n;;;\n", FileProblem.EMPTY, {}),
        (b"%PDF-1.7\nx;y\n", FileProblem.WRONG_TYPE, {"found": "pdf"}),
        (b"{\\rtf1 x;y}", FileProblem.WRONG_TYPE, {"found": "document"}),
        (b"<html><table>", FileProblem.WRONG_TYPE, {"found": "web_page"}),
        (package(a="x"), FileProblem.WRONG_TYPE, {"found": "archive"}),
        (package(word__document_xml="x"), FileProblem.WRONG_TYPE, {"found": "document"}),
        ("BSN;Naam\n1;2\n".encode("utf-16"), FileProblem.NOT_TEXT, {}),
        (b"BSN;Naam\n1;\x81\n", FileProblem.NOT_TEXT, {}),
        (b"BSN;Naam\n1;\x00\n", FileProblem.NOT_TEXT, {}),
        (b"BSN\n1\n", FileProblem.NO_HEADINGS, {}),
        (b"111222333;Jansen\n", FileProblem.NO_HEADINGS, {}),
        (b"Jansen;04-05-1980\n", FileProblem.NO_HEADINGS, {}),
        (b"BSN;Naam\n;\n", FileProblem.NO_ROWS, {}),
        (b"BSN;Naam;bsn\n1;2;3\n", FileProblem.DOUBLE_HEADINGS, {"headings": "BSN, bsn"}),
        (b'BSN;Naam\n1;2\n3;"Jansen\n4;5\n', FileProblem.BROKEN_LINE, {"line": 3}),
        (b"PK\x03\x04nonsense", FileProblem.BROKEN_WORKBOOK, {}),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, FileProblem.BROKEN_WORKBOOK, {}),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            FileProblem.LOCKED_WORKBOOK,
            {},
        ),
        (
            package(xl__workbook_xml="<x", xl__worksheets__sheet1_xml="<x"),
            FileProblem.BROKEN_WORKBOOK,
            {},
        ),
    ],
)
def test_what_cannot_be_read_says_why(content, problem, facts):
    assert refusal(content) == [(problem, facts)]


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    assert count_rows(open_table(b"BSN;Naam\n1;2\n1;2\n")) == 2
    assert refusal(b"BSN;Naam\n1;2\n1;2\n1;2\n") == [(FileProblem.TOO_MANY_ROWS, {"most": 2})]
    many = ";".join(f"k{at}" for at in range(501)).encode()
    assert refusal(many) == [(FileProblem.TOO_MANY_COLUMNS, {"most": 500})]
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    assert refusal(b"BSN;Naam\n1;2\n")[0][0] == FileProblem.TOO_LARGE


def test_a_small_workbook_that_unpacks_to_far_too_much_is_refused(monkeypatch):
    content = xlsx_file(("1", "2", "3"), headings=HEADS)
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 100)
    assert refusal(content)[0][0] == FileProblem.TOO_LARGE


def test_a_cell_at_the_far_end_of_the_sheet_does_not_stop_the_process():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "BSN")
        sheet.write(1_048_575, 16_383, "x")
    assert refusal(content.getvalue()) == [(FileProblem.TOO_MANY_CELLS, {"most": 5_000_000})]


def test_a_workbook_gives_texts_and_says_which_were_numbers():
    row = (12345678, "Jansen", 1.5, True, date(2015, 1, 31), NOON)
    content = xlsx_file(row, (" 1 ", "", "", "", "x", "y"), headings=tuple("abcdef"), top=2, left=1)
    table = open_table(content)
    first, second = table.rows()
    assert table.headings == tuple("abcdef")
    assert (first.line, second.line) == (4, 5)
    assert first.cells == (
        "12345678", "Jansen", "1.5", "ja", "2015-01-31", "2015-01-31 12:30:00",
    )  # fmt: skip
    assert first.numbers == {0, 2}
    assert second.cells[0] == "1"
    assert second.numbers == frozenset()


def test_the_first_sheet_with_content_is_read_and_formulas_and_errors_are_told():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("leeg")
        sheet = book.add_worksheet("caseload")
        sheet.write_row(1, 1, HEADS)
        sheet.write_row(2, 1, ("1", "2", "3"))
        sheet.write_formula(2, 2, "=A1&B1", value="Jansen")
        sheet.write_formula(2, 3, "=NA()", value="#N/A")
    assert cells(content.getvalue()) == [(3, ("1", "=(", "=("))]


def test_a_hidden_sheet_is_not_read():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        hidden, shown = book.add_worksheet("codes"), book.add_worksheet("caseload")
        hidden.write_row(0, 0, ("Code", "Naam"))
        hidden.write_row(1, 0, ("1", "Eén"))
        shown.write_row(0, 0, HEADS)
        shown.write_row(1, 0, ("1", "2", "3"))
        shown.activate()
        hidden.hide()
    assert open_table(content.getvalue()).headings == HEADS
    assert cells(content.getvalue()) == [(2, ("1", "2", "3"))]


def test_signs_that_cannot_be_seen_are_left_out():
    content = csv_file(("1", "Jan\x0bsen\x01", "Noord\x1f"), headings=("BSN", "Na\x02am", "Wijk"))
    assert open_table(content).headings == HEADS
    assert cells(content) == [(2, ("1", "Jansen", "Noord"))]
    assert cells(b'BSN;Naam\n1;"a\tb\nc"\n') == [(2, ("1", "a\tb\nc"))]


def test_a_workbook_can_write_signs_that_cannot_be_seen_as_text_and_they_are_left_out():
    content = changed_in(
        xlsx_file(("1", "JanX_sen", "Noord"), headings=("BSN", "NaX_am", "Wijk")),
        "xl/sharedStrings.xml",
        (b"X_", b"_x0000_"),
    )
    assert open_table(content).headings == HEADS
    assert cells(content) == [(2, ("1", "Jansen", "Noord"))]


def changed_in(content, part, *changes):
    """Give a workbook with other bytes in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for before, after in changes if name == part else ():
                assert before in text
                text = text.replace(before, after)
            new.writestr(name, text)
    return out.getvalue()


def test_an_error_without_a_formula_is_told_too():
    content = changed_in(
        xlsx_file(("1", "ERR", "3"), headings=HEADS),
        "xl/worksheets/sheet1.xml",
        (b'<c r="B2" t="s"><v>4</v>', b'<c r="B2" t="e"><v>#N/A</v>'),
    )
    assert cells(content) == [(2, ("1", "#N/A", "3"))]


ODS = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = "urn:oasis:names:tc:opendocument:xmlns"


def ods_file(*rows):
    """Give a sheet of LibreOffice with these rows of cells in XML."""
    lines = "".join(f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in rows)
    spaces = "".join(f' xmlns:{word}="{NAMES}:{word}:1.0"' for word in ("office", "table", "text"))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("mimetype", ODS)
        file.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{NAMES}:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{ODS}"/></m:manifest>',
        )
        file.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="x">{lines}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def ods_cell(kind, value, shown, formula=""):
    name = {"float": "value", "date": "date-value", "string": "string-value"}[kind]
    return (
        f'<table:table-cell{formula} office:value-type="{kind}" office:{name}="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


HEADING_CELLS = [ods_cell("string", word, word) for word in ("BSN", "Geboortedatum")]


def test_a_sheet_of_libreoffice_is_read_likewise():
    row = [ods_cell("float", 12345678, "12345678"), ods_cell("date", "2015-01-31", "31 jan")]
    first = next(open_table(ods_file(HEADING_CELLS, row)).rows())
    assert (first.line, first.cells, first.numbers) == (2, ("12345678", "2015-01-31"), {0})


def test_a_sheet_of_libreoffice_with_formulas_is_refused_as_a_whole():
    row = [ods_cell("string", "", "#N/B", ' table:formula="of:=NA()"')]
    assert refusal(ods_file(HEADING_CELLS, row)) == [(FileProblem.FORMULAS, {})]


VALUE = ods_cell("string", "x", "x")
EMPTY_ROWS = (
    '</table:table-row><table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/>'
)


def again(cell, columns, rows=1):
    """Give the XML of a row that says of itself and its cell how often they are there."""
    times = f'<table:table-cell table:number-columns-repeated="{columns}"'
    return (
        f'</table:table-row><table:table-row table:number-rows-repeated="{rows}">'
        + cell.replace("<table:table-cell", times, 1)
    )


def test_the_empty_rows_and_cells_behind_a_sheet_of_libreoffice_take_nothing():
    row = [ods_cell("float", 12345678, "12345678"), VALUE, EMPTY_ROWS]
    assert cells(ods_file(HEADING_CELLS, row)) == [(2, ("12345678", "x"))]


@pytest.mark.parametrize(
    "row",
    [
        again(VALUE, 1000, rows=100_000),
        again(VALUE, 16_384, rows=10**10),
        again("<table:table-cell><text:p>x</text:p></table:table-cell>", 1000, rows=5001),
        EMPTY_ROWS + again("<table:table-cell/>", 16_000) + VALUE,
        "</table:table-row></table:table><table:table><table:table-row>".join(
            3 * [again(VALUE, 1, rows=2_000_000)]
        ),
    ],
    ids=["full", "more than there is", "only text", "one far away", "many sheets"],
)
def test_a_small_sheet_of_libreoffice_that_asks_for_all_memory_is_refused(row):
    content = ods_file(HEADING_CELLS, [VALUE, row])
    assert len(content) < 3000
    assert refusal(content) == [(FileProblem.TOO_MANY_CELLS, {"most": 5_000_000})]


@pytest.mark.parametrize("times", ["-5", "x", "1" * 21])
def test_a_sheet_of_libreoffice_with_a_number_that_is_none_cannot_be_opened(times):
    content = ods_file(HEADING_CELLS, [again(VALUE, times)])
    assert refusal(content) == [(FileProblem.BROKEN_WORKBOOK, {})]
