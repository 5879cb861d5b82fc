"""Finding the line with headings, and refusing a file in which there is none."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from meedoen.rules.bsn import BsnError, check_bsn
from meedoen.rules.files.cells import plain
from meedoen.rules.files.refusal import FileFault, UnreadableFileError, refusal
from meedoen.rules.files.words import FileProblem

FEWEST_COLUMNS = 2
MOST_COLUMNS = 500
LONGEST_HEADING = 100
_DATE = re.compile(r"\d{1,2}[-/]\d{1,2}[-/]\d{4}|\d{4}-\d{2}-\d{2}")
_SPACE = re.compile(r"\s+")
# All but the tab and the ends of lines; a workbook writes one as `_x0000_`.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

F = TypeVar("F")
Line = tuple[int, Sequence[str], frozenset[int]]
"""The number of a line, its cells, and the places of those that were numbers in a workbook."""


class Lines(Protocol):
    """The lines of a file, as often as they are asked for."""

    def after(self, line: int) -> Iterator[Line]:
        """Go through the lines after this one; 0 for all."""


def cell_text(text: str) -> str:
    """Return what can be read in a cell: without control characters, trimmed.

    They cannot be seen, and a database does not take all of them.
    """
    return _CONTROLS.sub("", text).strip()


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings, on which line they stand, and in which place of a line each is."""

    headings: tuple[str, ...]
    places: tuple[int, ...]
    line: int
    width: int


def find_columns(lines: Lines) -> Columns:
    """Return the columns: those with a heading on the first line that holds anything.

    Raises UnreadableFileError when that line holds no headings, or the same one twice.
    """
    found = next(((line, cells) for line, cells, _ in lines.after(0) if any(cells)), None)
    if found is None:
        raise refusal(FileProblem.EMPTY)
    line, cells = found
    named = {at: _SPACE.sub(" ", cell)[:LONGEST_HEADING] for at, cell in enumerate(cells) if cell}
    faults = _faults(list(named.values()))
    if faults:
        raise UnreadableFileError(faults)
    return Columns(tuple(named.values()), tuple(named), line, width=len(cells))


def _faults(headings: list[str]) -> list[FileFault]:
    if len(headings) < FEWEST_COLUMNS or any(map(_is_data, headings)):
        return [FileFault(FileProblem.NO_HEADINGS, {})]
    if len(headings) > MOST_COLUMNS:
        return [FileFault(FileProblem.TOO_MANY_COLUMNS, {"most": MOST_COLUMNS})]
    spelled = Counter(heading.casefold() for heading in headings)
    double = [heading for heading in headings if spelled[heading.casefold()] > 1]
    if double:
        told = ", ".join(dict.fromkeys(double))
        return [FileFault(FileProblem.DOUBLE_HEADINGS, {"headings": told})]
    return []


def _is_data(heading: str) -> bool:
    """Return whether this belongs in a row: then the line with headings was left out."""
    if _DATE.fullmatch(heading):
        return True
    try:
        check_bsn(heading)
    except BsnError:
        return False
    return True


def by_name(headings: Sequence[str], names: Mapping[F, Sequence[str]]) -> dict[F, str]:
    """Return the heading for each field that can be told by its name alone.

    `names` has for each field the names that its column may have, as `plain` writes them; of
    those that a file has, the first is taken.
    """
    known = {plain(heading): heading for heading in reversed(headings)}
    return {
        field: known[name]
        for field, possible in names.items()
        for name in [next((name for name in possible if name in known), "")]
        if name
    }
