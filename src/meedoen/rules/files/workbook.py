"""Reading workbooks: XLSX, XLS and ODS, from the first visible sheet that holds anything."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from meedoen.rules.files.headings import Line, cell_text
from meedoen.rules.files.ods_parts import BrokenPartError, cells_in
from meedoen.rules.files.refusal import refusal
from meedoen.rules.files.sheet_parts import Place, SheetPart, names_of_sheets, scan
from meedoen.rules.files.words import FileProblem

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_UNPACKED = 200 * 1024 * 1024
"""In bytes: a small file that unpacks to more was made to do harm."""
MOST_CELLS = 5_000_000
"""Between the first and the last cell of a sheet; each takes memory, also when it is empty."""
MEGABYTE = 1024 * 1024
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def is_one(content: bytes) -> bool:
    """Return whether these bytes begin as workbooks do (and some other files)."""
    return content.startswith((ZIP, OLE))


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a sheet; numbers as Excel shows them beside it."""

    rows: Sequence[Sequence[Any]]
    first_line: int
    first_column: int
    marks: Mapping[Place, str]

    def after(self, line: int) -> Iterator[Line]:
        """Go through the lines after this one."""
        for at, cells in enumerate(self.rows, start=self.first_line):
            if at > line:
                yield at, self._texts(at, cells), _numbers(cells)

    def _texts(self, line: int, cells: Sequence[Any]) -> list[str]:
        if not self.marks:
            return [_text(cell) for cell in cells]
        return [
            self.marks.get((line, column)) or _text(cell)
            for column, cell in enumerate(cells, start=self.first_column)
        ]


def open_lines(content: bytes) -> Lines:
    """Return the lines of the first visible sheet with content.

    Raises UnreadableFileError when this is no workbook, or one that cannot be opened.
    """
    sheets: Sequence[SheetPart] = []
    if content.startswith(ZIP):
        sheets = checked_package(content)
    elif _LOCKED in content:
        raise refusal(FileProblem.LOCKED_WORKBOOK)
    try:
        return _first_with_content(content, sheets)
    except PasswordError as error:
        raise refusal(FileProblem.LOCKED_WORKBOOK) from error
    except (CalamineError, OSError, ValueError) as error:
        raise refusal(FileProblem.BROKEN_WORKBOOK) from error


def _first_with_content(content: bytes, parts: Sequence[SheetPart]) -> Lines:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for at, about in enumerate(book.sheets_metadata):
            # What is hidden is not what somebody looked at and meant to send.
            if (about.typ, about.visible) != (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible):
                continue
            sheet = book.get_sheet_by_index(at)
            if sheet.start is not None:
                line, column = sheet.start
                return Lines(
                    rows=sheet.to_python(skip_empty_area=True),
                    first_line=line + 1,
                    first_column=column,
                    marks=parts[at].marks if at < len(parts) else {},
                )
    raise refusal(FileProblem.EMPTY)


def checked_package(content: bytes) -> list[SheetPart]:
    """Return what is to be known of the sheets before they are read; see `sheet_parts`.

    Refuses other things in a zip, and workbooks that would take far too much memory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_kind(package)
            unpacked = sum(entry.file_size for entry in package.infolist())
            if unpacked > MOST_UNPACKED:
                raise refusal(FileProblem.TOO_LARGE, most=MOST_UNPACKED // MEGABYTE)
            if _is_ods(package):
                _check_ods(package)
            parts = {name: scan(package, name) for name in package.namelist()}
            if any(part.cells > MOST_CELLS for part in parts.values()):
                raise refusal(FileProblem.TOO_MANY_CELLS, most=MOST_CELLS)
            nothing = SheetPart(lines=0, columns=0, marks={})
            return [parts.get(name, nothing) for name in names_of_sheets(package)]
    except (
        *(zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error),
        BrokenPartError,
    ) as error:
        raise refusal(FileProblem.BROKEN_WORKBOOK) from error
    except RuntimeError as error:
        # How zipfile says that the package has a password.
        raise refusal(FileProblem.LOCKED_WORKBOOK) from error


def _check_kind(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if not (_is_ods(package) or "xl/workbook.xml" in names):
        document = {"word/document.xml", "content.xml", "ppt/presentation.xml"} & names
        raise refusal(FileProblem.WRONG_TYPE, found="document" if document else "archive")


def _check_ods(package: zipfile.ZipFile) -> None:
    """Refuse what the library would read wrongly, or would take all memory for."""
    # Of a formula in ODS only what it gave comes out, of an error nothing at all.
    if b"table:formula=" in package.read("content.xml"):
        raise refusal(FileProblem.FORMULAS)
    with package.open("content.xml") as part:
        if cells_in(part) > MOST_CELLS:
            raise refusal(FileProblem.TOO_MANY_CELLS, most=MOST_CELLS)


def _is_ods(package: zipfile.ZipFile) -> bool:
    is_document = "content.xml" in package.namelist()
    return is_document and b"spreadsheet" in _beginning(package, "mimetype")


def _beginning(package: zipfile.ZipFile, name: str) -> bytes:
    if name not in package.namelist():
        return b""
    with package.open(name) as part:
        return part.read(200)


def _numbers(cells: Sequence[Any]) -> frozenset[int]:
    return frozenset(
        at for at, cell in enumerate(cells) if isinstance(cell, int | float) and cell is not True
    )


def _text(cell: Any) -> str:
    """Return a cell as text: whole numbers without a point, days as 2026-12-31."""
    match cell:
        case str():
            return cell_text(cell)
        case bool():
            return "ja" if cell else "nee"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() | date():
            return _day(cell)
        case _:
            return str(cell)


def _day(cell: date | datetime) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != cell.min.time() else cell.date().isoformat()
    return cell.isoformat()
