"""From the bytes of a file to headings and rows of text; CSV, XLSX, XLS and ODS.

What a file is follows from its content, never from its name. Nothing is guessed: text is UTF-8
or Windows-1252, a number in a workbook is written out, a formula's text is left as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from meedoen.rules.files import csv_text, workbook
from meedoen.rules.files.headings import Columns, find_columns
from meedoen.rules.files.refusal import UnreadableFileError, refusal
from meedoen.rules.files.words import FileProblem

LARGEST_FILE = 20 * 1024 * 1024
"""In bytes; ten thousand people take about one million."""
MOST_ROWS = 100_000
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """A row under the headings; `line` as a text editor or Excel numbers it.

    `cells` stand in the order of the headings. `numbers` are the places of cells that were a
    number in a workbook, where zeros in front are lost. `width` is how many cells the line had.
    """

    line: int
    cells: tuple[str, ...]
    numbers: frozenset[int]
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A file that can be read: the headings, and the rows as often as they are asked for."""

    headings: tuple[str, ...]
    columns: Columns
    source: "csv_text.Lines | workbook.Lines"

    def rows(self) -> Iterator[Row]:
        """Go through the rows that hold anything.

        Raises UnreadableFileError at a line that cannot be read, or after too many rows.
        """
        count = 0
        for line, cells, numbers in self.source.after(self.columns.line):
            if not any(cells):
                continue
            count += 1
            if count > MOST_ROWS:
                raise refusal(FileProblem.TOO_MANY_ROWS, most=MOST_ROWS)
            places = self.columns.places
            yield Row(
                line=line,
                cells=tuple(cells[at] if at < len(cells) else "" for at in places),
                numbers=frozenset(at for at, place in enumerate(places) if place in numbers),
                width=max((at + 1 for at, cell in enumerate(cells) if cell), default=0),
            )

    @property
    def width(self) -> int:
        """Return how many columns the line with headings takes, those without a name too."""
        return self.columns.width


def open_table(content: bytes) -> Table:
    """Return the table in a file, its headings read and its kind and size checked.

    Raises UnreadableFileError with everything that is wrong with the file as a whole.
    """
    if len(content) > LARGEST_FILE:
        raise refusal(FileProblem.TOO_LARGE, most=LARGEST_FILE // MEGABYTE)
    if not content.strip():
        raise refusal(FileProblem.EMPTY)
    if workbook.is_one(content):
        source: csv_text.Lines | workbook.Lines = workbook.open_lines(content)
    else:
        source = csv_text.open_lines(content)
    columns = find_columns(source)
    return Table(headings=columns.headings, columns=columns, source=source)


def count_rows(table: Table) -> int:
    """Return how many rows a table has. Raises UnreadableFileError, also when it has none."""
    count = sum(1 for _row in table.rows())
    if not count:
        raise refusal(FileProblem.NO_ROWS)
    return count


__all__ = ["Row", "Table", "UnreadableFileError", "count_rows", "open_table"]
