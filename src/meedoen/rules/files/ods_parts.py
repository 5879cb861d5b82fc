"""How far the sheets of a workbook in ODS reach: looked at before the library may read them.

A row or a cell says how often it is there again, so that a file of a thousand bytes can ask for
more memory than there is. LibreOffice fills up every sheet with empty rows and cells that way;
behind the last value those take nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

_ROW, _TABLE = "table-row", "table"
_CELLS = ("table-cell", "covered-table-cell")
_ROWS_AGAIN, _CELLS_AGAIN = "number-rows-repeated", "number-columns-repeated"
_VALUE = ("value", "value-type")
_LONGEST_NUMBER = 20


class BrokenPartError(ValueError):
    """What should be XML is not, or a number in it is none."""


def cells_in(content: IO[bytes]) -> int:
    """Return how many cells there are up to the last one with a value, in all sheets together.

    All of them, since the library reads them all at once. `content` is that of `content.xml`;
    nothing of it is kept in memory. Raises BrokenPartError.
    """
    reach = _Reach()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reach.start
    parser.EndElementHandler = reach.end
    try:
        parser.ParseFile(content)
    except expat.ExpatError as error:
        raise BrokenPartError(str(error)) from error
    return reach.cells


@dataclass(slots=True)
class _Row:
    """A row as far as it was read: its last cell, and the last one with a value."""

    times: int
    column: int = 0
    last_column: int = 0


@dataclass(slots=True)
class _Reach:
    """How far the values reach, in the sheet that is being read and in those before it."""

    cells: int = 0
    line: int = 0
    last_line: int = 0
    last_column: int = 0
    tables: int = 0
    rows: list[_Row] = field(default_factory=list)
    """Those that are open: more than one when there is a table in a cell."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        kind = _last_part(name)
        if kind == _TABLE:
            self.tables += 1
        elif kind == _ROW:
            self.rows.append(_Row(_times(attributes, _ROWS_AGAIN)))
        elif self.rows:
            row = self.rows[-1]
            is_cell = kind in _CELLS
            row.column += _times(attributes, _CELLS_AGAIN) if is_cell else 0
            # What stands in a cell makes it one with a value, and so does saying of which kind.
            if not is_cell or any(_last_part(one).endswith(_VALUE) for one in attributes):
                row.last_column = row.column

    def end(self, name: str) -> None:
        """Take the end of an element."""
        kind = _last_part(name)
        if kind == _ROW:
            row = self.rows.pop()
            self.line += row.times
            if row.last_column:
                self.last_line = self.line
                self.last_column = max(self.last_column, row.last_column)
        elif kind == _TABLE:
            self.tables -= 1
            if not self.tables:
                self.cells += self.last_line * self.last_column
                self.line = self.last_line = self.last_column = 0


def _last_part(name: str) -> str:
    """Return a name without its prefix, whatever that stands for: so the library does."""
    return name.rpartition(":")[2]


def _times(attributes: Mapping[str, str], name: str) -> int:
    for key, text in attributes.items():
        if _last_part(key) == name:
            if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
                raise BrokenPartError(name)
            return max(1, int(text))
    return 1
