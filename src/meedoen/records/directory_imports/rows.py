"""The rows of a file of any kind, from its bytes, as often as they are asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from meedoen.rules.directory_file import hsds
from meedoen.rules.directory_file.hsds import Services
from meedoen.rules.directory_file.values import texts_of
from meedoen.rules.directory_file.words import Field, FileForm, RowFault, RowProblem
from meedoen.rules.files.reading import Table, count_rows, open_table

Texts = Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row: its number, what it says, and what is wrong with it as a row."""

    line: int
    texts: Texts
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be read."""

    form: FileForm
    source: Table | Services

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings of a table; services have none."""
        return self.source.headings if isinstance(self.source, Table) else ()

    @property
    def is_part(self) -> bool:
        """Return whether the file itself says that there is more."""
        return isinstance(self.source, Services) and self.source.is_part

    def count(self) -> int:
        """Return how many rows there are. Raises UnreadableFileError when there are none."""
        if isinstance(self.source, Table):
            return count_rows(self.source)
        return sum(1 for _row in self.source.rows())

    def rows(self, mapping: Mapping[Field, str]) -> Iterator[FileRow]:
        """Go through the rows; `mapping` says for a table which column holds what."""
        if isinstance(self.source, Services):
            for line, texts in self.source.rows():
                yield FileRow(line, texts)
            return
        width = self.source.width
        for row in self.source.rows():
            faults: tuple[RowFault, ...] = ()
            if row.width > width:
                facts = {"cells": row.width, "headings": width}
                faults = (RowFault(RowProblem.TOO_MANY_CELLS, None, facts),)
            yield FileRow(row.line, texts_of(row, self.source.headings, mapping), faults)


def open_file(content: bytes) -> Opened:
    """Return a file that can be read. Raises UnreadableFileError with all that is wrong."""
    if hsds.is_one(content):
        return Opened(FileForm.HSDS, hsds.open_services(content))
    return Opened(FileForm.TABLE, open_table(content))
