"""A workbook (XLSX) as blocks: each sheet that can be seen is a table under its name.

Cells are read as Excel shows them in Dutch: ``0,095`` formatted as a percentage is ``9,5%``. Of
a formula what it gave when the file was saved is shown, so that is read.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from meedoen.rules.budget.amounts import within_limits
from meedoen.rules.budget.blocks import Block, BlockKind, GridCell, GridRow, Source
from meedoen.rules.budget.decoding import UnreadablePageError
from meedoen.rules.budget.grid_columns import heads_columns
from meedoen.rules.budget.number_formats import shown_date, shown_number
from meedoen.rules.budget.roles import Role, part_of
from meedoen.rules.budget.small_signs import (
    FIGURES,
    LOWERED,
    RAISED,
    SMALL_DOUBT,
    STRUCK_DOUBT,
    is_clear,
)
from meedoen.rules.budget.wording import tidy_cell
from meedoen.rules.files.refusal import UnreadableFileError
from meedoen.rules.files.sheet_parts import names_of_sheets
from meedoen.rules.files.words import FileProblem
from meedoen.rules.files.workbook import MOST_CELLS, checked_package

START = b"PK\x03\x04"
_MOST_CELLS = 50_000
"""Cells of a sheet with something in them; published tables have a few hundred."""
_WIDEST = 200
_LONGEST_CELL = 5_000
_SCRIPTS = {"superscript": RAISED, "subscript": LOWERED}
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ERROR_DOUBT = "In een cel staat een fout van Excel, zoals #DEEL/0!."
_FORMAT_DOUBT = "Hoe Excel dit getal toont is niet zeker; het kan een datum of een bedrag zijn."
_TOO_MUCH = (
    f"Een blad heeft meer dan {_MOST_CELLS} gevulde cellen, of een cel heeft meer dan "
    f"{_LONGEST_CELL} tekens. Lever alleen het blad met de tabel aan."
)
_BROKEN = "Dit bestand is een werkmap die niet te openen is. Bewaar de tabel opnieuw als xlsx."
_REFUSED = {
    FileProblem.WRONG_TYPE: "Dit bestand is een Word- of zipbestand, en geen werkmap van Excel. "
    "Lever de tabel aan als xlsx, csv of HTML.",
    FileProblem.TOO_LARGE: "Dit bestand wordt uitgepakt veel te groot. Lever alleen de bladen met "
    "de tabellen aan.",
    FileProblem.TOO_MANY_CELLS: f"Een blad van deze werkmap heeft meer dan {MOST_CELLS} cellen. "
    "Lever alleen het blad met de tabel aan.",
    FileProblem.LOCKED_WORKBOOK: "Op deze werkmap zit een wachtwoord. Haal het eraf en probeer het "
    "opnieuw.",
    FileProblem.FORMULAS: _BROKEN,
    FileProblem.BROKEN_WORKBOOK: _BROKEN,
}


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets of a workbook share: its texts and how numbers are shown."""

    texts: list[GridCell]
    formats: list[str]
    struck: list[bool]
    """Whether the text of each style of cells is struck out, in their order."""
    since_1904: bool = False
    """Whether days are counted from 1904, as old workbooks of a Mac do."""


