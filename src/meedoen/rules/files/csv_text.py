"""Reading CSV as Dutch programs write it: UTF-8 or Windows-1252, semicolons, commas or tabs."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from meedoen.rules.files.headings import Line, cell_text
from meedoen.rules.files.refusal import refusal
from meedoen.rules.files.words import FileProblem

DELIMITERS = ";,\t|"
_OTHER_TYPES = (
    (b"%PDF", "pdf"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "document"),
)
_WEB_PAGE = re.compile(r"\s*<(!doctype|html|table|\?xml|meta|head|div|style)\b", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
# Excel writes the delimiter it means on a line of its own before the headings.
_HINT = re.compile(r"sep=(.)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a CSV file."""

    text: str
    delimiter: str
    first: int
    """The number of the first line that is not a hint for Excel."""

    def after(self, line: int) -> Iterator[Line]:
        """Go through the lines after this one; a quoted cell with line ends counts as its first.

        Raises UnreadableFileError for a line that is not CSV.
        """
        source = io.StringIO(self.text, newline="")
        # Strict, so that a quotation mark that is never closed does not swallow the file.
        reader = csv.reader(source, delimiter=self.delimiter, strict=True)
        start = 1
        try:
            for cells in reader:
                if start > line and start >= self.first:
                    yield start, [cell_text(cell) for cell in cells], frozenset()
                start = reader.line_num + 1
        except csv.Error as error:
            raise refusal(FileProblem.BROKEN_LINE, line=start) from error


def open_lines(content: bytes) -> Lines:
    """Return the lines of a file of text. Raises UnreadableFileError when it is none."""
    for beginning, found in _OTHER_TYPES:
        if content.startswith(beginning):
            raise refusal(FileProblem.WRONG_TYPE, found=found)
    text = _decoded(content)
    if _WEB_PAGE.match(text):
        raise refusal(FileProblem.WRONG_TYPE, found="web_page")
    lines = text.splitlines()
    hint = _HINT.fullmatch(lines[0]) if lines else None
    headings = next((line for line in lines[1 if hint else 0 :] if line.strip()), "")
    delimiter = hint[1] if hint else delimiter_of(headings)
    return Lines(text=text, delimiter=delimiter, first=2 if hint else 1)


def delimiter_of(headings: str) -> str:
    """Return what stands between the headings: of ; , tab and |, the most outside quotes."""
    bare = _QUOTED.sub("", headings)
    return max(DELIMITERS, key=lambda delimiter: (bare.count(delimiter), delimiter == ";"))


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise refusal(FileProblem.NOT_TEXT)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusal(FileProblem.NOT_TEXT)
