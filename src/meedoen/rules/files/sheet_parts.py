"""What the library that reads workbooks does not tell: how far a sheet reaches, and its formulas.

A sheet with one cell in the first corner and one in the last makes the library ask for memory
for all cells in between, which stops the whole process; so this is looked at before it may read.
Cells with an error come out of it as empty ones, and formulas as what they gave when the file
was saved, if anything.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

FORMULA, ERROR = "=(", "#N/A"
"""What stands for a formula and an error in the texts of a sheet; see the checks in `cells`."""

_CHUNK = 1024 * 1024
_TAG = re.compile(rb"<(?:\w+:)?(row|c|f)\b([^>]*)>")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})([0-9]{1,7})["']""")
_IS_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Place = tuple[int, int]
"""The line of a cell, from 1, and its column, from 0."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """What one part of a workbook holds: how many lines and columns, and marked cells."""

    lines: int
    columns: int
    marks: Mapping[Place, str]

    @property
    def cells(self) -> int:
        """Return how many cells there are between the first and the last corner."""
        return self.lines * self.columns


def scan(package: zipfile.ZipFile, name: str) -> SheetPart:
    """Go through a part of a workbook (XLSX) without keeping its content."""
    lines = columns = line = column = 0
    marks: dict[Place, str] = {}
    for tag, attributes in _tags(package, name):
        if tag == b"f":
            marks[line, column - 1] = FORMULA
            continue
        place = _PLACE.search(attributes)
        if tag == b"row":
            line, column = int(place[2]) if place else line + 1, 0
        else:
            line = int(place[2]) if place else line
            column = _column(place[1]) if place and place[1] else column + 1
            if _IS_ERROR.search(attributes):
                marks[line, column - 1] = ERROR
        lines, columns = max(lines, line), max(columns, column)
    return SheetPart(lines=lines, columns=columns, marks=marks)


def _tags(package: zipfile.ZipFile, name: str) -> Iterator[tuple[bytes, bytes]]:
    rest = b""
    with package.open(name) as part:
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            # A tag may go on in the next piece.
            cut = text.rfind(b"<")
            rest = text[cut:] if cut >= 0 else b""
            yield from ((found[1], found[2]) for found in _TAG.finditer(text, 0, max(cut, 0)))
    yield from ((found[1], found[2]) for found in _TAG.finditer(rest))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def names_of_sheets(package: zipfile.ZipFile) -> list[str]:
    """Return the part of each sheet of a workbook (XLSX), in order; empty when it is unclear."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        book = etree.fromstring(package.read("xl/workbook.xml"), parser)
        relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), parser)
    except (KeyError, etree.XMLSyntaxError):
        return []
    targets = {str(one.get("Id")): str(one.get("Target")) for one in relations}
    sheets = book.iterfind(".//{*}sheets/{*}sheet")
    found = [targets.get(str(sheet.get(_RELATION)), "") for sheet in sheets]
    return [name.lstrip("/") if name.startswith("/") else f"xl/{name}" for name in found]