def workbook_source(raw: bytes) -> Source:
    """Give the blocks of a workbook. Raises UnreadablePageError when it cannot be read safely."""
    try:
        checked_package(raw)
    except UnreadableFileError as error:
        problems = [_REFUSED.get(fault.problem, _BROKEN) for fault in error.problems]
        raise UnreadablePageError(problems) from error
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return Source(within_limits(_blocks(package)))
    except (KeyError, ValueError, IndexError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        if isinstance(error, UnreadablePageError):
            raise
        raise UnreadablePageError([_BROKEN]) from error


def _blocks(package: zipfile.ZipFile) -> Iterator[Block]:
    if "xl/workbook.xml" not in package.namelist():
        raise UnreadablePageError(
            ["Deze werkmap is niet van Excel. Bewaar de tabel als xlsx of csv."]
        )
    settings = _xml(package, "xl/workbook.xml").find("{*}workbookPr")
    since_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
    book = _Book(_shared_texts(package), *_styles(package), since_1904)
    sheets = _xml(package, "xl/workbook.xml").iterfind(".//{*}sheets/{*}sheet")
    parts = names_of_sheets(package)
    for sheet, part in zip(sheets, parts, strict=True):
        if sheet.get("state", "visible") == "visible" and "worksheets/" in part:
            yield from _sheet(_xml(package, part), book, str(sheet.get("name")))


def _xml(package: zipfile.ZipFile, name: str) -> "etree._Element":
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(package.read(name), parser)


def _shared_texts(package: zipfile.ZipFile) -> list[GridCell]:
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    return [_cell_of(item) for item in _xml(package, "xl/sharedStrings.xml").iterfind("{*}si")]


def _cell_of(item: "etree._Element") -> GridCell:
    """Give the text of an item, of which each run may look different; no readings above it.

    Raised and lowered digits get signs of their own, as in HTML; what is struck out leaves doubt.
    """
    text, doubt, has_small = item.findtext("{*}t") or "", "", False
    for run in item.iterfind("{*}r"):
        words = run.findtext("{*}t") or ""
        script = run.find("{*}rPr/{*}vertAlign")
        if words and _is_struck(run.find("{*}rPr")):
            doubt = STRUCK_DOUBT
        if script is not None and (small := _SCRIPTS.get(script.get("val") or "")):
            has_small = True
            doubt = doubt if FIGURES.fullmatch(words) else doubt or SMALL_DOUBT
            words = words.translate(small)
        text += words
    text = tidy_cell(text)
    return GridCell(text, doubt=doubt or (SMALL_DOUBT if has_small and not is_clear(text) else ""))


def _is_struck(look: "etree._Element | None") -> bool:
    """Tell whether the look of a run or of a cell is struck out."""
    strike = None if look is None else look.find("{*}strike")
    return strike is not None and strike.get("val") not in {"0", "false"}


def _styles(package: zipfile.ZipFile) -> tuple[list[str], list[bool]]:
    """Give the format of each style of cells, in their order, and whether it is struck out."""
    if "xl/styles.xml" not in package.namelist():
        return [], []
    styles = _xml(package, "xl/styles.xml")
    own = {
        str(one.get("numFmtId")): str(one.get("formatCode"))
        for one in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts = [_is_struck(font) for font in styles.iterfind("{*}fonts/{*}font")]
    looks = list(styles.iterfind("{*}cellXfs/{*}xf"))
    formats = [str(one.get("numFmtId", "0")) for one in looks]
    return (
        [own.get(one, one) for one in formats],
        [any(fonts[at : at + 1]) for at in (int(one.get("fontId") or 0) for one in looks)],
    )


_Line = dict[int, GridCell]
"""The cells of a line that hold something, by their column."""


def _sheet(sheet: "etree._Element", book: _Book, name: str) -> Iterator[Block]:
    """Give the tables of a sheet. An empty line ends one, unless the next is a row of it."""
    lines = _lines(sheet, book)
    group: list[int] = []
    for line in sorted(lines):
        if group and line > group[-1] + 1 and not _goes_on(lines[line]):
            yield from _table(lines, group, name)
            group = []
        group.append(line)
    if group:
        yield from _table(lines, group, name)


def _lines(sheet: "etree._Element", book: _Book) -> dict[int, _Line]:
    """Give what can be seen of a sheet, line by line."""
    hidden, away = _hidden(sheet), _hidden_columns(sheet)
    cells = dict(_cells(sheet, book))
    for merged, covered in _merged(sheet):
        whole = replace(cells.get(merged, GridCell("")), stretched=True)
        cells |= dict.fromkeys(covered, whole)
    lines: dict[int, _Line] = {}
    for (line, column), cell in cells.items():
        if line not in hidden and column not in away:
            lines.setdefault(line, {})[column] = cell
    return lines


def _goes_on(line: _Line) -> bool:
    """Tell whether a line below an empty one is a row of the table above it.

    A sheet has one place for every column, so the headings above still hold, unless new ones
    come or only a single text stands there.
    """
    row = GridRow(tuple(line[column] for column in sorted(line)), "")
    parts = [part_of(cell.text) for cell in row.cells if cell.text]
    heads = any(part is not None and part.role is not Role.VALUE for part in parts)
    return len(line) > 1 and not heads and not heads_columns(row)


def _table(lines: Mapping[int, _Line], group: list[int], name: str) -> Iterator[Block]:
    """Give lines without an empty one between them: loose texts as text, the rest as a table."""
    columns = [column for line in group for column in lines[line]]
    first, last = min(columns), max(columns)
    if last - first > _WIDEST:
        raise UnreadablePageError(
            [f"Blad “{name}” is meer dan {_WIDEST} kolommen breed. Lever alleen de tabel aan."]
        )
    start = 0
    while start < len(group) and len({cell.text for cell in lines[group[start]].values()}) == 1:
        where = f"blad “{name}”, rij {group[start]}"
        text = next(iter(lines[group[start]].values())).text
        yield Block(BlockKind.PARAGRAPH, where, (text,))
        start += 1
    rows = tuple(
        GridRow(
            tuple(lines[line].get(column, GridCell("")) for column in range(first, last + 1)),
            f"blad “{name}”, rij {line}",
        )
        for line in group[start:]
    )
    if rows:
        yield Block(BlockKind.GRID, rows[0].where, rows=rows)


def _cells(sheet: "etree._Element", book: _Book) -> Iterator[tuple[tuple[int, int], GridCell]]:
    count = 0
    for cell in sheet.iterfind("{*}sheetData/{*}row/{*}c"):
        found = _PLACE.fullmatch(cell.get("r") or "")
        if found is None:
            raise UnreadablePageError([_BROKEN])
        content = _content(cell, book)
        if content.text and any(book.struck[(at := int(cell.get("s") or 0)) : at + 1]):
            content = replace(content, doubt=content.doubt or STRUCK_DOUBT)
        if not content.text and not content.doubt:
            continue
        count += 1
        if count > _MOST_CELLS or len(content.text) > _LONGEST_CELL:
            raise UnreadablePageError([_TOO_MUCH])
        yield (int(found[2]), _column(found[1])), content


def _content(cell: "etree._Element", book: _Book) -> GridCell:
    value, kind = cell.findtext("{*}v") or "", cell.get("t", "n")
    if kind == "e":
        return GridCell(value, doubt=_ERROR_DOUBT)
    if kind == "n" and value:
        return _number(value, int(cell.get("s") or 0), book)
    if kind == "s" and value:
        return book.texts[int(value)]
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return GridCell("") if inline is None else _cell_of(inline)
    return GridCell({"1": "ja", "0": "nee"}.get(value, value) if kind == "b" else tidy_cell(value))


def _number(value: str, style: int, book: _Book) -> GridCell:
    form = book.formats[style] if style < len(book.formats) else "0"
    shown = shown_number(value, form)
    if shown is None and not book.since_1904:
        shown = shown_date(value, form)
    return GridCell(value, doubt=_FORMAT_DOUBT) if shown is None else GridCell(shown)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _hidden(sheet: "etree._Element") -> set[int]:
    rows = sheet.iterfind("{*}sheetData/{*}row")
    return {int(row.get("r") or 0) for row in rows if row.get("hidden") in {"1", "true"}}


def _hidden_columns(sheet: "etree._Element") -> set[int]:
    away: set[int] = set()
    for column in sheet.iterfind("{*}cols/{*}col"):
        if column.get("hidden") in {"1", "true"}:
            first, last = int(column.get("min") or 0), int(column.get("max") or 0)
            away |= set(range(first, min(last, first + _WIDEST) + 1))
    return away


def _merged(
    sheet: "etree._Element",
) -> Iterator[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """Give each stretch of merged cells: the cell that has the text, and all that it covers."""
    covered = 0
    for one in sheet.iterfind("{*}mergeCells/{*}mergeCell"):
        found = [_PLACE.fullmatch(end) for end in (one.get("ref") or "").split(":")]
        if len(found) != 2 or found[0] is None or found[1] is None:
            raise UnreadablePageError([_BROKEN])
        top, left = int(found[0][2]), _column(found[0][1])
        bottom, right = int(found[1][2]), _column(found[1][1])
        covered += max(0, bottom - top + 1) * max(0, right - left + 1)
        if covered > _MOST_CELLS:
            raise UnreadablePageError(
                ["In deze werkmap zijn te veel cellen samengevoegd. Lever alleen de tabel aan."]
            )
        yield (
            (top, left),
            [
                (line, column)
                for line in range(top, bottom + 1)
                for column in range(left, right + 1)
            ],
        )
